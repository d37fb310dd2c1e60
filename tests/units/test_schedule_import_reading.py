"""Reading offices' tables: ten layouts, entry by entry; odd ways of writing times and days; files that are refused."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from docx import Document
from openpyxl import Workbook

from tests.factories.schedule_files import (
    MONDAY,
    docx_bytes,
    formula_dates,
    several_sheets,
    xlsx_bytes,
)
from tests.factories.schedule_layouts import LAYOUTS, Expected, Layout
from units.rules.schedule import time_words
from units.schedule.importing import (
    ReadFile,
    ReadLine,
    ScheduleFileRefusedError,
    SheetNotNamedError,
    read_schedule_file,
)
from units.schedule.importing.whens import Days, read_when

pytestmark = pytest.mark.anywhere


def read(content: bytes, monday: date = MONDAY, sheet: str = "") -> ReadFile:
    return read_schedule_file(io.BytesIO(content), size=len(content), monday=monday, sheet=sheet)


def as_expected(line: ReadLine) -> Expected:
    assert line.day is not None
    return Expected(
        line.day.day, line.session, time_words(line.starts_at) if line.starts_at else "", line.title, line.chair,
        line.place, line.attendees, line.preparing, time_words(line.ends_at) if line.ends_at else "", line.content,
        line.vehicle, line.notes,
    )  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_each_layout_gives_every_entry(layout: Layout) -> None:
    found = read(layout.build())

    assert [as_expected(line) for line in found.lines] == list(layout.entries)
    assert all(line.day and line.day.month == 11 for line in found.lines)


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("8h00", "8:00", ""), ("08:00", "8:00", ""), ("14 giờ 30", "14:30", ""), ("7h30-9h00", "7:30", "9:00"),
        ("8h30 – 10h", "8:30", "10:00"), ("14 giờ 30 phút", "14:30", ""), ("Sáng 8h00", "8:00", ""), ("8g15", "8:15", ""),
        ("Từ 8h đến 11h30", "8:00", "11:30"), ("Chiều 2h30", "14:30", ""), ("8h00 ngày 23/11", "8:00", ""), ("7", "7:00", ""),
        ("13:30 - 16:00", "13:30", "16:00"), ("lúc 9 giờ", "9:00", ""), ("8.30", "8:30", ""),
    ],
)  # fmt: skip
def test_times_as_offices_write_them(text: str, starts: str, ends: str) -> None:
    when = read_when(text, bare_number_is_hour=True)

    assert when.starts_at is not None
    assert (time_words(when.starts_at), time_words(when.ends_at) if when.ends_at else "") == (starts, ends)
    assert not when.problem


@pytest.mark.parametrize("text", ["25h", "8h75", "10h – 8h", "24:00"])
def test_times_that_no_clock_shows_are_doubtful(text: str) -> None:
    assert read_when(text).problem


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Thứ Hai\n23/11", 23), ("T3", 24), ("THỨ TƯ 25/11/2026", 25), ("Thứ 5 (26.11.2026)", 26), ("CN 29/11", 29),
        ("ngày 27 tháng 11 năm 2026", 27), ("Chủ nhật", 29), ("thu sau", 27), ("Thứ bảy, ngày 28-11-2026", 28), ("Thứ Hai 23/11/26", 23),
    ],
)  # fmt: skip
def test_days_as_offices_write_them(text: str, day: int) -> None:
    found, doubt = Days(MONDAY, []).date_of(read_when(text))

    assert (found, doubt) == (date(2026, 11, day), "")


def test_a_day_that_does_not_fit_is_doubtful() -> None:
    days = Days(MONDAY, [])

    assert "không khớp" in days.date_of(read_when("Thứ Ba 23/11"))[1]
    assert "không thuộc tuần" in days.date_of(read_when("30/11"))[1]
    assert days.date_of(read_when("31/02"))[0] is None


def test_a_foreign_excel_that_turned_day_and_month_is_understood() -> None:
    assert Days(date(2026, 12, 7), []).date_of(read_when("12/07/2026"))[0] == date(2026, 12, 7)


def test_the_week_around_new_year_finds_its_year() -> None:
    days = Days(date(2026, 12, 28), [])

    assert days.date_of(read_when("Thứ Năm 31/12"))[0] == date(2026, 12, 31)
    assert days.date_of(read_when("Thứ Sáu 01/01"))[0] == date(2027, 1, 1)


# --- what is refused --------------------------------------------------------------------------------------------------


def refusal(content: bytes, monday: date = MONDAY) -> ScheduleFileRefusedError:
    with pytest.raises(ScheduleFileRefusedError) as refused:
        read(content, monday)
    return refused.value


def sheet_of(rows: list[list[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    return xlsx_bytes(book)


HEADS: list[object] = ["Ngày", "Giờ", "Nội dung", "Chủ trì"]


def test_an_old_file_under_a_new_name_says_so() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le")

    assert "kiểu cũ" in str(refusal(old))


def test_a_password_is_named() -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")

    assert "mật khẩu" in str(refusal(locked))


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, b"", b"PK\x03\x04 half a file", b"MZ\x90"]
)
def test_other_files_are_refused(content: bytes) -> None:
    assert str(refusal(content))


def test_three_thousand_rows_are_too_many() -> None:
    rows = [HEADS, *([date(2026, 11, 23), "8h00", f"Việc {number}", "CT"] for number in range(3_000))]

    assert "3001 dòng" in str(refusal(sheet_of(rows)))


def test_a_long_word_table_is_too_much() -> None:
    document = Document()
    table = document.add_table(501, 2)
    table.style = "Table Grid"

    assert "500 dòng" in str(refusal(docx_bytes(document)))


def test_one_cell_at_the_end_of_the_sheet_takes_no_time() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADS, ["23/11", "8h00", "Họp giao ban", "CT"]):
        sheet.append(row)
    sheet["XFD1048576"] = "x"

    assert "rộng hơn" in str(refusal(xlsx_bytes(book)))


def test_a_merged_cell_over_the_whole_sheet_is_no_trap() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet_of([HEADS]))) as old, zipfile.ZipFile(content, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                merge = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
                part = part.replace(b"</sheetData>", b"</sheetData>" + merge)
            new.writestr(entry, part)

    assert "quá lớn" in str(refusal(content.getvalue()))


def test_a_part_that_unpacks_without_end_is_refused() -> None:
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheet_of([HEADS]))) as old,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            new.writestr(entry, old.read(entry))
        new.writestr("xl/worksheets/sheet9.xml", b" " * 17_000_000)

    assert "quá lớn" in str(refusal(content.getvalue()))


def test_entities_of_its_own_are_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx_bytes(Document()))) as old, zipfile.ZipFile(content, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == "word/document.xml":
                part = b'<!DOCTYPE a [<!ENTITY b "c">]>' + part
            new.writestr(entry, part)

    assert "phần lạ" in str(refusal(content.getvalue()))


def test_macros_are_refused() -> None:
    content = io.BytesIO(sheet_of([HEADS]))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")

    assert "macro" in str(refusal(content.getvalue()))


def test_a_formula_without_its_result_is_marked_and_never_run() -> None:
    lines = read(formula_dates(cached=False)).lines

    assert [line.title for line in lines] == ["Họp giao ban", "Khai mạc hội thi"]
    assert "công thức" in lines[1].doubts["time"]


@pytest.mark.parametrize("rows", [[["Họ tên", "Điện thoại"], ["Lan", "0234"]], [["LỊCH CÔNG TÁC"], ["Thứ", "Ngày"]]])
def test_no_table_says_what_was_looked_for(rows: list[list[object]]) -> None:
    assert "tệp mẫu" in str(refusal(sheet_of(rows)))


def test_a_table_without_entries_says_so() -> None:
    assert "chưa ghi việc nào" in str(refusal(sheet_of([HEADS])))
    assert "chưa ghi việc nào" in str(refusal(sheet_of([HEADS, ["23/11", "8h00", None, None]])))


def test_an_empty_workbook_says_so() -> None:
    assert "trống" in str(refusal(sheet_of([])))


def test_a_file_of_another_week_offers_that_week() -> None:
    refused = refusal(LAYOUTS[0].build(), MONDAY + timedelta(weeks=1))

    assert refused.monday == MONDAY


def test_a_stated_week_counts_where_only_weekdays_stand_in_the_table() -> None:
    rows: list[list[object]] = [
        ["Từ ngày 30/11/2026 đến ngày 06/12/2026"],
        HEADS,
        ["Thứ Hai", "8h00", "Họp giao ban", "CT"],
    ]

    assert refusal(sheet_of(rows)).monday == date(2026, 11, 30)
    assert read(sheet_of(rows), date(2026, 11, 30)).lines[0].day == date(2026, 11, 30)


def test_several_weeks_in_one_file_ask_which_sheet() -> None:
    content = several_sheets()

    assert read(content, date(2026, 11, 16)).lines[0].title == "Họp tuần trước"
    assert read(content, sheet="Tuần 48").lines[0].title == "Họp giao ban"
    with pytest.raises(SheetNotNamedError) as asked:
        read(content, date(2027, 1, 4))
    assert asked.value.names == ["Tuần 47", "Tuần 48"]


def test_hidden_words_and_hidden_rows_stay_hidden() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADS, ["23/11", "8h00", "Họp giao ban", "CT"], ["23/11", "9h00", "Việc mật", "CT"]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    secret = book.create_sheet("Ẩn")
    secret.append(["bí mật"])
    secret.sheet_state = "hidden"

    assert [line.title for line in read(xlsx_bytes(book)).lines] == ["Họp giao ban"]
