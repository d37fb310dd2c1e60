"""Lists and calendars: places in an order, weeks of a month."""

from calendar import Calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
PAGE_SIZE: Final = 12
FEED_SIZE: Final = 30
TITLE_LIMIT: Final = 300
TITLE_ADVICE: Final = 90


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the newest-first order: time and id of the row the next page starts after."""

    at: datetime
    pk: int

    @property
    def text(self) -> str:
        """As it stands in an address: microseconds since 1970, a dash, the id."""
        # Whole numbers only: a float loses the last microsecond, and rows of the same moment with it.
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}-{self.pk}"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One square of the month calendar: how many items were published, and where they are."""

    iso: str
    day: int
    in_month: bool
    is_today: bool
    is_selected: bool
    count: int
    url: str | None


def month_weeks(
    month: date, counts: dict[int, int], today: date, selected: date | None, day_url: Callable[[date], str]
) -> list[list[CalendarDay]]:
    """The weeks of ``month``, Monday first; ``counts`` maps day of month → number of items."""
    weeks: list[list[CalendarDay]] = []
    for week in Calendar(firstweekday=0).monthdatescalendar(month.year, month.month):
        row = []
        for day in week:
            inside = day.month == month.month
            count = counts.get(day.day, 0) if inside else 0
            row.append(
                CalendarDay(
                    day.isoformat(),
                    day.day,
                    inside,
                    day == today,
                    day == selected,
                    count,
                    day_url(day) if count else None,
                )
            )
        weeks.append(row)
    return weeks


def neighbour_months(month: date) -> tuple[date, date]:
    """First days of the month before and after."""
    before = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    after = date(month.year + (month.month == 12), month.month % 12 + 1, 1)  # noqa: PLR2004 - December
    return before, after


def unique_names(names: Iterable[str]) -> list[str]:
    """Tag names trimmed, without empties and repeats (whatever their capitals), order kept."""
    seen: dict[str, str] = {}
    for name in names:
        clean = " ".join(name.split())[:60]
        if clean:
            seen.setdefault(clean.lower(), clean)
    return list(seen.values())
