"""The office's clock: it stands while the sender is asked, and goes on with as many days as were left.

Terms counted in calendar days stay so when the clock goes on. Who was late when the clock was stopped is as late afterwards:
asking the sender buys no time that was already lost.
"""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from feedback.cases.terms import Term, moved_due_day, term_of
from feedback.enums.cases import CaseStatus, TermStep
from feedback.models import Case
from portal.core.working_days import WorkingCalendar

_SPAN = timedelta(days=40)


def term_for(case: Case, step: TermStep, day: date) -> Term | None:
    """The term of one step for this case, as it holds on ``day``; one query."""
    return term_of(case.kind, step, day, category_id=case.category_id, wish=case.wish)


def counts_working_days(case: Case) -> bool:
    """Whether the day to answer is counted in working days; the rule of the day the case came in."""
    term = term_for(case, TermStep.ANSWER, timezone.localdate(case.received_at))
    return term is None or term.is_working


def stop(case: Case, today: date) -> dict[str, Any]:
    """Columns that change when the clock is stopped."""
    return {"stopped_on": today}


def resume(case: Case, today: date) -> dict[str, Any]:
    """Columns that change when it goes on; nothing where it was not standing. A new day may be reminded of anew."""
    if case.stopped_on is None:
        return {}
    if case.due_on is None:
        return {"stopped_on": None}
    due_on = resumed_due_day(case.due_on, case.stopped_on, today, is_working=counts_working_days(case))
    changes: dict[str, Any] = {"due_on": due_on, "stopped_on": None}
    return changes if due_on == case.due_on else {**changes, "reminded_on": None}


def resumed_due_day(due_on: date, stopped_on: date, today: date, *, is_working: bool) -> date:
    """The last day to answer after the clock stood from ``stopped_on`` until ``today``."""
    if today <= stopped_on:
        return due_on
    if not is_working:
        return due_on + (today - stopped_on)
    if due_on >= stopped_on:
        return moved_due_day(due_on, stopped_on, today)
    return _as_late(due_on, stopped_on, today)


def _as_late(due_on: date, stopped_on: date, today: date) -> date:
    """A day that ``today`` is as many working days behind as ``stopped_on`` was behind ``due_on``; at least one day ago."""
    calendar = WorkingCalendar.around(due_on - _SPAN, today)
    late = calendar.between(due_on, stopped_on)
    day = today - timedelta(days=1)
    while calendar.between(day, today) < late and day > due_on:
        day -= timedelta(days=1)
    return day


def left_days(case: Case, today: date) -> int | None:
    """Days left to answer, counted as the case's term is: 0 on the last day, negative when late; None without a day.

    While the clock stands: as many as when it was stopped.
    """
    if case.due_on is None:
        return None
    day = case.stopped_on or today
    if not counts_working_days(case):
        return (case.due_on - day).days
    calendar = WorkingCalendar.around(min(case.due_on, day), max(case.due_on, day))
    return calendar.between(day, case.due_on) if case.due_on >= day else -calendar.between(case.due_on, day)


def supply_until(case: Case) -> date | None:
    """The last day of the sender's term to answer what was asked; None while nothing is asked."""
    if case.status != CaseStatus.WAITING or case.stopped_on is None:
        return None
    term = term_for(case, TermStep.SUPPLY, case.stopped_on)
    return term.last_day(case.stopped_on) if term else None


def may_close_unanswered(case: Case, today: date) -> bool:
    """Whether the sender has let the term pass, so that the unit may close the case as unclear (offered, never automatic)."""
    until = supply_until(case)
    return until is not None and today > until


def transfer_until(case: Case) -> date | None:
    """The last day on which the case may be passed on by whoever handles it; None where no term is settled."""
    since = timezone.localdate(case.held_since)
    term = term_for(case, TermStep.TRANSFER, since)
    return term.last_day(since) if term else None


def accept_until(case: Case) -> date | None:
    """The last day on which the unit should have said that it handles the case."""
    since = timezone.localdate(case.held_since)
    term = term_for(case, TermStep.ACCEPT, since)
    return term.last_day(since) if term else None


def extend_until(case: Case, today: date) -> date | None:
    """The latest new day an extension may name; None where the rules know no extension of this kind of case."""
    term = term_for(case, TermStep.EXTEND, today)
    return term.last_day(case.due_on) if term and case.due_on else None
