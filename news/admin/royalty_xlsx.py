"""The sheet of a month as an Excel workbook: real numbers and dates, and no text that a spreadsheet would execute."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from news.actions.royalty_sheets import line_note
from news.models import RoyaltyLine, RoyaltySheet
from news.rules.number_words import dong_words

DONG: Final = "#,##0"
NUMBER: Final = "0.##"
DAY: Final = "dd/mm/yyyy"
HEAD_ROW: Final = 4
BOLD: Final = Font(bold=True)
TITLE: Final = Font(bold=True, size=14)
FILL: Final = PatternFill("solid", fgColor="E8ECF2")
LINE: Final = Border(bottom=Side(style="thin", color="999999"))
WRAP: Final = Alignment(wrap_text=True, vertical="top")
_TEXT_LIMIT: Final = 32_000


def write_text(cell: Cell, text: object) -> None:
    """Put words into a cell as words: what begins with =, +, - or @ stays text, here and after copying to another file."""
    value = ILLEGAL_CHARACTERS_RE.sub("", str(text))[:_TEXT_LIMIT]
    cell.value = value
    # openpyxl takes a leading = for a formula; Excel's quote prefix keeps it text when the cell is edited.
    cell.data_type = "s"
    cell.quotePrefix = value[:1] in {"=", "+", "-", "@", "\t", "\r"}


def _write(cell: Cell, value: Any) -> None:
    if isinstance(value, str):
        write_text(cell, value)
    else:
        cell.value = value


def _table(page: Any, heads: Sequence[tuple[str, int, str]], rows: Sequence[Sequence[Any]]) -> int:
    """Heads, widths and rows; returns the number of the row behind the last."""
    for place, (head, width, _format) in enumerate(heads, start=1):
        cell = page.cell(HEAD_ROW, place)
        write_text(cell, head)
        cell.font, cell.fill, cell.alignment = BOLD, FILL, Alignment(wrap_text=True, vertical="center")
        page.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(rows, start=HEAD_ROW + 1):
        for place, value in enumerate(row, start=1):
            cell = page.cell(number, place)
            _write(cell, value)
            cell.border, cell.alignment = LINE, WRAP
            if heads[place - 1][2]:
                cell.number_format = heads[place - 1][2]
                cell.alignment = Alignment(vertical="top", horizontal="right")
    page.freeze_panes = page.cell(HEAD_ROW + 1, 3)
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    return HEAD_ROW + len(rows) + 1


def _title(page: Any, title: str, unit: str, sheet: RoyaltySheet) -> None:
    write_text(page.cell(1, 1), unit)
    write_text(page.cell(2, 1), title)
    page.cell(2, 1).font = TITLE
    state = (
        _("Đã khóa ngày %(day)s") % {"day": f"{sheet.locked_at:%d/%m/%Y}"}
        if sheet.locked_at
        else _("Bản tạm tính, chưa khóa")
    )
    write_text(page.cell(3, 1), state)


def _total(page: Any, row: int, label_at: int, amount_at: int, amount: int) -> None:
    write_text(page.cell(row, label_at), _("Cộng"))
    page.cell(row, amount_at).value = amount
    page.cell(row, amount_at).number_format = DONG
    page.cell(row, label_at).font = page.cell(row, amount_at).font = BOLD


def sheet_workbook(
    sheet: RoyaltySheet, lines: Sequence[RoyaltyLine], people: Sequence[dict[str, Any]], unit: str
) -> bytes:
    """The workbook's bytes: one page of people to pay, one of works."""
    book = Workbook()
    # The stubs allow a chart sheet or none; a new workbook has one plain page.
    page: Any = book.active
    page.title = _("Chi trả")
    month = f"{sheet.month:%m/%Y}"
    _title(page, _("Bảng chi trả nhuận bút tháng %(month)s") % {"month": month}, unit, sheet)
    heads = [(_("STT"), 6, "0"), (_("Bút danh"), 26, ""), (_("Họ và tên"), 28, ""), (_("Nơi công tác"), 30, ""), (_("Số tin, bài"), 11, "0"), (_("Số tiền (đồng)"), 18, DONG), (_("Ký nhận"), 18, "")]  # fmt: skip
    paid = [
        [number, row["pen_name"], row["real_name"], row["department"], row["works"], row["total"], ""]
        for number, row in enumerate(people, start=1)
    ]
    end = _table(page, heads, paid)
    _total(page, end, 2, 6, sheet.total)
    write_text(page.cell(end + 1, 2), _("Bằng chữ: %(words)s.") % {"words": dong_words(sheet.total)})
    _works(book.create_sheet(_("Theo bài")), sheet, lines, unit, month)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _works(page: Any, sheet: RoyaltySheet, lines: Sequence[RoyaltyLine], unit: str, month: str) -> None:
    _title(page, _("Nhuận bút tháng %(month)s theo bài") % {"month": month}, unit, sheet)
    heads = [
        (_("STT"), 6, "0"), (_("Tin, bài"), 52, ""), (_("Ngày đăng"), 12, DAY), (_("Thể loại"), 22, ""),
        (_("Hệ số"), 8, NUMBER), (_("Số lượng"), 9, "0"), (_("Đơn vị hệ số"), 12, DONG), (_("Tỷ lệ (%)"), 9, NUMBER),
        (_("Cộng thêm"), 30, ""), (_("Cả tác phẩm"), 14, DONG), (_("Bút danh"), 24, ""), (_("Vai trò"), 12, ""),
        (_("Phần (%)"), 9, NUMBER), (_("Số tiền (đồng)"), 16, DONG), (_("Ghi chú"), 26, ""),
    ]  # fmt: skip
    rows = [
        [
            number, line.article_title, line.published_on, line.genre_name, line.coefficient, line.quantity,
            line.base_amount, line.unit_percent, line.supplements, line.work_amount, line.pen_name,
            str(line.get_role_display()), line.share_percent, line.amount, line_note(line),
        ]
        for number, line in enumerate(lines, start=1)
    ]  # fmt: skip
    _total(page, _table(page, heads, rows), 2, 14, sheet.total)
