"""Within how many days what must be done: dated rows (feedback.CaseTerm), counted as offices count."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from feedback.enums.cases import CaseKind, TermStep
from feedback.models import CaseTerm
from portal.core.working_days import WorkingCalendar, due_day


@dataclass(frozen=True, slots=True)
class Term:
    """So many days, working days or calendar days, and where that is written."""

    days: int
    is_working: bool
    source: str = ""

    def last_day(self, start: date) -> date:
        """The last day of the term that begins the day after ``start``; a query where working days are counted."""
        return due_day(start, self.days) if self.is_working else start + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Terms:
    """All terms of one kind of case on one day, read in one query."""

    rows: tuple[CaseTerm, ...]

    @classmethod
    def read(cls, kind: str, day: date) -> Self:
        """The rows that hold on ``day``."""
        return cls(tuple(CaseTerm.objects.on(day).filter(kind=kind)))

    def find(self, step: TermStep, *, category_id: int | None = None, wish: str = "") -> Term | None:
        """The most exact row: of the category and the request before that of all; of two, the newer. None: not settled."""
        fitting = [
            row
            for row in self.rows
            if row.step == step and row.category_id in {None, category_id} and row.wish in {"", wish}
        ]
        if not fitting:
            return None
        best = max(fitting, key=lambda row: (row.category_id is not None, row.wish != "", row.valid_from))
        return Term(best.days, best.is_working, best.source)


def term_of(
    kind: CaseKind | str, step: TermStep, day: date, *, category_id: int | None = None, wish: str = ""
) -> Term | None:
    """One term; one query."""
    return Terms.read(str(kind), day).find(step, category_id=category_id, wish=wish)


def days_left(due_on: date, today: date) -> int:
    """Working days from ``today`` to the last one: 0 on the day itself, negative when it is over; one query."""
    calendar = WorkingCalendar.around(min(due_on, today), max(due_on, today))
    return calendar.between(today, due_on) if due_on >= today else -calendar.between(due_on, today)


def moved_due_day(due_on: date, stopped_on: date, today: date) -> date:
    """The last day after the clock stood from ``stopped_on`` until ``today``: as many working days are left as then."""
    left = WorkingCalendar.around(stopped_on, due_on).between(stopped_on, due_on)
    return due_day(today, left)
