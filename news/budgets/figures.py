"""A table of figures in memory: columns, rows, and how both are kept as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

MONEY: Final = "money"
PERCENT: Final = "percent"
TEXT: Final = "text"
KINDS: Final = (MONEY, PERCENT, TEXT)
DEEPEST: Final = 4
ROW_LIMIT: Final = 600
COLUMN_LIMIT: Final = 20


@dataclass(frozen=True, slots=True)
class Column:
    """One column of values. ``of`` says of which two columns a percentage is the share: (done, plan), from 0."""

    title: str
    kind: str = MONEY
    group: str = ""
    of: tuple[int, int] | None = None

    @property
    def full_title(self) -> str:
        """With the words above it: “Dự toán – Thu ngân sách phường”."""
        return " – ".join(part for part in (self.group, self.title) if part)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its mark (“A”, “I”, “1”, “–”), the item, how deep it stands (0 is a total), and its cells as stored."""

    number: str = ""
    label: str = ""
    level: int = 0
    cells: tuple[str, ...] = ()

    def cell(self, place: int) -> str:
        """A cell; “” where the row is shorter than the head."""
        return self.cells[place] if 0 <= place < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Columns and rows together."""

    columns: tuple[Column, ...] = field(default_factory=tuple)
    rows: tuple[Row, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Draft:
    """A table before it is stored: what stands above and below it, and its figures."""

    title: str = ""
    form_number: str = ""
    money_unit: str = "MILLION"
    note: str = ""
    figures: Figures = field(default_factory=Figures)


def columns_json(columns: Sequence[Column]) -> list[dict[str, Any]]:
    """As BudgetTable.columns keeps them."""
    return [
        {"title": one.title, "kind": one.kind, "group": one.group, "of": list(one.of) if one.of else None}
        for one in columns
    ]


def rows_json(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """As BudgetTable.rows keeps them."""
    return [{"number": one.number, "label": one.label, "level": one.level, "cells": list(one.cells)} for one in rows]


def figures_from(columns: Sequence[Any], rows: Sequence[Any]) -> Figures:
    """What a stored table holds; forgiving, since a hand may have written the JSON."""
    return Figures(
        tuple(_column(one) for one in columns if isinstance(one, Mapping)),
        tuple(_row(one) for one in rows if isinstance(one, Mapping)),
    )


def _words(value: Any) -> str:
    return str(value) if isinstance(value, str | int | float) else ""


def _column(one: Mapping[str, Any]) -> Column:
    kind, of = one.get("kind"), one.get("of")
    is_pair = isinstance(of, list | tuple) and len(of) == 2 and all(isinstance(place, int) for place in of)  # noqa: PLR2004
    return Column(
        title=_words(one.get("title")),
        kind=kind if kind in KINDS else MONEY,
        group=_words(one.get("group")),
        of=(of[0], of[1]) if is_pair and of else None,
    )


def _row(one: Mapping[str, Any]) -> Row:
    level, cells = one.get("level", 0), one.get("cells", [])
    return Row(
        number=_words(one.get("number")),
        label=_words(one.get("label")),
        level=min(DEEPEST, max(0, level)) if isinstance(level, int) else 0,
        cells=tuple(_words(cell) for cell in cells) if isinstance(cells, list | tuple) else (),
    )
