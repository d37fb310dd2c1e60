"""“Đã giải quyết chưa?”: solved when the sender says so, opened again once, then the province's, then written down."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from feedback.actions.case_steps import Stale
from feedback.actions.sender_steps import TooLate, confirm_solved, rate
from feedback.enums import Satisfaction
from feedback.enums.cases import CaseStatus, Escalation, EventKind, LetterKind, PartyRole, SolvedAnswer
from feedback.models import Case, CaseEvent, CaseLetter, CaseParty
from portal.core.tenancy import unit_scope
from tests.factories.cases import receive
from tests.factories.cast import NOW, Cast
from tests.factories.own_cases import answer, body_of, fresh, own_path, press, visit

pytestmark = pytest.mark.django_db


def events_of(case: Case) -> list[CaseEvent]:
    with unit_scope(case.intake_unit_id):
        return list(CaseEvent.objects.filter(case=case).in_order())


def test_opening_the_question_changes_nothing(cast: Cast) -> None:
    received = receive(cast.a)
    answer(cast.a, received.case)
    before = fresh(received.case).version
    for query, ticked in (("", 0), ("?tra-loi=xong", 1), ("?tra-loi=chua", 1), ("?tra-loi=%00x", 0)):
        page = visit(cast.a, own_path(received.token, "da-xong/") + query)
        assert page.status_code == (400 if "%00" in query else 200)
        assert body_of(page).count(" checked") == ticked
    assert fresh(received.case).version == before


def test_solved_and_rated_in_three_levels(cast: Cast) -> None:
    received = receive(cast.a)
    answer(cast.a, received.case)
    data = {"answer": "YES", "satisfaction": "VERY", "text": "Nhanh, tốt <b>lắm</b>. Gọi 0905 111 222"}
    response = press(cast.a, own_path(received.token, "da-xong/"), data)
    assert response["Location"].endswith("?bao=xong")
    row = fresh(received.case)
    assert (row.status, row.solved, row.satisfaction) == (CaseStatus.SOLVED, "YES", Satisfaction.VERY)
    assert row.solved_at
    assert "0905 111 222" not in row.satisfaction_text
    assert events_of(row)[-1].kind == EventKind.CONFIRMED
    # A second press, and a second thought, find the question closed.
    again = press(cast.a, own_path(received.token, "da-xong/"), {"answer": "NO"})
    assert again["Location"] == own_path(received.token)
    assert fresh(received.case).status == CaseStatus.SOLVED
    assert "Rất hài lòng" in body_of(visit(cast.a, own_path(received.token)))


def test_the_level_may_follow_later_once(cast: Cast) -> None:
    received = receive(cast.a)
    answer(cast.a, received.case)
    press(cast.a, own_path(received.token, "da-xong/"), {"answer": "YES"})
    page = body_of(visit(cast.a, own_path(received.token, "da-xong/")))
    assert 'name="answer"' not in page
    path = own_path(received.token, "da-xong/")
    assert press(cast.a, path, {}).status_code == 422
    assert press(cast.a, path, {"satisfaction": "SATISFIED"})["Location"].endswith("danh-gia")
    assert fresh(received.case).satisfaction == Satisfaction.SATISFIED
    with unit_scope(cast.a.unit), pytest.raises(Stale):
        rate(case=fresh(received.case), satisfaction="VERY")


def test_not_solved_opens_once_then_goes_to_the_province_then_stays_written(cast: Cast) -> None:
    received = receive(cast.a)
    case, path = received.case, own_path(received.token, "da-xong/")
    with unit_scope(cast.a.unit):
        Case.everywhere.filter(pk=case.pk).update(accepted_at=NOW)
    answer(cast.a, case)
    with time_machine.travel(NOW + timedelta(days=10), tick=False):
        response = press(cast.a, path, {"answer": "NO", "text": "Nắp mới lại vỡ."})
    assert response["Location"].endswith("chua-xong")
    row = fresh(case)
    assert (row.status, row.reopened, row.holder_id, row.solved) == (CaseStatus.ACCEPTED, 1, cast.a.unit.pk, "")
    # Ten working days anew from Wednesday 2 December.
    assert (row.due_on, row.first_due_on) == (date(2026, 12, 16), date(2026, 12, 4))
    assert "Nắp mới" not in body_of(visit(cast.b, "/phan-anh/"))
    answer(cast.a, case)
    assert press(cast.a, path, {"answer": "NO"})["Location"].endswith("len-tinh")
    row = fresh(case)
    assert (row.status, row.reopened, row.holder_id) == (CaseStatus.RECEIVED, 2, cast.province.pk)
    assert (row.escalation, row.assignee_id) == (Escalation.PROVINCE, None)
    with unit_scope(cast.province):
        assert CaseParty.objects.get(case=case).role == PartyRole.HOLDER
    with unit_scope(cast.a.unit):
        assert CaseParty.objects.get(case=case).role == PartyRole.INTAKE
        assert CaseLetter.objects.filter(case=case, kind=LetterKind.REOPENED).count() == 2
    answer(cast.a, case)
    press(cast.a, path, {"answer": "NO", "satisfaction": "UNSATISFIED"})
    row = fresh(case)
    assert (row.status, row.solved, row.reopened) == (CaseStatus.ANSWERED, "NO", 2)
    assert [event.kind for event in events_of(row)].count(EventKind.REOPENED) == 2


def test_after_sixty_days_it_is_too_late(cast: Cast) -> None:
    received = receive(cast.a)
    answer(cast.a, received.case)
    with time_machine.travel(NOW + timedelta(days=61), tick=False):
        with unit_scope(cast.a.unit), pytest.raises(TooLate):
            confirm_solved(case=fresh(received.case), answer=SolvedAnswer.NO)
        page = visit(cast.a, own_path(received.token, "da-xong/"))
        assert "Đã quá thời gian" in body_of(page)
        assert press(cast.a, own_path(received.token, "da-xong/"), {"answer": "NO"}).status_code == 409
    assert fresh(received.case).status == CaseStatus.ANSWERED
