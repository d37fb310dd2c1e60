"""/phan-anh/: what is listed, filtered, mapped and fed; constant queries, in the order of an index."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from feedback.cases import public_list
from feedback.cases.map import commune_map, legend, map_units
from feedback.enums.cases import CaseKind, CaseStatus, Moderation
from feedback.models import CaseCategory, CaseMonth
from portal.core.tenancy import unit_scope
from tests.factories.cases import category_of, make_case, make_public_case
from tests.factories.cast import Cast, House
from tests.factories.report_pages import at, change, report_of
from tests.factories.visits import body_of, visit
from units.models import Unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
ATOM = "{http://www.w3.org/2005/Atom}"


def listed(house: House, query: str = "") -> list[str]:
    """Titles in the list, in order."""
    page = body_of(visit(house.host, f"/phan-anh/{query}"))
    return [part.split("</a>")[0].split(">")[-1] for part in page.split('<article class="reportline">')[1:]]


def named(house: House, title: str, received: date, due: date | None = None, **columns: Any) -> None:
    change(report_of(house, received, due), title=title, **columns)


# --- what is listed ----------------------------------------------------------------------------------------------------


def test_only_what_is_public_newest_first(cast: Cast) -> None:
    named(cast.a, "cũ", date(2026, 11, 10))
    named(cast.a, "mới", date(2026, 11, 20))
    named(cast.a, "gộp", date(2026, 11, 19), merged_into=report_of(cast.b, date(2026, 11, 1)), status=CaseStatus.MERGED)
    make_case(cast.a)
    make_public_case(cast.a, kind=CaseKind.QUESTION)
    named(cast.a, "kín", date(2026, 11, 18), moderation=Moderation.PRIVATE)
    assert listed(cast.a) == ["mới", "cũ"]
    assert len(listed(cast.b)) == 1
    page = body_of(visit(cast.b.host, "/phan-anh/"))
    assert cast.a.marker not in page


def test_the_province_sees_every_unit(cast: Cast) -> None:
    report_of(cast.a, date(2026, 11, 10))
    report_of(cast.b, date(2026, 11, 11))
    page = body_of(visit(cast.province.canonical_host, "/phan-anh/"))
    assert page.count('<article class="reportline">') == 2


def test_filters_by_status_category_and_place(cast: Cast) -> None:
    named(cast.a, "đang", date(2026, 11, 10), date(2026, 11, 30))
    named(cast.a, "trễ", date(2026, 11, 9), date(2026, 11, 20), status=CaseStatus.ACCEPTED)
    named(cast.a, "chờ", date(2026, 11, 8), date(2026, 11, 18), status=CaseStatus.WAITING, stopped_on=date(2026, 11, 9))
    named(cast.a, "trả lời", date(2026, 11, 7), status=CaseStatus.ANSWERED, answered_at=at(TODAY))
    named(cast.a, "xong", date(2026, 11, 6), status=CaseStatus.SOLVED, category=category_of("cay-xanh"))
    named(cast.a, "nơi khác", date(2026, 11, 5), date(2026, 11, 30), commune=cast.b.unit)
    assert listed(cast.a, "?tinh-trang=dang-xu-ly") == ["đang", "trễ", "chờ", "nơi khác"]
    assert listed(cast.a, "?tinh-trang=qua-han") == ["trễ"], "a clock that stands is not late"
    assert listed(cast.a, "?tinh-trang=da-tra-loi") == ["trả lời"]
    assert listed(cast.a, "?tinh-trang=da-xong") == ["xong"]
    assert listed(cast.a, "?linh-vuc=cay-xanh") == ["xong"]
    assert listed(cast.a, f"?xa={cast.b.unit.slug}&linh-vuc=&tinh-trang=") == ["nơi khác"]
    assert listed(cast.a, f"?xa={cast.b.unit.slug}&tinh-trang=da-xong") == []
    assert "Không có phản ánh nào như vậy" in body_of(visit(cast.a.host, "/phan-anh/?tinh-trang=khong-tiep-nhan"))


@pytest.mark.parametrize(
    "query", ["tinh-trang=la", "linh-vuc=la", "xa=la", "truoc=x", "truoc=1-2", f"truoc={'9' * 18}-1", "truoc=٣-1"]
)
def test_addresses_nobody_links_to(cast: Cast, query: str) -> None:
    report_of(cast.a, date(2026, 11, 10))
    assert visit(cast.a.host, f"/phan-anh/?{query}").status_code == 404


def test_pages_follow_each_other_without_gap_or_repeat(cast: Cast) -> None:
    for number in range(7):
        # Three at the same moment: the id decides.
        named(cast.a, f"số {number}", date(2026, 11, 10 + number // 3))
    seen: list[str] = []
    place: public_list.Place | None = None
    with unit_scope(cast.a.unit):
        while place or not seen:
            page = public_list.page(public_list.Asked(before=place), CaseKind.REPORT, TODAY, size=2)
            seen += [row.case.title for row in page.rows]
            place = page.older
    assert seen == [f"số {number}" for number in (6, 5, 4, 3, 2, 1, 0)]


def test_an_empty_list_says_what_to_do(cast: Cast) -> None:
    page = body_of(visit(cast.a.host, "/phan-anh/"))
    assert "Chưa có phản ánh nào" in page
    assert "/phan-anh/gui/" in page
    assert "/phan-anh/tra-cuu/" in page


# --- costs -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_list(cast: Cast, django_assert_num_queries: Any, number: int) -> None:
    for turn in range(number):
        report_of(cast.a, date(2026, 11, 10 + turn), date(2026, 11, 20 + turn))
    for query, expected in (
        ("", 11),
        ("?tinh-trang=dang-xu-ly", 11),
        ("?tinh-trang=qua-han", 9),
        ("?linh-vuc=cong-ngap-nuoc", 8),
    ):
        with django_assert_num_queries(expected):
            assert visit(cast.a.host, f"/phan-anh/{query}").status_code == 200


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads small tables whole, whatever their indexes")
@pytest.mark.parametrize(
    ("query", "index"),
    [
        ({}, "case_list"),
        ({"tinh-trang": "dang-xu-ly"}, "case_list_status"),
        ({"tinh-trang": "qua-han"}, "case_list_status"),
        ({"linh-vuc": "cay-xanh"}, "case_list_category"),
        ({"xa": "thuan-an"}, "case_list_commune"),
    ],
)
def test_a_page_walks_an_index_in_its_order(cast: Cast, query: dict[str, str], index: str) -> None:
    place = public_list.Place(timezone.now(), 5).text
    for more in ({}, {"truoc": place}):
        asked = public_list.read_filter({**query, **more}, CaseCategory.objects.all(), Unit.objects.all())
        with unit_scope(cast.a.unit):
            for rows in public_list.listed(asked, CaseKind.REPORT, TODAY):
                told = rows.select_related("case__category")[:21].explain()
                assert f"INDEX {index} (" in told, told
                assert "TEMP B-TREE" not in told, "nothing is sorted"


# --- map ---------------------------------------------------------------------------------------------------------------


def test_the_map_counts_a_year_by_commune(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.a.unit.pk).update(boundary="M0,0l10,0l0,10z")
    Unit.objects.filter(pk=cast.b.unit.pk).update(boundary="M20,20l10,0l0,10z")
    Unit.objects.filter(pk=cast.province.pk).update(boundary="0 0 600 400")
    for house, number in ((cast.a, 3), (cast.b, 1)):
        for _turn in range(number):
            report_of(house, date(2026, 11, 10))
    change(report_of(cast.a, date(2026, 11, 10)), published_at=timezone.now() - timedelta(days=400))
    target = report_of(cast.a, date(2026, 10, 1), published_at=timezone.now() - timedelta(days=500))
    change(report_of(cast.a, date(2026, 11, 10)), status=CaseStatus.MERGED, merged_into=target)
    page = body_of(visit(cast.province.canonical_host, "/phan-anh/"))
    assert f"<title>{cast.a.unit.name}: 3</title>" in page
    assert f'<a href="/phan-anh/?xa={cast.b.unit.slug}"' in page
    assert "is-level-4" in page
    assert f"?xa={cast.a.unit.slug}" not in body_of(visit(cast.a.host, "/phan-anh/")), (
        "one commune is nothing to compare"
    )


def test_shades_and_legend_agree(cast: Cast) -> None:
    units = map_units()
    communes = [unit for unit in units if unit.pk in {cast.a.unit.pk, cast.b.unit.pk}]
    for most in range(1, 30):
        found = commune_map(communes, {communes[0].pk: most, communes[1].pk: 1}, lambda unit: unit.slug)
        assert found is not None
        rows = {row["level"]: row["text"] for row in legend(found)}
        for area in found.areas:
            first, _dash, last = rows[area.level].partition("–")
            assert int(first) <= area.number <= int(last or first)


# --- feed --------------------------------------------------------------------------------------------------------------


def test_the_feed_follows_category_and_commune(cast: Cast, django_assert_num_queries: Any) -> None:
    named(cast.a, "cống", date(2026, 11, 10), date(2026, 11, 27))
    named(cast.a, "cây & cỏ", date(2026, 11, 11), category=category_of("cay-xanh"))
    named(cast.b, "bên kia", date(2026, 11, 12))

    def titles(host: str, query: str = "") -> list[str | None]:
        root = ET.fromstring(body_of(visit(host, f"/phan-anh/atom/{query}")))
        return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]

    assert titles(cast.a.host) == ["cây & cỏ", "cống"]
    assert titles(cast.a.host, "?linh-vuc=cay-xanh") == ["cây & cỏ"]
    assert titles(cast.province.canonical_host, f"?xa={cast.b.unit.slug}") == ["bên kia"]
    assert visit(cast.a.host, "/phan-anh/atom/?linh-vuc=la").status_code == 404
    response = visit(cast.a.host, "/phan-anh/atom/")
    assert "Còn 5 ngày làm việc" in body_of(response)
    again = visit(cast.a.host, "/phan-anh/atom/", headers={"if-none-match": response.headers["ETag"]})
    assert again.status_code == 304
    assert response.headers["Content-Type"].startswith("application/atom+xml")


def test_the_feed_is_bounded(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for turn in range(3):
        report_of(cast.a, date(2026, 11, 1 + turn))
    monkeypatch.setattr(public_list, "FEED_SIZE", 2)
    assert body_of(visit(cast.a.host, "/phan-anh/atom/")).count("<entry>") == 2


# --- results -----------------------------------------------------------------------------------------------------------


def months(unit: Unit, month: date, **numbers: Any) -> None:
    CaseMonth.objects.create(unit=unit, kind=CaseKind.REPORT, month=month, **numbers)


def test_the_province_compares_units_and_sorts_them(cast: Cast) -> None:
    months(cast.a.unit, date(2026, 11, 1), received=4, on_time=3, late=1, answered=3, spread=[[2, 2], [9, 1]], very=1)
    months(cast.a.unit, date(2026, 6, 1), received=10, on_time=1, late=9, answered=9, spread=[[20, 9]])
    months(cast.b.unit, date(2026, 10, 1), received=7, on_time=7, answered=7, spread=[[4, 7]], reopened=2)
    host = cast.province.canonical_host
    page = body_of(visit(host, "/phan-anh/ket-qua/?ky=3"))
    assert page.index(cast.b.unit.name) < page.index(cast.a.unit.name) or cast.a.unit.name < cast.b.unit.name
    assert "<b>75%</b>" in page
    assert "100% (1)" in page
    by_late = body_of(visit(host, "/phan-anh/ket-qua/?xep=tre"))
    assert by_late.index(f"{cast.a.unit.name}</a></th>") < by_late.index(f"{cast.b.unit.name}</a></th>")
    by_share = body_of(visit(host, "/phan-anh/ket-qua/?xep=ti-le"))
    assert by_share.index(f"{cast.b.unit.name}</a></th>") < by_share.index(f"{cast.a.unit.name}</a></th>")
    assert visit(host, "/phan-anh/ket-qua/?ky=la&xep=la&loai=la").status_code == 200


def test_a_unit_shows_its_own_months(cast: Cast) -> None:
    months(cast.a.unit, date(2026, 9, 1), received=4, on_time=3, late=1, answered=3, spread=[[2, 2], [9, 1]])
    months(cast.b.unit, date(2026, 9, 1), received=99)
    page = body_of(visit(cast.a.host, "/phan-anh/ket-qua/?ky=6"))
    assert "9/2026: 75%" in page, "the drawing is told in words"
    assert page.count("<tr>") == 8, "head, six months, sum"
    assert "99" not in page.split("<tbody>")[1].split("</table>")[0]
    text = body_of(visit(cast.a.host, "/phan-anh/ket-qua/csv/?ky=6")).lstrip("\ufeff")
    table = {line[0]: line[1:] for line in csv.reader(io.StringIO(text))}
    assert table["9/2026"][:5] == ["4", "3", "1", "75", "0"]
    assert table["8/2026"][0] == "0"
    assert table["Cả kỳ"][-1] == "2"


def test_without_numbers_the_page_says_so(cast: Cast) -> None:
    assert "Chưa có số liệu" in body_of(visit(cast.a.host, "/phan-anh/ket-qua/"))


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_results(cast: Cast, django_assert_num_queries: Any, number: int) -> None:
    for unit in (cast.a.unit, cast.b.unit, cast.third)[:number]:
        for month in range(number):
            months(unit, date(2026, 9 + month, 1), received=2, on_time=1)
    for host, queries in ((cast.a.host, 5), (cast.province.canonical_host, 6)):
        with django_assert_num_queries(queries):
            assert visit(host, "/phan-anh/ket-qua/").status_code == 200
