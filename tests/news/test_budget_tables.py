"""Budget tables: sums that are checked, the chart, what citizens read, files, storing, rights and the other unit."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from news.actions.budgets import add_tables, checked_figures, delete_table, move_table, save_table
from news.actions.disclosure import withdraw_disclosure
from news.admin.budget_pages import draft_of
from news.budgets.amounts import money_words, short_money
from news.budgets.chart import BARS_LIMIT, chart_of
from news.budgets.checks import warnings_of
from news.budgets.figures import MONEY, PERCENT, TEXT, Column, Figures, Row, figures_from
from news.budgets.page import tables_of
from news.budgets.roles import roles_of
from news.budgets.starts import STARTS
from news.models import BudgetTable
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.budget_rows import COLUMNS, add_table, draft_table, table_of
from tests.factories.cast import NOW, Cast
from tests.factories.disclosure import make_entry
from tests.factories.visits import body_of, visit
from units.enums import Module, Role
from units.models import Site


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def figures(*rows: tuple[str, int, tuple[str, ...]], columns: tuple[Column, ...] = COLUMNS) -> Figures:
    return Figures(columns, tuple(Row("", label, level, cells) for label, level, cells in rows))


# --- Sums and shares ----------------------------------------------------------------------------------------------------


def test_sums_that_do_not_fit_are_told_and_rounding_is_not() -> None:
    wrong = figures(("Tổng chi", 0, ("1200", "", "")), ("a", 1, ("600", "", "")), ("b", 1, ("550", "", "")))
    assert warnings_of(wrong) == ["Cột “Dự toán năm”: Tổng chi 1.200 khác tổng các dòng con 1.150"]
    rounding = figures(("Tổng", 0, ("101", "", "")), ("a", 1, ("50", "", "")), ("b", 1, ("50", "", "")))
    assert warnings_of(rounding) == []
    assert warnings_of(draft_table().figures) == []


def test_lists_that_begin_with_of_which_may_add_up_to_less() -> None:
    parts = (("Trong đó", 1, ("", "", "")), ("a", 1, ("60", "", "")), ("b", 1, ("10", "", "")))
    assert warnings_of(figures(("Chi", 0, ("100", "", "")), *parts)) == []
    assert warnings_of(figures(("Chi", 0, ("60", "", "")), *parts))


def test_a_total_at_the_end_sums_up_what_stands_above() -> None:
    rows = (("a", 0, ("2", "", "")), ("b", 0, ("30", "", "")))
    assert warnings_of(figures(*rows, ("Tổng cộng", 0, ("32", "", "")))) == []
    assert "khác tổng" in warnings_of(figures(*rows, ("Tổng cộng", 0, ("50", "", ""))))[0]


def test_shares_that_do_not_fit_are_told() -> None:
    told = warnings_of(figures(("Thu", 0, ("200", "100", "70"))))
    assert told == ["Cột “So sánh (%)”, dòng Thu: ghi 70%, tính ra 50%"]
    assert warnings_of(figures(("Thu", 0, ("300", "100", "33.3")), ("Chi", 0, ("0", "5", "9")))) == []


def test_columns_are_known_by_their_words() -> None:
    assert roles_of(Figures(COLUMNS)).share == 2
    both = (Column("Dự toán năm"), Column("Thực hiện cùng kỳ năm trước"), Column("Thực hiện 9 tháng"))
    assert (roles_of(Figures(both)).plan, roles_of(Figures(both)).done) == (0, 2)
    assert roles_of(Figures((Column("Số hộ"),))).plan is None
    for start in STARTS:
        checked_figures(replace(start.draft().figures))


# --- The chart ----------------------------------------------------------------------------------------------------------


def test_the_chart_draws_plan_and_done_to_scale() -> None:
    chart = chart_of(draft_table().figures, "MILLION")
    assert chart is not None
    assert (chart.plan_name, chart.done_name, chart.is_pair) == ("Dự toán năm", "Thực hiện", True)
    plan, done = chart.items[0].bars
    assert Decimal(done.width.rstrip("%")) / Decimal(plan.width.rstrip("%")) == pytest.approx(
        Decimal("0.78"), abs=Decimal("0.001")
    )
    assert plan.words == "15,8 tỷ"
    assert "Tổng số thu: Dự toán năm 15,8 tỷ, Thực hiện 12,3 tỷ" in chart.description
    assert [item.label for item in chart.items][:2] == ["Tổng số thu", "Phí, lệ phí"]


@pytest.mark.parametrize(
    "rows",
    [
        (("Một", 0, ("5", "", "")),),
        (("Âm", 0, ("-5", "3", "")), ("Dương", 0, ("10", "-20", ""))),
        (("Không", 0, ("0", "0", "")), ("Cũng không", 0, ("0", "", ""))),
        tuple((f"Dòng {at}", 0, (str(at), str(at * 2), "")) for at in range(40)),
        (("Nhãn rất dài " * 30, 0, ("1", "2", "")), ("x" * 300, 0, ("999999999999999999", "0.000001", ""))),
        (("Chỉ âm", 0, ("-5", "-7", "")),),
    ],
)
def test_charts_of_odd_tables_stay_inside_their_frame(rows: Any) -> None:
    chart = chart_of(figures(*rows), "DONG")
    assert chart is not None
    assert 1 <= len(chart.items) <= BARS_LIMIT
    assert len(chart.items) + chart.left_out == len(rows)
    for item in chart.items:
        assert len(item.lines) <= 3
        for bar in item.bars:
            begin, length = Decimal(bar.x.rstrip("%")), Decimal(bar.width.rstrip("%"))
            assert begin >= 0
            assert length >= 0
            assert begin + length <= Decimal("64.02")


def test_no_chart_without_numbers_of_money() -> None:
    assert chart_of(figures(("Thu", 0, ("", "", "78"))), "DONG") is None
    assert chart_of(Figures((Column("Địa điểm", TEXT),), (Row("", "Trường", 0, ("Tổ 3",)),)), "DONG") is None
    assert chart_of(Figures(), "DONG") is None


def test_money_in_a_few_words() -> None:
    assert short_money(Decimal("12345.6"), "MILLION") == "12,3 tỷ"
    assert short_money(Decimal(-1230000), "MILLION") == "−1,23 nghìn tỷ"
    assert short_money(Decimal(500), "THOUSAND") == "500.000 đồng"
    assert short_money(Decimal(0), "BILLION") == "0 đồng"
    assert money_words(Decimal("2.5"), "BILLION") == "2,5 tỷ đồng"
    assert money_words(Decimal(999), "DONG") == "999 đồng"
    assert short_money(Decimal(100), "BILLION") == "100 tỷ"


# --- What citizens read -------------------------------------------------------------------------------------------------


def test_a_published_entry_shows_its_table_its_chart_and_a_sentence(cast: Cast) -> None:
    a = cast.a
    entry = make_entry(a, year=2026, part=9)
    table = add_table(a, entry)
    page = body_of(visit(a.host, entry.get_absolute_url()))
    assert "Đến hết 9 tháng năm 2026" in page
    assert "thu 12,3 tỷ đồng, đạt 78% dự toán." in page
    assert '<th scope="row">' in page
    assert "Đơn vị tính: triệu đồng" in page
    assert 'data-label="Thực hiện">12.324</td>' in page
    assert "83,7%" in page
    assert f'aria-labelledby="hinh-{table.pk} hinh-{table.pk}-loi"' in page
    assert f"/cong-khai/bang/{table.pk}.csv" in page
    assert "style=" not in page[page.index('class="budget"') : page.index("budget__files")]
    chart = page[page.index('<svg class="budget__bars"') :]
    ET.fromstring(chart[: chart.index("</svg>") + 6])
    assert "Sửa số liệu lúc" in page  # the table came after the entry was published


def test_a_table_of_a_draft_is_on_no_page_and_in_no_file(cast: Cast) -> None:
    a = cast.a
    entry = make_entry(a, year=2026, part=9, draft=True)
    table = add_table(a, entry)
    assert table.figures_changed_at is None
    for ending in ("csv", "xlsx"):
        assert visit(a.host, f"/cong-khai/bang/{table.pk}.{ending}").status_code == 404
    published = table_of(a)
    assert visit(a.host, f"/cong-khai/bang/{published.pk}.csv").status_code == 200
    with unit_scope(a.unit):
        withdraw_disclosure(entry=published.entry, note="Số liệu sai.", actor=a.people[Role.APPROVER])
    assert visit(a.host, f"/cong-khai/bang/{published.pk}.csv").status_code == 404


def test_the_csv_is_open_data_and_nothing_in_it_is_run(cast: Cast) -> None:
    a = cast.a
    rows = (
        Row("", "Tổng chi", 0, ("-1234567.5", "", "78")),
        Row("–", "=cmd|' /C calc'!A0", 1, ("-1234567.5", "0", "")),
        Row("+", "<script>alert(1)</script>", 1, ("", "", "")),
    )
    table = add_table(a, make_entry(a, year=2026, part=6), figures=Figures(COLUMNS, rows))
    answer = visit(a.host, f"/cong-khai/bang/{table.pk}.csv")
    text = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in answer.headers["Content-Disposition"]
    heads, *lines = csv.reader(io.StringIO(text))
    assert heads == [
        "STT", "Nội dung", "Thuộc", "Tầng", "Dự toán năm (triệu đồng)", "Thực hiện (triệu đồng)", "So sánh (%)",
    ]  # fmt: skip
    assert lines[0] == ["", "Tổng chi", "", "0", "-1234567.5", "", "78"]
    assert lines[1][:3] == ["–", "'=cmd|' /C calc'!A0", "Tổng chi"]
    assert lines[2][0] == "'+"
    page = body_of(visit(a.host, table.entry.get_absolute_url()))
    assert "<script>alert(1)" not in page
    assert "−1.234.567,5" in page


def test_the_workbook_holds_numbers_as_numbers(cast: Cast) -> None:
    table = table_of(cast.a)
    book = load_workbook(io.BytesIO(visit(cast.a.host, f"/cong-khai/bang/{table.pk}.xlsx").content))
    sheet: Any = book.active
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["STT", "Nội dung", "Dự toán năm", "Thực hiện", "So sánh (%)"] in values
    row = next(row for row in values if row[1] == "Tổng số thu")
    assert row[2:] == [15800, 12324, 78]


def test_the_others_table_is_not_here_and_junk_is_not_found(cast: Cast) -> None:
    foreign = table_of(cast.b)
    for path in (
        f"{foreign.pk}.csv",
        f"{foreign.pk}.xlsx",
        "999999999999999999.csv",
        "0.csv",
        "abc.csv",
        "1" * 19 + ".csv",
    ):
        assert visit(cast.a.host, f"/cong-khai/bang/{path}").status_code == 404
    assert cast.b.marker not in body_of(visit(cast.a.host, table_of(cast.a).entry.get_absolute_url()))
    with unit_scope(cast.a.unit):
        site = Site.objects.get()
        site.modules = [name for name in site.modules if name != Module.DISCLOSURE]
        site.save()
        key = BudgetTable.objects.published().first()
    assert key is not None
    assert visit(cast.a.host, f"/cong-khai/bang/{key.pk}.csv").status_code == 404


def test_a_page_asks_as_often_for_one_table_as_for_three(cast: Cast) -> None:
    a = cast.a
    entry = make_entry(a, year=2026, part=9)
    add_table(a, entry)
    with unit_scope(a.unit):
        assert entry.duty.period

    def count() -> int:
        with (
            unit_scope(a.unit),
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            assert tables_of(entry)
        return len(queries)

    one = count()
    add_table(a, entry)
    add_table(a, entry)
    assert count() == one == 2


# --- Storing ------------------------------------------------------------------------------------------------------------


def test_changing_figures_that_citizens_saw_leaves_a_mark_and_an_audit_row(cast: Cast) -> None:
    a, approver = cast.a, cast.a.people[Role.APPROVER]
    table = table_of(a)
    path = table.entry.get_absolute_url()
    with unit_scope(a.unit):
        BudgetTable.objects.update(figures_changed_at=None)
        generation = _generation(a)
        save_table(table=table, draft=replace(draft_of(table), title="Tên khác"), actor=approver)
        assert not BudgetTable.objects.filter(figures_changed_at__isnull=False).exists()  # words alone are no figures
        table.refresh_from_db()
        first = draft_of(table).figures
        changed = replace(first.rows[0], cells=("15900", "12324", "78"))
        draft = replace(draft_of(table), figures=Figures(first.columns, (changed, *first.rows[1:])))
        save_table(table=table, draft=draft, actor=approver)
        table.refresh_from_db()
        assert table.figures_changed_at is not None
        assert _generation(a) > generation
        assert AuditEntry.objects.filter(verb="budget_table.save").count() == 2
        last = AuditEntry.objects.filter(verb="budget_table.save").latest("pk")
        assert last.detail["changed"] == ["rows"]
    page = body_of(visit(a.host, path))
    assert "Sửa số liệu lúc 07:30, 22/11/2026." in page
    assert "15.900" in page


def _generation(house: Any) -> int:
    house.unit.refresh_from_db(fields=["generation"])
    return int(house.unit.generation)


def test_the_second_of_two_people_is_told(cast: Cast) -> None:
    a, table = cast.a, table_of(cast.a)
    approver = a.people[Role.APPROVER]
    with unit_scope(a.unit):
        seen = table.edited_at
        with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
            save_table(table=table, draft=replace(draft_of(table), note="Một"), actor=approver, seen=seen)
        with pytest.raises(ValidationError, match="Người khác vừa sửa"):
            save_table(table=table, draft=replace(draft_of(table), note="Hai"), actor=approver, seen=seen)
        table.refresh_from_db()
        assert table.note == "Một"


def test_only_who_may_change_the_entry_changes_its_tables(cast: Cast) -> None:
    a, table = cast.a, table_of(cast.a)
    editor = a.people[Role.EDITOR]
    with unit_scope(a.unit):
        with pytest.raises(PermissionDenied):
            save_table(table=table, draft=draft_of(table), actor=editor)
        with pytest.raises(PermissionDenied):
            add_tables(entry=table.entry, drafts=[draft_table()], actor=editor)
        with pytest.raises(PermissionDenied):
            delete_table(table=table, actor=editor)
        draft_entry = make_entry(a, year=2026, part=6, draft=True)
        mine = add_tables(entry=draft_entry, drafts=[draft_table(), draft_table()], actor=editor, by="xlsx")
        assert AuditEntry.objects.filter(verb="budget_table.add", detail__by="xlsx").count() == 2
        move_table(table=mine[1], actor=editor, up=True)
        assert list(BudgetTable.objects.of(draft_entry)) == [mine[1], mine[0]]
        delete_table(table=mine[0], actor=editor)
        assert BudgetTable.objects.of(draft_entry).count() == 1
        with pytest.raises(ValidationError, match="người dân đang xem"):
            delete_table(table=table, actor=a.people[Role.APPROVER])


def test_all_tables_are_stored_or_none(cast: Cast) -> None:
    a = cast.a
    entry = make_entry(a, year=2026, part=6, draft=True)
    with unit_scope(a.unit):
        for bad in (draft_table(title=" "), draft_table(money_unit="USD"), draft_table(figures=Figures())):
            with pytest.raises(ValidationError):
                add_tables(entry=entry, drafts=[draft_table(), bad], actor=a.admin)
        assert BudgetTable.objects.of(entry).count() == 0
        with pytest.raises(ValidationError, match="nhiều nhất 20 bảng"):
            add_tables(entry=entry, drafts=[draft_table()] * 21, actor=a.admin)


@pytest.mark.parametrize(
    "bad",
    [
        Figures((Column("A"),), (Row("", "x", 0, ("NaN",)),)),
        Figures((Column("A"),), (Row("", "x", 0, ("1e999999",)),)),
        Figures((Column("A"),), (Row("", "x", 0, ("1.234,5",)),)),
        Figures((Column(""),), (Row("", "x", 0, ("1",)),)),
        Figures((Column("A"),), (Row("", " ", 0, ("1",)),)),
        Figures((Column("A"),), ()),
        Figures((), (Row("", "x", 0, ()),)),
        Figures(tuple(Column(str(at)) for at in range(21)), (Row("", "x", 0, ()),)),
        Figures((Column("A"),), (Row("", "x", 0, ("1",)),) * 601),
    ],
)
def test_figures_that_can_not_be_stored(bad: Figures) -> None:
    with pytest.raises(ValidationError):
        checked_figures(bad)


def test_rows_become_as_wide_as_the_head_and_shares_of_nothing_are_forgotten() -> None:
    columns = (Column("A"), Column("B", PERCENT, of=(7, 9)))
    kept = checked_figures(Figures(columns, (Row("", "x", 9, ("1", "2", "3")), Row("", "y", -2, ()))))
    assert [row.cells for row in kept.rows] == [("1", "2"), ("", "")]
    assert [row.level for row in kept.rows] == [4, 0]
    assert kept.columns[1].of is None


def test_broken_json_shows_what_can_be_shown() -> None:
    odd: Any = [{"title": None, "kind": "drop table", "of": ["a", "b"]}, "x", {"title": "B", "of": [0]}]
    found = figures_from(odd, [{"cells": 5, "level": "x"}, 7, {"label": "y", "cells": [1, None]}])
    assert [one.kind for one in found.columns] == [MONEY, MONEY]
    assert [one.of for one in found.columns] == [None, None]
    assert found.rows[0] == Row("", "", 0, ())
    assert found.rows[1] == Row("", "y", 0, ("1", ""))
    assert chart_of(found, "DONG") is None
    assert chart_of(replace(found, columns=()), "DONG") is None
