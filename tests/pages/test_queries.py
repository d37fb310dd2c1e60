"""How many queries a page costs, written as literal numbers: the same at one row and at three.

A changed number is a decision; a number that grows with the rows is an N+1.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from news.enums import PageLanguage
from news.models import Category, Page, Picture, Tag
from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, make_article, make_user
from tests.factories.findings import Findings
from tests.factories.visits import visit
from units.actions import create_unit, link_successor
from units.enums import Extent, LinkGroup, Role, UnitKind
from units.models import Membership, Site, SiteLink

HOST = "thuan-an.localhost"


class Grown:
    """One unit with ``number`` rows of everything a page may list, and as many neighbouring units."""

    def __init__(self, number: int) -> None:
        day = date(2025, 7, 1)
        top = create_unit(code="46", valid_from=day, kind=UnitKind.PROVINCE, type_name="Tỉnh", name="Thành phố Huế")
        self.unit = create_unit(
            code="1", valid_from=day, kind=UnitKind.COMMUNE, type_name="Phường", name="Phường Thuận An", parent=top
        )
        for count in range(number):
            other = create_unit(
                code=f"9{count}", valid_from=day, kind=UnitKind.COMMUNE, type_name="Xã", name=f"Xã Cũ {count}",
                parent=top, valid_to=date(2025, 12, 31), name_en=f"Old Commune {count}",
            )  # fmt: skip
            link_successor(predecessor=other, successor=self.unit, extent=Extent.FULL)
            create_unit(code=f"8{count}", valid_from=day, kind=UnitKind.COMMUNE, type_name="Xã", name=f"Xã Mới {count}")
        self.admin = make_user("admin")
        with unit_scope(self.unit):
            self._fill(number)

    def _fill(self, number: int) -> None:
        Membership.objects.create(user=self.admin, role=Role.UNIT_ADMIN)
        self.category = Category.objects.create(name="Tin", slug="tin")
        notices = Category.objects.create(name="Thông báo", slug="thong-bao", is_notice=True)
        self.tag = Tag.objects.create(name="Thẻ", slug="the-chung")
        site = Site.objects.of_current_unit()
        site.intro = "Giới thiệu."
        site.save()
        for count in range(number):
            Category.objects.create(name=f"Mục {count}", slug=f"muc-{count}")
            tag = Tag.objects.create(name=f"Thẻ {count}", slug=f"the-{count}")
            picture = Picture.objects.create(
                file=f"u1/{count}.webp", small_file=f"u1/{count}-nho.webp", width=10, height=10, alt_text="x"
            )
            article = make_article(
                f"Bài đèn lồng {count}",
                category=self.category,
                picture=picture,
                published_at=NOW - timedelta(hours=count + 1),
            )
            article.tags.set([self.tag, tag])
            make_article(f"Báo {count}", category=notices, published_at=NOW - timedelta(hours=count + 1))
            self.article = article
            page = Page.objects.create(title=f"Trang {count}", slug=f"trang-{count}", order=count)
            Page.objects.create(title=f"Con {count}", slug=f"con-{count}", parent=page)
            Page.objects.create(title=f"Page {count}", slug=f"page-{count}", language=PageLanguage.EN)
            SiteLink.objects.create(group=LinkGroup.PROVINCE, label=f"L {count}", url=f"https://example.vn/{count}")
            Membership.objects.create(user=make_user(f"u{count}"), role=Role.EDITOR)


PAGES: dict[str, tuple[str, int]] = {
    "home": ("/", 16),
    "english": ("/en/", 7),
    "list": ("/tin-tuc/", 7),
    "category": ("/tin-tuc/tin/", 8),
    "tag": ("/tin-tuc/the/the-chung/", 8),
    "day": ("/tin-tuc/ngay/2026/11/22/", 8),
    "month": ("/tin-tuc/ngay/2026/11/", 8),
    "article": ("{article}", 11),
    "about": ("/gioi-thieu/", 5),
    "about page": ("/gioi-thieu/trang-0/", 6),
    "search": ("/tim-kiem/?q=den+long", 7),
    "directory": ("/phuong-xa/", 6),
    "directory answer": ("/phuong-xa/?ten=cu", 11),
    "site map": ("/so-do-trang/", 9),
    "sitemap index": ("/sitemap.xml", 7),
    "sitemap part": ("/sitemap-1.xml", 5),
    "sitemap fixed": ("/sitemap-0.xml", 14),
    "rss": ("/rss/", 2),
    "atom": ("/atom/", 2),
    "category feed": ("/tin-tuc/tin/rss/", 3),
    "not found": ("/khong-co/", 5),
    "robots": ("/robots.txt", 2),
}

ADMIN_LIMIT = 30
# “Việc hôm nay” asks every room what waits there; each panel may ask twice.
TODAY_LIMIT = 40

SCREENS: dict[str, tuple[str, int]] = {
    "article list": ("/quan-tri/news/article/", 19),
    "page list": ("/quan-tri/news/page/", 11),
    "picture list": ("/quan-tri/news/picture/", 12),
    "board": ("/quan-tri/units/membership/", 11),
    "links": ("/quan-tri/units/sitelink/", 11),
    "audit": ("/quan-tri/core/auditentry/", 13),
    "today": ("/quan-tri/", 36),
    "article form": ("/quan-tri/news/article/{pk}/change/", 28),
    "article review": ("/quan-tri/news/article/{pk}/duyet/", 15),
    "new article": ("/quan-tri/news/article/add/", 16),
    "calendar": ("/quan-tri/news/article/lich/", 18),
}


@pytest.fixture(params=[1, 3], ids=["1 row", "3 rows"])
def grown(request: pytest.FixtureRequest, db: None, clock: object, search_index: Any) -> Grown:
    site = Grown(request.param)
    search_index()
    return site


def _forget() -> None:
    for alias in ("pages", "default"):
        caches[alias].clear()


def test_no_pages_queries_grow(grown: Grown, django_assert_num_queries: Any) -> None:
    findings = Findings()
    with unit_scope(grown.unit):
        article = grown.article.get_absolute_url()
    for name, (path, expected) in PAGES.items():
        with findings.at(name):
            visit(HOST, path.format(article=article))  # what a process looks up once in its life
            _forget()
            with django_assert_num_queries(expected):
                response = visit(HOST, path.format(article=article))
            assert response.status_code == (404 if name == "not found" else 200)
    findings.assert_none()


def test_no_screens_queries_grow(grown: Grown, django_assert_num_queries: Any) -> None:
    findings = Findings()
    for name, (path, expected) in SCREENS.items():
        client = Client()
        client.force_login(grown.admin)
        address = path.format(pk=grown.article.pk)
        with findings.at(name):
            assert expected <= (TODAY_LIMIT if name == "today" else ADMIN_LIMIT)
            client.get(address, headers={"host": HOST})
            _forget()
            with django_assert_num_queries(expected):
                response = client.get(address, headers={"host": HOST})
            assert response.status_code == 200
    findings.assert_none()


def test_the_pages_have_the_rows_that_could_multiply(grown: Grown) -> None:
    """One query for each row would not show on an empty page."""
    from tests.factories.visits import body_of

    for path, words in (
        ("/", "Bài đèn lồng 0"),
        ("/tin-tuc/", "Bài đèn lồng 0"),
        ("/tin-tuc/the/the-chung/", "Bài đèn lồng 0"),
        ("/tim-kiem/?q=den+long", "/tin-tuc/tin/bai-den-long-0"),
        ("/phuong-xa/?ten=cu", "Xã Cũ 0"),
        ("/phuong-xa/", "Xã Mới 0"),
        ("/so-do-trang/", "Mục 0"),
        ("/rss/", "Bài đèn lồng 0"),
        ("/gioi-thieu/trang-0/", "Con 0"),
    ):
        assert words in body_of(visit(HOST, path)), path
