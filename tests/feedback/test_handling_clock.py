"""The office's clock: it stands while the sender is asked, goes on with what was left, and may be put later twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from feedback.actions import handle_case as verbs
from feedback.actions.case_duties import do_duties
from feedback.actions.case_steps import Step, take_step
from feedback.cases.clock import left_days, resume
from feedback.enums.cases import CaseKind, CaseStatus, EventKind, RejectReason
from feedback.models import Case
from portal.core.models import Holiday
from portal.core.tenancy import unit_scope
from tests.factories.case_desk import do, fresh, last_event
from tests.factories.cases import make_case
from tests.factories.cast import HANOI, Cast

pytestmark = pytest.mark.django_db


def _go_to(clock_: Any, day: date, hour: int = 9) -> None:
    clock_.move_to(datetime(day.year, day.month, day.day, hour, tzinfo=HANOI))


def _supply(case: Case, cast: Cast) -> Case:
    """What the sender's answer does to the clock (feedback.actions.sender_steps)."""
    now = fresh(case)
    with unit_scope(cast.a.unit):
        changes = {**resume(now, timezone.localdate()), "status": CaseStatus.RECEIVED}
        take_step(now, Step(EventKind.SUPPLIED, [CaseStatus.WAITING], changes, by_holder=False), actor=None)
    return now


def test_as_many_working_days_are_left_as_before(cast: Cast, clock: Any) -> None:
    case = make_case(cast.a)
    _go_to(clock, date(2026, 11, 25))
    do(verbs.ask_sender, case, cast.a, text="Số nhà nào?")
    waiting = fresh(case)
    assert (waiting.status, waiting.stopped_on) == (CaseStatus.WAITING, date(2026, 11, 25))
    assert last_event(case, cast.a.unit).detail == {"left": 7, "until": "2026-12-09"}
    _go_to(clock, date(2026, 12, 5))  # a Saturday
    now = _supply(case, cast)
    # Seven working days after the Saturday: Monday 7 to Tuesday 15 December.
    assert (now.due_on, now.stopped_on, now.first_due_on) == (date(2026, 12, 15), None, date(2026, 12, 4))


def test_holidays_in_between_do_not_count(cast: Cast, clock: Any) -> None:
    for day in (date(2026, 12, 8), date(2026, 12, 9)):
        Holiday.objects.create(day=day, name="Nghỉ", is_worked=False)
    case = make_case(cast.a)
    _go_to(clock, date(2026, 11, 25))
    do(verbs.ask_sender, case, cast.a, text="Số nhà nào?")
    _go_to(clock, date(2026, 12, 5))
    assert _supply(case, cast).due_on == date(2026, 12, 17)


def test_asked_and_answered_on_one_day_moves_nothing(cast: Cast) -> None:
    case = make_case(cast.a)
    do(verbs.ask_sender, case, cast.a, text="Số nhà nào?")
    assert _supply(case, cast).due_on == date(2026, 12, 4)


def test_calendar_days_stay_calendar_days(cast: Cast, clock: Any) -> None:
    case = make_case(cast.a, kind=CaseKind.PERSONAL, wish="VIEW")
    assert case.due_on == date(2026, 12, 2)
    _go_to(clock, date(2026, 11, 24))
    do(verbs.ask_sender, case, cast.a, text="Dữ liệu nào?")
    assert last_event(case, cast.a.unit).detail["left"] == 8
    _go_to(clock, date(2026, 11, 28))
    # Eight calendar days after Saturday 28 November: a Sunday.
    assert _supply(case, cast).due_on == date(2026, 12, 6)


def test_asking_late_buys_no_time(cast: Cast, clock: Any) -> None:
    case = make_case(cast.a)
    _go_to(clock, date(2026, 12, 8))
    do(verbs.ask_sender, case, cast.a, text="Số nhà nào?")
    assert last_event(case, cast.a.unit).detail["left"] == -2
    _go_to(clock, date(2026, 12, 17))
    now = _supply(case, cast)
    with unit_scope(cast.a.unit):
        assert left_days(now, date(2026, 12, 17)) == -2
    assert now.is_late(date(2026, 12, 17))


def test_the_sender_s_silence_allows_closing_but_closes_nothing(cast: Cast, clock: Any) -> None:
    case = make_case(cast.a)
    do(verbs.ask_sender, case, cast.a, text="Số nhà nào?")
    closing: dict[str, Any] = {"reason": RejectReason.UNCLEAR, "text": "Không đủ thông tin."}
    with pytest.raises(ValidationError, match="còn thời gian bổ sung đến hết 04/12/2026"):
        do(verbs.reject, case, cast.a, **closing)
    _go_to(clock, date(2026, 12, 7))
    with unit_scope(cast.a.unit):
        do_duties()
    assert fresh(case).status == CaseStatus.WAITING
    do(verbs.reject, case, cast.a, **closing)
    assert fresh(case).status == CaseStatus.REJECTED


def test_an_answer_without_waiting_for_the_sender(cast: Cast, clock: Any) -> None:
    """The office found out by itself: it is judged by the day that would have held."""
    case = make_case(cast.a)
    do(verbs.ask_sender, case, cast.a, text="Số nhà nào?")
    _go_to(clock, date(2026, 11, 24))
    do(verbs.answer, case, cast.a, text="Đã tìm thấy.", post="Chủ tịch")
    now = fresh(case)
    assert (now.status, now.stopped_on, now.due_on) == (CaseStatus.ANSWERED, None, date(2026, 12, 8))


def test_a_later_day_is_public_bounded_and_given_twice(cast: Cast) -> None:
    case = make_case(cast.a)
    for wrong in (date(2026, 12, 4), date(2026, 12, 12), date(2026, 12, 19), date(2027, 1, 4)):
        with pytest.raises(ValidationError):
            do(verbs.extend, case, cast.a, due_on=wrong, reason="Chờ vật tư.")
    with pytest.raises(ValidationError):
        do(verbs.extend, case, cast.a, due_on=date(2026, 12, 18), reason=" ")
    do(verbs.extend, case, cast.a, due_on=date(2026, 12, 18), reason="Chờ vật tư.")
    event = last_event(case, cast.a.unit)
    assert event.is_public
    assert event.text == "Chờ vật tư."
    assert event.detail == {"due_before": "2026-12-04", "due": "2026-12-18"}
    do(verbs.extend, case, cast.a, due_on=date(2026, 12, 21), reason="Chưa có vật tư.")
    now = fresh(case)
    assert (now.due_on, now.first_due_on, now.extended) == (date(2026, 12, 21), date(2026, 12, 4), 2)
    with pytest.raises(ValidationError, match="hai lần"):
        do(verbs.extend, case, cast.a, due_on=date(2026, 12, 22), reason="Nữa.")


def test_no_extension_once_the_leader_s_day_has_come(cast: Cast, clock: Any) -> None:
    first, second = make_case(cast.a), make_case(cast.a)
    _go_to(clock, date(2026, 12, 7))
    do(verbs.extend, first, cast.a, due_on=date(2026, 12, 9), reason="Mưa lũ.")
    _go_to(clock, date(2026, 12, 8))
    with pytest.raises(ValidationError, match="xin lỗi"):
        do(verbs.extend, second, cast.a, due_on=date(2026, 12, 10), reason="Mưa lũ.")


def test_rules_without_extension(cast: Cast) -> None:
    case = make_case(cast.a, kind=CaseKind.PERSONAL, wish="VIEW")
    with pytest.raises(ValidationError, match="không cho gia hạn"):
        do(verbs.extend, case, cast.a, due_on=date(2026, 12, 4), reason="Chờ.")


def test_days_left_stand_still_while_the_clock_does(cast: Cast) -> None:
    case = make_case(cast.a)
    with unit_scope(cast.a.unit):
        assert left_days(case, date(2026, 11, 30)) == 4
        case.stopped_on = date(2026, 11, 25)
        assert left_days(case, date(2026, 11, 25) + timedelta(days=30)) == 7
