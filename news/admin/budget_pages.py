"""What the screens of budget tables show besides their fields: tables with warnings, and the page as citizens will see it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from news.budgets.checks import warnings_of
from news.budgets.figures import Draft, columns_json, figures_from, rows_json
from news.budgets.page import ShownTable, shown_table, who_is
from news.enums.disclosure import DisclosurePeriod
from news.models import BudgetTable, DisclosureEntry
from units.models import Unit

PREVIEW_ROWS: Final = 150
_MONTHS: Final = re.compile(r"\b(\d{1,2}) tháng\b(?! \d)", re.IGNORECASE)
_YEARS: Final = re.compile(r"\b(20\d\d)\b")


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
        TableRow(table, shown_table(table, entry, who), warnings_in(draft_of(table), entry))
        for table in BudgetTable.objects.of(entry)
    ]


def draft_of(table: BudgetTable) -> Draft:
    """A stored table as a draft."""
    figures = figures_from(table.columns, table.rows)
    return Draft(table.title, table.form_number, table.money_unit, table.note, figures)


def warnings_in(draft: Draft, entry: DisclosureEntry) -> list[str]:
    """What does not add up, and a title that speaks of another period than the entry."""
    return [*_other_period(draft.title, entry), *warnings_of(draft.figures)]


def _other_period(title: str, entry: DisclosureEntry) -> Iterator[str]:
    months = {int(number) for number in _MONTHS.findall(title)}
    if entry.duty.period == DisclosurePeriod.YEAR_TO_DATE and months and entry.part not in months:
        words = {"months": max(months), "part": entry.part}
        yield _("Tên bảng ghi %(months)d tháng, mục này là %(part)d tháng.") % words
    years = {int(number) for number in _YEARS.findall(title)}
    if entry.year and years and entry.year not in years:
        yield _("Tên bảng ghi năm %(said)d, mục này là năm %(year)d.") % {"said": max(years), "year": entry.year}


def preview_of(drafts: Sequence[Draft], entry: DisclosureEntry) -> list[ShownTable]:
    """New tables as their page will show them; none for very long ones."""
    fitting = [draft for draft in drafts if len(draft.figures.rows) <= PREVIEW_ROWS]
    who = _who(entry) if fitting else ""
    # Keys below nought tell tables without one apart on the page; they have no files yet.
    return [replace(shown_table(_unsaved(draft), entry, who), pk=-at) for at, draft in enumerate(fitting, start=1)]


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
