"""A week's table as files that offices print and send on: XLSX and DOCX, A4 across. What is written here can be read back in."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from portal.core.spreadsheets import looks_like_formula, write_text
from portal.core.templatetags.portal_text import WEEKDAYS, date_full
from units.enums.schedule import DaySession, Visibility
from units.models import ScheduleEntry
from units.schedule.sheet import Row, sheet_of
from units.schedule.table import Line, WeekTable

DOCX_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT: Final = "Times New Roman"
_A4: Final = 9
_SIDE: Final = Side(style="thin", color="000000")
_GRID: Final = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_WRAP: Final = Alignment(wrap_text=True, vertical="top")
_MIDDLE: Final = Alignment(wrap_text=True, vertical="center", horizontal="center")
_SPLIT_ROW: Final = "cantSplit"


@dataclass(frozen=True, slots=True)
class Field:
    """One column after day, half and time: its head, its share of the paper, and what stands in it."""

    head: str
    width: int
    text: Callable[[Line], str]


@dataclass(frozen=True, slots=True)
class WeekFile:
    """Everything the file says, whatever its kind."""

    office: str
    title: str
    span: str
    heads: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[str]]
    merges: Sequence[tuple[int, int, int]]  # column, first and last row
    cancelled: frozenset[int]
    notes: Sequence[str]


def file_name(table: WeekTable, extension: str) -> str:
    """“lich-cong-tac-2026-W48.xlsx”."""
    year, week, _day = table.monday.isocalendar()
    return f"lich-cong-tac-{year}-W{week:02d}.{extension}"


def file_response(name: str, content_type: str, content: bytes) -> HttpResponse:
    """A download; ``name`` in ASCII."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# --- what stands where ------------------------------------------------------------------------------------------------


def _title(line: Line) -> str:
    """The title, details on lines of their own below it; one that goes on in small letters gets a dash."""
    lines = [f"- {one}" if one[:1].islower() else one for one in line.content.splitlines() if one.strip()]
    return "\n".join([line.title, *lines])


def _chair(line: Line) -> str:
    return line.chair if line.chair == line.chair_name else f"{line.chair} {line.chair_name}".strip()


def _own(line: Line, name: str) -> str:
    return str(getattr(line.row, name)) if isinstance(line.row, ScheduleEntry) else ""


def _visibility(line: Line) -> str:
    is_internal = isinstance(line.row, ScheduleEntry) and line.row.visibility == Visibility.INTERNAL
    return str(Visibility.INTERNAL.label) if is_internal else str(Visibility.PUBLIC.label)


def fields(*, internal: bool, has_changes: bool) -> list[Field]:
    """Columns after the time; the office's own sheet says who goes by which car and what is internal."""
    shown = [
        Field(_("Nội dung"), 34, _title), Field(_("Chủ trì"), 17, _chair),
        Field(_("Thành phần"), 24, lambda line: line.attendees), Field(_("Địa điểm"), 17, lambda line: line.place),
        Field(_("Chuẩn bị"), 13, lambda line: line.preparing),
    ]  # fmt: skip
    if internal:
        shown += [
            Field(_("Xe"), 10, lambda line: _own(line, "vehicle")), Field(_("Ghi chú"), 16, lambda line: _own(line, "notes")),
            Field(_("Phạm vi"), 10, _visibility),
        ]  # fmt: skip
    return [*shown, Field(_("Thay đổi"), 14, lambda line: line.change_text)] if has_changes else shown


def _clock(line: Line) -> str:
    return (
        str(DaySession.ALL_DAY.label) if line.session == DaySession.ALL_DAY and not line.time_text else line.time_text
    )


def week_file(table: WeekTable, office: str, *, internal: bool = False) -> WeekFile:
    """The words of a week's table."""
    rows = [row for day in sheet_of(table).days for row in day]
    lines = [row.line for row in rows if row.line]
    columns = fields(internal=internal, has_changes=any(line.change_text for line in lines))
    last = table.days[-1].date
    span = _("Từ ngày %(first)s đến ngày %(last)s") % {
        "first": f"{table.monday:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"
    }  # fmt: skip
    notes = [] if lines else [_("Chưa công bố việc nào trong tuần này.")]
    notes += [f"{_('Ghi chú')}: {table.note}"] if table.note else []
    updated = date_full(table.updated_at) if table.updated_at else ""
    notes += [_("Lịch này có thể thay đổi. Cập nhật ngày %(day)s.") % {"day": updated}] if updated else []
    week = table.monday.isocalendar().week
    title = _("LỊCH CÔNG TÁC TUẦN %(week)d (có việc nội bộ)") if internal else _("LỊCH CÔNG TÁC TUẦN %(week)d")
    return WeekFile(
        office.upper(), title % {"week": week}, span, [_("Thứ, ngày"), _("Buổi"), _("Giờ"), *(one.head for one in columns)],
        [12, 8, 12, *(one.width for one in columns)], [_texts(row, columns) for row in rows], _merges(rows),
        frozenset(place for place, row in enumerate(rows) if row.line and row.line.is_cancelled), notes,
    )  # fmt: skip


def _texts(row: Row, columns: Sequence[Field]) -> list[str]:
    day = f"{WEEKDAYS[row.day.date.weekday()]}\n{row.day.date:%d/%m/%Y}" if row.day else ""
    day = "\n".join(one for one in (day, row.day.holiday if row.day else "") if one)
    half, line = row.half.label if row.half else "", row.line
    return [day, half, _clock(line) if line else "", *(column.text(line) if line else "" for column in columns)]


def _merges(rows: Sequence[Row]) -> list[tuple[int, int, int]]:
    merges = []
    for place, row in enumerate(rows):
        if row.day and row.day_rows > 1:
            merges.append((0, place, place + row.day_rows - 1))
        if row.half and row.half_rows > 1:
            merges.append((1, place, place + row.half_rows - 1))
    return merges


# --- XLSX -------------------------------------------------------------------------------------------------------------


def xlsx_of(week: WeekFile) -> bytes:
    """An Excel file that prints as it is."""
    book = Workbook()
    page: Any = book.active
    page.title = _("Lịch tuần")
    width = len(week.heads)
    for number, (text, size) in enumerate(((week.office, 12), (week.title, 15), (week.span, 12)), 1):
        page.merge_cells(start_row=number, start_column=1, end_row=number, end_column=width)
        _write(page.cell(number, 1), text, Font(name=FONT, size=size, bold=size > 12 or number == 1), _MIDDLE)  # noqa: PLR2004 - the title
    _xlsx_table(page, week, first=5)
    row = 5 + len(week.rows) + 2
    for text in week.notes:
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
        _write(page.cell(row, 1), text, Font(name=FONT, size=11, italic=True), _WRAP)
        row += 1
    for place, letters in enumerate(week.widths, 1):
        page.column_dimensions[get_column_letter(place)].width = letters
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows, page.freeze_panes = "5:5", "D6"
    page.page_margins.left = page.page_margins.right = 0.4
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write(cell: Any, text: str, font: Font, alignment: Alignment) -> None:
    if text:
        write_text(cell, text)
    cell.font, cell.alignment = font, alignment


def _xlsx_table(page: Any, week: WeekFile, *, first: int) -> None:
    for place, head in enumerate(week.heads, 1):
        _write(page.cell(first, place), head, Font(name=FONT, size=12, bold=True), _MIDDLE)
        page.cell(first, place).border = _GRID
    for number, row in enumerate(week.rows, 1):
        for place, text in enumerate(row, 1):
            cell = page.cell(first + number, place)
            bold, struck = place == 1, number - 1 in week.cancelled and place > 2  # noqa: PLR2004 - after day and half
            _write(cell, text, Font(name=FONT, size=12, bold=bold, strike=struck), _MIDDLE if place <= 3 else _WRAP)  # noqa: PLR2004 - day, half, time
            cell.border = _GRID
            if looks_like_formula(text):
                cell.quotePrefix = True
    for column, begin, end in week.merges:
        page.merge_cells(
            start_row=first + 1 + begin, end_row=first + 1 + end, start_column=column + 1, end_column=column + 1
        )


# --- DOCX -------------------------------------------------------------------------------------------------------------


def docx_of(week: WeekFile) -> bytes:
    """A Word file, A4 across, the head on each page."""
    document = new_document()
    for text, size in ((week.office, 13), (week.title, 15), (week.span, 13)):
        _paragraph(document.add_paragraph(), text, size, bold=text != week.span, middle=True)
    table = document.add_table(len(week.rows) + 1, len(week.heads))
    fill_docx(table, week)
    for text in week.notes:
        _paragraph(document.add_paragraph(), text, 12, italic=True)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def new_document() -> Any:
    """An empty A4 sheet across in Times New Roman."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    return document


def _paragraph(paragraph: Any, text: str, size: int, **look: bool) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), look.get("bold"), look.get("italic")
    run.font.strike = look.get("strike")
    paragraph.paragraph_format.space_after = Pt(2)
    if look.get("middle"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def fill_docx(table: Any, week: WeekFile) -> None:
    """Heads, rows, merged days and halves."""
    table.style, table.autofit = "Table Grid", False
    whole = sum(week.widths)
    rows = list(table.rows)
    for number, texts in enumerate((week.heads, *week.rows)):
        rows[number]._tr.get_or_add_trPr().append(OxmlElement(f"w:{_SPLIT_ROW}"))
        for place, (cell, text) in enumerate(zip(rows[number].cells, texts, strict=True)):
            cell.width = Cm(26.7 * week.widths[place] / whole)
            struck = number - 1 in week.cancelled and place > 1
            for count, one in enumerate(text.split("\n")):
                paragraph = cell.paragraphs[0] if not count else cell.add_paragraph()
                bold, middle = not number or not place, not number or place <= 2  # noqa: PLR2004 - day, half, time
                _paragraph(paragraph, one, 12, bold=bold, middle=middle, strike=struck)
    rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for column, begin, end in week.merges:
        _merge_down(rows, column, begin + 1, end + 1)


def _merge_down(rows: Sequence[Any], column: int, begin: int, end: int) -> None:
    """Merge without copying the empty paragraphs of the cells below."""
    for number in range(begin, end + 1):
        mark = OxmlElement("w:vMerge")
        if number == begin:
            mark.set(qn("w:val"), "restart")
        rows[number]._tr.tc_lst[column].get_or_add_tcPr().append(mark)
