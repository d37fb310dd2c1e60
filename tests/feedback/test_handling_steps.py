"""A case is taken on, given to somebody, sorted, told of, asked about: what each step leaves behind."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from feedback.actions import handle_case as verbs
from feedback.enums.cases import CaseKind, CaseStatus, ConsentPurpose, EventKind, LetterKind, Priority, TemplateUse
from feedback.models import AnswerTemplate, CaseFile, CaseTerm
from portal.core.models import AuditEntry
from portal.core.private_files import path_of
from portal.core.tenancy import unit_scope
from tests.factories.case_desk import do, events, fresh, handler, last_event, leader, letters, picture, roles
from tests.factories.cases import EMAIL, PHONE, category_of, make_case, make_public_case
from tests.factories.cast import Cast
from units.enums import Role

pytestmark = pytest.mark.django_db


def test_accepting_says_who_handles_it(cast: Cast) -> None:
    case = make_case(cast.a)
    do(verbs.accept, case, cast.a, post="  Trưởng phòng <b>Hạ tầng</b> ", text="Sẽ xem trong hôm nay.")
    now = fresh(case)
    assert (now.status, now.assignee) == (CaseStatus.ACCEPTED, cast.a.people[Role.EDITOR])
    assert now.accepted_at is not None
    event = last_event(case, cast.a.unit)
    assert event.detail == {"post": "Trưởng phòng Hạ tầng", "due": "2026-12-04"}
    assert event.text == "Sẽ xem trong hôm nay."


def test_a_leader_who_accepts_for_somebody(cast: Cast) -> None:
    case = make_case(cast.a)
    do(verbs.accept, case, cast.a, actor=leader(cast.a), assignee=cast.a.people[Role.EDITOR])
    assert fresh(case).assignee == cast.a.people[Role.EDITOR]


def test_a_complex_request_has_the_longer_term(cast: Cast) -> None:
    case = make_case(cast.a, kind=CaseKind.INFORMATION)
    assert case.due_on == date(2026, 11, 27)
    do(verbs.accept, case, cast.a, is_complex=True)
    assert fresh(case).due_on == date(2026, 12, 11)
    assert last_event(case, cast.a.unit).detail["due_before"] == "2026-11-27"
    with pytest.raises(ValidationError, match="không có thời hạn riêng"):
        do(verbs.accept, make_case(cast.a), cast.a, is_complex=True)


def test_work_is_given_to_those_who_handle_here(cast: Cast) -> None:
    case = make_case(cast.a)
    with pytest.raises(PermissionDenied):
        do(verbs.assign, case, cast.a, assignee=cast.a.people[Role.APPROVER])
    do(verbs.assign, case, cast.a, assignee=handler(cast.a))
    assert fresh(case).assignee == handler(cast.a)
    for stranger in (cast.a.people[Role.AUTHOR], cast.b.people[Role.EDITOR], cast.outsider):
        with pytest.raises(ValidationError, match="không xử lý phản ánh ở đơn vị"):
            do(verbs.assign, case, cast.a, actor=leader(cast.a), assignee=stranger)
    do(verbs.assign, case, cast.a, actor=leader(cast.a), assignee=cast.a.admin)
    with pytest.raises(PermissionDenied):
        do(verbs.assign, case, cast.a, assignee=None)
    do(verbs.assign, case, cast.a, actor=leader(cast.a), assignee=None)
    assert fresh(case).assignee is None


def test_who_was_blocked_gets_no_work(cast: Cast) -> None:
    person = cast.a.people[Role.EDITOR]
    person.is_active = False
    person.save(update_fields=["is_active"])
    with pytest.raises(ValidationError):
        do(verbs.assign, make_case(cast.a), cast.a, actor=leader(cast.a), assignee=person)


def test_sorting_moves_the_day_only_where_the_term_differs(cast: Cast) -> None:
    case = make_public_case(cast.a)
    do(
        verbs.sort, case, cast.a, category=category_of("cay-xanh"), commune=case.commune, priority=Priority.URGENT
    )  # fmt: skip
    event = last_event(case, cast.a.unit)
    assert fresh(case).due_on == date(2026, 12, 4)
    assert event.is_public
    assert event.detail == {"category_before": "Cống, ngập nước", "category": "Cây xanh, công viên"}
    with unit_scope(cast.a.unit):
        entry = AuditEntry.objects.filter(verb="case.sorted").latest("pk")
    # How urgent an office finds it is nobody else's business.
    assert entry.detail["priority"] == Priority.URGENT
    CaseTerm.objects.create(
        kind=CaseKind.REPORT, step="ANSWER", category=category_of("rac-moi-truong"), days=5, valid_from=date(2026, 1, 1)
    )
    do(
        verbs.sort, case, cast.a, category=category_of("rac-moi-truong"), commune=case.commune,
        priority=Priority.URGENT,
    )  # fmt: skip
    assert fresh(case).due_on == date(2026, 11, 27)
    assert last_event(case, cast.a.unit).detail["due_before"] == "2026-12-04"


def test_a_moved_day_keeps_what_it_gained(cast: Cast) -> None:
    case = make_case(cast.a)
    do(verbs.extend, case, cast.a, due_on=date(2026, 12, 11), reason="Chờ vật tư.")
    CaseTerm.objects.create(
        kind=CaseKind.REPORT, step="ANSWER", category=category_of("cay-xanh"), days=8, valid_from=date(2026, 1, 1)
    )
    do(
        verbs.sort, case, cast.a, category=category_of("cay-xanh"), commune=case.commune, priority=case.priority
    )  # fmt: skip
    assert fresh(case).due_on == date(2026, 12, 9)


def test_urgency_alone_stays_inside_and_no_change_is_no_step(cast: Cast) -> None:
    case = make_public_case(cast.a)
    same: dict[str, Any] = {"category": case.category, "commune": case.commune}
    do(verbs.sort, case, cast.a, priority=case.priority, **same)
    assert fresh(case).version == 1
    do(verbs.sort, case, cast.a, priority=Priority.LOW, **same)
    assert not last_event(case, cast.a.unit).is_public
    with pytest.raises(ValidationError):
        do(verbs.sort, case, cast.a, priority="9", **same)


def test_another_place_gets_its_part(cast: Cast) -> None:
    case = make_case(cast.a)
    do(verbs.sort, case, cast.a, category=case.category, commune=cast.b.unit, priority=case.priority)
    assert roles(case)[cast.b.unit.pk] == "PLACE"
    do(verbs.sort, case, cast.a, category=case.category, commune=cast.third, priority=case.priority)
    # Nobody there had seen it: it was never their place.
    assert cast.b.unit.pk not in roles(case)
    assert roles(case)[cast.a.unit.pk] == "HOLDER"
    for wrong in (cast.province, cast.closed):
        with pytest.raises(ValidationError, match="xã, phường đang hoạt động"):
            do(verbs.sort, case, cast.a, category=case.category, commune=wrong, priority=case.priority)


def test_office_words_are_plain_and_bounded(cast: Cast) -> None:
    case = make_public_case(cast.a)
    text = "Đã đặt rào, gọi 0234 382 0000 <script>alert(1)</script><b>ngay</b>\u200b tại www.hue.gov.vn"
    do(verbs.report_progress, case, cast.a, text=text)
    said = last_event(case, cast.a.unit).text
    assert said == "Đã đặt rào, gọi 0234 382 0000 alert(1) ngay tại www.hue.gov.vn"
    for wrong in ("", "  <p></p> ", "a" * 5_001):
        with pytest.raises(ValidationError) as caught:
            do(verbs.report_progress, case, cast.a, text=wrong)
        assert set(caught.value.message_dict) == {"text"}
    with pytest.raises(ValidationError):
        do(verbs.transfer, case, cast.a, to_unit=cast.b.unit, reason="a" * 1_001)


def test_pictures_of_the_result(cast: Cast) -> None:
    case = make_public_case(cast.a)
    do(verbs.answer, case, cast.a, text="Đã thay.", post="Chủ tịch", pictures=[picture(), picture("hai.png")])
    with unit_scope(cast.a.unit):
        rows = list(CaseFile.objects.filter(case=case).public())
        event = events(case, cast.a.unit, EventKind.ANSWERED)[0]
        assert [row.event_id for row in rows] == [event.pk] * 2
        assert [row.position for row in rows] == [0, 1]
        assert not rows[0].is_from_sender
        assert (rows[0].width, rows[0].height) == (900, 600)
    for row in rows:
        assert path_of(row.private_path).read_bytes()[:4] == b"RIFF"
        assert path_of(row.private_small).exists()
        assert row.public_path.startswith(f"u{cast.a.unit.pk}/phan-anh/2026/11/")
        assert row.public_small.endswith("-nho.webp")
        assert "ket-qua" not in row.public_path


def test_pictures_of_what_stays_private_have_no_public_copy(cast: Cast) -> None:
    silent = make_case(cast.a, consents=frozenset({ConsentPurpose.HANDLE}))
    asked = make_case(cast.a, kind=CaseKind.PERSONAL, wish="VIEW")
    for case in (silent, asked):
        do(verbs.report_progress, case, cast.a, text="Kèm ảnh.", pictures=[picture()])
        with unit_scope(cast.a.unit):
            row = CaseFile.objects.get(case=case)
        assert (row.public_path, row.is_public) == ("", False)


def test_what_is_no_picture_stops_the_answer(cast: Cast) -> None:
    case = make_case(cast.a)
    bad = SimpleUploadedFile("anh.jpg", b"<html><script>1</script></html>", "image/jpeg")
    with pytest.raises(ValidationError, match="Ảnh thứ 2"):
        do(verbs.answer, case, cast.a, text="Đã thay.", post="Chủ tịch", pictures=[picture(), bad])
    with pytest.raises(ValidationError, match="Nhiều nhất 5 ảnh"):
        do(verbs.answer, case, cast.a, text="Đã thay.", post="Chủ tịch", pictures=[picture()] * 6)
    assert fresh(case).status == CaseStatus.RECEIVED
    with unit_scope(cast.a.unit):
        assert not CaseFile.objects.exists()


def test_looking_at_the_sender_is_logged_for_ever(cast: Cast) -> None:
    case = make_public_case(cast.a, text=f"Nhà số 12 {cast.a.marker}, gọi 0905 999 888, nước tràn vào nhà tôi.")
    facts = do(verbs.unmask, case, cast.a, actor=leader(cast.a), reason="Gọi hỏi đường vào kiệt.")
    assert (facts.phone, facts.email) == (PHONE, EMAIL)
    assert cast.a.marker in facts.name
    assert "0905 999 888" in facts.original
    event = last_event(case, cast.a.unit)
    assert (event.kind, event.is_public, event.text) == (EventKind.UNMASKED, False, "Gọi hỏi đường vào kiệt.")
    with unit_scope(cast.a.unit):
        entry = AuditEntry.objects.filter(verb="case.unmasked").get()
    assert entry.actor == cast.a.people[Role.APPROVER]
    assert PHONE not in str(entry.detail)
    assert "0905" not in str(event.detail) + event.text
    with pytest.raises(ValidationError):
        do(verbs.unmask, case, cast.a, actor=leader(cast.a), reason=" ")
    assert letters(case, cast.a.unit) == [LetterKind.RECEIVED]


def test_prepared_texts(cast: Cast) -> None:
    case = make_case(cast.a)
    with unit_scope(cast.a.unit):
        row = AnswerTemplate.objects.create(
            use=TemplateUse.PROGRESS, title="Đã nhận", text="{don_vi} nhận việc {ma}, trả lời trước {han}. {khac} {0}"
        )
    text = do(lambda case, actor, seen: verbs.fill_template(row, case), case, cast.a)
    assert text == f"Phường Thuận An nhận việc {case.code_words}, trả lời trước 04/12/2026. {{khac}} {{0}}"
