"""The moderator's steps: nothing public before, exactly the copy afterwards, nothing left when it is taken away."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from PIL import Image

from feedback.actions.case_steps import Stale
from feedback.actions.moderate_case import hide, mark_spam, picture_words, restore
from feedback.cases.moderating import why_hidden
from feedback.enums.cases import (
    CaseKind,
    CaseStatus,
    ConsentPurpose,
    EventKind,
    FileKind,
    FileState,
    HideReason,
    Moderation,
)
from feedback.models import Case, CaseParty
from portal.core import private_files
from portal.core.models import AuditEntry
from portal.core.sealing import unseal
from portal.core.tenancy import unit_scope
from tests.factories.case_files import PLATE, add_file
from tests.factories.cases import make_case
from tests.factories.cast import Cast
from tests.factories.visits import visit
from tests.feedback.moderation_steps import again, generation, media_of, press, take_away
from units.enums import Role

pytestmark = pytest.mark.django_db


def test_publishing_shows_the_copy_and_keeps_the_original(cast: Cast) -> None:
    case = make_case(cast.a)
    before = [generation(unit) for unit in (cast.a.unit, cast.province, cast.b.unit)]
    event = press(
        cast.a, case, title="  Nắp   cống ", text="Sửa lại, gọi 0905 123 456 hoặc http://x.vn", place="Đầu ngõ"
    )
    assert (event.kind, event.is_public) == (EventKind.PUBLISHED, True)
    assert (case.moderation, case.title, case.place_text) == (Moderation.PUBLIC, "Nắp cống", "Đầu ngõ")
    assert "0905 123 456" not in case.text, "numbers are hidden whoever typed them"
    assert "x.vn" not in case.text
    assert cast.a.marker in unseal(case.sealed_text)
    assert (case.moderated_by, case.published_at) == (cast.a.people[Role.EDITOR], case.moderated_at)
    after = [generation(unit) for unit in (cast.a.unit, cast.province, cast.b.unit)]
    assert after[0] > before[0]
    assert after[1] > before[1]
    assert after[2] == before[2]
    assert set(CaseParty.everywhere.filter(case=case).values_list("is_public", flat=True)) == {True}


def test_a_picture_is_nowhere_until_it_is_chosen(cast: Cast) -> None:
    case = make_case(cast.a)
    chosen, other = add_file(case), add_file(case)
    for name in (chosen.private_path, chosen.private_small):
        for host in (cast.a.host, cast.b.host):
            assert visit(host, f"/media/{name}").status_code == 404
    press(cast.a, case, pictures={chosen.pk: [PLATE]}, descriptions={chosen.pk: "Nắp cống vỡ đôi"})
    again(chosen)
    again(other)
    assert (chosen.is_public, chosen.description, chosen.boxes) == (True, "Nắp cống vỡ đôi", [list(PLATE)])
    assert (other.is_public, other.public_path) == (False, "")
    assert visit(cast.a.host, f"/media/{chosen.public_path}").status_code == 200
    assert visit(cast.b.host, f"/media/{chosen.public_path}").status_code == 404
    for name in (chosen.private_path, other.private_path, other.private_small):
        assert visit(cast.a.host, f"/media/{name}").status_code == 404
    random_part = chosen.private_path.rsplit("/", 1)[1][:22]
    assert random_part not in chosen.public_path, "the public name leads to no private one"
    with default_storage.open(chosen.public_path) as stored:
        picture = Image.open(io.BytesIO(stored.read()))
    assert picture.size == (800, 600)


def test_changed_boxes_make_new_files_and_the_old_ones_go(cast: Cast) -> None:
    case = make_case(cast.a)
    file = add_file(case)
    press(cast.a, case, pictures={file.pk: []}, descriptions={file.pk: "Cống"})
    first = again(file).public_path, file.public_small
    press(cast.a, case, pictures={file.pk: []}, descriptions={file.pk: "Cống vỡ"})
    assert (again(file).public_path, file.description) == (first[0], "Cống vỡ"), "words alone make no new file"
    event = press(cast.a, case, pictures={file.pk: [PLATE]})
    assert again(file).public_path != first[0]
    assert not any(default_storage.exists(name) for name in first)
    assert default_storage.exists(file.public_path)
    assert (event.kind, event.is_public) == (EventKind.EDITED, False)


def test_editing_keeps_the_day_and_says_what_changed_to_the_audit_alone(cast: Cast) -> None:
    case = make_case(cast.a)
    press(cast.a, case)
    published = case.published_at
    event = press(cast.a, case, text="Bản mới")
    assert case.published_at == published
    assert "Bản mới" not in str(event.detail)
    with unit_scope(cast.a.unit):
        entry = AuditEntry.objects.about(case).filter(verb="case.edited").get()
    assert entry.detail["words"] == {"text": ["Nắp cống vỡ trước nhà số 12.", "Bản mới"]}


def test_a_video_goes_whole_or_not_at_all(cast: Cast) -> None:
    case = make_case(cast.a)
    video = add_file(case, kind=FileKind.VIDEO, data=b"mp4 of ours" * 100)
    press(cast.a, case, pictures={video.pk: []}, descriptions={video.pk: "Nước tràn"})
    assert again(video).public_path.endswith(".mp4")
    assert visit(cast.a.host, f"/media/{video.public_path}").status_code == 200
    press(cast.a, case)
    assert (again(video).public_path, video.is_public) == ("", False)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"title": " "}, "tiêu đề"), ({"text": "\u200b"}, "nội dung"), ({"boxes": [(0, 0, 2000, 10)]}, "nằm ngoài ảnh"),
        ({"boxes": [(0, 0, "x", 10)]}, "nằm ngoài ảnh"), ({"description": " "}, "viết mô tả"),
    ],
)  # fmt: skip
def test_what_cannot_be_published_says_why(cast: Cast, more: dict[str, Any], words: str) -> None:
    case = make_case(cast.a)
    file = add_file(case)
    facts: dict[str, Any] = {
        "pictures": {file.pk: more.pop("boxes", [])}, "descriptions": {file.pk: more.pop("description", "Cống")}, **more
    }  # fmt: skip
    with pytest.raises(ValidationError, match=words):
        press(cast.a, case, **facts)
    case.refresh_from_db(from_queryset=Case.everywhere.all())
    assert case.moderation == Moderation.WAITING
    assert not again(file).is_public


def test_files_that_are_not_this_cases_or_not_ready_are_refused(cast: Cast) -> None:
    case, foreign = make_case(cast.a), add_file(make_case(cast.b))
    waiting = add_file(case, kind=FileKind.VIDEO, state=FileState.WAITING)
    other = add_file(make_case(cast.a))
    for file in (foreign, waiting, other):
        with pytest.raises(ValidationError, match="không còn"):
            press(cast.a, case, pictures={file.pk: []}, descriptions={file.pk: "Ảnh"})


def test_a_lost_file_publishes_nothing_and_leaves_nothing(cast: Cast) -> None:
    case = make_case(cast.a)
    good, gone = add_file(case), add_file(case)
    private_files.delete([gone.private_path])
    before = media_of(cast.a)
    with pytest.raises(ValidationError, match="Không đọc được"):
        press(cast.a, case, pictures={good.pk: [], gone.pk: []}, descriptions={good.pk: "a", gone.pk: "b"})
    assert case.moderation == Moderation.WAITING
    assert media_of(cast.a) == before, "the first picture's copy was deleted again"


def test_consent_missing_is_said_and_kept(cast: Cast) -> None:
    case = make_case(cast.a, consents=frozenset({ConsentPurpose.HANDLE}))
    with pytest.raises(ValidationError, match="không đồng ý công khai"):
        press(cast.a, case)
    request = make_case(cast.a, kind=CaseKind.INFORMATION)
    with pytest.raises(ValidationError, match="không bao giờ công khai"):
        press(cast.a, request)
    withdrawn = make_case(cast.a)
    Case.everywhere.filter(pk=withdrawn.pk).update(status=CaseStatus.WITHDRAWN)
    withdrawn.refresh_from_db(from_queryset=Case.everywhere.all())
    with pytest.raises(ValidationError, match="đã rút"):
        press(cast.a, withdrawn)


def test_a_sender_can_be_told_why(cast: Cast) -> None:
    case = make_case(cast.a)
    with unit_scope(cast.a.unit):
        assert why_hidden(case) == ""
    take_away(cast.a, hide, case, reason=HideReason.UNPROVEN)
    with unit_scope(cast.a.unit):
        assert why_hidden(case) == "Cáo buộc người khác, chưa kiểm chứng"
    press(cast.a, case)
    with unit_scope(cast.a.unit):
        assert why_hidden(case) == ""


def test_spam_comes_back_to_wait_or_stays_private(cast: Cast) -> None:
    case = make_case(cast.a, text="Nhà cái uy tín, nổ hũ đổi thưởng, truy cập bet88.com ngay hôm nay")
    with pytest.raises(ValidationError, match="lấy lại"):
        press(cast.a, case)
    take_away(cast.a, restore, case)
    assert case.moderation == Moderation.WAITING
    with pytest.raises(Stale):
        take_away(cast.a, restore, case)
    request = make_case(cast.a, kind=CaseKind.INFORMATION, text="Nhà cái uy tín, nổ hũ đổi thưởng, bet88.com ngay")
    take_away(cast.a, restore, request)
    assert request.moderation == Moderation.PRIVATE


def test_the_second_moderator_is_refused_and_no_file_is_left(cast: Cast) -> None:
    case = make_case(cast.a)
    file = add_file(case)
    late = Case.everywhere.get(pk=case.pk)
    take_away(cast.a, hide, case, reason=HideReason.PERSONAL)
    for verb in (hide, mark_spam):
        with pytest.raises(Stale):
            take_away(cast.a, verb, late, **({"reason": "RUDE"} if verb is hide else {}))
    with pytest.raises(Stale):
        press(cast.a, late, pictures={file.pk: []}, descriptions={file.pk: "Cống"})
    assert case.moderation == Moderation.PRIVATE
    assert not again(file).public_path


def test_another_unit_cannot_moderate(cast: Cast) -> None:
    case = make_case(cast.a)
    for house_unit in (cast.b.unit, cast.province):
        with unit_scope(house_unit), pytest.raises(Stale):
            hide(case=case, reason=HideReason.RUDE, seen=case.version, actor=cast.b.admin)


def test_only_a_question_has_an_answer_to_edit(cast: Cast) -> None:
    question = make_case(cast.a, kind=CaseKind.QUESTION)
    Case.everywhere.filter(pk=question.pk).update(answer="Mang theo căn cước.")
    question.refresh_from_db(from_queryset=Case.everywhere.all())
    press(cast.a, question, answer="Mang theo <b>căn cước</b> và giấy khai sinh.")
    assert question.answer == "Mang theo căn cước và giấy khai sinh."
    report = make_case(cast.a)
    press(cast.a, report, answer="Không phải chỗ này")
    assert report.answer == ""


def test_the_offered_description_names_matter_and_place(cast: Cast) -> None:
    case = make_case(cast.a)
    file = add_file(case)
    with unit_scope(cast.a.unit):
        words = picture_words(case, file)
    assert words.startswith("Ảnh 1: Cống, ngập nước, Trước số 12")
