"""A table as open data (CSV for programs) and as a workbook for people."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from news.budgets.figures import PERCENT, TEXT, Column, Figures, Row, figures_from
from news.budgets.numbers import number_of
from news.models import BudgetTable
from portal.core.spreadsheets import Column as SheetColumn
from portal.core.spreadsheets import Table, csv_text

MONEY_FORMAT = "#,##0.###"
SHARE_FORMAT = "0.##"


def table_csv_text(table: BudgetTable) -> str:
    """Heads with their unit, then a line each: mark, item, the line it belongs to, level, numbers with a point."""
    figures = figures_from(table.columns, table.rows)
    heads = [_("STT"), _("Nội dung"), _("Thuộc"), _("Tầng"), *(_head(one, table) for one in figures.columns)]
    return csv_text([heads, *_lines(figures)], delimiter=",")


def table_sheet(table: BudgetTable, *, owner: str, moment: str) -> Table:
    """The same as a page of a workbook, numbers as numbers, items set in."""
    figures = figures_from(table.columns, table.rows)
    unit = _("Đơn vị tính: %(unit)s") % {"unit": table.get_money_unit_display()}
    form = _("Biểu số %(number)s") % {"number": table.form_number} if table.form_number else ""
    return Table(
        tab=table.form_number or _("Số liệu"),
        owner=owner,
        title=table.title,
        note=". ".join(part for part in (form, unit, moment) if part),
        columns=[
            SheetColumn(_("STT"), 7),
            SheetColumn(_("Nội dung"), 52),
            *(_sheet_column(one) for one in figures.columns),
        ],
        rows=[
            [
                row.number,
                f"{'   ' * row.level}{row.label}",
                *(_value(row, at, one) for at, one in enumerate(figures.columns)),
            ]
            for row in figures.rows
        ],
        below=[["", table.note]] if table.note else (),
        frozen=2,
    )


def _head(column: Column, table: BudgetTable) -> str:
    if column.kind == TEXT:
        return column.full_title
    unit = "%" if column.kind == PERCENT else table.get_money_unit_display()
    return column.full_title if unit in column.full_title else f"{column.full_title} ({unit})"


def _sheet_column(column: Column) -> SheetColumn:
    if column.kind == TEXT:
        return SheetColumn(column.full_title, 30)
    return SheetColumn(column.full_title, 18, SHARE_FORMAT if column.kind == PERCENT else MONEY_FORMAT)


def _lines(figures: Figures) -> Iterator[list[Any]]:
    above: list[Row] = []
    for row in figures.rows:
        above = [one for one in above if one.level < row.level]
        values = [_value(row, at, one) for at, one in enumerate(figures.columns)]
        yield [row.number, row.label, above[-1].label if above else "", row.level, *values]
        above.append(row)


def _value(row: Row, place: int, column: Column) -> str | Decimal | None:
    text = row.cell(place)
    if column.kind == TEXT:
        return text
    return number_of(text)
