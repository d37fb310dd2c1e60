"""Sheets of an .xlsx: merged cells filled out, dates and times as they are read aloud, formulas by the value Excel kept."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import IO, Any, Final
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.exceptions import InvalidFileException

from units.schedule.importing.grid import FORMULA, Cell, Grid, clean
from units.schedule.importing.packages import broken
from units.schedule.importing.refusals import ScheduleFileRefusedError

ROW_LIMIT: Final = 500
_COLUMN_LIMIT: Final = 60


def sheets_of_xlsx(upload: IO[bytes]) -> list[Grid]:
    """The visible sheets that hold anything, each as a grid named “Trang “…””."""
    values, formulas = _book(upload, data_only=True), _book(upload, data_only=False)
    grids = []
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            continue
        grid = _grid(sheet, formulas[sheet.title])
        if grid.rows:
            grids.append(grid)
    return grids


def _book(upload: IO[bytes], *, data_only: bool) -> Any:
    upload.seek(0)
    try:
        return load_workbook(upload, data_only=data_only, keep_links=False)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, IndexError, AttributeError) as error:
        raise broken() from error


def _grid(sheet: Any, formulas: Any) -> Grid:
    hidden = {number for number, look in sheet.row_dimensions.items() if look.hidden}
    filled = [
        cell
        for cell in _cells(sheet)
        if (cell.value is not None or formulas.cell(cell.row, cell.column).value is not None)
    ]
    if not filled:
        return Grid()
    numbers = sorted({cell.row for cell in filled} - hidden)
    width = max(cell.column for cell in filled)
    if len(numbers) > ROW_LIMIT:
        raise ScheduleFileRefusedError(
            _(
                "Trang “%(sheet)s” có %(rows)d dòng. Một lịch tuần không quá %(most)d dòng: xóa các tuần khác, "
                "hoặc chép riêng tuần này sang tệp mới rồi nạp."
            )
            % {"sheet": sheet.title, "rows": len(numbers), "most": ROW_LIMIT}
        )
    if width > _COLUMN_LIMIT:
        raise ScheduleFileRefusedError(
            _("Trang “%(sheet)s” rộng hơn %(most)d cột. Xóa các cột ngoài bảng lịch rồi nạp lại.")
            % {"sheet": sheet.title, "most": _COLUMN_LIMIT}
        )
    anchors = dict(_anchors(sheet, numbers, width))
    rows = [
        [_cell(sheet, formulas, anchors.get((row, column), (row, column)), numbers) for column in range(1, width + 1)]
        for row in numbers
    ]
    return Grid(rows, _("Trang “%(sheet)s”") % {"sheet": sheet.title}, numbers)


def _cells(sheet: Any) -> Iterator[Any]:
    """Cells that are really there: a sheet may say that it ends at row 1,048,576."""
    cells = sheet._cells.values()
    return (cell for cell in list(cells) if not isinstance(cell, MergedCell))


def _anchors(sheet: Any, numbers: list[int], width: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for merged in sheet.merged_cells.ranges:
        for row in numbers:
            if merged.min_row <= row <= merged.max_row:
                for column in range(merged.min_col, min(merged.max_col, width) + 1):
                    yield (row, column), (merged.min_row, merged.min_col)


def _cell(sheet: Any, formulas: Any, at: tuple[int, int], numbers: list[int]) -> Cell:
    row, column = at
    value, formula = sheet.cell(row, column).value, formulas.cell(row, column)
    first = next((place for place, number in enumerate(numbers) if number >= row), 0)
    anchor = (first, column - 1)
    if formula.data_type == "f" and (value is None or str(value).startswith("#")):
        return Cell(clean(str(getattr(formula.value, "text", formula.value) or "")), anchor, FORMULA)
    return Cell(clean(_words(value)), anchor)


def _words(value: Any) -> str:
    """A value as a person would say it."""
    if isinstance(value, datetime):
        day = f"{value:%d/%m/%Y}"
        return day if value.time() == time() else f"{value:%H:%M} {day}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None or isinstance(value, bool) else str(value)
