"""Budget tables as a page shows them: heads, rows, chart, sentences. `tables_of(entry)` is all that a view needs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from news.budgets.chart import Chart, chart_of
from news.budgets.figures import PERCENT, TEXT, Column, Figures, Row, figures_from
from news.budgets.numbers import number_of, shown
from news.budgets.roles import is_total
from news.budgets.sentences import sentences_of, when_of
from news.models import BudgetTable, DisclosureEntry
from units.models import Unit

# So many columns of values stand beside the items on a desk screen; more scroll.
FITTING_COLUMNS: Final = 7
PERCENT_DECIMALS: Final = 2


@dataclass(frozen=True, slots=True)
class Head:
    """One cell of the head: over ``span`` columns, ``deep`` rows high."""

    title: str
    span: int = 1
    deep: int = 1

    @property
    def scope(self) -> str:
        """For which cells it speaks."""
        return "colgroup" if self.span > 1 else "col"


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A value as it is read, with the words of its column for cards on phones."""

    text: str
    label: str
    is_words: bool = False


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row; ``parent`` names the line it belongs to, for who can not see how far it stands in."""

    number: str
    label: str
    level: int
    is_strong: bool
    parent: str
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """One table of an entry."""

    pk: int
    title: str
    form_number: str
    unit_words: str
    note: str
    heads: tuple[tuple[Head, ...], ...]
    rows: tuple[ShownRow, ...]
    chart: Chart | None
    sentences: tuple[str, ...]
    csv_url: str
    xlsx_url: str
    changed_at: datetime | None
    is_wide: bool
    is_demo: bool


def tables_of(entry: DisclosureEntry) -> list[ShownTable]:
    """All tables of an entry in its order; two queries, one where there are none. The entry's duty is in hand."""
    tables = list(BudgetTable.objects.of(entry))
    if not tables:
        return []
    who = who_is(Unit.objects.values_list("type_name", flat=True).get(pk=entry.unit_id))
    return [shown_table(table, entry, who) for table in tables]


def shown_table(table: BudgetTable, entry: DisclosureEntry, who: str) -> ShownTable:
    """One table as it is shown; ``who`` is the unit in a sentence."""
    figures = figures_from(table.columns, table.rows)
    when = when_of(entry.duty.period, entry.year, entry.part)
    return ShownTable(
        pk=table.pk,
        title=table.title,
        form_number=table.form_number,
        unit_words=table.get_money_unit_display(),
        note=table.note,
        heads=_heads(figures.columns),
        rows=tuple(_rows(figures)),
        chart=chart_of(figures, table.money_unit),
        sentences=tuple(sentences_of(figures, money_unit=table.money_unit, when=when, who=who)),
        csv_url=reverse("news:disclosure-table", args=[table.pk]) if table.pk else "",
        xlsx_url=reverse("news:disclosure-table-xlsx", args=[table.pk]) if table.pk else "",
        changed_at=table.figures_changed_at,
        is_wide=len(figures.columns) > FITTING_COLUMNS,
        is_demo=entry.is_demo,
    )


def who_is(type_name: str) -> str:
    """“phường”, “xã”, “thành phố”: the unit's kind in a sentence."""
    words = type_name.lower()
    if words.startswith("thành phố"):
        return _("thành phố")
    return _("đơn vị") if "," in words or not words else words


def _heads(columns: Sequence[Column]) -> tuple[tuple[Head, ...], ...]:
    """One row of heads, or two where columns stand under common words."""
    if not any(column.group for column in columns):
        return (tuple(Head(column.title) for column in columns),)
    above: list[Head] = []
    below: list[Head] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        inside = list(members)
        if not group:
            above += [Head(column.title, deep=2) for column in inside]
        else:
            above.append(Head(group, span=len(inside)))
            below += [Head(column.title) for column in inside]
    return tuple(above), tuple(below)


def _rows(figures: Figures) -> Iterable[ShownRow]:
    above: list[Row] = []
    for row in figures.rows:
        above = [one for one in above if one.level < row.level]
        cells = tuple(_cell(row.cell(place), column) for place, column in enumerate(figures.columns))
        parent = above[-1].label if above else ""
        yield ShownRow(row.number, row.label, row.level, row.level == 0 or is_total(row), parent, cells)
        above.append(row)


def _cell(text: str, column: Column) -> ShownCell:
    if column.kind == TEXT or number_of(text) is None:
        return ShownCell(text, column.full_title, is_words=bool(text))
    if column.kind == PERCENT:
        return ShownCell(f"{shown(text, decimals=PERCENT_DECIMALS)}%", column.full_title)
    return ShownCell(shown(text), column.full_title)
