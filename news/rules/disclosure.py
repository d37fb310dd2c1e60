"""Periods and deadlines of what must be disclosed: which months, quarters, years a duty asks for, until when each is in time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Protocol

from django.utils.translation import gettext as _

from news.enums.disclosure import DisclosurePeriod, DueFrom

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
ROMAN: Final = ("", "I", "II", "III", "IV")
# How many periods back are asked for at most: two years of quarters, a year of months, three whole years.
_LAST: Final = {
    DisclosurePeriod.MONTH: 12, DisclosurePeriod.QUARTER: 8, DisclosurePeriod.YEAR_TO_DATE: 6,
    DisclosurePeriod.HALF_YEAR: 4, DisclosurePeriod.YEAR: 3,
}  # fmt: skip
_PARTS: Final[dict[str, tuple[int, ...]]] = {
    DisclosurePeriod.MONTH: tuple(range(1, 13)), DisclosurePeriod.QUARTER: (1, 2, 3, 4),
    DisclosurePeriod.YEAR_TO_DATE: (3, 6, 9), DisclosurePeriod.HALF_YEAR: (1, 2), DisclosurePeriod.YEAR: (0,),
}  # fmt: skip
# Months that a part covers, counted from its end.
_MONTHS: Final = {DisclosurePeriod.MONTH: 1, DisclosurePeriod.QUARTER: 3, DisclosurePeriod.HALF_YEAR: 6}
LATE_LIMIT: Final = 32_000
"""More days than the column holds nobody counts."""


class Calendar(Protocol):
    """What counts working days (portal.core.working_days.WorkingCalendar)."""

    def after(self, start: date, days: int) -> date: ...  # noqa: D102 - the protocol's members

    def between(self, start: date, end: date) -> int: ...  # noqa: D102

    def is_working(self, day: date) -> bool: ...  # noqa: D102


class Terms(Protocol):
    """What of a duty its periods and deadlines hang on (news.DisclosureDuty)."""

    period: str
    due_days: int
    in_working_days: bool
    due_from: str
    valid_from: date
    valid_to: date | None


class SlotState(StrEnum):
    """How a duty stands for one period."""

    IN_TIME = "in_time"
    LATE = "late"
    WAITING = "waiting"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period of a duty, with its first and last day."""

    year: int
    part: int
    first: date
    last: date


def is_periodic(kind: str) -> bool:
    """Whether a duty comes round: not on events, not standing."""
    return kind in _PARTS


def parts_of(kind: str) -> tuple[int, ...]:
    """The parts of a year in which such a duty comes round; (0,) for whole years, empty for one without periods."""
    return _PARTS.get(kind, ())


def period_at(kind: str, year: int | None, part: int) -> Period | None:
    """The period of that year and part; None where the duty knows no such period."""
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR or part not in parts_of(kind):
        return None
    if kind == DisclosurePeriod.YEAR:
        return Period(year, 0, date(year, 1, 1), date(year, 12, 31))
    if kind == DisclosurePeriod.YEAR_TO_DATE:
        return Period(year, part, date(year, 1, 1), _month_end(year, part))
    months = _MONTHS[DisclosurePeriod(kind)]
    return Period(year, part, date(year, (part - 1) * months + 1, 1), _month_end(year, part * months))


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def periods_back(kind: str, day: date) -> Iterator[Period]:
    """Periods that have begun on ``day``, the newest first, down to FIRST_YEAR."""
    for year in range(min(day.year, LAST_YEAR), FIRST_YEAR - 1, -1):
        for part in reversed(parts_of(kind)):
            period = period_at(kind, year, part)
            if period is not None and _begins(kind, period) <= day:
                yield period


def _begins(kind: str, period: Period) -> date:
    """From when a period is spoken of: nine months are not asked for in February."""
    return date(period.year, period.part - 2, 1) if kind == DisclosurePeriod.YEAR_TO_DATE else period.first


def terms_for(rows: Sequence[Terms], period: Period) -> Terms | None:
    """Of the dated rows of one duty, the one in force on the period's last day; else the nearest one within the period."""
    for row in rows:
        if row.valid_from <= period.last and (row.valid_to is None or period.last <= row.valid_to):
            return row
    return None


def due_day(terms: Terms, period: Period | None, signed: date | None, calendar: Calendar) -> date | None:
    """The last day in time; None where nothing tells it yet: a term from signing without a day of signing.

    A term of calendar days that ends on a day of rest ends with the next working day (Bộ luật Dân sự Điều 148 khoản 5).
    """
    if terms.due_from == DueFrom.SIGNED or period is None:
        base = signed
    else:
        base = period.first if terms.due_from == DueFrom.PERIOD_START else period.last
    if base is None:
        return None
    return _after(terms, base, calendar)


def _after(terms: Terms, base: date, calendar: Calendar) -> date:
    if terms.in_working_days:
        return calendar.after(base, terms.due_days)
    day = base + timedelta(days=terms.due_days)
    return day if calendar.is_working(day) else calendar.after(day, 1)


def days_late(terms: Terms, due: date | None, done: date | None, calendar: Calendar) -> int:
    """How many days ``done`` lies behind ``due``, counted as the duty counts; 0 in time or not measured."""
    if due is None or done is None or done <= due:
        return 0
    return min(calendar.between(due, done) if terms.in_working_days else (done - due).days, LATE_LIMIT)


def expected_periods(rows: Sequence[Terms], since: date, today: date) -> list[tuple[Period, Terms]]:
    """Periods a duty asks for up to ``today``, the newest first, each with the terms that hold for it.

    ``rows`` are the dated rows of one duty, the newest first; ``since`` is the unit's first day. A period counts when it began
    after the duty and the unit did; only the last ones are asked for. Where the term runs from the end of a period, or from
    signing, the running period is asked for as well, it only is not due yet.
    """
    found: list[tuple[Period, Terms]] = []
    if not rows or not is_periodic(rows[0].period):
        return found
    kind = DisclosurePeriod(rows[0].period)
    begin = max(since, min(row.valid_from for row in rows))
    for period in periods_back(kind, today):
        if period.first < begin or len(found) >= _LAST[kind]:
            break
        terms = terms_for(rows, period)
        if terms is not None:
            found.append((period, terms))
    return found


def overdue_from(terms: Terms, period: Period, calendar: Calendar) -> date:
    """From which day a period without anything published counts as missing.

    A term from signing can not be known while nothing is signed: then the period itself must be over.
    """
    due = due_day(terms, period, None, calendar)
    return (due or period.last) + timedelta(days=1)


def standing_since(terms: Terms, since: date, calendar: Calendar) -> date:
    """From which day a standing duty without anything published counts as missing."""
    return _after(terms, max(terms.valid_from, since), calendar) + timedelta(days=1)


def period_words(kind: str, year: int | None, part: int) -> str:
    """``quý III năm 2026``, ``9 tháng năm 2026``, ``năm 2025``; empty for what has no period."""
    if year is None or not is_periodic(kind):
        return ""
    values = {"part": part, "year": year}
    if kind == DisclosurePeriod.MONTH:
        return _("tháng %(part)s năm %(year)s") % values
    if kind == DisclosurePeriod.QUARTER:
        return _("quý %(part)s năm %(year)s") % {**values, "part": ROMAN[part] if 0 < part < len(ROMAN) else part}
    if kind == DisclosurePeriod.YEAR_TO_DATE:
        return _("%(part)s tháng năm %(year)s") % values
    if kind == DisclosurePeriod.HALF_YEAR:
        words = _("6 tháng đầu năm %(year)s") if part == 1 else _("6 tháng cuối năm %(year)s")
        return words % values
    return _("năm %(year)s") % values


def title_of(title: str, kind: str, year: int | None, part: int) -> str:
    """The usual name of an entry: what is disclosed, and for which period."""
    words = period_words(kind, year, part)
    return f"{title}, {words}" if words else title
