"""The chart beside a table: a bar for the plan and one for what was done, for the main lines. Drawn by the server as SVG.

Lengths along are in percent of the drawing's width and lengths down in rem, so that words keep their size at every width
and follow the reader's choice of letters.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from news.budgets.amounts import short_money
from news.budgets.figures import MONEY, Figures, Row
from news.budgets.numbers import number_of
from news.budgets.roles import is_of_which, roles_of

BARS_LIMIT: Final = 12
TOTALS: Final = 3
LINE_LETTERS: Final = 34
LINES_LIMIT: Final = 3
# Of the width: bars, then room for the value of the longest one.
_ROOM: Final = Decimal(64)
_LINE: Final = Decimal("1.5")
_BAR: Final = Decimal("1.15")
_GAP: Final = Decimal("0.3")
_EDGE: Final = Decimal("0.15")
_SPACE: Final = Decimal("1.1")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: from where (percent), how long (percent), at which height (rem), its value in words, and which column."""

    x: str
    width: str
    y: str
    text_x: str
    text_y: str
    words: str
    is_plan: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the table: its words broken into lines (height in rem each), and its bars."""

    label: str
    is_strong: bool
    lines: tuple[tuple[str, str], ...]
    bars: tuple[Bar, ...]
    # The line of zero runs beside the bars only, never through the words.
    top: str
    bottom: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The drawing: height in rem, where zero lies, names of the columns, what it says in words."""

    height: str
    bar_height: str
    zero: str
    items: tuple[Item, ...]
    plan_name: str
    done_name: str
    left_out: int
    description: str

    @property
    def is_pair(self) -> bool:
        """Whether two columns are compared."""
        return bool(self.plan_name and self.done_name)


def chart_of(figures: Figures, money_unit: str) -> Chart | None:
    """None where nothing can be drawn: no column of money that is known, or no number in it."""
    places = _places(figures)
    if not places:
        return None
    rows = [row for row in main_rows(figures) if any(number_of(row.cell(place)) is not None for place, _plan in places)]
    if not rows:
        return None
    kept = _largest(rows, [place for place, _plan in places])
    scale = _Scale([number_of(row.cell(place)) or Decimal(0) for row in kept for place, _plan in places])
    items, height = _items(kept, places, scale, money_unit)
    names = {is_plan: figures.columns[place].full_title for place, is_plan in places}
    return Chart(
        height=_rem(height),
        bar_height=_rem(_BAR),
        zero=_percent(scale.zero),
        items=items,
        plan_name=names.get(True, ""),
        done_name=names.get(False, ""),
        left_out=len(rows) - len(kept),
        description=_description(items, names),
    )


def _places(figures: Figures) -> list[tuple[int, bool]]:
    """Columns to draw, as (place, whether it is the plan); a table without known words shows its last money."""
    roles = roles_of(figures)
    known = [(place, is_plan) for place, is_plan in ((roles.plan, True), (roles.done, False)) if place is not None]
    if known:
        return known
    money = [place for place, one in enumerate(figures.columns) if one.kind == MONEY]
    return [(money[-1], False)] if money else []


def main_rows(figures: Figures) -> list[Row]:
    """The highest lines, at least two; of two or three totals the lines right below them as well, where they fit."""
    rows = [row for row in figures.rows if row.label and not is_of_which(row)]
    for level in sorted({row.level for row in rows}):
        here = [row for row in rows if row.level <= level]
        if len(here) > 1:
            deeper = [row for row in rows if row.level <= level + 1]
            return deeper if len(here) <= TOTALS and len(deeper) <= BARS_LIMIT else here
    return rows


def _largest(rows: Sequence[Row], places: Sequence[int]) -> list[Row]:
    """At most BARS_LIMIT rows, the largest, in the order of the table."""
    if len(rows) <= BARS_LIMIT:
        return list(rows)
    size = [max(abs(number_of(row.cell(place)) or Decimal(0)) for place in places) for row in rows]
    kept = sorted(sorted(range(len(rows)), key=lambda at: (-size[at], at))[:BARS_LIMIT])
    return [rows[at] for at in kept]


class _Scale:
    """From a value to percent of the width; zero lies within, further right where values are negative."""

    def __init__(self, values: Sequence[Decimal]) -> None:
        low, high = min(Decimal(0), *values), max(Decimal(0), *values)
        self.span = high - low
        self.zero = _ROOM * -low / self.span if self.span else Decimal(0)

    def bar(self, value: Decimal) -> tuple[Decimal, Decimal, Decimal]:
        """Where a bar begins, how long it is, and where its words stand."""
        length = _ROOM * abs(value) / self.span if self.span else Decimal(0)
        begin = self.zero - length if value < 0 else self.zero
        return begin, length, begin + length if value >= 0 else self.zero


def _items(
    rows: Sequence[Row], places: Sequence[tuple[int, bool]], scale: _Scale, money_unit: str
) -> tuple[tuple[Item, ...], Decimal]:
    items, down = [], Decimal("0.2")
    for row in rows:
        lines = []
        for line in _broken(row.label):
            down += _LINE
            lines.append((line, _rem(down - Decimal("0.45"))))
        bars, top = [], down
        for place, is_plan in places:
            value = number_of(row.cell(place))
            if value is not None:
                begin, length, end = scale.bar(value)
                bars.append(
                    Bar(
                        x=_percent(begin), width=_percent(length), y=_rem(down), text_x=_percent(end),
                        text_y=_rem(down + Decimal("0.92")), words=short_money(value, money_unit), is_plan=is_plan,
                    )
                )  # fmt: skip
                down += _BAR + _GAP
        items.append(
            Item(row.label, row.level == 0, tuple(lines), tuple(bars), _rem(top - _EDGE), _rem(down - _GAP + _EDGE))
        )
        down += _SPACE
    return tuple(items), down


def _broken(label: str) -> list[str]:
    lines = textwrap.wrap(label, LINE_LETTERS, max_lines=LINES_LIMIT, placeholder=" …", break_long_words=True)
    return lines or ["–"]


def _description(items: Sequence[Item], names: dict[bool, str]) -> str:
    """What the drawing says, for who does not see it."""
    sentences = []
    for item in items:
        values = ", ".join(
            f"{names[bar.is_plan]} {bar.words}" if names[bar.is_plan] else bar.words for bar in item.bars
        )
        sentences.append(f"{item.label}: {values}")
    return _("%(lines)s.") % {"lines": "; ".join(sentences)}


def _percent(value: Decimal) -> str:
    return f"{value:.2f}%"


def _rem(value: Decimal) -> str:
    return f"{value:.2f}rem"
