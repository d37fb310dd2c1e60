"""What is in a citizen's file, whatever it is called: phones' pictures are taken, everything else is refused with a sentence."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from feedback.actions import case_files, upload_checks, uploads
from feedback.enums.cases import FileKind, FileState
from feedback.models import CaseFile, CaseUpload
from portal.core import private_files
from portal.core.decoding import sent_pictures
from portal.core.tenancy import unit_scope
from tests.factories.cases import make_case
from tests.factories.cast import Cast
from tests.factories.pictures import jpeg_with_position, png_bytes
from tests.factories.sent_files import (
    GREEN,
    animated_gif,
    draft_of,
    heic,
    huge_png,
    noisy_jpeg,
    private_names,
    send_whole,
    video,
)

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]


@pytest.fixture(autouse=True)
def _private(settings: Any, tmp_path: Any) -> None:
    settings.PRIVATE_ROOT = tmp_path / "private"


def stored(upload: CaseUpload) -> Image.Image:
    assert not upload.refused_why
    with private_files.open_private(upload.prepared["private_path"]) as file:  # type: ignore[index]
        return Image.open(io.BytesIO(file.read()))


@pytest.mark.parametrize("make", [heic, jpeg_with_position])
def test_nothing_of_phone_and_place_is_kept(cast: Cast, make: Any) -> None:
    data = make()
    assert b"MayAnhBiMat" in data
    picture = stored(send_whole(cast.a, draft_of(cast.a), data))
    assert picture.format == "WEBP"
    assert not picture.getexif()
    there: Any = picture.getpixel((5, 5))
    assert all(abs(is_there - meant) < 12 for is_there, meant in zip(there, GREEN, strict=True))
    for name in private_names():
        assert b"MayAnhBiMat" not in private_files.path_of(name).read_bytes()


def test_of_an_animation_the_first_picture_is_kept(cast: Cast) -> None:
    picture = stored(send_whole(cast.a, draft_of(cast.a), animated_gif()))
    assert getattr(picture, "n_frames", 1) == 1
    assert picture.convert("RGB").getpixel((20, 20))[1] > 100  # type: ignore[index]


def test_a_large_photograph_is_made_smaller_in_a_process_of_its_own(cast: Cast) -> None:
    picture = stored(send_whole(cast.a, draft_of(cast.a), png_bytes(size=(6000, 3000))))
    assert picture.size == (1600, 800)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (huge_png(), "hơn 50 triệu điểm ảnh"),
        (heic()[:-200], "hỏng hoặc không phải ảnh"),
        (noisy_jpeg((300, 200))[:5_000], "phần cuối bị thiếu"),
        (b"%PDF-1.7\n<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>", "không phải ảnh"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "không phải ảnh"),
        (b"<!doctype html><script>alert(1)</script>", "không phải ảnh"),
        (b"MZ\x90\x00" + b"\0" * 500, "không phải ảnh"),
        (b"\xff\xd8\xff\xe0" + b"<?php system($_GET[0]); ?>" * 30, "hỏng hoặc không phải ảnh"),
    ],
)
def test_what_is_no_picture_is_refused_and_deleted(cast: Cast, data: bytes, words: str) -> None:
    upload = send_whole(cast.a, draft_of(cast.a), data)
    assert words in upload.refused_why
    assert private_names() == []
    with unit_scope(cast.a.unit):
        assert uploads.uploads_of(upload.draft) == []


def test_a_video_called_a_picture_and_the_other_way(cast: Cast) -> None:
    assert "là video" in send_whole(cast.a, draft_of(cast.a), video(0.5)).refused_why
    assert "không phải video" in send_whole(cast.a, draft_of(cast.a), noisy_jpeg((90, 90)), FileKind.VIDEO).refused_why


def test_without_javascript_the_content_says_what_it_is(cast: Cast) -> None:
    draft = draft_of(cast.a)
    with unit_scope(cast.a.unit):
        row = uploads.take_upload(draft=draft, upload=SimpleUploadedFile("anh.jpg", video(0.5), "image/jpeg"))
        assert row.kind == FileKind.VIDEO
        with pytest.raises(ValidationError, match="một video"):
            uploads.take_upload(draft=draft, upload=SimpleUploadedFile("a.jpg", noisy_jpeg((90, 90))))


def test_while_the_scanner_is_down_a_picture_waits_and_is_not_lost(cast: Cast, settings: Any, tmp_path: Any) -> None:
    settings.CLAMD_SOCKET = str(tmp_path / "nobody.sock")
    upload = send_whole(cast.a, draft_of(cast.a), noisy_jpeg((300, 200)))
    with unit_scope(cast.a.unit):
        assert uploads.uploads_of(upload.draft) == [upload]
    case = make_case(cast.a, files=(upload,))
    file = CaseFile.everywhere.get(case=case)
    assert (file.state, file.raw_path, file.private_path) == (FileState.WAITING, upload.path, "")


def test_a_file_goes_with_its_case(cast: Cast) -> None:
    draft = draft_of(cast.a)
    picture = send_whole(cast.a, draft, noisy_jpeg((300, 200)))
    gone = send_whole(cast.a, draft, noisy_jpeg((310, 200)))
    with unit_scope(cast.a.unit):
        uploads.drop_upload(upload=gone)
    case = make_case(cast.a, files=(picture, gone))
    file = CaseFile.everywhere.get(case=case)
    assert (file.state, file.private_path) == (FileState.READY, picture.prepared["private_path"])  # type: ignore[index]
    with unit_scope(cast.a.unit):
        assert not CaseUpload.objects.exists()


def test_while_others_are_read_a_picture_waits_for_a_worker(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_checks, "_PATIENCE", 0.05)
    for _turn in range(2):
        sent_pictures._AT_ONCE.acquire()
    try:
        upload = send_whole(cast.a, draft_of(cast.a), noisy_jpeg((300, 200)))
    finally:
        sent_pictures._AT_ONCE.release(2)
    assert (upload.refused_why, "private_path" in upload.prepared) == ("", False)  # type: ignore[operator]
    case = make_case(cast.a, files=(upload,))
    with unit_scope(cast.a.unit):
        assert case_files.convert_waiting() == 1
    file = CaseFile.everywhere.get(case=case)
    assert (file.state, file.width) == (FileState.READY, 300)
