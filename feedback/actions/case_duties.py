"""What a worker reminds offices of: a day that is near, a day that is over. Each once, whoever is killed on the way.

A reminder is a quiet step: the condition (not reminded yet, not told yet) stands in its update, so of two workers one writes
it, and a clerk who writes an answer at that moment is not refused. The mails are written down in the same transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from feedback.actions.case_steps import Stale, Step, set_party, take_step
from feedback.actions.province import provinces
from feedback.actions.staff_letters import write_staff_letters
from feedback.cases.terms import Term, Terms
from feedback.enums.cases import RUNNING, CaseKind, Escalation, EventKind, LetterKind, PartyRole, TermStep
from feedback.models import Case, CaseParty
from feedback.rules.duties import AHEAD
from portal.core.tenancy import current_unit_id, unit_scope
from portal.core.working_days import WorkingCalendar

AT_ONCE: Final = 500
"""So many of each duty in one run; the rest is found by the next, an hour later."""


@dataclass(frozen=True, slots=True)
class Day:
    """The day as all duties see it: read once for all cases of a run."""

    today: date
    calendar: WorkingCalendar
    terms: dict[str, Terms]

    @classmethod
    def of(cls, today: date) -> "Day":
        """The calendar and all terms of ``today``; five queries."""
        calendar = WorkingCalendar.around(today - timedelta(days=370), today + AHEAD)
        return cls(today, calendar, {str(kind): Terms.read(kind, today) for kind in CaseKind})

    def term(self, case: Case, step: TermStep) -> Term | None:
        """The term of one step of a case."""
        return self.terms[case.kind].find(step, category_id=case.category_id, wish=case.wish)

    def passed(self, case: Case, step: TermStep) -> bool:
        """Whether so many days after the day to answer have gone by."""
        term = self.term(case, step)
        if term is None or case.due_on is None or case.due_on >= self.today:
            return False
        late = self.calendar.between(case.due_on, self.today) if term.is_working else (self.today - case.due_on).days
        return late >= term.days

    def is_near(self, case: Case) -> bool:
        """Whether the day to answer is as near as the REMIND term says."""
        term = self.term(case, TermStep.REMIND)
        if term is None or case.due_on is None or case.due_on < self.today:
            return False
        left = self.calendar.between(self.today, case.due_on) if term.is_working else (case.due_on - self.today).days
        return left <= term.days

    def days_late(self, case: Case) -> int:
        """Working days since the day to answer."""
        return self.calendar.between(case.due_on, self.today) if case.due_on else 0


def do_duties(today: date | None = None) -> dict[str, int]:
    """Everything of one day for the unit in scope; run again it does nothing twice. Returns how many of each."""
    day = Day.of(today or timezone.localdate())
    held = Case.objects.held().not_spam().filter(status__in=RUNNING)
    near = held.filter(reminded_on__isnull=True, due_on__gte=day.today, due_on__lte=day.today + AHEAD)
    late = held.overdue(day.today).exclude(escalation=Escalation.PROVINCE)
    done = {"due": 0, "leader": 0, "province": 0}
    for case in near.order_by("due_on", "pk")[:AT_ONCE]:
        done["due"] += day.is_near(case) and _once(_remind, case, day)
    for case in late.order_by("due_on", "pk")[:AT_ONCE]:
        if case.escalation == Escalation.NONE and day.passed(case, TermStep.LEADER):
            done["leader"] += _once(_tell_leader, case, day)
        if case.escalation == Escalation.LEADER and day.passed(case, TermStep.PROVINCE):
            done["province"] += _once(_tell_province, case, day)
    return done


def _once(duty: Callable[[Case, Day], None], case: Case, day: Day) -> bool:
    """One duty of one case in a transaction of its own; False where another worker or a clerk was faster."""
    try:
        with transaction.atomic():
            duty(case, day)
    except Stale:
        return False
    return True


def _quiet(kind: EventKind, changes: dict[str, Any], where: Q, detail: dict[str, Any], *, is_public: bool) -> Step:
    return Step(kind, RUNNING, changes, where=where, detail=detail, is_public=is_public, is_quiet=True)


def _remind(case: Case, day: Day) -> None:
    where = Q(reminded_on__isnull=True, due_on=case.due_on)
    detail = {"due": _iso(case), "left": day.calendar.between(day.today, case.due_on or day.today)}
    take_step(case, _quiet(EventKind.REMINDED, {"reminded_on": day.today}, where, detail, is_public=False), actor=None)
    write_staff_letters(case_id=case.pk, kind=LetterKind.STAFF_DUE)


def _tell_leader(case: Case, day: Day) -> None:
    _escalate(case, day, Escalation.NONE, Escalation.LEADER)
    write_staff_letters(case_id=case.pk, kind=LetterKind.STAFF_LATE)


def _tell_province(case: Case, day: Day) -> None:
    _escalate(case, day, Escalation.LEADER, Escalation.PROVINCE)
    for unit_id in provinces():
        if not CaseParty.everywhere.filter(case=case, unit_id=unit_id).exists():
            set_party(case, unit_id, PartyRole.ABOVE)
        with unit_scope(unit_id):
            write_staff_letters(case_id=case.pk, kind=LetterKind.PROVINCE_LATE)


def _escalate(case: Case, day: Day, before: Escalation, after: Escalation) -> None:
    """Public: that an office was late, and that those above it know, is everybody's to see."""
    detail = {"level": str(after), "due": _iso(case), "days": day.days_late(case), "unit": current_unit_id()}
    where = Q(escalation=before, due_on=case.due_on)
    take_step(case, _quiet(EventKind.ESCALATED, {"escalation": after}, where, detail, is_public=True), actor=None)


def _iso(case: Case) -> str:
    return case.due_on.isoformat() if case.due_on else ""
