"""The shelves of what a unit must disclose: what is there, what is missing and since when, what was late, unit by unit."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from django.utils import timezone

from news.enums.disclosure import DisclosureGroup, DisclosurePeriod
from news.models import DisclosureDuty, DisclosureEntry
from news.rules.disclosure import (
    Period,
    SlotState,
    due_day,
    expected_periods,
    overdue_from,
    period_words,
    standing_since,
)
from portal.core.tenancy import units_scope
from portal.core.working_days import WorkingCalendar
from units.models import Unit

# Periods reach back three years, terms reach forward a year and some.
_BACK: Final = timedelta(days=365 * 5)
_AHEAD: Final = timedelta(days=600)
SOON: Final = 10
"""Working days ahead that count as “coming”."""


class LineState(StrEnum):
    """How one duty stands, the gravest first; its values are parts of class names."""

    MISSING = "missing"
    LATE = "late"
    DONE = "done"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Fact:
    """What was published for one period of one duty."""

    number: int = 0
    late: int = 0
    late_number: int = 0
    demo_number: int = 0


Facts = Mapping[tuple[int, int], Fact]


@dataclass(frozen=True, slots=True)
class Slot:
    """One period of a duty, or the whole of a standing one: whether it is there, until or since when it counts."""

    state: SlotState
    words: str = ""
    period: Period | None = None
    due_on: date | None = None
    since: date | None = None
    days_late: int = 0


@dataclass(slots=True)
class Line:
    """One duty on its shelf."""

    duty: DisclosureDuty
    slots: list[Slot] = field(default_factory=list)
    entries: list[DisclosureEntry] = field(default_factory=list)
    number: int = 0
    late_number: int = 0

    @property
    def missing(self) -> list[Slot]:
        """Periods that should be there and are not, the newest first."""
        return [slot for slot in self.slots if slot.state == SlotState.MISSING]

    @property
    def late(self) -> list[Slot]:
        """Periods that came late."""
        return [slot for slot in self.slots if slot.state == SlotState.LATE]

    @property
    def waiting(self) -> list[Slot]:
        """Periods that are not due yet."""
        return [slot for slot in self.slots if slot.state == SlotState.WAITING]

    @property
    def is_event(self) -> bool:
        """Whether it is disclosed whenever something arises: then nothing can be missing."""
        return self.duty.period == DisclosurePeriod.EVENT

    @property
    def state(self) -> LineState:
        """The gravest thing to be said of it."""
        if self.missing:
            return LineState.MISSING
        if self.late or (self.is_event and self.late_number):
            return LineState.LATE
        return LineState.DONE if self.number else LineState.NONE


@dataclass(slots=True)
class Count:
    """How many duties stand how."""

    total: int = 0
    done: int = 0
    late: int = 0
    missing: int = 0
    none: int = 0

    @classmethod
    def of(cls, lines: Iterable[Line]) -> "Count":
        """Count the lines by their state."""
        states = [line.state for line in lines]
        return cls(len(states), *(states.count(LineState(name)) for name in ("done", "late", "missing", "none")))


@dataclass(slots=True)
class Shelf:
    """A group of duties."""

    group: DisclosureGroup
    lines: list[Line]

    @property
    def count(self) -> Count:
        """How its duties stand."""
        return Count.of(self.lines)


class DutyBook:
    """The duties with all their dated rows, and the calendar: read once for any number of units; two queries."""

    def __init__(self, today: date | None = None) -> None:
        self.today = today or timezone.localdate()
        self.rows: dict[str, list[DisclosureDuty]] = defaultdict(list)
        for duty in DisclosureDuty.objects.begun(self.today):
            self.rows[duty.code].append(duty)

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """Working days as far as deadlines reach."""
        return WorkingCalendar.around(self.today - _BACK, self.today + _AHEAD)

    def current(self, kind: str) -> list[DisclosureDuty]:
        """What units of a kind owe today, in the order of the shelves."""
        shelves = list(DisclosureGroup)
        newest = [rows[0] for rows in self.rows.values()]
        owed = [
            duty for duty in newest
            if (not duty.kinds or kind in duty.kinds) and (duty.valid_to is None or duty.valid_to >= self.today)
        ]  # fmt: skip
        return sorted(owed, key=lambda duty: (shelves.index(DisclosureGroup(duty.group)), duty.order, duty.code))

    def line(self, duty: DisclosureDuty, unit: Unit, facts: Facts, year: int | None = None) -> Line:
        """How one duty of a unit stands, over the last periods or for one year; a closed unit owes nothing any more."""
        wanted = {key: fact for key, fact in facts.items() if year is None or key[0] == year}
        counted = wanted if year else {key: fact for key, fact in facts.items() if key[0] >= self.today.year}
        line = Line(
            duty, number=sum(fact.number for fact in wanted.values()),
            late_number=sum(fact.late_number for fact in counted.values()),
        )  # fmt: skip
        if duty.period == DisclosurePeriod.STANDING:
            line.number = sum(fact.number for fact in facts.values())
        if not unit.is_closed:
            line.slots = self._slots(duty, unit, facts, year)
        return line

    def _slots(self, duty: DisclosureDuty, unit: Unit, facts: Facts, year: int | None) -> list[Slot]:
        if duty.period == DisclosurePeriod.STANDING:
            return [] if facts or year not in {None, self.today.year} else [self._standing(duty, unit)]
        until = min(self.today, date(year, 12, 31)) if year else self.today
        slots = []
        for period, terms in expected_periods(self.rows[duty.code], unit.valid_from, until):
            if year is not None and period.year != year:
                continue
            due = due_day(terms, period, None, self.calendar)
            since = overdue_from(terms, period, self.calendar)
            fact = facts.get((period.year, period.part))
            if fact:
                state = SlotState.LATE if fact.late else SlotState.IN_TIME
            else:
                state = SlotState.MISSING if self.today >= since else SlotState.WAITING
            words = period_words(duty.period, period.year, period.part)
            slots.append(Slot(state, words, period, due, since, fact.late if fact else 0))
        return slots

    def _standing(self, duty: DisclosureDuty, unit: Unit) -> Slot:
        since = standing_since(self.rows[duty.code][-1], unit.valid_from, self.calendar)
        state = SlotState.MISSING if self.today >= since else SlotState.WAITING
        return Slot(state, due_on=since - timedelta(days=1), since=since)

    @property
    def soon(self) -> date:
        """The last day that counts as coming soon."""
        return self.calendar.after(self.today, SOON)


def facts_by_unit() -> dict[int, dict[str, dict[tuple[int, int], Fact]]]:
    """What the units in scope have published: unit → duty → period; one query."""
    found: dict[int, dict[str, dict[tuple[int, int], Fact]]] = defaultdict(lambda: defaultdict(dict))
    for row in DisclosureEntry.objects.all().facts():
        fact = Fact(row["number"], row["late"] or 0, row["late_number"], row["demo_number"])
        found[row["unit_id"]][row["duty__code"]][row["year"] or 0, row["part"]] = fact
    return found


def lines_of(unit: Unit, book: DutyBook, year: int | None = None) -> list[Line]:
    """How everything a unit owes stands; one query."""
    facts = facts_by_unit().get(unit.pk, {})
    return [book.line(duty, unit, facts.get(duty.code, {}), year) for duty in book.current(unit.kind)]


def shelves_of(unit: Unit, book: DutyBook, year: int | None = None) -> list[Shelf]:
    """The same on shelves, each duty with its last entries; two queries."""
    lines = lines_of(unit, book, year)
    rows = DisclosureEntry.objects.all()
    last: dict[str, list[DisclosureEntry]] = defaultdict(list)
    for entry in (rows.filter(year=year) if year else rows).last_of_each():
        last[entry.duty.code].append(entry)
    for line in lines:
        line.entries = last.get(line.duty.code, [])
    groups = ((group, [line for line in lines if line.duty.group == group]) for group in DisclosureGroup)
    return [Shelf(group, found) for group, found in groups if found]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit in the province's overview."""

    unit: Unit
    duties: Count
    published: int
    late: int
    missing: int
    is_demo: bool = False

    @property
    def in_time(self) -> int:
        """Entries that were not late."""
        return self.published - self.late

    @property
    def share(self) -> int | None:
        """Hundredths of entries in time; None where nothing was published."""
        return round(100 * self.in_time / self.published) if self.published else None


def unit_rows(units: Sequence[Unit], book: DutyBook) -> list[UnitRow]:
    """All these units as they stand now: entries of this year and the last, missing periods; two queries beside the book's."""
    with units_scope(units):
        facts = facts_by_unit()
    rows = [_unit_row(unit, book, facts.get(unit.pk, {})) for unit in units]
    return sorted(rows, key=lambda row: (-row.missing, -row.late, row.unit.sort_name))


def _unit_row(unit: Unit, book: DutyBook, facts: Mapping[str, Facts]) -> UnitRow:
    lines = [book.line(duty, unit, facts.get(duty.code, {})) for duty in book.current(unit.kind)]
    lately = [fact for group in facts.values() for (year, _part), fact in group.items() if year >= book.today.year - 1]
    return UnitRow(
        unit, Count.of(lines), published=sum(fact.number for fact in lately),
        late=sum(fact.late_number for fact in lately), missing=sum(len(line.missing) for line in lines),
        is_demo=any(fact.demo_number for fact in lately),
    )  # fmt: skip


def year_asked(text: str, years: Sequence[int]) -> int | None:
    """The year an address names if there is something of it to see; None for anything else."""
    year: Any = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None  # noqa: PLR2004 - a year
    return year if year in years else None
