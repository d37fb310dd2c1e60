"""Sheets of an .xlsx as grids: merged cells filled out, numbers with the digits a person sees, formulas by the value kept."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any, Final
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.exceptions import InvalidFileException

from news.budgets.grid import Grid, GridCell, clean, times_hundred
from news.budgets.numbers import Reading, number_of_excel
from news.budgets.package import check_package
from news.budgets.refusals import BudgetFileRefusedError, broken

SHEET_ROWS: Final = 700
SHEET_COLUMNS: Final = 40
SHEETS_LIMIT: Final = 40
_BROKEN: Final = (
    InvalidFileException,
    BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    OSError,
)


def sheets_of(upload: IO[bytes], *, size: int) -> tuple[list[Grid], list[str]]:
    """Every visible sheet that holds anything, and sentences on what was left out (hidden sheets, pages too long).

    Raises BudgetFileRefusedError when the file can not be read at all.
    """
    check_package(upload, size=size)
    values, formulas = _book(upload, data_only=True), _book(upload, data_only=False)
    grids, notes = [], []
    if len(values.worksheets) > SHEETS_LIMIT:
        raise BudgetFileRefusedError(
            _("Tệp có hơn %(most)d trang. Chép riêng các trang cần công khai.") % {"most": SHEETS_LIMIT}
        )
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            notes.append(_("Trang “%(sheet)s” đang ẩn nên không đọc.") % {"sheet": sheet.title})
            continue
        grid = _grid(sheet, formulas[sheet.title])
        if grid.rows:
            grids.append(grid)
    return grids, notes


def _book(upload: IO[bytes], *, data_only: bool) -> Any:
    upload.seek(0)
    try:
        return load_workbook(upload, data_only=data_only, keep_links=False)
    except _BROKEN as error:
        raise broken() from error


def _grid(sheet: Any, formulas: Any) -> Grid:
    kept_by_formula = {cell.coordinate for cell in _cells(formulas) if cell.value is not None}
    filled = [cell for cell in _cells(sheet) if cell.value is not None or cell.coordinate in kept_by_formula]
    if not filled:
        return Grid()
    hidden_rows = {number for number, look in sheet.row_dimensions.items() if look.hidden}
    hidden_columns = _hidden_columns(sheet)
    rows = sorted({cell.row for cell in filled} - hidden_rows)
    columns = sorted({cell.column for cell in filled} - hidden_columns)
    if len(rows) > SHEET_ROWS or len(columns) > SHEET_COLUMNS:
        raise BudgetFileRefusedError(
            _(
                "Trang “%(sheet)s” có %(rows)d dòng, %(columns)d cột. Một bảng công khai có nhiều nhất %(most)d dòng, 20 cột số: "
                "tách thành nhiều tệp, hoặc chỉ giữ các dòng tổng hợp."
            )
            % {"sheet": sheet.title, "rows": len(rows), "columns": len(columns), "most": 600}
        )
    anchors = dict(_anchors(sheet))
    at_row, at_column = {row: at for at, row in enumerate(rows)}, {column: at for at, column in enumerate(columns)}
    grid = [
        [_place(sheet, formulas, anchors.get((row, column), (row, column)), at_row, at_column) for column in columns]
        for row in rows
    ]
    return Grid(grid, sheet.title, tuple(_hidden_notes(sheet, filled, hidden_rows, hidden_columns)))


def _hidden_columns(sheet: Any) -> set[int]:
    hidden: set[int] = set()
    for look in sheet.column_dimensions.values():
        if look.hidden and look.min and look.max:
            hidden.update(range(look.min, min(look.max, look.min + 200) + 1))
    return hidden


def _hidden_notes(sheet: Any, filled: list[Any], rows: set[int], columns: set[int]) -> Iterator[str]:
    left_rows = len({cell.row for cell in filled} & rows)
    left_columns = len({cell.column for cell in filled} & columns)
    if left_rows:
        yield _("Trang “%(sheet)s” có %(number)d dòng đang ẩn, không đọc.") % {
            "sheet": sheet.title,
            "number": left_rows,
        }
    if left_columns:
        words = {"sheet": sheet.title, "number": left_columns}
        yield _("Trang “%(sheet)s” có %(number)d cột đang ẩn, không đọc.") % words


def _cells(sheet: Any) -> Iterator[Any]:
    """Cells that are really there: a sheet may say that it ends at row 1,048,576."""
    cells = sheet._cells.values()  # openpyxl's public ways walk through every empty place
    return (cell for cell in list(cells) if not isinstance(cell, MergedCell))


def _anchors(sheet: Any) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Places within merged cells; their number was bounded before the file was opened."""
    for merged in sheet.merged_cells.ranges:
        for row in range(merged.min_row, merged.max_row + 1):
            for column in range(merged.min_col, merged.max_col + 1):
                yield (row, column), (merged.min_row, merged.min_col)


def _place(
    sheet: Any, formulas: Any, at: tuple[int, int], at_row: dict[int, int], at_column: dict[int, int]
) -> GridCell:
    row, column = at
    # Where a merged cell begins in a hidden row or column, its first place that is shown stands for it.
    anchor = (
        at_row.get(row, min((new for old, new in at_row.items() if old >= row), default=0)),
        at_column.get(column, min((new for old, new in at_column.items() if old >= column), default=0)),
    )
    cell, formula = sheet.cell(row, column), formulas.cell(row, column)
    value = cell.value
    indent = int(getattr(cell.alignment, "indent", 0) or 0) if cell.has_style else 0
    if formula.data_type == "f" and value is None:
        return GridCell("", anchor, Reading(doubt=_("Ô này là công thức, tệp không giữ kết quả")), indent)
    if isinstance(value, str):
        if cell.data_type == "e":
            return GridCell(
                clean(value), anchor, Reading(doubt=_("Công thức báo lỗi %(code)s") % {"code": clean(value)[:10]})
            )
        return GridCell(clean(value), anchor, indent=indent + len(value) - len(value.lstrip(" \u00a0")))
    return _number(value, anchor, str(cell.number_format or ""), indent)


def _number(value: Any, anchor: tuple[int, int], number_format: str, indent: int) -> GridCell:
    if value is None or isinstance(value, bool):
        return GridCell(anchor=anchor, indent=indent)
    if isinstance(value, datetime | date):
        # “1.2” typed as a mark, or “3/4”, which Excel took for a day.
        return GridCell(f"{value:%d/%m/%Y}", anchor, Reading(doubt=_("Excel giữ ô này như một ngày")), indent)
    if not isinstance(value, int | float):
        return GridCell(clean(str(value)), anchor, indent=indent)
    reading = number_of_excel(value)
    if "%" in number_format and reading.value:
        reading = Reading(times_hundred(reading.value), reading.doubt)
    return GridCell(reading.value, anchor, reading, indent)
