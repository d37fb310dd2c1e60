"""One case on the office's screen: every verb by its form, nothing typed lost, the sender hidden, other units outside."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback.actions import handle_case
from feedback.enums.cases import CaseKind, CaseStatus, EventKind, Moderation, RejectReason, TemplateUse
from feedback.models import AnswerTemplate, Case, CaseEvent
from portal.core.tenancy import unit_scope
from tests.factories.cases import make_case
from tests.factories.cast import Cast, House
from tests.factories.handling import (
    LIST,
    accepted_case,
    add_picture,
    client_of,
    due_on,
    fresh,
    press,
    screen_of,
    steps,
)
from tests.factories.visits import body_of
from units.enums import Role

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]
TODAY = date(2026, 11, 22)
STALE_WORDS = "Việc này vừa có người khác xử lý. Đọc lại rồi làm tiếp."


def _open(house: House, case: Case, *, role: Role = Role.APPROVER, path: str = "") -> Any:
    return client_of(house.people[role]).get(path or screen_of(case), headers={"host": house.host})


def _kinds(house: House, case: Case) -> list[str]:
    with unit_scope(house.unit):
        return list(CaseEvent.objects.filter(case=case).order_by("pk").values_list("kind", flat=True))


def _fill(house: House, case: Case, fields: dict[str, Any]) -> Any:
    """Press “Chèn mẫu” in the form of the answer."""
    sent = {"viec": steps.ANSWER, "chen": "1", **{f"tra-loi-{name}": value for name, value in fields.items()}}
    return client_of(house.people[Role.EDITOR]).post(screen_of(case), sent, headers={"host": house.host})


def test_the_screen_leads_with_what_is_to_be_done(cast: Cast) -> None:
    case = make_case(cast.a)
    response = _open(cast.a, case)
    assert [line["verb"].slug for line in response.context["likely"]] == [steps.ACCEPT, steps.TRANSFER, steps.ASK]
    text = body_of(response)
    assert text.index("Việc cần làm tiếp") < text.index("Người gửi viết") < text.index("Diễn biến")
    assert cast.a.marker in text
    late = due_on(accepted_case(cast.a), TODAY - timedelta(days=4))
    likely = [line["verb"].slug for line in _open(cast.a, late).context["likely"]]
    assert likely == [steps.ANSWER, steps.PROGRESS, steps.APOLOGISE]


def test_a_case_goes_its_way_by_forms_alone(cast: Cast) -> None:
    a = cast.a
    case = make_case(a)
    editor = a.people[Role.EDITOR]
    text = body_of(press(a, case, steps.ACCEPT, post="Phòng Kinh tế", assignee=editor.pk))
    assert "Đã nhận việc." in text
    assert fresh(case).assignee == editor
    press(a, case, steps.SORT, category="", commune=a.unit.pk, priority="1")
    assert fresh(case).priority == "1"
    assert fresh(case).category is None
    press(a, case, steps.ASSIGN, assignee="")
    assert fresh(case).assignee is None
    press(a, case, steps.PROGRESS, text="Đang thay nắp cống.")
    press(a, case, steps.NOTE, text="Anh Tâm hẹn thứ Ba.")
    press(a, case, steps.EXTEND, due_on="2026-12-10", reason="Chờ nắp cống mới.")
    assert fresh(case).due_on == date(2026, 12, 10)
    press(a, case, steps.ASK, text="Nắp tròn hay vuông?")
    assert fresh(case).status == CaseStatus.WAITING
    press(a, case, steps.ANSWER, text="Đã thay nắp cống.\nÔng/bà xem giúp.", post="Phó Chủ tịch UBND phường")
    stored = fresh(case)
    assert (stored.status, stored.answer_post) == (CaseStatus.ANSWERED, "Phó Chủ tịch UBND phường")
    assert _kinds(a, case) == [
        EventKind.RECEIVED, EventKind.ACCEPTED, EventKind.SORTED, EventKind.ASSIGNED, EventKind.PROGRESS,
        EventKind.NOTE, EventKind.EXTENDED, EventKind.ASKED, EventKind.ANSWERED,
    ]  # fmt: skip
    text = body_of(_open(a, case))
    for words in ("Anh Tâm hẹn thứ Ba.", "Đang thay nắp cống.", "Chờ nắp cống mới.", "Phó Chủ tịch UBND phường"):
        assert words in text, words


def test_transferring_refusing_merging_apologising(cast: Cast) -> None:
    a = cast.a
    moved = make_case(a)
    press(a, moved, steps.TRANSFER, to_unit=cast.b.unit.pk, reason="Đường của phường bên.")
    assert fresh(moved).holder == cast.b.unit
    refused = make_case(a)
    press(
        a, refused, steps.REJECT, reason=RejectReason.OTHER_LAW, text="Là khiếu nại.", responsible="Thanh tra thành phố"
    )
    assert (fresh(refused).status, fresh(refused).responsible) == (CaseStatus.REJECTED, "Thanh tra thành phố")
    late = due_on(accepted_case(a), TODAY - timedelta(days=6))
    assert "xin lỗi" in body_of(_open(a, late))
    press(a, late, steps.APOLOGISE, text="Phường xin lỗi vì chậm trả lời.")
    assert EventKind.APOLOGISED in _kinds(a, late)
    double = make_case(a)
    press(a, double, steps.MERGE, code=late.code_words, text="Cùng một nắp cống.")
    assert fresh(double).merged_into_id == late.pk
    # A code that is nobody's, its own, or another unit's: one sentence for all.
    other = make_case(cast.b)
    for code in ("XXX-XXXX", late.code, other.code):
        text = body_of(press(a, late, steps.MERGE, code=code))
        assert "Không có việc nào mang mã này" in text
        assert cast.b.marker not in text


def test_whoever_is_second_keeps_what_was_typed(cast: Cast) -> None:
    a = cast.a
    case = accepted_case(a)
    seen = fresh(case).version
    press(a, case, steps.PROGRESS, text="Người thứ nhất.")
    response = press(
        a, case, steps.ANSWER, seen=seen, text="Trả lời dài\nhai dòng của người thứ hai", post="Trưởng phòng"
    )
    assert response.status_code == 409
    text = body_of(response)
    assert STALE_WORDS in text
    assert "hai dòng của người thứ hai" in text
    assert f'name="seen" value="{fresh(case).version}"' in text
    assert fresh(case).status == CaseStatus.ACCEPTED
    # Read again, pressed again: through.
    press(a, case, steps.ANSWER, text="Trả lời dài", post="Trưởng phòng")
    assert fresh(case).status == CaseStatus.ANSWERED
    # The verb is gone by now; the words are shown to be copied.
    text = body_of(press(a, case, steps.PROGRESS, text="Chữ không gửi được nữa"))
    assert STALE_WORDS in text
    assert "Chữ không gửi được nữa" in text


def test_what_is_refused_stays_in_its_form(cast: Cast) -> None:
    a = cast.a
    case = accepted_case(a)
    response = press(a, case, steps.ANSWER, text="Đã sửa xong chỗ hỏng", post="")
    assert response.status_code == 422
    assert "Ghi chức vụ của người trả lời." in body_of(response)
    assert "Đã sửa xong chỗ hỏng" in body_of(response)
    text = body_of(press(a, case, steps.EXTEND, due_on="2027-12-10", reason="Xin thêm một năm"))
    assert "Xin thêm một năm" in text
    assert fresh(case).due_on == case.due_on
    assert press(a, case, steps.ANSWER, text="x" * 6000, post="y").status_code == 422
    assert press(a, case, "khong-co").status_code == 403


def test_a_prepared_text_is_put_in_without_a_script(cast: Cast) -> None:
    a = cast.a
    case = accepted_case(a)
    with unit_scope(a.unit):
        row = AnswerTemplate.objects.create(use=TemplateUse.ANSWER, title="Đã sửa", text="{don_vi} đã sửa, mã {ma}.")
    with unit_scope(cast.b.unit):
        other = AnswerTemplate.objects.create(use=TemplateUse.ANSWER, title="Mẫu BRAVO", text="Của đơn vị khác")
    sent = {"text": "Kính gửi ông/bà.", "post": "Trưởng phòng", "template": row.pk}
    text = body_of(_fill(a, case, sent))
    assert f"Kính gửi ông/bà.\n\n{a.unit.name} đã sửa, mã {case.code_words}." in text
    assert 'value="Trưởng phòng"' in text
    assert "Mẫu BRAVO" not in text
    stolen = _fill(a, case, {"template": other.pk})
    assert "Của đơn vị khác" not in body_of(stolen)
    assert fresh(case).status == CaseStatus.ACCEPTED


def test_hostile_words_are_words(cast: Cast) -> None:
    a = cast.a
    case = accepted_case(a, text="<script>alert(1)</script> Hố sâu trước trường <img src=x onerror=y>")
    press(a, case, steps.PROGRESS, text="<b>Đang làm</b><script>alert(2)</script>")
    text = body_of(_open(a, case))
    for bad in ("alert(1)</script>", "<img src=x", "<b>Đang", "<script>alert"):
        assert bad not in text


def test_queries_do_not_grow_with_what_happened(cast: Cast) -> None:
    a = cast.a
    case = accepted_case(a)

    def asked() -> int:
        client = client_of(a.people[Role.APPROVER])
        client.get(screen_of(case), headers={"host": a.host})
        with CaptureQueriesContext(connection) as queries:
            assert client.get(screen_of(case), headers={"host": a.host}).status_code == 200
        return len(queries)

    add_picture(a, case)
    press(a, case, steps.NOTE, text="Một")
    make_case(a)
    before = asked()
    for number in range(3):
        add_picture(a, case)
        press(a, case, steps.NOTE, text=f"Ghi chú {number}")
        press(a, case, steps.PROGRESS, text=f"Tiến độ {number}")
        make_case(a)
    assert asked() == before
    assert before <= 30


@pytest.mark.parametrize("kind", list(CaseKind))
def test_every_kind_and_state_has_its_screen(cast: Cast, kind: CaseKind) -> None:
    a = cast.a
    case = make_case(a, kind=kind, wish="VIEW" if kind == CaseKind.PERSONAL else "")
    for status in CaseStatus:
        changes: dict[str, Any] = {"status": status}
        if status == CaseStatus.REJECTED:
            changes["reject_reason"] = RejectReason.UNCLEAR
        if status == CaseStatus.MERGED:
            changes["merged_into"] = make_case(a)
        Case.everywhere.filter(pk=case.pk).update(**changes)
        assert _open(a, case).status_code == 200, status
        assert _open(a, case, path=f"{LIST}{case.pk}/in/").status_code == 200, status
    Case.everywhere.filter(pk=case.pk).update(moderation=Moderation.SPAM, status=CaseStatus.RECEIVED)
    assert "Máy cho là rác" in body_of(_open(a, case))


def test_the_sheet_for_paper_tells_the_units_chain(cast: Cast) -> None:
    a = cast.a
    case = make_case(a)
    with unit_scope(a.unit):
        handle_case.transfer(
            case=case, to_unit=cast.b.unit, reason="Của phường bên", actor=a.people[Role.APPROVER], seen=case.version
        )
    text = body_of(_open(cast.b, case, path=f"{LIST}{case.pk}/in/"))
    assert text.index(a.unit.name) < text.index("→")
    assert "Ý kiến chỉ đạo" in text
    assert case.code_words in text
