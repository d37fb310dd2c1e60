"""Cells of the budget table's form, with their names and what is doubtful about them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django import template
from django.utils.translation import gettext as _

from news.budgets.figures import TEXT
from news.forms.budget_editor import EditColumn, EditRow

register = template.Library()


@dataclass(frozen=True, slots=True)
class CellField:
    """One input: its name, what is in it, its words for a screen reader, what is wrong or doubtful."""

    name: str
    value: str
    label: str
    doubt: str
    error: str
    is_number: bool


@register.filter
def cell_fields(row: EditRow, columns: Sequence[EditColumn]) -> list[CellField]:
    """The cells of a row; names are made complete by the template."""
    return list(_cells(row, columns))


def _cells(row: EditRow, columns: Sequence[EditColumn]) -> Iterator[CellField]:
    for place, (column, value) in enumerate(zip(columns, row.cells, strict=False)):
        label = column.full_title or _("Cột %(number)d") % {"number": place + 1}
        yield CellField(
            str(place), value, label, row.doubts.get(place, ""), row.errors.get(place, ""), column.kind != TEXT
        )


@register.filter
def at_item(words: dict[int, str]) -> str:
    """What is said of a row's item."""
    return words.get(-1, "")
