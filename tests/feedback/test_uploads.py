"""Files of a report arrive in pieces over bad lines: nothing that was confirmed is lost, and nobody fills the disk."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from feedback.actions import uploads
from feedback.enums.cases import FileKind
from feedback.models import CaseDraft, CaseUpload
from feedback.rules import uploads as rules
from portal.core import private_files
from portal.core.tenancy import unit_scope
from portal.core.visitors import TooMany
from tests.factories.cast import Cast, House
from tests.factories.sent_files import draft_of, noisy_jpeg, private_names, send_whole

pytestmark = pytest.mark.django_db
ANNOUNCE = "/phan-anh/gui/{key}/tep/"


@pytest.fixture(autouse=True)
def _private(settings: Any, tmp_path: Any) -> None:
    settings.PRIVATE_ROOT = tmp_path / "private"


@pytest.fixture
def draft(cast: Cast) -> CaseDraft:
    return draft_of(cast.a)


def announce(house: House, draft: CaseDraft, client: Client | None = None, **data: Any) -> Any:
    data = {"kind": "PICTURE", "size": 10, **data}
    return (client or Client()).post(ANNOUNCE.format(key=draft.key), data, headers={"host": house.host})


def send(house: House, url: str, offset: int, data: bytes) -> Any:
    return Client().patch(
        url, data, content_type="application/octet-stream", headers={"host": house.host, "upload-offset": str(offset)}
    )


def test_a_picture_arrives_in_pieces_and_is_re_encoded(cast: Cast, draft: CaseDraft) -> None:
    data = noisy_jpeg()
    assert len(data) > 2 * rules.PIECE_BYTES
    answer = announce(cast.a, draft, size=len(data), mark="anh-1")
    assert answer.status_code == 201
    url = answer.json()["url"]
    for start in range(0, len(data), rules.PIECE_BYTES):
        answer = send(cast.a, url, start, data[start : start + rules.PIECE_BYTES])
        assert answer.status_code == 200
        assert answer.json()["offset"] == min(len(data), start + rules.PIECE_BYTES)
    assert answer.json()["state"] == "done"
    with unit_scope(cast.a.unit):
        (upload,) = uploads.uploads_of(draft)
    made = upload.prepared or {}
    # What came, with its EXIF, is gone; both sizes stand under the unit's folder.
    assert private_names() == sorted([made["private_path"], made["private_small"]])
    picture: Any = Client().get(url, headers={"host": cast.a.host})
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/webp")
    assert "no-store" in picture.headers["Cache-Control"]
    assert b"".join(picture.streaming_content)[:4] == b"RIFF"


def test_a_break_in_the_middle_goes_on_where_it_stood(cast: Cast, draft: CaseDraft) -> None:
    data = noisy_jpeg()
    url = announce(cast.a, draft, size=len(data), mark="anh-1").json()["url"]
    send(cast.a, url, 0, data[: rules.PIECE_BYTES])
    # The answer to the second piece never came back; the page asks.
    head = Client().head(url, headers={"host": cast.a.host})
    assert head.headers["Upload-Offset"] == str(rules.PIECE_BYTES)
    again = announce(cast.a, draft, size=len(data), mark="anh-1").json()
    assert (again["url"], again["offset"], again["state"]) == (url, rules.PIECE_BYTES, "arriving")
    late = send(cast.a, url, 0, data[: rules.PIECE_BYTES])
    assert (late.status_code, late.json()["offset"]) == (409, rules.PIECE_BYTES)
    with unit_scope(cast.a.unit):
        upload = CaseUpload.objects.get()
        assert private_files.path_of(upload.path).read_bytes() == data[: rules.PIECE_BYTES]


def test_bytes_behind_the_confirmed_end_are_written_over(cast: Cast, draft: CaseDraft) -> None:
    """The process was killed after writing and before the row said so."""
    data = noisy_jpeg()
    with unit_scope(cast.a.unit):
        upload = uploads.announce_upload(draft=draft, kind=FileKind.PICTURE, size=len(data))
        with private_files.locked(upload.path) as file:
            private_files.write_at(file, upload.path, 0, b"\xff" * rules.PIECE_BYTES)
        for start in range(0, len(data), rules.PIECE_BYTES):
            upload = uploads.append_piece(upload=upload, offset=start, data=data[start : start + rules.PIECE_BYTES])
    assert upload.prepared


def test_killed_before_the_check_it_is_checked_later(cast: Cast, draft: CaseDraft) -> None:
    data = noisy_jpeg((300, 200))
    with unit_scope(cast.a.unit):
        upload = uploads.announce_upload(draft=draft, kind=FileKind.PICTURE, size=len(data))
        with private_files.locked(upload.path) as file:
            private_files.write_at(file, upload.path, 0, data)
        CaseUpload.objects.filter(pk=upload.pk).update(received=len(data))
    url = f"{ANNOUNCE.format(key=draft.key)}{upload.key}/"
    assert Client().head(url, headers={"host": cast.a.host}).headers["Upload-State"] == "arriving"
    assert send(cast.a, url, len(data), b"").json()["state"] == "done"


def test_what_is_no_piece_is_refused(cast: Cast, draft: CaseDraft) -> None:
    url = announce(cast.a, draft, size=100_000).json()["url"]
    assert send(cast.a, url, 0, b"x" * 100).status_code == 422
    assert send(cast.a, url, 0, b"x" * 100_001).status_code == 422
    assert send(cast.a, url, 0, b"x" * (rules.PIECE_LIMIT_BYTES + 1)).status_code == 413
    assert send(cast.a, url, 50, b"x" * 99_950).status_code == 409
    without = Client().patch(url, b"x", content_type="application/octet-stream", headers={"host": cast.a.host})
    assert without.status_code == 400
    assert private_names() == []


def test_a_video_of_four_gigabytes_is_refused_when_it_is_announced(cast: Cast, draft: CaseDraft) -> None:
    answer = announce(cast.a, draft, kind="VIDEO", size=4 * 1024**3)
    assert answer.status_code == 413
    assert "Video lớn hơn 100 MB" in answer.json()["say"]
    for strange in ({"size": -1}, {"size": "x"}, {"size": 10**30}, {"kind": "EXE"}, {"mark": "<b>"}, {"position": "x"}):
        assert announce(cast.a, draft, **strange).status_code == 400
    assert announce(cast.a, draft, size=0).status_code == 422
    with unit_scope(cast.a.unit):
        assert not CaseUpload.objects.exists()


def test_five_pictures_or_one_video(cast: Cast, draft: CaseDraft) -> None:
    for number in range(5):
        assert announce(cast.a, draft, size=100 + number).status_code == 201
    sixth = announce(cast.a, draft, size=999)
    assert (sixth.status_code, "nhiều nhất 5 ảnh" in sixth.json()["say"]) == (422, True)
    assert announce(cast.a, draft, kind="VIDEO", size=999).status_code == 422
    other = draft_of(cast.a)
    assert announce(cast.a, other, kind="VIDEO", size=999).status_code == 201
    assert announce(cast.a, other, size=999).status_code == 422


def test_a_full_disk_says_so(cast: Cast, draft: CaseDraft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private_files, "ROOM_LEFT_BYTES", 2**62)
    answer = announce(cast.a, draft)
    assert (answer.status_code, "hết chỗ" in answer.json()["say"]) == (422, True)


def test_one_address_can_not_fill_the_disk(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        for _number in range(rules.VIDEOS_PER_HOUR):
            uploads.announce_upload(draft=draft_of(cast.a), kind=FileKind.VIDEO, size=9, address_hash="h")
        last = draft_of(cast.a)
        with pytest.raises(TooMany):
            uploads.announce_upload(draft=last, kind=FileKind.VIDEO, size=9, address_hash="h")
        uploads.announce_upload(draft=last, kind=FileKind.PICTURE, size=9, address_hash="h")
    codes = [announce(cast.a, draft_of(cast.a)).status_code for _turn in range(rules.FILES_PER_HOUR)]
    assert set(codes) == {201}
    answer = announce(cast.a, draft_of(cast.a))
    assert (answer.status_code, "Chờ một giờ" in answer.json()["say"]) == (429, True)


def test_another_unit_knows_nothing_of_it(cast: Cast, draft: CaseDraft) -> None:
    upload = send_whole(cast.a, draft, noisy_jpeg((300, 200)))
    url = f"{ANNOUNCE.format(key=draft.key)}{upload.key}/"
    assert announce(cast.b, draft).status_code == 404
    assert send(cast.b, url, 0, b"x").status_code == 404
    for method in ("get", "head", "delete"):
        assert getattr(Client(), method)(url, headers={"host": cast.b.host}).status_code == 404
    # And another form of the same unit neither.
    other = url.replace(draft.key, draft_of(cast.a).key)
    assert Client().get(other, headers={"host": cast.a.host}).status_code == 404


def test_the_token_of_the_page_is_asked_for(cast: Cast, draft: CaseDraft) -> None:
    assert announce(cast.a, draft, Client(enforce_csrf_checks=True)).status_code == 403


def test_a_file_can_be_taken_away_until_the_form_is_sent(
    cast: Cast, draft: CaseDraft, django_capture_on_commit_callbacks: Any
) -> None:
    upload = send_whole(cast.a, draft, noisy_jpeg((300, 200)))
    url = f"{ANNOUNCE.format(key=draft.key)}{upload.key}/"
    with django_capture_on_commit_callbacks(execute=True):
        assert Client().delete(url, headers={"host": cast.a.host}).status_code == 200
    assert private_names() == []
    kept = send_whole(cast.a, draft, noisy_jpeg((300, 200)))
    with unit_scope(cast.a.unit):
        CaseDraft.objects.filter(pk=draft.pk).update(case_id=1)
    assert Client().delete(url.replace(upload.key, kept.key), headers={"host": cast.a.host}).status_code == 410
    assert announce(cast.a, draft).status_code == 410
    assert len(private_names()) == 2


def test_what_is_left_of_a_form_goes_with_its_files(
    cast: Cast, draft: CaseDraft, django_capture_on_commit_callbacks: Any
) -> None:
    send_whole(cast.a, draft, noisy_jpeg((300, 200)))
    url = announce(cast.a, draft, size=100_000).json()["url"]
    send(cast.a, url, 0, b"x" * 20_000)
    assert len(private_names()) == 3
    with django_capture_on_commit_callbacks(execute=True), unit_scope(cast.a.unit):
        assert uploads.forget_files(draft) == 2
    assert private_names() == []


def test_taken_away_while_its_bytes_arrive_it_does_not_come_back(cast: Cast, draft: CaseDraft) -> None:
    with unit_scope(cast.a.unit):
        upload = uploads.announce_upload(draft=draft, kind=FileKind.PICTURE, size=100_000)
        CaseUpload.objects.all().delete()
        with pytest.raises(uploads.Gone):
            uploads.append_piece(upload=upload, offset=0, data=b"x" * 20_000)
    assert private_names() == []


def test_without_javascript_the_form_brings_the_files(cast: Cast, draft: CaseDraft) -> None:
    with unit_scope(cast.a.unit):
        file = SimpleUploadedFile("anh.jpg", noisy_jpeg())
        assert uploads.take_upload(draft=draft, upload=file).prepared
        with pytest.raises(ValidationError, match=r"giả.jpg: Tệp này không phải ảnh"):
            uploads.take_upload(draft=draft, upload=SimpleUploadedFile("giả.jpg", b"%PDF-1.7 <script>"))
        assert len(uploads.uploads_of(draft)) == CaseUpload.objects.count() == 1
