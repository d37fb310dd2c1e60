"""Workbooks as finance offices make them: six layouts and what goes wrong with each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font


def saved(book: Workbook) -> io.BytesIO:
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def size_of(stream: io.BytesIO) -> int:
    return stream.getbuffer().nbytes


def cached(stream: io.BytesIO, replaced: dict[str, str]) -> io.BytesIO:
    """The same file with pieces of its first sheet's XML replaced: openpyxl writes no values beside formulas."""
    out = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                for old, new in replaced.items():
                    assert old.encode() in content, old
                    content = content.replace(old.encode(), new.encode())
            target.writestr(entry, content)
    out.seek(0)
    return out


def _put(sheet: Any, rows: Sequence[Sequence[Any]]) -> None:
    for row in rows:
        sheet.append(list(row))


def balance() -> io.BytesIO:
    """1. Balance of the year: titles above, STT, one row of heads, a numbering row with 3=2/1, notes and a signature below."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Biểu 1"
    _put(
        sheet,
        [
            ["UBND PHƯỜNG THUẬN AN", None, None, None, "Biểu số 93/CK-NSNN"],
            ["THỰC HIỆN DỰ TOÁN NGÂN SÁCH PHƯỜNG 9 THÁNG NĂM 2026"],
            ["(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/10/2026)"],
            [None, None, None, None, "Đơn vị: triệu đồng"],
            ["STT", "Nội dung", "Dự toán năm", "Thực hiện 9 tháng", "So sánh (%)"],
            ["A", "B", "1", "2", "3=2/1"],
            ["A", "TỔNG SỐ THU", 15800, 12324, 78],
            ["I", "Các khoản thu phường hưởng 100%", 2300, 1924, 83.7],
            [1, "Phí, lệ phí", 300, 224, 74.7],
            [2, "Thu khác", 2000, 1700, 85],
            ["II", "Thu bổ sung từ ngân sách cấp trên", 13500, 10400, 77],
            ["B", "TỔNG SỐ CHI", 15800, 11060, 70],
            ["I", "Chi đầu tư phát triển", 3800, 2160, 56.8],
            ["II", "Chi thường xuyên", 12000, 8900, 74.2],
            [None, "Trong đó:"],
            ["-", "Chi giáo dục", 700, 500, 71.4],
            ["-", "Chi y tế", 300, 200, 66.7],
            ["Ghi chú: Số thực hiện đến hết ngày 30/9/2026."],
            [None, None, "Thuận An, ngày 05 tháng 10 năm 2026"],
            [None, "NGƯỜI LẬP BIỂU", None, "CHỦ TỊCH"],
        ],
    )
    return saved(book)


def grouped() -> io.BytesIO:
    """2. Two rows of heads, merged: Dự toán and Thực hiện over NSNN and the ward's part; percent cells of Excel."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Thu"
    _put(
        sheet,
        [
            ["DỰ TOÁN VÀ THỰC HIỆN THU NGÂN SÁCH PHƯỜNG"],
            ["Đơn vị tính: nghìn đồng"],
            ["STT", "CHỈ TIÊU", "DỰ TOÁN", None, "THỰC HIỆN", None, "SO SÁNH (%)", None],
            [None, None, "Thu NSNN", "Thu NS phường", "Thu NSNN", "Thu NS phường", "Thu NSNN", "Thu NS phường"],
            ["", "TỔNG THU", 1000, 800, 900, 600, 0.9, 0.75],
            ["1", "Thuế", 600, 500, 500, 300, 0.833333333333333, 0.6],
            ["2", "Phí", 400, 300, 400, 300, 1, 1],
        ],
    )
    for area in ("A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:H3", "A1:H1"):
        sheet.merge_cells(area)
    for row in sheet["G5:H7"]:
        for cell in row:
            cell.number_format = "0.0%"
    return saved(book)


def as_text() -> io.BytesIO:
    """3. Numbers typed as text in Vietnamese writing, brackets for less than nothing, dashes for nothing, marks in the item."""
    book = Workbook()
    sheet: Any = book.active
    _put(
        sheet,
        [
            ["QUYẾT TOÁN CHI NGÂN SÁCH XÃ NĂM 2025 (ĐVT: đồng)"],
            ["Nội dung", "Dự toán", "Quyết toán", "Tỷ lệ %"],
            ["TỔNG CHI", "1.234.567.500", "1.234.567.890,5", "100"],
            ["I. Chi đầu tư phát triển", "1.000.000.000", "999.000.000", "99,9"],
            ["1. Xây dựng cơ bản", "1.000.000.000", "999.000.000", "99,9"],
            ["II. Chi thường xuyên", "234.567.500", "235.567.890,5", "100,4"],
            ["- Điều chỉnh giảm", "-", "(1.200)", ""],
            ["- Chi khác", "x", "–", None],
        ],
    )
    return saved(book)


def english() -> io.BytesIO:
    """4. Numbers typed as text by an English Excel, without marks, set in by spaces and indents; a total at the end."""
    book = Workbook()
    sheet: Any = book.active
    _put(
        sheet,
        [
            ["Danh mục dự án đầu tư công năm 2026"],
            ["Đơn vị: 1.000 đồng"],
            ["Tên dự án", "Địa điểm", "Kế hoạch vốn", "Giải ngân lũy kế", "Ghi chú"],
            ["Đường Trấn Hải Thành", "Tổ dân phố 3", "1,234,567.5", "1,234", "Chuyển tiếp"],
            ["Trường mầm non Sơn Ca", "Tổ dân phố 5", "765,432.5", "500", ""],
            ["Tổng cộng", "", "2,000,000", "1,734", ""],
        ],
    )
    return saved(book)


def side_by_side() -> io.BytesIO:
    """5. The commune's balance: income left, spending right, heads of their own, all in one sheet; title merged."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Cân đối"
    _put(
        sheet,
        [
            ["CÂN ĐỐI DỰ TOÁN NGÂN SÁCH XÃ NĂM 2027"],
            [None, None, None, "Đơn vị: Triệu đồng"],
            ["NỘI DUNG THU", "DỰ TOÁN", "NỘI DUNG CHI", "DỰ TOÁN"],
            ["TỔNG SỐ THU", 100, "TỔNG SỐ CHI", 100],
            ["I. Các khoản thu xã hưởng 100%", 30, "I. Chi đầu tư phát triển", 20],
            ["II. Thu bổ sung", 70, "II. Chi thường xuyên", 75],
            [None, None, "III. Dự phòng", 5],
        ],
    )
    sheet.merge_cells("A1:D1")
    return saved(book)


def formulas() -> io.BytesIO:
    """6. Formulas: one with the value Excel kept, one without, one that failed; hidden row, column and sheet; several sheets."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Quý 3"
    _put(
        sheet,
        [
            ["Tình hình thực hiện dự toán quý 3"],
            ["Đvt: tỷ đồng"],
            ["TT", "Nội dung", "Dự toán năm", "Thực hiện quý 3", "Mã", "So với dự toán (%)"],
            [None, "Tổng chi", "=C5+C6", "=D5+D6", "x", 25],
            ["1", "Chi thường xuyên", 10, 2.5, "y", 25],
            ["2", "Chi đầu tư", 2, 0.5, "z", "=1/0"],
            ["3", "Dòng nháp", 99, 99, "", 99],
        ],
    )
    sheet.row_dimensions[7].hidden = True
    sheet.column_dimensions["E"].hidden = True
    other = book.create_sheet("Thu")
    _put(other, [["Khoản mục", "Thực hiện"], ["Phí", 1.1], ["Lệ phí", 2]])
    book.create_sheet("Nháp").sheet_state = "hidden"
    book.create_sheet("Bìa").append(["Chỉ có chữ"])
    return cached(
        saved(book),
        {
            "<f>C5+C6</f><v></v>": "<f>C5+C6</f><v>12</v>",
            '<c r="F6"><f>1/0</f><v></v></c>': '<c r="F6" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        },
    )


def indented() -> io.BytesIO:
    """7. No marks at all: Excel's own indents show what belongs to what; bold totals; thousands in Excel's numbers."""
    book = Workbook()
    sheet: Any = book.active
    _put(
        sheet,
        [
            ["Nội dung", "Dự toán (triệu đồng)", "Thực hiện (triệu đồng)"],
            ["Chi thường xuyên", 100, 60],
            ["Giáo dục", 70, 40],
            ["Y tế", 30, 20],
            ["Chi đầu tư", 50, 10],
        ],
    )
    for at in (3, 4):
        sheet.cell(at, 1).alignment = Alignment(indent=2)
    for at in (2, 5):
        sheet.cell(at, 1).font = Font(bold=True)
    return saved(book)


def long_sheet(rows: int = 3_000) -> io.BytesIO:
    book = Workbook()
    sheet: Any = book.active
    _put(sheet, [["STT", "Nội dung", "Dự toán"], *([at, f"Dòng {at}", at] for at in range(1, rows + 1))])
    return saved(book)


def hostile() -> io.BytesIO:
    """Words that want to be run, numbers that are none, rows of different length."""
    book = Workbook()
    sheet: Any = book.active
    _put(
        sheet,
        [
            ["Nội dung", "Dự toán", "Thực hiện"],
            ["<script>alert(1)</script>", "1e308", "NaN"],
            ["'=cmd|' /C calc'!A0", 5, "inf"],
            ["@SUM(1)", 1e308, "12 đồng rưỡi"],
            ["Ngắn", 1],
            ["Dài", 1, 2, 3, 4],
        ],
    )
    return saved(book)


LAYOUTS: dict[str, Callable[[], io.BytesIO]] = {
    "balance": balance, "grouped": grouped, "as_text": as_text, "english": english, "side_by_side": side_by_side,
    "formulas": formulas, "indented": indented, "hostile": hostile,
}  # fmt: skip
