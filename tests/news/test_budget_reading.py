"""Reading budget tables: numbers in all writings, eight layouts of workbooks, pasted text, and what is refused."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook

from news.budgets.figures import MONEY, PERCENT, TEXT
from news.budgets.levels import Mark, levels_of, split_label
from news.budgets.numbers import ENGLISH, VIETNAMESE, number_of_excel, read_number, shown, style_of, typed
from news.budgets.reading import ReadFile, read_text, read_xlsx
from news.budgets.refusals import BudgetFileRefusedError
from news.enums.disclosure import MoneyUnit
from tests.factories import budget_files as files


def read(stream: io.BytesIO) -> ReadFile:
    return read_xlsx(stream, size=files.size_of(stream), names=("Thuận An", "Huế"))


def cells(found: ReadFile, table: int = 0) -> list[tuple[str, str, int, tuple[str, ...]]]:
    return [(row.number, row.label, row.level, row.cells) for row in found.tables[table].draft.figures.rows]


# --- Numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234.567,5", "1234567.5"), ("1,234,567.5", "1234567.5"), ("(1.200)", "-1200"), ("-1.200", "-1200"),
        ("−5", "-5"), ("1.234", "1234"), ("12,5", "12.5"), ("12.5", "12.5"), ("0,125", "0.125"), ("1 234 567", "1234567"),
        ("1\u00a0234,5", "1234.5"), ("78%", "78"), ("78,5 %", "78.5"), ("1.200 đồng", "1200"), ("-", ""), ("–", ""),
        ("x", ""), ("", ""), ("0", "0"), ("+3", "3"), ("999.999.999.999", "999999999999"),
    ],
)  # fmt: skip
def test_numbers_in_one_writing_are_read_exactly(text: str, value: str) -> None:
    reading = read_number(text)
    assert (reading.value, reading.doubt) == (value, "")


@pytest.mark.parametrize(
    "text",
    ["1e308", "NaN", "inf", "-Infinity", "=1+1", "12 đồng rưỡi", "1.23.456", "12.34,5", "1,2,3", "--5", "١٢", "①",
     "9" * 30, "1.000.000.000.000.000.000", "5-", "0x10", "1_000"],
)  # fmt: skip
def test_what_is_no_number_is_left_out_and_doubted(text: str) -> None:
    reading = read_number(text)
    assert reading.value == ""
    assert reading.doubt


def test_a_comma_before_three_figures_is_told_by_the_other_cells() -> None:
    assert read_number("1,234").doubt
    assert read_number("1,234", style=style_of(["1,234,567.5", "12"])).value == "1234"
    assert read_number("1,234", style=style_of(["1.234.567,5"])).value == "1.234"
    assert style_of(["1.234.567", "1,234,567"]) == ""
    assert read_number("1,234,567", style=VIETNAMESE).doubt
    assert read_number("1.234", style=ENGLISH).value == "1.234"


@pytest.mark.parametrize(
    ("kept", "value"),
    [
        (1234.1000000000001, "1234.1"),
        (0.1 + 0.2, "0.3"),
        (5, "5"),
        (1e15, "1000000000000000"),
        (-0.0, "0"),
        (1e-9, "0"),
    ],
)
def test_numbers_that_excel_keeps_are_those_that_people_see(kept: float, value: str) -> None:
    assert number_of_excel(kept).value == value


@pytest.mark.parametrize("kept", [1e308, float("nan"), float("inf"), 10**18])
def test_numbers_beyond_reason_are_not_kept(kept: float) -> None:
    assert number_of_excel(kept).value == ""


def test_numbers_are_shown_and_typed_in_vietnamese_writing() -> None:
    assert shown("-1234567.5") == "−1.234.567,5"
    assert shown("83.333333", decimals=2) == "83,33"
    assert typed("1234567.5") == "1.234.567,5"
    for value in ("0.125", "-1200", "12.50", "999999999999999999", "0.333333"):
        assert Decimal(read_number(typed(value), style=VIETNAMESE).value) == Decimal(value)
    assert shown("NaN") == shown("abc") == ""


# --- Levels -----------------------------------------------------------------------------------------------------------


def test_marks_tell_how_deep_a_line_stands() -> None:
    marks = [
        Mark(number, label)
        for number, label in [
            ("", "Tổng số"), ("A", "Thu"), ("I", "Nội địa"), ("1", "Thuế"), ("1.1", "GTGT"), ("–", "Hộ"), ("C", "Chi"), ("B", "x"),
        ]
    ]  # fmt: skip
    assert levels_of(marks) == [0, 1, 2, 3, 4, 4, 1, 1]
    # A total at the end stands beside what it sums up.
    assert levels_of([Mark("1", "a"), Mark("2", "b"), Mark("", "Tổng cộng")]) == [0, 0, 0]
    # Without any mark how far the cells are set in tells.
    assert levels_of([Mark("", "a", 0), Mark("", "b", 3), Mark("", "c", 6), Mark("", "d", 0)]) == [0, 1, 2, 0]
    assert split_label("II. Chi") == ("II", "Chi")
    assert split_label("- Phí") == ("–", "Phí")
    assert split_label("Các khoản") == ("", "Các khoản")
    assert split_label("-5 triệu") == ("", "-5 triệu")


# --- Layouts ----------------------------------------------------------------------------------------------------------


def test_a_balance_with_titles_numbering_notes_and_signatures() -> None:
    found = read(files.balance())
    table = found.tables[0]
    draft = table.draft
    assert draft.title == "Thực hiện dự toán ngân sách phường 9 tháng năm 2026"
    assert (draft.form_number, draft.money_unit) == ("93/CK-NSNN", MoneyUnit.MILLION)
    assert draft.note == "Ghi chú: Số thực hiện đến hết ngày 30/9/2026."
    assert [one.kind for one in draft.figures.columns] == [MONEY, MONEY, PERCENT]
    assert draft.figures.columns[2].of == (1, 0)
    rows = cells(found)
    assert rows[0] == ("A", "Tổng số thu", 0, ("15800", "12324", "78"))
    assert rows[2] == ("1", "Phí, lệ phí", 2, ("300", "224", "74.7"))
    assert rows[-1] == ("–", "Chi y tế", 3, ("300", "200", "66.7"))
    assert len(rows) == 11
    assert table.doubts == {}


def test_grouped_heads_and_percent_cells() -> None:
    found = read(files.grouped())
    columns = found.tables[0].draft.figures.columns
    assert [(one.group, one.title) for one in columns][:3] == [
        ("Dự toán", "Thu NSNN"), ("Dự toán", "Thu NS phường"), ("Thực hiện", "Thu NSNN"),
    ]  # fmt: skip
    assert found.tables[0].draft.money_unit == MoneyUnit.THOUSAND
    assert cells(found)[0] == ("", "Tổng thu", 0, ("1000", "800", "900", "600", "90", "75"))


def test_numbers_typed_as_text_in_vietnamese_writing() -> None:
    found = read(files.as_text())
    assert found.tables[0].draft.title == "Quyết toán chi ngân sách xã năm 2025"
    assert found.tables[0].draft.money_unit == MoneyUnit.DONG
    rows = cells(found)
    assert rows[0][3] == ("1234567500", "1234567890.5", "100")
    assert rows[4] == ("–", "Điều chỉnh giảm", 2, ("", "-1200", ""))
    assert rows[5][3] == ("", "", "")
    assert found.tables[0].doubts == {}


def test_numbers_typed_as_text_in_english_writing_with_columns_of_words() -> None:
    found = read(files.english())
    assert [one.kind for one in found.tables[0].draft.figures.columns] == [TEXT, MONEY, MONEY, TEXT]
    assert cells(found)[0][3] == ("Tổ dân phố 3", "1234567.5", "1234", "Chuyển tiếp")
    assert cells(found)[2][:3] == ("", "Tổng cộng", 0)
    assert found.tables[0].doubts == {}


def test_income_and_spending_side_by_side_become_two_tables() -> None:
    found = read(files.side_by_side())
    assert [len(table.draft.figures.rows) for table in found.tables] == [3, 4]
    assert cells(found, 1)[-1] == ("III", "Dự phòng", 1, ("5",))
    assert found.tables[0].draft.title.endswith("nội dung thu")


def test_formulas_hidden_parts_and_several_sheets() -> None:
    found = read(files.formulas())
    first = found.tables[0]
    assert cells(found)[0][3] == ("12", "", "25")
    assert "công thức" in first.doubts[0, 1]
    assert "#DIV/0!" in first.doubts[2, 2]
    assert len(first.draft.figures.rows) == 3
    assert any("dòng đang ẩn" in note for note in first.notes)
    assert any("cột đang ẩn" in note for note in first.notes)
    assert any("Nháp" in note for note in found.notes)
    assert any("Bìa" in note for note in found.notes)
    assert [table.source for table in found.tables] == ["Quý 3", "Thu"]


def test_indents_without_marks() -> None:
    found = read(files.indented())
    assert [row[2] for row in cells(found)] == [0, 1, 1, 0]
    assert found.tables[0].draft.money_unit == MoneyUnit.MILLION
    assert [one.title for one in found.tables[0].draft.figures.columns] == ["Dự toán", "Thực hiện"]


def test_hostile_cells_stay_words_and_odd_numbers_are_marked() -> None:
    found = read(files.hostile())
    table = found.tables[0]
    assert cells(found)[0][1] == "<script>alert(1)</script>"
    assert {(0, 0), (0, 1), (1, 1), (2, 0), (2, 1)} == set(table.doubts)
    assert table.texts[0, 1] == "NaN"
    assert cells(found)[3][3] == ("1", "")
    assert table.draft.title == ""


# --- Refused ----------------------------------------------------------------------------------------------------------


def _refused(stream: io.BytesIO) -> str:
    with pytest.raises(BudgetFileRefusedError) as refusal:
        read(stream)
    return str(refusal.value)


def test_files_that_are_no_workbook_are_refused_with_the_way_out() -> None:
    old = io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 40)
    assert "kiểu cũ" in _refused(old)
    locked = io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 40)
    assert "mật khẩu" in _refused(locked)
    assert _refused(io.BytesIO(b"PK\x03\x04 broken"))
    assert _refused(io.BytesIO(b"%PDF-1.4 x"))
    assert _refused(io.BytesIO(b"just words"))
    assert _refused(io.BytesIO(b""))
    whole = files.balance().getvalue()
    assert _refused(io.BytesIO(whole[: len(whole) // 2]))


def test_sheets_without_a_table_and_sheets_too_long_are_refused() -> None:
    assert "3001 dòng" in _refused(files.long_sheet())
    assert "603 dòng" in _refused(files.long_sheet(603)) or "604" in _refused(files.long_sheet(603))
    assert len(read(files.long_sheet(600)).tables[0].draft.figures.rows) == 600
    book = Workbook()
    cover: Any = book.active
    cover.append(["Chỉ có chữ"])
    assert "Không thấy bảng" in _refused(files.saved(book))
    assert "Không thấy bảng" in _refused(files.saved(Workbook()))


def test_wide_tables_are_refused() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["Nội dung", *[f"Dự toán {at}" for at in range(25)]])
    sheet.append(["Thu", *range(25)])
    assert "20 cột" in _refused(files.saved(book))


# --- Pasted -----------------------------------------------------------------------------------------------------------


def test_cells_copied_out_of_excel() -> None:
    text = 'STT\tNội dung\tDự toán\t"Thực\nhiện"\r\nI\tTổng số thu\t1.200\t1.000\r\n1\t"Phí, ""lệ phí"""\t1.200\t(5)\r\n\r\n'
    found = read_text(text)
    assert [one.title for one in found.tables[0].draft.figures.columns] == ["Dự toán", "Thực hiện"]
    assert cells(found) == [("I", "Tổng số thu", 0, ("1200", "1000")), ("1", 'Phí, "lệ phí"', 1, ("1200", "-5"))]


@pytest.mark.parametrize("text", ["", "   ", "chỉ một dòng", "a\tb\n1\t2", "\t\t\n\t\t", '"', "Nội dung\tDự toán"])
def test_pasted_words_without_a_table_are_refused(text: str) -> None:
    with pytest.raises(BudgetFileRefusedError):
        read_text(text)


def test_ragged_rows_are_filled_up() -> None:
    found = read_text("Nội dung\tDự toán\tThực hiện\nThu\t5\nChi\t1\t2\t3\n\t7\n")
    assert [row[3] for row in cells(found)] == [("5", ""), ("1", "2"), ("7", "")]
    assert found.tables[0].doubts[2, -1]
