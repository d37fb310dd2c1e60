"""Reading budget tables from an XLSX or from text copied out of Excel; what is doubtful is marked, nothing is stored here."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import IO, Final

from django.utils.translation import gettext as _

from news.budgets.body import Body, body_of
from news.budgets.figures import COLUMN_LIMIT, ROW_LIMIT, Column, Draft, Figures
from news.budgets.grid import Grid, grid_of_text
from news.budgets.heads import HeadOfTable, head_of
from news.budgets.refusals import BudgetFileRefusedError, no_table
from news.budgets.words import around, sheet_title
from news.budgets.workbook import sheets_of
from news.enums.disclosure import MoneyUnit

TABLES_IN_A_FILE: Final = 12
TEXT_LIMIT: Final = 400_000


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One table as it was read. ``doubts``: (row, column) → why to look again; column -1 is the item. ``source`` names the sheet."""

    draft: Draft
    source: str = ""
    doubts: dict[tuple[int, int], str] = field(default_factory=dict)
    # What the file says where no number could be read, for the clerk to mend.
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFile:
    """All tables of a file, and what of it was left out."""

    tables: tuple[ReadTable, ...]
    notes: tuple[str, ...] = ()


def read_xlsx(upload: IO[bytes], *, size: int, names: Sequence[str] = ()) -> ReadFile:
    """Every table of a workbook. Raises BudgetFileRefusedError with a sentence when there is none, or too much."""
    grids, notes = sheets_of(upload, size=size)
    tables: list[ReadTable] = []
    for grid in grids:
        found = _tables(grid, names)
        if not found:
            notes.append(_("Trang “%(sheet)s” không có bảng số liệu.") % {"sheet": grid.name})
        tables += found
    if not tables:
        raise no_table()
    if len(tables) > TABLES_IN_A_FILE:
        raise BudgetFileRefusedError(_("Tệp có hơn %(most)d bảng. Tách thành nhiều tệp.") % {"most": TABLES_IN_A_FILE})
    return ReadFile(tuple(tables), tuple(notes))


def read_text(text: str, *, names: Sequence[str] = ()) -> ReadFile:
    """The same from text copied out of Excel or Word, a tab between cells."""
    if len(text) > TEXT_LIMIT:
        raise BudgetFileRefusedError(_("Đoạn dán dài quá. Chỉ dán bảng cần công khai."))
    tables = _tables(grid_of_text(text), names)
    if not tables:
        raise no_table()
    return ReadFile(tuple(tables))


def _tables(grid: Grid, names: Sequence[str]) -> list[ReadTable]:
    """The table of a grid; two where income and spending stand side by side under heads of their own."""
    head = head_of(grid)
    if head is None:
        return []
    halves = _halves(grid, head)
    return [
        table for values, item in halves if (table := _table(grid, head, values, item, names, is_half=len(halves) > 1))
    ]


def _halves(grid: Grid, head: HeadOfTable) -> list[tuple[list[int], int]]:
    """Columns of values for each column of items: those up to the next column of items."""
    ends = [*head.items[1:], grid.width]
    return [
        ([place for place in range(item + 1, end) if head.titles[place]], item)
        for item, end in zip(head.items, ends, strict=True)
    ]


def _table(
    grid: Grid, head: HeadOfTable, values: list[int], item: int, names: Sequence[str], *, is_half: bool
) -> ReadTable | None:  # fmt: skip
    mark = head.mark if head.mark is not None and (head.mark < item) else None
    body = body_of(grid, head, values, item, mark)
    if not body.rows or not body.columns:
        return None
    _refuse_long(grid, body)
    above = _lines(grid, 0, head.first)
    said = around(above, _lines(grid, body.end, len(grid.rows)), names=names)
    title = said.title or sheet_title(grid.name)
    if is_half:
        title = f"{title}: {head.titles[item][0].lower()}"
    notes = [*grid.notes, *body.notes]
    if not title:
        notes.append(_("Không thấy tên bảng. Đặt tên trước khi lưu."))
    unit = said.money_unit or body.money_unit
    if unit is None:
        notes.append(_("Không thấy đơn vị tính trong bảng. Chọn đúng đơn vị trước khi lưu."))
    draft = Draft(
        title=title,
        form_number=said.form_number,
        money_unit=unit or MoneyUnit.MILLION,
        note=said.note,
        figures=_with_ratios(body),
    )
    return ReadTable(draft, grid.name, body.doubts, body.texts, tuple(notes))


def _refuse_long(grid: Grid, body: Body) -> None:
    if len(body.rows) <= ROW_LIMIT and len(body.columns) <= COLUMN_LIMIT:
        return
    raise BudgetFileRefusedError(
        _("Bảng “%(name)s” có %(rows)d dòng, %(columns)d cột số. Nhiều nhất là %(most_rows)d dòng, %(most_columns)d cột.")
        % {
            "name": grid.name, "rows": len(body.rows), "columns": len(body.columns),
            "most_rows": ROW_LIMIT, "most_columns": COLUMN_LIMIT,
        }
    )  # fmt: skip


def _lines(grid: Grid, first: int, end: int) -> list[str]:
    """Texts outside the table in reading order, merged cells once."""
    return [
        text
        for row in range(first, end)
        for place in range(grid.width)
        if (text := grid.own(row, place).text) and not grid.rows[row][place].is_number
    ]


def _with_ratios(body: Body) -> Figures:
    columns: list[Column] = [replace(one, of=body.ratios.get(place)) for place, one in enumerate(body.columns)]
    return Figures(tuple(columns), tuple(body.rows))
