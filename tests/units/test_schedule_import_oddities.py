"""Smaller habits of offices: heads of two rows, several entries in a cell, weekdays without “Thứ”, columns nobody knows."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from openpyxl import Workbook

from tests.factories.schedule_files import MONDAY, docx_bytes, xlsx_bytes
from units.rules.schedule import time_words
from units.schedule.importing import ReadFile, read_schedule_file

Rows = Sequence[Sequence[object]]


def sheet(rows: Rows, *merges: str) -> ReadFile:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(list(row))
    for merged in merges:
        page.merge_cells(merged)
    return _read(xlsx_bytes(book))


def paragraphs(*texts: str) -> ReadFile:
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    return _read(docx_bytes(document))


def _read(content: bytes) -> ReadFile:
    return read_schedule_file(io.BytesIO(content), size=len(content), monday=MONDAY)


def brief(found: ReadFile) -> list[tuple[int | None, str, str, str]]:
    return [
        (line.day.day if line.day else None, time_words(line.starts_at) if line.starts_at else str(line.session), line.title, line.chair)
        for line in found.lines
    ]  # fmt: skip


def test_a_head_of_two_rows() -> None:
    rows = [
        ("THỜI GIAN", None, None, "NỘI DUNG", "CHỦ TRÌ"), ("Thứ/ngày", "Buổi", "Giờ", None, None),
        ("Thứ Hai 23/11", "S", "7h30", "Chào cờ", "CT"), (None, "C", "14h", "Họp tổ", "PCT"),
    ]  # fmt: skip

    assert brief(sheet(rows, "A1:C1", "D1:D2", "E1:E2")) == [
        (23, "7:30", "Chào cờ", "CT"),
        (23, "14:00", "Họp tổ", "PCT"),
    ]


def test_leaders_with_a_morning_and_an_afternoon_each() -> None:
    rows = [
        ("Ngày", "Chủ tịch", None, "Phó Chủ tịch", None), (None, "Sáng", "Chiều", "Sáng", "Chiều"),
        ("Thứ Ba 24/11", "8h Họp giao ban", "Tiếp dân", None, "14h30 Kiểm tra chợ"),
    ]  # fmt: skip

    assert brief(sheet(rows, "A1:A2", "B1:C1", "D1:E1")) == [
        (24, "8:00", "Họp giao ban", "Chủ tịch"), (24, "AFTERNOON", "Tiếp dân", "Chủ tịch"),
        (24, "14:30", "Kiểm tra chợ", "Phó Chủ tịch"),
    ]  # fmt: skip


def test_several_entries_in_one_cell() -> None:
    rows = [
        ("Thứ", "Buổi", "Nội dung", "Chủ trì"),
        ("Thứ Hai\n(23/11)", "Sáng", "- 7h30: Chào cờ\n- 8h00: Họp giao ban", "CT"),
    ]

    assert brief(sheet(rows)) == [(23, "7:30", "Chào cờ", "CT"), (23, "8:00", "Họp giao ban", "CT")]


def test_as_many_times_as_lines_are_entries_of_their_own() -> None:
    rows = [("Ngày", "Giờ", "Nội dung", "Chủ trì"), ("23/11", "8h00\n14h00", "Họp giao ban\nHọp thẩm định", "CT")]

    assert brief(sheet(rows)) == [(23, "8:00", "Họp giao ban", "CT"), (23, "14:00", "Họp thẩm định", "CT")]


def test_more_times_than_lines_are_doubtful() -> None:
    rows = [("Ngày", "Giờ", "Nội dung", "Chủ trì"), ("23/11", "8h00\n9h00", "Họp cả hai việc", "CT")]

    assert "nhiều giờ" in sheet(rows).lines[0].doubts["time"]


def test_weekdays_without_their_first_word_and_days_as_numbers() -> None:
    rows = [("Thứ", "Giờ", "Nội dung"), ("Hai", "8.00 - 9.30", "Họp A"), ("Tư", "8", "Họp B")]
    numbers = [("Ngày", "Giờ", "Nội dung"), (23, "8h", "Họp A"), (25, "9h", "Họp B")]

    assert [line.day.day for line in sheet(rows).lines if line.day] == [23, 25]
    assert [line.day.day for line in sheet(numbers).lines if line.day] == [23, 25]


def test_a_time_in_words_is_kept_and_doubtful() -> None:
    rows = [("Ngày", "Giờ", "Nội dung"), ("23/11", "Sau giao ban", "Họp B")]

    line = sheet(rows).lines[0]

    assert line.notes == "Sau giao ban"
    assert "Không đọc được giờ" in line.doubts["time"]


def test_chair_and_guests_in_one_cell() -> None:
    rows = [
        ("Ngày", "Giờ", "Nội dung", "Thành phần, chủ trì"),
        ("23/11", "8h", "Họp A", "Chủ trì: CT; dự: PCT, các phòng"),
    ]

    line = sheet(rows).lines[0]

    assert (line.chair, line.attendees) == ("CT", "PCT, các phòng")


def test_nothing_is_left_out_silently() -> None:
    rows = [
        ("Ngày", "Giờ", "Nội dung", "Mã hồ sơ"), ("Thứ Ba (24/11): Nghỉ lễ",), ("25/11", "8h", "Họp A", "HS-12"),
    ]  # fmt: skip

    found = sheet(rows)

    assert [line.title for line in found.lines] == ["Họp A"]
    assert "Thứ Ba (24/11): Nghỉ lễ" in found.left_out
    assert any("Mã hồ sơ" in words for words in found.left_out)


def test_a_numbered_list() -> None:
    found = paragraphs(
        "LỊCH CÔNG TÁC TUẦN 48", "1. Thứ Hai, ngày 23/11/2026", "* Sáng: 8h00: Họp giao ban tại Phòng họp 1. Chủ trì: Chủ tịch",
        "* Chiều:", "- 14h00, họp Ban Thường vụ, chủ trì: Bí thư", "2. Thứ Ba, ngày 24/11/2026: Cả ngày: Đi công tác Hà Nội",
        "TM. ỦY BAN NHÂN DÂN",
    )  # fmt: skip

    assert brief(found) == [
        (23, "8:00", "Họp giao ban", "Chủ tịch"), (23, "14:00", "Họp Ban Thường vụ", "Bí thư"),
        (24, "ALL_DAY", "Đi công tác Hà Nội", ""),
    ]  # fmt: skip
    assert found.lines[0].place == "Phòng họp 1"


def test_a_name_that_looks_like_a_heading_is_a_leader() -> None:
    rows = [("Ngày", "CT Nguyễn Thị Thu", "PCT Lê Văn Tài"), ("23/11", "8h: Họp A", "9h: Họp B")]

    assert brief(sheet(rows)) == [(23, "8:00", "Họp A", "CT Nguyễn Thị Thu"), (23, "9:00", "Họp B", "PCT Lê Văn Tài")]


def test_an_entry_with_the_words_of_headings_is_an_entry() -> None:
    rows = [
        ("Ngày", "Giờ", "Nội dung", "Chủ trì", "Địa điểm", "Phạm vi"),
        ("23/11", "8h", "Phân công chuẩn bị nội dung họp", "Lãnh đạo Văn phòng", "Phòng họp", "Công khai"),
        ("Ngày", "Giờ", "Nội dung", "Chủ trì", "Địa điểm", "Phạm vi"),
        ("24/11", None, "Ghi chú chuẩn bị kỳ họp", "Chủ trì: lãnh đạo Văn phòng", "Nơi họp", "Nội bộ"),
    ]  # fmt: skip

    assert [line.title for line in sheet(rows).lines] == ["Phân công chuẩn bị nội dung họp", "Ghi chú chuẩn bị kỳ họp"]
