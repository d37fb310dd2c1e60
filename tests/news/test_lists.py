"""Lists: keyset paging that misses and repeats nothing, the calendar, days at the edge of UTC."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from news.models import Article
from news.rules import PAGE_SIZE, Cursor, month_weeks, neighbour_months, unique_names
from news.views.lists import cursor_of
from portal.core.tenancy import unit_scope
from tests.factories.cast import HANOI, NOW, Cast, make_article
from tests.factories.visits import body_of, visit

NUMBER = 40


def _link(text: str, name: str) -> str | None:
    found = re.search(rf'href="([^"]*\?{name}=[^"]*)"', text)
    return found.group(1).replace("&amp;", "&") if found else None


def _keys_on(text: str) -> list[int]:
    main = text[text.index("<main") : text.index("</main>")]
    listed = re.findall(r'<h2><a href="/tin-tuc/[^"]*-(\d+)/"', main)
    return [int(key) for key in listed]


def _fill(cast: Cast, moments: list[datetime]) -> list[int]:
    """Articles of a category of their own; their keys in the order of the list."""
    from news.models import Category

    with unit_scope(cast.a.unit):
        category = Category.objects.create(name="Dài", slug="dai")
        rows = [
            make_article(f"Bài {number}", category=category, published_at=moment, slug=f"bai-{number}")
            for number, moment in enumerate(moments)
        ]
    return [row.pk for row in sorted(rows, key=lambda row: (row.published_at, row.pk), reverse=True)]


SPREADS = {
    "a day apart": lambda number: NOW - timedelta(days=number),
    "all at the same moment": lambda number: NOW - timedelta(days=1),
    "same moment with microseconds": lambda number: NOW - timedelta(days=1) + timedelta(microseconds=123457),
    "in threes": lambda number: NOW - timedelta(days=number // 3, microseconds=999_999 - number // 3),
    "microseconds apart": lambda number: NOW - timedelta(days=1, microseconds=number),
}


@pytest.mark.parametrize("spread", SPREADS)
def test_walking_forward_and_back_meets_every_item_once(cast: Cast, spread: str) -> None:
    expected = _fill(cast, [SPREADS[spread](number) for number in range(NUMBER)])
    path: str | None = "/tin-tuc/dai/"
    seen: list[int] = []
    pages = 0
    last = ""
    while path:
        last = path
        text = body_of(visit(cast.a.host, path))
        seen += _keys_on(text)
        pages += 1
        path = _link(text, "truoc")
        assert pages <= 5
    assert seen == expected
    assert pages == -(-NUMBER // PAGE_SIZE)
    back: list[int] = []
    text = body_of(visit(cast.a.host, last))
    while True:
        back = _keys_on(text) + back
        newer = _link(text, "sau")
        if not newer:
            break
        text = body_of(visit(cast.a.host, newer))
    assert Counter(back) == Counter(expected)
    assert back == expected


def test_a_full_last_page_offers_nothing_older(cast: Cast) -> None:
    _fill(cast, [NOW - timedelta(hours=number) for number in range(PAGE_SIZE)])
    text = body_of(visit(cast.a.host, "/tin-tuc/dai/"))
    assert len(_keys_on(text)) == PAGE_SIZE
    assert _link(text, "truoc") is None


def test_what_is_published_while_somebody_reads_shifts_nothing(cast: Cast) -> None:
    expected = _fill(cast, [NOW - timedelta(days=number) for number in range(1, 20)])
    first = body_of(visit(cast.a.host, "/tin-tuc/dai/"))
    with unit_scope(cast.a.unit):
        category = Article.objects.get(pk=expected[0]).category
        make_article("Mới", category=category, published_at=NOW - timedelta(minutes=1))
    second = body_of(visit(cast.a.host, _link(first, "truoc") or ""))
    assert _keys_on(first) + _keys_on(second) == expected


def test_drafts_withdrawn_and_future_items_are_on_no_list(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        future = make_article("Bài ngày mai", category=cast.a.category, published_at=NOW + timedelta(days=1))
    for path in (
        "/",
        "/tin-tuc/",
        "/tin-tuc/tin-hoat-dong/",
        "/rss/",
        "/atom/",
        "/sitemap-1.xml",
        "/tin-tuc/ngay/2026/11/23/",
    ):
        text = body_of(visit(cast.a.host, path))
        for row in (cast.a.draft, cast.a.withdrawn, future):
            assert row.title not in text, path
            assert f"-{row.pk}/" not in text, path


@pytest.mark.parametrize("microsecond", [0, 1, 7, 123456, 123457, 333333, 499999, 500001, 999999])
@pytest.mark.parametrize("year", [1970, 1999, 2026, 2099])
def test_a_place_in_the_list_survives_its_address(year: int, microsecond: int) -> None:
    for second in range(60):
        at = datetime(year, 11, 22, 7, 30, second, microsecond, tzinfo=UTC)
        assert cursor_of(Cursor(at, 5).text) == Cursor(at, 5)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 20, 16, 59, 59, tzinfo=UTC), 20),
        (datetime(2026, 11, 20, 17, 0, 0, tzinfo=UTC), 21),
        (datetime(2026, 11, 21, 0, 0, 0, tzinfo=HANOI), 21),
        (datetime(2026, 11, 21, 23, 59, 59, 999999, tzinfo=HANOI), 21),
        (datetime(2026, 10, 31, 17, 0, tzinfo=UTC), 1),
    ],
)
def test_a_day_is_a_vietnamese_day(cast: Cast, moment: datetime, day: int) -> None:
    with unit_scope(cast.a.unit):
        before = Article.objects.counts_by_day(date(2026, 11, 1))
        row = make_article("Đúng lúc giao ngày", category=cast.a.category, published_at=moment)
        after = Article.objects.counts_by_day(date(2026, 11, 1))
        assert after[day] == before.get(day, 0) + 1
        assert sum(after.values()) == sum(before.values()) + 1
        assert sum(Article.objects.counts_by_day(date(2026, 10, 1)).values()) == 0
        assert row in Article.objects.on_day(date(2026, 11, day))
    assert row.title in body_of(visit(cast.a.host, f"/tin-tuc/ngay/2026/11/{day:02d}/"))
    other = 5 if day != 5 else 6
    assert row.title not in body_of(visit(cast.a.host, f"/tin-tuc/ngay/2026/11/{other:02d}/?page=1"))


def test_calendar_links_days_with_news_and_no_others(cast: Cast) -> None:
    text = body_of(visit(cast.a.host, "/tin-tuc/"))
    for day in (20, 21, 22):
        assert f'href="/tin-tuc/ngay/2026/11/{day}/"' in text
    assert 'href="/tin-tuc/ngay/2026/11/19/"' not in text
    assert 'href="/tin-tuc/ngay/2026/10/"' in text
    assert 'href="/tin-tuc/ngay/2026/12/"' not in text, "no news of the future"


def test_a_month_shows_its_own_items(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        make_article(
            "Tin tháng Mười", category=cast.a.category, published_at=datetime(2026, 10, 31, 23, 59, tzinfo=HANOI)
        )
    text = body_of(visit(cast.a.host, "/tin-tuc/ngay/2026/10/"))
    main = text[text.index("<main") : text.index("</main>")]
    assert "Tin tháng Mười" in main
    assert cast.a.article.title not in main


def test_the_edges_of_the_calendar_answer(cast: Cast) -> None:
    for path in (
        "/tin-tuc/ngay/1945/01/",
        "/tin-tuc/ngay/1945/01/01/",
        "/tin-tuc/ngay/2100/12/31/",
        "/tin-tuc/ngay/2100/12/",
    ):
        response = visit(cast.a.host, path)
        assert response.status_code == 200, path
        for link in re.findall(r'href="(/tin-tuc/ngay/[^"]+/)"', body_of(response)):
            assert visit(cast.a.host, link).status_code == 200, f"{path} leads to {link}"


@pytest.mark.parametrize(
    ("typed", "day"), [("2026-11-22", "2026/11/22"), ("", "2026/11/22"), ("2024-02-29", "2024/02/29")]
)
def test_the_day_form_leads_to_the_day(cast: Cast, typed: str, day: str) -> None:
    response = visit(cast.a.host, f"/tin-tuc/ngay/?ngay={typed}")
    assert response.status_code == 302
    assert response.headers["Location"] == f"/tin-tuc/ngay/{day}/"


def test_weeks_begin_on_monday_and_cover_the_month() -> None:
    weeks = month_weeks(date(2026, 11, 1), {22: 3}, date(2026, 11, 22), date(2026, 11, 20), lambda day: f"/{day}/")
    days = [day for week in weeks for day in week]
    assert all(len(week) == 7 for week in weeks)
    assert date.fromisoformat(days[0].iso).weekday() == 0
    assert [day.day for day in days if day.in_month] == list(range(1, 31))
    assert [day.iso for day in days if day.url] == ["2026-11-22"]
    assert [day.iso for day in days if day.is_today] == ["2026-11-22"]
    assert [day.iso for day in days if day.is_selected] == ["2026-11-20"]


def test_neighbouring_months_cross_the_year() -> None:
    assert neighbour_months(date(2026, 1, 1)) == (date(2025, 12, 1), date(2026, 2, 1))
    assert neighbour_months(date(2026, 12, 1)) == (date(2026, 11, 1), date(2027, 1, 1))


def test_names_of_tags_are_trimmed_and_unique() -> None:
    assert unique_names([" Mưa  lũ", "mưa lũ", "", "  ", "a" * 70]) == ["Mưa lũ", "a" * 60]


def test_pinned_items_stand_first_on_the_home_page_only(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        make_article(
            "Bài cũ được ghim", category=cast.a.category, published_at=NOW - timedelta(days=300), is_pinned=True
        )
    home = body_of(visit(cast.a.host, "/"))
    assert home.index("Bài cũ được ghim") < home.index(cast.a.articles[1].title)
    listed = body_of(visit(cast.a.host, "/tin-tuc/"))
    assert listed.index("Bài cũ được ghim") > listed.index(cast.a.articles[1].title)
