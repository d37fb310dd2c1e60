"""Tables that spreadsheet programs open, as CSV and as XLSX: no text is ever run as a formula, and XLSX prints as it is.

A room says what stands where (`Table`, `Column`); safety, widths, heads, frozen panes and the set-up of the page are made here.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

# A cell that begins so is a formula to Excel or LibreOffice; wide letters count as the plain ones in some editions.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What XML may not hold: one such letter, and Excel calls the whole file broken.
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TEXT_LIMIT: Final = 32_000
_TAB_LIMIT: Final = 31

XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
INTEGER: Final = "0"
DONG: Final = "#,##0"
NUMBER: Final = "0.##"
DAY: Final = "dd/mm/yyyy"
MOMENT: Final = "dd/mm/yyyy hh:mm"

_BOLD: Final = Font(bold=True)
_TITLE: Final = Font(bold=True, size=14)
_FILL: Final = PatternFill("solid", fgColor="E8ECF2")
_LINE: Final = Border(bottom=Side(style="thin", color="999999"))
_HEAD: Final = Alignment(wrap_text=True, vertical="center")
_WORDS: Final = Alignment(wrap_text=True, vertical="top")
_FIGURES: Final = Alignment(vertical="top", horizontal="right")
_A4: Final = 9
_NARROWEST: Final = 6
_WIDEST: Final = 60


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would run ``text``."""
    return text.lstrip(" \u00a0").startswith(_FORMULA)


# --- CSV --------------------------------------------------------------------------------------------------------------


def plain_cell(value: Any) -> Any:
    """``value`` for a CSV cell: text that a spreadsheet would run gets an apostrophe in front, numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and looks_like_formula(value) else value


def csv_text(rows: Iterable[Iterable[Any]], *, delimiter: str = ";") -> str:
    """Rows, the heads first, as CSV: every cell plain, marked as UTF-8 so that Excel reads Vietnamese letters rightly.

    A Vietnamese Excel takes the semicolon for the border of a column; data for programs are written with a comma.
    """
    buffer = io.StringIO()
    buffer.write("\ufeff")
    csv.writer(buffer, delimiter=delimiter).writerows([plain_cell(value) for value in row] for row in rows)
    return buffer.getvalue()


def csv_response(file_name: str, text: str) -> HttpResponse:
    """CSV as a download; ``file_name`` in ASCII."""
    return _download(file_name, text, "text/csv; charset=utf-8")


# --- XLSX -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, how wide it is in letters (0: as what stands in it needs), and how its numbers are written.

    A column with a ``number_format`` (INTEGER, DONG, NUMBER, DAY, MOMENT) is set to the right; one without wraps its words.
    """

    head: str
    width: int = 0
    number_format: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One page of a workbook: who, what and a note above; heads; rows; a bold row of totals; rows without lines below.

    Cells may be words, numbers, dates, moments (written in local time) or nothing. ``frozen`` columns stay in view.
    """

    tab: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    title: str = ""
    owner: str = ""
    note: str = ""
    totals: Sequence[Any] = ()
    below: Sequence[Sequence[Any]] = ()
    frozen: int = 0


def workbook(*tables: Table) -> bytes:
    """The bytes of an XLSX file with a page for each table, written row by row."""
    book = Workbook(write_only=True)
    for table in tables:
        tab = re.sub(r"[\[\]:*?/\\]", " ", table.tab).strip("' ")[:_TAB_LIMIT]
        # The stubs know less of a page that is written row by row than it can do.
        _fill(book.create_sheet(tab), table)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xlsx_response(file_name: str, *tables: Table) -> HttpResponse:
    """A workbook as a download; ``file_name`` in ASCII."""
    return _download(file_name, workbook(*tables), XLSX_TYPE)


def _download(file_name: str, content: str | bytes, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _fill(page: Any, table: Table) -> None:
    above = [(text, font) for text, font in ((table.owner, None), (table.title, _TITLE), (table.note, None)) if text]
    _set_up(page, table, head_row=len(above) + 1)
    for text, font in above:
        page.append([_cell(page, text, font=font)])
    page.append([_cell(page, column.head, font=_BOLD, fill=_FILL, alignment=_HEAD) for column in table.columns])
    for row in table.rows:
        page.append(_row(page, table.columns, row, border=_LINE))
    if table.totals:
        page.append(_row(page, table.columns, table.totals, font=_BOLD))
    for row in table.below:
        page.append([_cell(page, value) for value in row])


def _set_up(page: Any, table: Table, *, head_row: int) -> None:
    """Widths, what stays in view, and how it prints: A4 across, as wide as the paper, the heads on each page."""
    for place, column in enumerate(table.columns):
        width = column.width or _needed(column, [row[place] for row in table.rows if place < len(row)])
        page.column_dimensions[get_column_letter(place + 1)].width = width
    page.freeze_panes = f"{get_column_letter(table.frozen + 1)}{head_row + 1}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{head_row}:{head_row}"


def _needed(column: Column, values: Iterable[Any]) -> int:
    """Letters the longest line of a column takes; longer words wrap."""
    lines = [line for value in (column.head, *values) for line in _shown(value).splitlines()]
    return max(_NARROWEST, min(_WIDEST, max(map(len, lines), default=0) + 2))


def _shown(value: Any) -> str:
    """About what a person sees of ``value``: figures in threes, days and moments as they are written here."""
    if isinstance(value, datetime):
        return MOMENT
    if isinstance(value, date):
        return DAY
    if isinstance(value, int | float | Decimal):
        return f"{value:,}"
    return "" if value is None else str(value)


def _row(page: Any, columns: Sequence[Column], values: Sequence[Any], **look: Any) -> list[Any]:
    cells = []
    for column, value in zip(columns, values, strict=False):
        cell = _cell(page, value, alignment=_FIGURES if column.number_format else _WORDS, **look)
        if column.number_format:
            cell.number_format = column.number_format
        cells.append(cell)
    return cells


def _cell(page: Any, value: Any, **look: Any) -> Any:
    """A cell in its look: a number, a day or a moment as such, everything else as words that no spreadsheet runs."""
    cell = WriteOnlyCell(page)
    for name, style in look.items():
        if style is not None:
            setattr(cell, name, style)
    if isinstance(value, datetime):
        cell.value = timezone.make_naive(value) if timezone.is_aware(value) else value
        cell.number_format = MOMENT
    elif isinstance(value, date):
        cell.value, cell.number_format = value, DAY
    elif isinstance(value, int | float | Decimal | time):
        cell.value = value
    elif value is not None and value != "":
        write_text(cell, str(value))
    return cell


def write_text(cell: Any, text: str) -> None:
    """Words as words: what begins with =, +, - or @ stays text, here and after copying to another file."""
    clean = _ILLEGAL.sub("", text)[:_TEXT_LIMIT]
    cell.value = clean
    # openpyxl takes a leading = for a formula; Excel's quote prefix keeps it text when the cell is edited.
    cell.data_type = "s"
    cell.quotePrefix = looks_like_formula(clean)
