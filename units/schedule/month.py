"""A month at a glance: each day with how much stands in it and its first lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from units.schedule import pages
from units.schedule.table import Day, Line

LINES_OF_DAY: Final = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the month."""

    day: Day
    url: str
    number: int
    lines: list[Line]
    more: int
    column: int  # 1 Monday … 7 Sunday


@dataclass(frozen=True, slots=True)
class Glance:
    """The whole month."""

    cells: list[Cell]
    weeks: list[pages.Way]
    number: int


def glance_of(first: date, days: Sequence[Day]) -> Glance:
    """The days of the month itself; its weeks with their addresses."""
    cells = [_cell(day) for day in days if day.date.month == first.month]
    mondays = [day.date for day in days if day.date.weekday() == 0]
    weeks = [pages.Way(pages.short_week_title(monday), url) for monday in mondays if (url := pages.week_url(monday))]
    return Glance(cells, weeks, sum(cell.number for cell in cells))


def _cell(day: Day) -> Cell:
    lines = [line for half in day.halves for line in half.lines if line.row is not None]
    return Cell(
        day=day,
        url=pages.day_url(day.date),
        number=len(lines),
        lines=lines[:LINES_OF_DAY],
        more=max(0, len(lines) - LINES_OF_DAY),
        column=day.date.isoweekday(),
    )
