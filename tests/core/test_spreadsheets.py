"""Tables for spreadsheets: no text is a formula, numbers and days stay numbers and days, the page prints as it is."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from portal.core.spreadsheets import DONG, Column, Table, csv_text, workbook, xlsx_response

HOSTILE = ["=1+1", "+84 234", "-2", "@SUM(A1)", "\tx", "\rx", "＝1+1", " =1", "\u00a0=1", '=HYPERLINK("http://x","y")']


def opened(*tables: Table) -> Any:
    return load_workbook(io.BytesIO(workbook(*tables)))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_formula_wherever_it_stands(text: str) -> None:
    table = Table(
        "Bảng", [Column(text)], [[text]], title=text, owner=text, note=text, totals=[text], below=[[text]]
    )  # fmt: skip
    cells = [cell for line in opened(table)["Bảng"].iter_rows() for cell in line]
    assert len(cells) == 7
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)
    assert cells[4].value == text
    assert csv_text([[text]]).removeprefix("\ufeff").lstrip('"').startswith("'")


def test_letters_that_break_a_file_are_left_out() -> None:
    page = opened(Table("Bảng", [Column("Lời")], [["a\x00b\x0bc\ufffed\uffff\ud800e\nf"], ["x" * 40_000]]))["Bảng"]
    assert page["A2"].value == "abcde\nf"
    assert len(page["A3"].value) == 32_000


def test_numbers_days_moments_and_nothing_are_themselves() -> None:
    moment = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
    row = [7, Decimal("2.5"), 1_000_000, date(2026, 10, 2), moment, "", None]
    heads = [Column(head, number_format=DONG if head == "C" else "") for head in "ABCDEFG"]
    page = opened(Table("Bảng", heads, [row], totals=["", "", 1_000_000]))["Bảng"]
    cells = page[2]
    assert [cell.value for cell in cells[:3]] == [7, 2.5, 1_000_000]
    assert (cells[3].value.date(), cells[3].number_format) == (date(2026, 10, 2), "dd/mm/yyyy")
    assert (str(cells[4].value), cells[4].number_format) == ("2026-11-23 01:30:00", "dd/mm/yyyy hh:mm")
    assert [cell.value for cell in cells[5:]] == [None, None]
    assert (cells[2].number_format, cells[2].alignment.horizontal) == (DONG, "right")
    assert (page["C3"].value, page["C3"].number_format, page["C3"].font.bold) == (1_000_000, DONG, True)


def test_the_page_is_ready_to_read_and_to_print() -> None:
    rows = [["Họp giao ban\nvề đất đai", 1_500_000], ["Tiếp công dân", 2]]
    table = Table("Tuần 47: A/B", [Column("Việc"), Column("Kinh phí")], rows, title="Lịch", owner="Xã A", frozen=1)
    page = opened(table)["Tuần 47  A B"]
    assert [page.cell(line, 1).value for line in (1, 2, 3)] == ["Xã A", "Lịch", "Việc"]
    assert page["A3"].font.bold
    assert (page.freeze_panes, page.print_title_rows) == ("B4", "$3:$3")
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.column_dimensions["A"].width == len("Tiếp công dân") + 2
    assert page.column_dimensions["B"].width == len("1,500,000") + 2


def test_pages_of_one_workbook_and_an_empty_table() -> None:
    book = opened(Table("Một", [Column("A")], []), Table("Hai", [Column("B", 200)], [["x" * 500]]))
    assert book.sheetnames == ["Một", "Hai"]
    assert book["Một"]["A1"].value == "A"
    assert book["Hai"].column_dimensions["A"].width == 200


def test_a_download_has_its_name_and_type() -> None:
    answer = xlsx_response("lich-2026-W47.xlsx", Table("Lịch", [Column("A")], []))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="lich-2026-W47.xlsx"'
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")


def test_csv_reads_back_in_a_vietnamese_spreadsheet() -> None:
    text = csv_text([["Tên", "Số"], ["Xã A; B", 3], ["-x", -3]])
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text[1:]), delimiter=";")) == [["Tên", "Số"], ["Xã A; B", "3"], ["'-x", "-3"]]
