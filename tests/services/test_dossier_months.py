"""Months of dossiers: exact against counting by hand, repeatable, mended when late rows come, frozen when rows are gone."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from portal.core.tenancy import unit_scope
from services.actions import dossier_months
from services.actions.dossier_months import count_months, month_ends, months_to_count
from services.enums import DossierStatus as Status
from services.models import DossierMonth
from services.tasks.dossiers import count_all_months
from tests.factories.cast import NOW, Cast
from tests.factories.dossiers import TODAY, keep, row
from tests.factories.visits import body_of, visit
from units.models import Unit

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
PATH = "/dich-vu-cong/tra-cuu/thang/"


def day(number: int, month: int = 10) -> date:
    return date(2026, month, number)


# Counted by hand for October: (received, on time, late, running, overdue).
ROWS = [
    row("H57-000001", day(1), day(5), day(5), field_name="Hộ tịch"),  # received, on time
    row("H57-000002", day(2), day(5), day(6), field_name="Hộ tịch"),  # received, late
    row("H57-000003", day(3), day(30), None, field_name="Hộ tịch"),  # received, overdue at the month's end
    row("H57-000004", day(28), day(31), None, field_name="Hộ tịch"),  # received, running: due on the last day
    row("H57-000005", day(30), day(3, 11), day(2, 11), field_name="Hộ tịch"),  # received, running; on time in November
    row("H57-000006", day(25, 9), day(30, 9), day(1), field_name="Đất đai"),  # late in October
    row("H57-000007", day(25, 9), day(30, 9), day(30, 9), field_name="Đất đai"),  # over before October
    row("H57-000008", day(9), day(12), day(12), field_name="Đất đai", status=Status.REFUSED),  # received, on time
    row("H57-000009", day(9), day(12), day(20), field_name="Đất đai", status=Status.WITHDRAWN),  # received only
    row("H57-000010", day(9), None, day(20), field_name="Đất đai"),  # received only: nobody said when it was due
    row("H57-000011", day(9), None, None, field_name="Đất đai"),  # received, running
    row("H57-000012", day(9), day(12), None, field_name="Đất đai", status=Status.DONE),  # received only: end not told
    row("H57-000013", day(2, 11), day(9, 11), None, field_name="Đất đai"),  # November
]
BY_HAND = {
    "": (10, 2, 2, 3, 1),
    "Hộ tịch": (5, 1, 1, 2, 1),
    "Đất đai": (5, 1, 1, 1, 0),
}


def counts(unit: Unit, month: date) -> dict[str, tuple[int, ...]]:
    with unit_scope(unit):
        rows = DossierMonth.objects.all().of_month(month)
        return {
            found.field_name: (found.received, found.on_time, found.late, found.running, found.overdue)
            for found in rows
        }


def count(unit: Unit, today: date = TODAY) -> int:
    with unit_scope(unit):
        return count_months(today=today)


def test_counts_are_those_of_counting_by_hand(cast: Cast) -> None:
    keep(cast.a.unit, ROWS)
    count(cast.a.unit)
    assert counts(cast.a.unit, OCTOBER) == BY_HAND
    # November up to the 22nd: 13 received and overdue, 5 on time, 3 and 4 overdue, 11 running.
    assert counts(cast.a.unit, NOVEMBER)[""] == (1, 1, 0, 1, 3)


def test_counting_again_gives_the_same(cast: Cast) -> None:
    keep(cast.a.unit, ROWS)
    first = count(cast.a.unit)
    before = counts(cast.a.unit, OCTOBER)
    with time_machine.travel(NOW + timedelta(hours=1), tick=True):
        assert count(cast.a.unit) == first
    assert counts(cast.a.unit, OCTOBER) == before
    with unit_scope(cast.a.unit):
        assert DossierMonth.objects.count() == first


def test_late_rows_mend_a_month_that_is_over(cast: Cast) -> None:
    feed = keep(cast.a.unit, ROWS)
    count(cast.a.unit)
    late = row("H57-000099", day(15), day(20), day(19), field_name="Hộ tịch")
    mended = [row("H57-000002", day(2), day(5), day(6), field_name="Chứng thực")]
    keep(cast.a.unit, [*ROWS[:1], *mended, *ROWS[2:], late], feed)
    with time_machine.travel(NOW + timedelta(hours=1), tick=True):
        count(cast.a.unit)
    found = counts(cast.a.unit, OCTOBER)
    assert found[""] == (11, 3, 2, 3, 1)
    assert found["Hộ tịch"] == (5, 2, 0, 2, 1)
    assert found["Chứng thực"] == (1, 0, 1, 0, 0)


def test_a_field_that_nobody_names_any_more_goes(cast: Cast) -> None:
    feed = keep(cast.a.unit, [row("H57-000001", day(1), field_name="Hộ tich")])
    count(cast.a.unit)
    keep(cast.a.unit, [row("H57-000001", day(1), field_name="Hộ tịch")], feed)
    with time_machine.travel(NOW + timedelta(hours=1), tick=True):
        count(cast.a.unit)
    assert set(counts(cast.a.unit, OCTOBER)) == {"", "Hộ tịch"}


def test_a_dossier_that_vanished_open_is_not_overdue_for_ever(cast: Cast) -> None:
    with time_machine.travel(NOW.replace(month=10, day=20), tick=True):
        feed = keep(cast.a.unit, [row("H57-000001", day(1), day(5))])
    keep(cast.a.unit, [row("H57-000002", day(2, 11), day(30, 11))], feed)
    count(cast.a.unit)
    assert counts(cast.a.unit, OCTOBER)[""] == (1, 0, 0, 0, 1)
    assert counts(cast.a.unit, NOVEMBER)[""] == (1, 0, 0, 1, 0)


def test_dropping_old_dossiers_changes_no_month_that_is_counted_again(cast: Cast) -> None:
    feed = keep(cast.a.unit, ROWS)
    count(cast.a.unit)
    later = NOW.replace(year=2027, month=11, day=25)
    before = counts(cast.a.unit, OCTOBER)
    with time_machine.travel(later, tick=True):
        keep(cast.a.unit, [row("H57-000777", date(2027, 11, 1), field_name="Hộ tịch")], feed)
        assert OCTOBER not in months_to_count(later.date())
        count(cast.a.unit, later.date())
    assert counts(cast.a.unit, OCTOBER) == before, "frozen: some of its dossiers are gone"


def test_every_month_that_is_counted_begins_after_the_last_dropped_day() -> None:
    for offset in range(800):
        today = TODAY + timedelta(days=offset)
        months = list(months_to_count(today))
        assert months[0] >= today - timedelta(days=400)
        assert months[-1] == today.replace(day=1)
        assert 12 <= len(months) <= 14
        assert [month_ends(month)[1] + timedelta(days=1) for month in months[:-1]] == months[1:]


def test_a_source_with_a_field_for_each_dossier_fills_no_table(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dossier_months, "MOST_FIELDS", 5)
    keep(cast.a.unit, [row(f"H57-{n:06d}", day(1), field_name=f"Lĩnh vực {n:02d}") for n in range(12)])
    count(cast.a.unit)
    found = counts(cast.a.unit, OCTOBER)
    assert len(found) == 6
    assert found["Các lĩnh vực còn lại"][0] == 8
    assert found[""][0] == 12


def test_every_night_all_units_with_a_feed_are_counted(cast: Cast, eager_tasks: None) -> None:
    keep(cast.a.unit, ROWS)
    keep(cast.b.unit, ROWS[:1])
    assert count_all_months() == 2
    assert counts(cast.a.unit, OCTOBER) == BY_HAND
    assert counts(cast.b.unit, OCTOBER)[""] == (1, 1, 0, 0, 0)
    assert counts(cast.third, OCTOBER) == {}


# --- the page ---------------------------------------------------------------------------------------------------------


def test_a_units_table_is_by_field(cast: Cast) -> None:
    keep(cast.a.unit, ROWS)
    count(cast.a.unit)
    keep(cast.b.unit, [row("H57-000001", day(1), field_name=f"Mục {cast.b.marker}")])
    count(cast.b.unit)
    text = " ".join(body_of(visit(cast.a.host, f"{PATH}2026/10/")).split())
    assert "Kết quả giải quyết hồ sơ tháng 10/2026" in text
    assert "<b>50%</b>" in text
    assert text.count('<th scope="row">') == 3
    assert cast.b.marker not in text


def test_the_provinces_table_is_by_unit_and_leads_to_theirs(cast: Cast) -> None:
    keep(cast.a.unit, ROWS)
    count(cast.a.unit)
    keep(cast.b.unit, ROWS[:1])
    count(cast.b.unit)
    keep(cast.closed, ROWS)
    count(cast.closed)
    text = " ".join(body_of(visit(cast.province.canonical_host, f"{PATH}2026/10/")).split())
    assert f'<a href="http://{cast.a.host}{PATH}2026/10/">Phường Thuận An</a>' in text
    assert f'<a href="http://{cast.b.host}{PATH}2026/10/">Xã Phú Vinh</a>' in text
    assert cast.closed.name not in text
    assert '<th scope="row">Cộng các đơn vị</th><td data-label="Nhận">11</td>' in text
    assert "<b>60%</b>" in text  # 3 of 5


def test_a_share_is_100_only_when_none_was_late(cast: Cast) -> None:
    rows = [row(f"H57-{n:06d}", day(1), day(5), day(2), field_name="Hộ tịch") for n in range(2_001)]
    keep(cast.a.unit, [*rows, row("H57-999999", day(1), day(5), day(6), field_name="Hộ tịch")])
    count(cast.a.unit)
    assert "<b>99,9%</b>" in body_of(visit(cast.a.host, f"{PATH}2026/10/"))


def test_the_table_as_csv(cast: Cast) -> None:
    keep(cast.a.unit, [*ROWS, row("H57-000098", day(15), field_name='=HYPERLINK("x")')])
    count(cast.a.unit)
    response = visit(cast.a.host, f"{PATH}2026/10/so-lieu.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="ho-so-thuan-an-2026-10.csv"' in response.headers["Content-Disposition"]
    text = body_of(response)
    assert text.startswith("\ufeff")
    table = {line[0]: line[1:] for line in csv.reader(io.StringIO(text.lstrip("\ufeff")))}
    assert table["Hộ tịch"] == ["5", "1", "1", "2", "1", "50.0"]
    assert table["Cả đơn vị"] == ["11", "2", "2", "4", "1", "50.0"]
    assert '\'=HYPERLINK("x")' in table


def test_without_counts_the_page_says_what_to_do(cast: Cast) -> None:
    response = visit(cast.a.host, PATH)
    assert response.status_code == 200
    assert "Chưa có số liệu tháng nào" in body_of(response)


@pytest.mark.parametrize(
    "path", ["2026/9/", "2026/13/", "2026/0/", "0/1/", "99999/1/", "2026/13/so-lieu.csv", "2025/1/so-lieu.csv"]
)
def test_months_that_are_not_there(cast: Cast, path: str) -> None:
    keep(cast.a.unit, [row("H57-000001", day(1))])
    count(cast.a.unit)
    assert visit(cast.a.host, f"{PATH}{path}").status_code == 404


def test_the_table_is_cached_until_it_is_counted_again(cast: Cast, django_assert_num_queries: Any) -> None:
    feed = keep(cast.a.unit, ROWS[:1])
    count(cast.a.unit)
    assert "max-age=0" in visit(cast.a.host, PATH).headers["Cache-Control"]
    with django_assert_num_queries(1):
        visit(cast.a.host, PATH)
    keep(cast.a.unit, ROWS, feed)
    count(cast.a.unit)
    assert "Đất đai" in body_of(visit(cast.a.host, PATH))


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_tables(cast: Cast, django_assert_num_queries: Any, number: int) -> None:
    for unit in (cast.a.unit, cast.b.unit, cast.third)[:number]:
        keep(unit, [row(f"H57-{n:06d}", day(n + 1), field_name=f"Mục {n}") for n in range(number)])
        count(unit)
    for host, queries in ((cast.a.host, 6), (cast.province.canonical_host, 9)):
        with django_assert_num_queries(queries):
            assert visit(host, f"{PATH}2026/10/").status_code == 200
