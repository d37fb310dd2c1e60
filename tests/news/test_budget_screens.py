"""The screens of budget tables: a clerk brings one in from Excel, by pasting or typing, looks it over and stores it."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.budgets.starts import STARTS
from news.forms.budget_editor import FIELDS_LIMIT
from news.models import BudgetTable, DisclosureEntry
from portal.core.tenancy import unit_scope
from tests.factories import budget_files as files
from tests.factories.budget_rows import add_table, table_of
from tests.factories.cast import NOW, Cast, House
from tests.factories.disclosure import make_entry
from tests.factories.sweeps import assert_nothing_of
from tests.factories.visits import body_of, visit
from tests.news.test_admin import Clerk
from units.enums import Role
from units.models import Unit

pytestmark = pytest.mark.anywhere

MOST_QUERIES = 30
_FIELD = re.compile(r"<(?:input|textarea|select)\b[^>]*>")


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def clerk(cast: Cast) -> Clerk:
    return Clerk(cast.a, Role.EDITOR)


@pytest.fixture
def entry(cast: Cast) -> DisclosureEntry:
    return make_entry(cast.a, year=2026, part=9, draft=True)


def bang(entry: DisclosureEntry, more: str = "") -> str:
    return f"/quan-tri/news/disclosureentry/{entry.pk}/bang/{more}"


def upload(stream: io.BytesIO, name: str = "bieu.xlsx") -> dict[str, Any]:
    return {"way": "xlsx", "file": SimpleUploadedFile(name, stream.getvalue())}


def sent(page: str, **changes: str) -> dict[str, str]:
    """What a browser would send of the editor on the page, without scripts; no box ticked but those that are."""
    form = page[page.index('class="bt-form"') :]
    form = form[: form.index("</form>")]
    data = {}
    for tag in re.findall(r"<input\b[^>]*>", form):
        name = re.search(r'name="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            value = re.search(r'value="([^"]*)"', tag)
            data[name[1]] = html.unescape(value[1]) if value else ("on" if "checkbox" in tag else "")
    for name_, inside in re.findall(r'<select\b[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)"[^>]* selected', inside)
        first = re.search(r'value="([^"]*)"', inside)
        data[name_] = chosen[1] if chosen else first[1] if first else ""
    for name_, inside in re.findall(r'<textarea\b[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        data[name_] = html.unescape(inside)
    return {**data, "do": "save", **changes}


def tables(house: House) -> list[BudgetTable]:
    with unit_scope(house.unit):
        return list(BudgetTable.objects.order_by("pk"))


def test_a_workbook_is_looked_over_and_then_stored(cast: Cast, clerk: Clerk, entry: DisclosureEntry) -> None:
    assert "Nạp tệp Excel" in body_of(clerk.get(bang(entry)))
    page = body_of(clerk.post(bang(entry, "them/"), upload(files.balance())))
    assert "Xem lại trước khi lưu" in page
    assert 'value="15.800"' in page
    assert "Người dân sẽ thấy" in page
    assert "phường thu 12,3 tỷ đồng, đạt 78% dự toán." in page
    assert tables(cast.a) == []
    page = body_of(clerk.post(bang(entry, "them/"), sent(page)))
    assert "Đã lưu 1 bảng." in page
    [table] = tables(cast.a)
    assert table.form_number == "93/CK-NSNN"
    assert table.rows[0] == {"number": "A", "label": "Tổng số thu", "level": 0, "cells": ["15800", "12324", "78"]}
    assert table.columns[2]["of"] == [1, 0]
    assert table.figures_changed_at is None


def test_a_table_of_another_period_is_noticed(cast: Cast, clerk: Clerk) -> None:
    entry = make_entry(cast.a, year=2025, part=6, draft=True)
    page = body_of(clerk.post(bang(entry, "them/"), upload(files.balance())))
    assert "Tên bảng ghi 9 tháng, mục này là 6 tháng." in page
    assert "Tên bảng ghi năm 2026, mục này là năm 2025." in page


def test_doubtful_cells_are_marked_and_mended(cast: Cast, clerk: Clerk, entry: DisclosureEntry) -> None:
    page = body_of(clerk.post(bang(entry, "them/"), upload(files.hostile())))
    assert "5 ô máy đọc chưa chắc" in page
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    data = sent(page, **{"t0-title": "Bảng thử"})
    refused = body_of(clerk.post(bang(entry, "them/"), data))
    assert "Chưa lưu được" in refused
    assert "“NaN” không phải là số" in refused
    assert tables(cast.a) == []
    mended = sent(refused, **{"t0-r0-0": "1.000,5", "t0-r0-1": "", "t0-r1-1": "-", "t0-r2-1": "(12)"})
    assert "Đã lưu 1 bảng." in body_of(clerk.post(bang(entry, "them/"), mended))
    assert [row["cells"] for row in tables(cast.a)[0].rows][:3] == [["1000.5", ""], ["5", ""], ["", "-12"]]


def test_of_several_sheets_the_chosen_are_stored_together(cast: Cast, clerk: Clerk, entry: DisclosureEntry) -> None:
    page = body_of(clerk.post(bang(entry, "them/"), upload(files.formulas())))
    assert "Trang “Nháp” đang ẩn nên không đọc." in page
    assert "Lấy bảng ở trang “Thu”" in page
    data = sent(page)
    none = {key: value for key, value in data.items() if not key.endswith("-take")}
    assert "Chưa chọn bảng nào" in body_of(clerk.post(bang(entry, "them/"), none))
    wrong = body_of(clerk.post(bang(entry, "them/"), {**data, "t1-r0-0": "abc"}))
    assert "“abc” không phải là số" in wrong
    assert tables(cast.a) == []
    del data["t0-take"]
    assert "Đã lưu 1 bảng." in body_of(clerk.post(bang(entry, "them/"), data))
    assert [table.title for table in tables(cast.a)] == ["Thu"]


def test_an_old_or_broken_file_is_refused_in_words(cast: Cast, clerk: Clerk, entry: DisclosureEntry) -> None:
    old = io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 40)
    assert "Đổi tên tệp thì không được." in body_of(clerk.post(bang(entry, "them/"), upload(old)))
    assert "3001 dòng" in body_of(clerk.post(bang(entry, "them/"), upload(files.long_sheet())))
    assert "Chọn tệp Excel." in body_of(clerk.post(bang(entry, "them/"), {"way": "xlsx"}))
    assert tables(cast.a) == []


def test_a_long_table_is_a_text_with_tabs(cast: Cast, clerk: Clerk, entry: DisclosureEntry) -> None:
    page = body_of(clerk.post(bang(entry, "them/"), upload(files.long_sheet(600))))
    data = sent(page, **{"t0-title": "Bảng dài"})
    assert len(data) < 60
    assert data["t0-text"].count("\n") == 599
    broken = {**data, "t0-text": data["t0-text"].replace("Dòng 7\t7", "Dòng 7\tbảy")}
    assert "“bảy” không phải là số" in body_of(clerk.post(bang(entry, "them/"), broken))
    assert "Đã lưu 1 bảng." in body_of(clerk.post(bang(entry, "them/"), data))
    [table] = tables(cast.a)
    assert len(table.rows) == 600
    again = body_of(clerk.get(bang(entry, f"{table.pk}/")))
    data = sent(again)
    data["t0-text"] += "\n0\t601\tDòng thừa\t5"
    assert "nhiều nhất 600 dòng" in body_of(clerk.post(bang(entry, f"{table.pk}/"), data))


def test_pasting_and_typing(cast: Cast, clerk: Clerk, entry: DisclosureEntry) -> None:
    text = "Nội dung\tDự toán (triệu đồng)\tThực hiện\nTổng chi\t1.200\t600\n1. A\t700\t300\n2. B\t450\t300\n"
    page = body_of(clerk.post(bang(entry, "them/"), {"way": "paste", "text": text}))
    assert "Tổng chi 1.200 khác tổng các dòng con 1.150" in page
    page = body_of(
        clerk.post(bang(entry, "them/"), sent(page, **{"t0-title": "Chi", "do": "rows:t0", "t0-after": "1"}))
    )
    assert page.count("bt-item") == 8
    data = sent(page, **{"t0-r1-number": "1", "t0-r1-label": "Dòng chen", "t0-r1-0": "50", "do": "column:t0"})
    page = body_of(clerk.post(bang(entry, "them/"), data))
    data = sent(page, **{"t0-c2-title": "Ghi chú", "t0-c2-kind": "text", "t0-r0-2": "=1+1"})
    assert "Đã lưu 1 bảng." in body_of(clerk.post(bang(entry, "them/"), data))
    [table] = tables(cast.a)
    assert [(row["label"], row["level"], row["cells"]) for row in table.rows] == [
        ("Tổng chi", 0, ["1200", "600", "=1+1"]), ("Dòng chen", 1, ["50", "", ""]), ("A", 1, ["700", "300", ""]),
        ("B", 1, ["450", "300", ""]),
    ]  # fmt: skip
    assert "Dán bảng vào ô này." in body_of(clerk.post(bang(entry, "them/"), {"way": "paste", "text": ""}))
    assert "Không thấy bảng số liệu" in body_of(clerk.post(bang(entry, "them/"), {"way": "paste", "text": "xin chào"}))


@pytest.mark.parametrize("code", [*(start.code for start in STARTS), "trong"])
def test_every_form_to_begin_with_opens(clerk: Clerk, entry: DisclosureEntry, code: str) -> None:
    page = body_of(clerk.post(bang(entry, "them/"), {"way": "start", "start": code}))
    assert "Xem lại trước khi lưu" in page
    assert len(sent(page)) < FIELDS_LIMIT
    assert "Chưa lưu được" in body_of(clerk.post(bang(entry, "them/"), sent(page, **{"t0-title": ""})))


def test_rows_and_columns_are_left_out(cast: Cast, clerk: Clerk, entry: DisclosureEntry) -> None:
    table = add_table(cast.a, entry)
    page = body_of(clerk.get(bang(entry, f"{table.pk}/")))
    data = sent(page, **{"t0-r1-drop": "on", "t0-r2-drop": "on", "t0-c0-drop": "on", "t0-r3-level": "9"})
    assert "Đã lưu “Thực hiện dự toán" in body_of(clerk.post(bang(entry, f"{table.pk}/"), data))
    [table] = tables(cast.a)
    assert [one["title"] for one in table.columns] == ["Thực hiện", "So sánh (%)"]
    assert table.columns[1]["of"] is None
    assert [row["label"] for row in table.rows] == ["Tổng số thu", "Tổng số chi", "Chi thường xuyên", "Chi đầu tư"]


def test_the_second_of_two_clerks_keeps_what_was_typed(cast: Cast, clerk: Clerk, entry: DisclosureEntry) -> None:
    table = add_table(cast.a, entry)
    first = second = body_of(clerk.get(bang(entry, f"{table.pk}/")))
    with time_machine.travel(NOW.replace(hour=9), tick=False):
        assert "Đã lưu" in body_of(clerk.post(bang(entry, f"{table.pk}/"), sent(first, **{"t0-note": "Một"})))
        told = body_of(clerk.post(bang(entry, f"{table.pk}/"), sent(second, **{"t0-note": "Hai"})))
    assert "Người khác vừa sửa bảng này" in told
    assert 'value="Hai"' in told
    assert tables(cast.a)[0].note == "Một"
    assert "Người khác vừa sửa" in body_of(clerk.post(bang(entry, f"{table.pk}/"), sent(told, seen="xyz")))


def test_deleting_and_moving(cast: Cast, clerk: Clerk, entry: DisclosureEntry) -> None:
    one, two = add_table(cast.a, entry), add_table(cast.a, entry, title="Bảng hai")
    clerk.post(bang(entry, f"{two.pk}/cho/"), {"do": "up"})
    with unit_scope(cast.a.unit):
        assert [row.pk for row in BudgetTable.objects.of(entry)] == [two.pk, one.pk]
    assert "Xóa bảng “Bảng hai”" in body_of(clerk.get(bang(entry, f"{two.pk}/xoa/")))
    assert "Đã xóa “Bảng hai”" in body_of(clerk.post(bang(entry, f"{two.pk}/xoa/"), {}))
    assert [row.pk for row in tables(cast.a)] == [one.pk]


def test_what_citizens_see_is_changed_by_who_publishes(cast: Cast, clerk: Clerk) -> None:
    table = table_of(cast.a)
    entry = table.entry
    assert "Sửa bảng" not in body_of(clerk.get(bang(entry)))
    for path in ("them/", f"{table.pk}/", f"{table.pk}/xoa/"):
        assert clerk.get(bang(entry, path)).status_code == 403
    assert clerk.post(bang(entry, f"{table.pk}/cho/"), {"do": "up"}).status_code == 403
    approver = Clerk(cast.a, Role.APPROVER)
    assert "Mục này đang công khai" in body_of(approver.get(bang(entry)))
    assert "thì không xóa, chỉ sửa số liệu" in body_of(approver.post(bang(entry, f"{table.pk}/xoa/"), {}))


@pytest.mark.parametrize("role", list(Role))
def test_the_others_tables_are_not_here(cast: Cast, role: Role) -> None:
    foreign = table_of(cast.b)
    mine = make_entry(cast.a, year=2026, part=6, draft=True)
    person = Clerk(cast.a, role)
    keys = [(foreign.entry_id, foreign.pk), (mine.pk, foreign.pk), (mine.pk, 10**17)]
    for entry_pk, pk in keys:
        for path in (f"{pk}/", f"{pk}/xoa/"):
            answer = person.get(f"/quan-tri/news/disclosureentry/{entry_pk}/bang/{path}")
            assert answer.status_code in {403, 404}
            assert_nothing_of(cast.b, answer, path)
        assert person.post(f"/quan-tri/news/disclosureentry/{entry_pk}/bang/{pk}/cho/", {}).status_code in {403, 404}
    for path in ("", "them/"):
        answer = person.get(f"/quan-tri/news/disclosureentry/{foreign.entry_id}/bang/{path}")
        assert answer.status_code in {403, 404}
    outsider = visit(cast.b.host, f"/quan-tri/news/disclosureentry/{foreign.entry_id}/bang/", user=cast.a.people[role])
    assert outsider.status_code in {302, 403}


def test_a_closed_unit_takes_no_new_table(cast: Cast, entry: DisclosureEntry) -> None:
    Unit.objects.filter(pk=cast.a.unit.pk).update(valid_to="2026-11-01")
    approver = Clerk(cast.a, Role.APPROVER)
    answer = approver.client.post(bang(entry, "them/"), {"way": "start", "start": "thu"}, headers={"host": cast.a.host})
    assert answer.status_code in {302, 403, 404}
    assert tables(cast.a) == []


def test_odd_forms_are_answered_in_words(cast: Cast, clerk: Clerk, entry: DisclosureEntry) -> None:
    odd: list[dict[str, Any]] = [
        {}, {"way": "nothing"}, {"do": "save"}, {"do": "save", "tables": "9999999"}, {"do": "save", "tables": "-1"},
        {"do": "rows:t0", "t0-after": "99999999999"}, {"do": "column:t7", "tables": "x"},
        {"do": "save", "t0-rows": "99999999", "t0-columns": "99999999", "t0-title": "x", "t0-money_unit": "MILLION"},
        {"do": "save", "t0-rows": "1", "t0-columns": "1", "t0-c0-of": "99:99", "t0-c0-kind": "'", "t0-r0-0": "x" * 9000},
        {"do": "save", "t0-columns": "1", "t0-text": "\t\t\t\t\t\t\n" * 900, "t0-title": "x", "t0-money_unit": "MILLION"},
    ]  # fmt: skip
    for data in odd:
        assert clerk.post(bang(entry, "them/"), data).status_code == 200
    assert tables(cast.a) == []


def test_screens_ask_as_often_for_one_table_as_for_three(cast: Cast, clerk: Clerk, entry: DisclosureEntry) -> None:
    table = add_table(cast.a, entry)

    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get(path).status_code == 200
        return len(queries)

    paths = [bang(entry), bang(entry, "them/"), bang(entry, f"{table.pk}/")]
    one = [count(path) for path in paths]
    add_table(cast.a, entry)
    add_table(cast.a, entry)
    assert [count(path) for path in paths] == one
    assert max(one) <= MOST_QUERIES
