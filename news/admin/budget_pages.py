"""What the screens of budget tables show besides their fields: tables with warnings, and the page as citizens will see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from news.budgets.checks import warnings_of
from news.budgets.figures import Draft, columns_json, figures_from, rows_json
from news.budgets.page import ShownTable, shown_table, who_is
from news.models import BudgetTable, DisclosureEntry
from units.models import Unit

PREVIEW_ROWS: Final = 150


@dataclass(frozen=True, slots=True)
class TableRow:
    """A stored table in the list, with what does not add up in it."""

    table: BudgetTable
    shown: ShownTable
    warnings: list[str]


def rows_of(entry: DisclosureEntry) -> list[TableRow]:
    """The entry's tables; two queries."""
    who = _who(entry)
    return [
        TableRow(table, shown_table(table, entry, who), warnings_in(draft_of(table)))
        for table in BudgetTable.objects.of(entry)
    ]


def draft_of(table: BudgetTable) -> Draft:
    """A stored table as a draft."""
    figures = figures_from(table.columns, table.rows)
    return Draft(table.title, table.form_number, table.money_unit, table.note, figures)


def warnings_in(draft: Draft) -> list[str]:
    """What does not add up."""
    return warnings_of(draft.figures)


def preview_of(drafts: Sequence[Draft], entry: DisclosureEntry) -> list[ShownTable]:
    """New tables as their page will show them; none for very long ones."""
    fitting = [draft for draft in drafts if len(draft.figures.rows) <= PREVIEW_ROWS]
    who = _who(entry) if fitting else ""
    return [shown_table(_unsaved(draft), entry, who) for draft in fitting]


def _unsaved(draft: Draft) -> BudgetTable:
    return BudgetTable(
        title=draft.title,
        form_number=draft.form_number,
        money_unit=draft.money_unit,
        note=draft.note,
        columns=columns_json(draft.figures.columns),
        rows=rows_json(draft.figures.rows),
    )


def _who(entry: DisclosureEntry) -> str:
    return who_is(Unit.objects.values_list("type_name", flat=True).get(pk=entry.unit_id))
