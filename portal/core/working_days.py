"""Working days as Vietnamese offices count them: Monday to Friday, without public holidays, with days worked instead.

Holidays and exchanged days are decided anew each year (Bộ luật Lao động 2019 Điều 112; the yearly notice on Tết and the
exchange of days), so they are rows (core.Holiday), never code. A year without rows has weekends only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

from portal.core.models import Holiday

_FRIDAY: Final = 4
# Longer than any lawful term; a wrong number must not count for ever.
MOST_DAYS: Final = 1_000


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The exceptions from "Monday to Friday" within a span: day → whether it is worked."""

    exceptions: Mapping[date, bool]

    @classmethod
    def around(cls, first: date, last: date) -> Self:
        """The calendar for counting from ``first`` to about ``last``, in one query."""
        rows = Holiday.objects.between(first, last).values_list("day", "is_worked")
        return cls(dict(rows))

    def is_working(self, day: date) -> bool:
        """Whether offices work on ``day``."""
        return self.exceptions.get(day, day.weekday() <= _FRIDAY)

    def after(self, start: date, days: int) -> date:
        """The last day of a term of ``days`` working days that begins the day after ``start`` (Bộ luật Dân sự Điều 147).

        0 gives ``start`` itself. Raises ValueError for a negative term or one beyond MOST_DAYS.
        """
        if not 0 <= days <= MOST_DAYS:
            raise ValueError(f"a term of {days} working days")
        day = start
        left = days
        while left:
            day += timedelta(days=1)
            left -= self.is_working(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and with ``end``; 0 where ``end`` is not later."""
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def due_day(start: date, days: int) -> date:
    """The last day of a term of ``days`` working days after ``start``; one query."""
    # Tết takes up to ten days; a year's exceptions more than cover twice the term and a month.
    span = timedelta(days=max(days, 1) * 2 + 40)
    return WorkingCalendar.around(start, start + span).after(start, days)


def working_days_late(due: date, done: date) -> int:
    """How many working days ``done`` lies behind ``due``; 0 when in time; one query."""
    return WorkingCalendar.around(due, done).between(due, done) if done > due else 0
