"""The printed sheet of a week: rows with how far each cell reaches, by day or with a column for each leader."""

from dataclasses import dataclass, field
from math import ceil
from typing import Final

from units.schedule.table import Day, Half, Line, WeekTable

# More columns than these are too narrow to read on A4 across; the last one takes the rest.
MOST_LEADERS: Final = 7
# Printed lines that fit on one page in large letters, and on two in smaller ones.
_ONE_PAGE: Final = 26
_TWO_PAGES: Final = 72
_AROUND: Final = 0.4


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row; ``day`` and ``half`` only on the first row of theirs, with how many rows they reach over."""

    day: Day | None
    day_rows: int
    half: Half | None
    half_rows: int
    line: Line | None = None
    cells: list[list[Line]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows by day, the leaders' columns where there are any, and how small the letters must be for one or two pages."""

    days: list[list[Row]]
    density: str
    columns: list[tuple[str, str]] = field(default_factory=list)  # short title, name
    has_others: bool = False


def _height(line: Line) -> float:
    """How many printed lines a row takes, by its longest cell, with what stands around them."""
    cells = ((line.title, 44), (line.change_text, 44), (line.attendees, 28), (line.place, 21), (line.chair, 23))
    first, second, *others = [ceil(len(text) / room) for text, room in cells]
    return max(first + second, *others) + _AROUND


def _density(table: WeekTable) -> str:
    number = sum(sum(map(_height, half.lines)) or 1 + _AROUND for day in table.days for half in day.halves)
    if number <= _ONE_PAGE:
        return ""
    return "dense" if number <= _TWO_PAGES else "very-dense"


def sheet_of(table: WeekTable, *, by_leader: bool = False) -> Sheet:
    """The week as rows."""
    return _by_leader(table) if by_leader else Sheet(_by_day(table), _density(table))


def _by_day(table: WeekTable) -> list[list[Row]]:
    days: list[list[Row]] = []
    nothing: list[Line | None] = [None]
    for day in table.days:
        rows: list[Row] = []
        reach = sum(max(1, len(half.lines)) for half in day.halves)
        for half in day.halves:
            for place, line in enumerate([*half.lines] or nothing):
                shown = half if place == 0 else None
                rows.append(Row(None if rows else day, reach, shown, max(1, len(half.lines)), line))
        days.append(rows)
    return days


def _by_leader(table: WeekTable) -> Sheet:
    leaders = table.leaders[:MOST_LEADERS]
    shown = {key for key, _short, _name in leaders}
    everything = [line for day in table.days for half in day.halves for line in half.lines]
    has_others = any(not line.person_ids & shown for line in everything)
    days: list[list[Row]] = []
    for day in table.days:
        rows: list[Row] = []
        for half in day.halves:
            cells = [[line for line in half.lines if key in line.person_ids] for key, _short, _name in leaders]
            if has_others:
                cells.append([line for line in half.lines if not line.person_ids & shown])
            rows.append(Row(None if rows else day, len(day.halves), half, 1, cells=cells))
        days.append(rows)
    return Sheet(days, _density(table), [(short, name) for _key, short, name in leaders], has_others)
