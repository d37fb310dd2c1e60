"""Weeks' tables as real offices send them: five layouts of Word, five of Excel; names are invented."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from docx import Document
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

MONDAY = date(2026, 11, 23)


# --- Word -------------------------------------------------------------------------------------------------------------


def docx_bytes(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _letterhead(document: Any) -> None:
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(13)
    head = document.add_table(1, 2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nPHƯỜNG AN HÒA (VÍ DỤ)\nSố: 48/LCT-UBND"
    head.cell(
        0, 1
    ).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nAn Hòa, ngày 20 tháng 11 năm 2026"
    document.add_paragraph("LỊCH CÔNG TÁC TUẦN 48").runs[0].bold = True
    document.add_paragraph("(Từ ngày 23/11/2026 đến ngày 29/11/2026)")
    document.add_paragraph("Kính gửi: Các phòng, ban, đơn vị trực thuộc")


def _ending(document: Any) -> None:
    document.add_paragraph("* Ghi chú: Lịch này thay giấy mời. Có thay đổi, Văn phòng sẽ thông báo sau.")
    end = document.add_table(1, 2)
    end.cell(0, 0).text = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    end.cell(0, 1).text = "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\n\nLê Minh Hòa"


def _fill(table: Any, rows: Sequence[Sequence[str]], first: int = 0) -> None:
    for number, row in enumerate(rows, first):
        for place, text in enumerate(row):
            if text:
                table.cell(number, place).text = text


def merged_office_table() -> bytes:
    """The commonest: day and half of the day merged downwards, one entry in a row."""
    document = Document()
    _letterhead(document)
    rows = [
        ("Thứ, ngày", "Buổi", "Giờ", "Nội dung công việc", "Chủ trì", "Thành phần", "Địa điểm"),
        ("Thứ Hai\n23/11", "Sáng", "7h30", "Chào cờ đầu tuần", "Chủ tịch", "Toàn thể cán bộ, công chức", "Sân trụ sở"),
        ("", "", "8h00 - 10h30", "Họp giao ban Ủy ban nhân dân\nRà soát nhiệm vụ tháng 11", "CT Nguyễn Văn An",
         "Các PCT; Phòng Kinh tế; Văn phòng", "Phòng họp số 1"),
        ("", "Chiều", "14 giờ 30", "Làm việc với Ban Quản lý chợ An Hòa", "PCT Trần Thị Bình", "Phòng Kinh tế", "Phòng họp số 2"),
        ("Thứ Ba\n24/11", "Sáng", "8h30 – 10h", "Kiểm tra tiến độ đường Nguyễn Trãi", "Phó Chủ tịch Lê Công Cường", "", "Hiện trường"),
        ("", "Chiều", "", "Tiếp công dân định kỳ", "Chủ tịch", "Ban Tiếp công dân", "Trụ sở tiếp công dân"),
        ("Thứ Tư\n25/11", "Cả ngày", "", "Tập huấn chuyển đổi số", "", "Lãnh đạo các phòng", ""),
    ]  # fmt: skip
    table = document.add_table(len(rows), 7)
    table.style = "Table Grid"
    _fill(table, rows)
    for top, bottom, column in ((1, 3, 0), (1, 2, 1), (4, 5, 0)):
        table.cell(top, column).merge(table.cell(bottom, column))
    _ending(document)
    return docx_bytes(document)


def table_for_each_day() -> bytes:
    """A heading and a table for each day; the half of the day stands in the time's cell; parts named inside the text."""
    document = Document()
    _letterhead(document)
    heads = ("TT", "Thời gian", "Nội dung", "Lãnh đạo chủ trì", "Địa điểm", "Đơn vị chuẩn bị", "Phương tiện")
    week = {
        "Thứ Hai, ngày 23/11/2026": [
            ("1", "Sáng 8h00", "Họp Ban Chỉ đạo cải cách hành chính\nThành phần: Trưởng các phòng", "Đ/c Nguyễn Văn An",
             "Phòng họp số 1", "Văn phòng", ""),
            ("2", "Chiều 2h00", "Dự hội nghị của Thành phố", "Đ/c Trần Thị Bình", "Hội trường Thành phố", "", "Xe số 1"),
        ],
        "Thứ Năm, ngày 26/11/2026": [
            ("1", "9 giờ 15 phút", "Thăm Trường Tiểu học An Hòa", "Đ/c Lê Công Cường", "Trường Tiểu học An Hòa", "Phòng Văn hóa – Xã hội", "Xe số 2"),
        ],
    }  # fmt: skip
    for day, rows in week.items():
        document.add_paragraph(day).runs[0].bold = True
        table = document.add_table(len(rows) + 1, len(heads))
        table.style = "Table Grid"
        _fill(table, [heads, *rows])
    _ending(document)
    return docx_bytes(document)


def leaders_as_columns() -> bytes:
    """Each leader a column; cells are sentences with time and place."""
    document = Document()
    _letterhead(document)
    rows = [
        ("Ngày", "Buổi", "CHỦ TỊCH\nNguyễn Văn An", "PHÓ CHỦ TỊCH\nTrần Thị Bình", "PHÓ CHỦ TỊCH\nLê Công Cường"),
        ("Thứ Hai 23/11", "Sáng", "8h: Họp giao ban đầu tuần tại Phòng họp số 1", "8h: Họp giao ban đầu tuần tại Phòng họp số 1", "Làm việc tại trụ sở"),
        ("", "Chiều", "14h00: Chủ trì họp về ngân sách, tại Phòng họp số 2\n16h: Ký văn bản", "Đi cơ sở", ""),
        ("Thứ Sáu 27/11", "Sáng", "Dự kỳ họp Hội đồng nhân dân Thành phố tại Hội trường Thành phố", "", "- 7h30: Kiểm tra vệ sinh môi trường\n- 9h00: Họp xóm 3 tại Nhà văn hóa"),
    ]  # fmt: skip
    table = document.add_table(len(rows), 5)
    table.style = "Table Grid"
    _fill(table, rows)
    table.cell(1, 0).merge(table.cell(2, 0))
    _ending(document)
    return docx_bytes(document)


def plain_list() -> bytes:
    """No table at all."""
    document = Document()
    _letterhead(document)
    for text in (
        "Thứ Hai (23/11):",
        "- 8h00: Họp giao ban – Chủ trì: Chủ tịch – Địa điểm: Phòng họp số 1",
        "- 14h30: Làm việc với Công ty Môi trường",
        "+ Thành phần: Phòng Kinh tế, Tổ dân phố 4",
        "+ Địa điểm: Phòng họp số 2",
        "Thứ Tư (25/11): Buổi sáng: Tiếp công dân tại Trụ sở tiếp công dân",
        "Chủ Nhật, ngày 29/11/2026",
        "- 6h30 – 8h00: Ra quân Ngày Chủ nhật xanh, tại bờ sông Hương",
        "Lịch này thay cho giấy mời họp./.",
        "Nơi nhận: Như trên.",
    ):
        document.add_paragraph(text)
    return docx_bytes(document)


def halves_as_columns() -> bytes:
    """Morning and afternoon as columns."""
    document = Document()
    _letterhead(document)
    rows = [
        ("NGÀY", "BUỔI SÁNG", "BUỔI CHIỀU"),
        ("Thứ Hai\n(23/11)", "- 8h00: Giao ban tuần. Chủ trì: Chủ tịch. Địa điểm: Phòng họp số 1", "- 14h00: Họp thẩm định giá đất\n- 15h30: Tiếp Đoàn công tác Sở Nội vụ"),
        ("Thứ Ba\n(24/11)", "Đi kiểm tra cơ sở", "- Làm việc tại trụ sở"),
    ]  # fmt: skip
    table = document.add_table(len(rows), 3)
    table.style = "Table Grid"
    _fill(table, rows)
    _ending(document)
    return docx_bytes(document)


# --- Excel ------------------------------------------------------------------------------------------------------------

_BORDER = Border(*(Side(style="thin"),) * 4)


def xlsx_bytes(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheet(book: Workbook, title: str, rows: Sequence[Sequence[Any]], merges: Sequence[str] = ()) -> Any:
    sheet = book.create_sheet(title)
    sheet["A1"], sheet["A2"] = "UBND PHƯỜNG AN HÒA (VÍ DỤ)", "VĂN PHÒNG"
    sheet["A1"].font = Font(name="Times New Roman", bold=True)
    sheet.merge_cells("A1:C1")
    sheet["A4"] = "LỊCH LÀM VIỆC CỦA LÃNH ĐẠO – TUẦN 48 NĂM 2026"
    sheet.merge_cells("A4:F4")
    for number, row in enumerate(rows, 6):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(number, place, value)
            cell.border, cell.alignment = _BORDER, Alignment(wrap_text=True, vertical="center")
    for merged in merges:
        sheet.merge_cells(merged)
    return sheet


def _book() -> Workbook:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    return book


def real_dates() -> bytes:
    """Dates and times as Excel keeps them, columns in another order, notes and signature in the same sheet."""
    book = _book()
    rows = [
        ("STT", "Ngày", "Địa điểm", "Thời gian", "Nội dung", "Người chủ trì", "Xe", "Ghi chú"),
        (1, date(2026, 11, 23), "Phòng họp số 1", time(8, 0), "Họp giao ban", "CT", None, None),
        (
            2,
            None,
            "Phòng họp số 2",
            time(14, 30),
            "Họp hội đồng nghĩa vụ quân sự",
            "PCT Trần Thị Bình",
            None,
            "Mang hồ sơ",
        ),
        (
            3,
            date(2026, 11, 24),
            "Thôn 2",
            "7h30-9h00",
            "Kiểm tra mô hình trồng rau",
            "PCT Lê Công Cường",
            "Xe số 1",
            None,
        ),
        (4, date(2026, 11, 28), None, "cả ngày", "Trực bão", None, None, None),
    ]
    sheet = _sheet(book, "Lịch tuần", rows, ["B7:B8"])
    sheet["A12"] = "Ghi chú: Lịch này thay giấy mời."
    sheet["E14"], sheet["E17"] = "TL. CHỦ TỊCH", "Lê Minh Hòa"
    return xlsx_bytes(book)


def banner_rows() -> bytes:
    """Days and halves of the day as merged rows across the table."""
    book = _book()
    rows = [
        ("Giờ", "Nội dung", "Chủ trì", "Thành phần tham dự", "Địa điểm", "Ghi chú"),
        ("THỨ HAI, NGÀY 23/11/2026",),
        ("Buổi sáng",),
        ("8:00", "Họp giao ban Sở", "Giám đốc", "Các Phó Giám đốc", "Phòng họp số 1", None),
        ("Buổi chiều",),
        (
            "13:30 - 16:00",
            "Hội nghị tổng kết dự án",
            "Phó Giám đốc Trần Thị Bình",
            "Phòng Kế hoạch",
            "Hội trường",
            None,
        ),
        (None, "Làm việc tại cơ quan", "Giám đốc", None, None, None),
        ("THỨ NĂM, NGÀY 26/11/2026",),
        ("Buổi tối",),
        ("19h00", "Dự đêm văn nghệ quần chúng", "Giám đốc", None, "Nhà hát Sông Hương", "Trang phục áo dài"),
    ]
    _sheet(book, "Tuan 48", rows, ["A7:F7", "A8:F8", "A10:F10", "A13:F13", "A14:F14"])
    return xlsx_bytes(book)


def several_sheets() -> bytes:
    """One sheet a week, and a sheet that is something else."""
    book = _book()
    heads = ("Thứ ngày", "Thời gian, địa điểm", "Nội dung", "Chủ trì")
    _sheet(book, "Tuần 47", [heads, ("Thứ Hai\n16/11", "8h00, Phòng họp số 1", "Họp tuần trước", "Chủ tịch")])
    _sheet(
        book, "Tuần 48",
        [
            heads,
            ("Thứ Hai\n23/11", "8h00, Phòng họp số 1", "Họp giao ban", "Chủ tịch"),
            ("Thứ Ba\n24/11", "14h, Hội trường UBND", "Đối thoại với thanh niên", "PCT Trần Thị Bình"),
        ],
    )  # fmt: skip
    phones = book.create_sheet("Danh bạ")
    phones.append(["Họ tên", "Điện thoại"])
    phones.append(["Văn phòng", "0234 0000 000"])
    return xlsx_bytes(book)


def days_as_columns() -> bytes:
    """Leaders as rows, days as columns."""
    book = _book()
    rows = [
        ("Lãnh đạo", "Thứ Hai\n23/11", "Thứ Ba\n24/11", "Thứ Tư\n25/11"),
        ("Chủ tịch Nguyễn Văn An", "8h00: Giao ban tại Phòng họp số 1\n14h: Làm việc với Sở Xây dựng", "Tiếp công dân", None),
        ("PCT Trần Thị Bình", None, "7h30: Kiểm tra trường học", "Sáng: Dự lễ phát động tại Quảng trường"),
    ]  # fmt: skip
    _sheet(book, "Lịch", rows)
    return xlsx_bytes(book)


def formula_dates(cached: bool = True) -> bytes:
    """Days counted by formulas, as in a sheet that is used every week; Excel keeps the results unless ``cached`` is false."""
    book = _book()
    rows = [
        ("Ngày", "Giờ", "Nội dung", "Chủ trì", "Địa điểm"),
        (date(2026, 11, 23), "8h00", "Họp giao ban", "Chủ tịch", "Phòng họp số 1"),
        ("=A7+1", "9h00", "Khai mạc hội thi", "Chủ tịch", "Nhà văn hóa"),
    ]
    sheet = _sheet(book, "Lịch", rows)
    sheet["A8"].number_format = "dd/mm/yyyy"
    content = xlsx_bytes(book)
    return _with_cached(content, "A7+1", "46350") if cached else content


def _with_cached(content: bytes, formula: str, value: str) -> bytes:
    """The same file with the result Excel would keep beside the formula."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry).decode("utf-8") if entry.filename.endswith(".xml") else None
            if part is None:
                new.writestr(entry, old.read(entry))
            else:
                for empty in ("<v />", "<v></v>", "<v/>"):
                    part = part.replace(f"<f>{formula}</f>{empty}", f"<f>{formula}</f><v>{value}</v>")
                new.writestr(entry, part)
    return stream.getvalue()
