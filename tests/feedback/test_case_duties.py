"""Days that come near and days that are over: who is told, once, whoever is killed on the way; and the apology."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from feedback.actions import handle_case as verbs
from feedback.actions.case_duties import Day, do_duties
from feedback.actions.staff_letters import write_staff_letters
from feedback.enums.cases import CaseKind, CaseStatus, Escalation, EventKind, LetterKind, Moderation
from feedback.models import Case, CaseLetter
from feedback.tasks.duties import do_all_case_duties
from portal.core.models import Holiday, User
from portal.core.tenancy import unit_scope
from tests.factories.case_desk import do, events, fresh, last_event, leader, letters
from tests.factories.cases import make_case, make_public_case
from tests.factories.cast import HANOI, Cast
from units.enums import Role
from units.models import Membership, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _staff_can_be_written_to(request: pytest.FixtureRequest) -> None:
    """People of the cast have no address; the province has nobody."""
    cast: Cast = request.getfixturevalue("cast")
    for house in (cast.a, cast.b):
        for user in house.people.values():
            User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.vn")
    with unit_scope(cast.province):
        User.objects.filter(pk=cast.stranger.pk).update(email="tinh@example.vn")
        Membership.objects.create(user=cast.stranger, role=Role.APPROVER)


def _on(clock: Any, day: date) -> None:
    clock.move_to(datetime(day.year, day.month, day.day, 7, 40, tzinfo=HANOI))


def _duties(cast: Cast) -> dict[str, int]:
    with unit_scope(cast.a.unit):
        return do_duties()


def _staff(case: Case, unit: Unit, kind: LetterKind) -> set[int]:
    with unit_scope(unit):
        rows = list(CaseLetter.objects.filter(case=case, kind=kind).values_list("staff_id", flat=True))
    assert len(rows) == len(set(rows))
    return set(rows)


def test_two_working_days_before(cast: Cast, clock: Any) -> None:
    case = make_case(cast.a)
    do(verbs.accept, case, cast.a)
    _on(clock, date(2026, 12, 1))
    assert _duties(cast) == {"due": 0, "leader": 0, "province": 0}
    _on(clock, date(2026, 12, 2))
    assert _duties(cast)["due"] == 1
    assert _duties(cast)["due"] == 0
    now = fresh(case)
    assert (now.reminded_on, now.escalation) == (date(2026, 12, 2), Escalation.NONE)
    (event,) = events(case, cast.a.unit, EventKind.REMINDED)
    assert (event.is_public, event.actor, event.detail) == (False, None, {"due": "2026-12-04", "left": 2})
    assert _staff(case, cast.a.unit, LetterKind.STAFF_DUE) == {cast.a.people[Role.EDITOR].pk}


def test_a_reminder_refuses_nobody_s_answer(cast: Cast, clock: Any) -> None:
    case = make_case(cast.a)
    _on(clock, date(2026, 12, 2))
    _duties(cast)
    assert fresh(case).version == 1
    do(verbs.answer, case, cast.a, seen=1, text="Đã thay.", post="Chủ tịch")


def test_the_leader_then_the_province_each_once(cast: Cast, clock: Any) -> None:
    case = make_public_case(cast.a)
    _on(clock, date(2026, 12, 7))
    assert _duties(cast) == {"due": 0, "leader": 1, "province": 0}
    leaders = {cast.a.people[role].pk for role in (Role.APPROVER, Role.UNIT_ADMIN)}
    assert _staff(case, cast.a.unit, LetterKind.STAFF_LATE) == leaders
    _on(clock, date(2026, 12, 10))
    assert _duties(cast) == {"due": 0, "leader": 0, "province": 0}
    _on(clock, date(2026, 12, 11))
    assert _duties(cast) == {"due": 0, "leader": 0, "province": 1}
    assert _duties(cast) == {"due": 0, "leader": 0, "province": 0}
    assert _staff(case, cast.province, LetterKind.PROVINCE_LATE) == {cast.stranger.pk}
    # Written in the province's name, not in the unit's.
    assert _staff(case, cast.a.unit, LetterKind.PROVINCE_LATE) == set()
    told = events(case, cast.province, EventKind.ESCALATED)
    assert [(event.detail["level"], event.detail["days"], event.is_public) for event in told] == [
        ("LEADER", 1, True), ("PROVINCE", 5, True),
    ]  # fmt: skip


def test_a_worker_that_was_away_for_weeks_tells_both(cast: Cast, clock: Any) -> None:
    case = make_case(cast.a)
    _on(clock, date(2026, 12, 28))
    assert _duties(cast) == {"due": 0, "leader": 1, "province": 1}
    assert fresh(case).escalation == Escalation.PROVINCE


def test_nobody_is_told_of_what_stands_or_is_closed(cast: Cast, clock: Any) -> None:
    asked, answered, spam = (make_case(cast.a) for _ in range(3))
    do(verbs.ask_sender, asked, cast.a, text="Số nhà nào?")
    do(verbs.answer, answered, cast.a, text="Đã thay.", post="Chủ tịch")
    Case.everywhere.filter(pk=spam.pk).update(moderation=Moderation.SPAM)
    make_case(cast.b)
    for day in (date(2026, 12, 2), date(2026, 12, 28)):
        _on(clock, day)
        assert _duties(cast) == {"due": 0, "leader": 0, "province": 0}


def test_calendar_terms_and_holidays_count_as_they_are_written(cast: Cast, clock: Any) -> None:
    Holiday.objects.create(day=date(2026, 12, 7), name="Nghỉ", is_worked=False)
    case = make_case(cast.a)
    _on(clock, date(2026, 12, 7))
    assert _duties(cast)["leader"] == 0
    _on(clock, date(2026, 12, 8))
    assert _duties(cast)["leader"] == 1
    assert last_event(case, cast.a.unit).detail["days"] == 1


def test_a_new_day_is_reminded_of_anew(cast: Cast, clock: Any) -> None:
    case = make_case(cast.a)
    _on(clock, date(2026, 12, 2))
    _duties(cast)
    do(verbs.extend, case, cast.a, due_on=date(2026, 12, 9), reason="Chờ vật tư.")
    assert _duties(cast)["due"] == 0
    _on(clock, date(2026, 12, 7))
    assert _duties(cast)["due"] == 1


class Killed(BaseException):
    """The worker's process is gone."""


def _dies_at_mails(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if sql.startswith("INSERT") and "feedback_caseletter" in sql:
        raise Killed
    return execute(sql, params, many, context)


def test_a_killed_worker_leaves_all_or_nothing(cast: Cast, clock: Any) -> None:
    """Killed between the step and the mails: neither is there, and the next run writes both."""
    case = make_case(cast.a)
    _on(clock, date(2026, 12, 7))
    with connection.execute_wrapper(_dies_at_mails), pytest.raises(Killed):
        _duties(cast)
    assert fresh(case).escalation == Escalation.NONE
    assert events(case, cast.a.unit, EventKind.ESCALATED) == []
    assert _duties(cast)["leader"] == 1
    assert _staff(case, cast.a.unit, LetterKind.STAFF_LATE)
    with unit_scope(cast.a.unit):
        assert write_staff_letters(case_id=case.pk, kind=LetterKind.STAFF_LATE) == 0


def test_only_units_with_something_to_say_are_started(
    cast: Cast, clock: Any, eager_tasks: None, django_capture_on_commit_callbacks: Any
) -> None:
    case = make_case(cast.a)
    _on(clock, date(2026, 12, 6))
    assert do_all_case_duties() == 0  # a Sunday
    _on(clock, date(2026, 12, 7))
    assert do_all_case_duties() == 1
    assert fresh(case).escalation == Escalation.LEADER


def test_one_calendar_and_all_terms_for_a_whole_run(cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1 + len(CaseKind)):
        Day.of(date(2026, 11, 22))


def test_an_apology_says_how_late_and_until_when(cast: Cast, clock: Any) -> None:
    case = make_public_case(cast.a)
    draft = lambda: do(lambda case, actor, seen: verbs.apology_draft(case), case, cast.a)  # noqa: E731 - asked twice
    assert draft() == ""
    with pytest.raises(ValidationError, match="chưa trễ"):
        do(verbs.apologise, case, cast.a, text="Xin lỗi.")
    _on(clock, date(2026, 12, 8))
    text = draft()
    assert text.split("\n") == [
        f"Phản ánh {case.code_words} có hạn trả lời ngày 04/12/2026, đến nay đã trễ 2 ngày làm việc.",
        "Phường Thuận An xin lỗi vì sự chậm trễ này.",
        "Phường Thuận An sẽ trả lời chậm nhất ngày 15/12/2026.",
    ]
    do(verbs.apologise, case, cast.a, text=text)
    event = last_event(case, cast.a.unit)
    assert (event.is_public, event.detail) == (True, {"due": "2026-12-04", "days": 2})
    assert letters(case, cast.a.unit)[-1] == LetterKind.LATE
    with pytest.raises(ValidationError, match="Đã xin lỗi"):
        do(verbs.apologise, case, cast.a, text=text)
    # An apology moves no day.
    assert fresh(case).due_on == date(2026, 12, 4)


def test_an_apology_on_the_weekend_after(cast: Cast, clock: Any) -> None:
    case = make_case(cast.a)
    _on(clock, date(2026, 12, 5))
    text = do(lambda case, actor, seen: verbs.apology_draft(case), case, cast.a)
    assert "đến nay đã qua hạn." in text


def test_a_late_case_can_still_be_passed_on_by_a_leader(cast: Cast, clock: Any) -> None:
    """The new unit's leader is told anew."""
    case = make_case(cast.a)
    _on(clock, date(2026, 12, 7))
    _duties(cast)
    do(verbs.transfer, case, cast.a, actor=leader(cast.a), to_unit=cast.b.unit, reason="Thuộc Phú Vinh.")
    with unit_scope(cast.b.unit):
        assert do_duties()["leader"] == 1
    assert _staff(case, cast.b.unit, LetterKind.STAFF_LATE)
    assert fresh(case).status == CaseStatus.RECEIVED
