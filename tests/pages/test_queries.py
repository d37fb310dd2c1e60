"""How many queries a page costs, written as literal numbers: the same at one row and at three.

A changed number is a decision; a number that grows with the rows is an N+1.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from news.enums import PageLanguage
from news.models import Article, Category, Page, Picture, Tag
from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, House, make_article, make_cast, make_house, make_user
from tests.factories.visits import visit
from units.actions import create_unit, link_successor
from units.enums import Extent, LinkGroup, Role, UnitKind
from units.models import Membership, SiteLink

HOST = "thuan-an.localhost"


class Grown:
    """One unit with ``number`` rows of everything a page may list, and as many neighbouring units."""

    def __init__(self, number: int) -> None:
        from datetime import date

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
        site = self._site()
        site.intro = "Giới thiệu."
        site.save()
        for count in range(number):
            Category.objects.create(name=f"Mục {count}", slug=f"muc-{count}")
            tag = Tag.objects.create(name=f"Thẻ {count}", slug=f"the-{count}")
            picture = Picture.objects.create(
                file=f"u1/{count}.webp", small_file=f"u1/{count}-nho.webp", width=10, height=10, alt_text="x"
            )
            article = make_article(
                f"Bài đèn lồng {count}", category=self.category, picture=picture, published_at=NOW - timedelta(hours=count + 1)
            )
            article.tags.set([self.tag, tag])
            make_article(f"Báo {count}", category=notices, published_at=NOW - timedelta(hours=count + 1))
            self.article = article
            page = Page.objects.create(title=f"Trang {count}", slug=f"trang-{count}", order=count)
            Page.objects.create(title=f"Con {count}", slug=f"con-{count}", parent=page)
            Page.objects.create(title=f"Page {count}", slug=f"page-{count}", language=PageLanguage.EN)
            SiteLink.objects.create(group=LinkGroup.PROVINCE, label=f"L {count}", url=f"https://example.vn/{count}")
            Membership.objects.create(user=make_user(f"u{count}"), role=Role.EDITOR)

    @staticmethod
    def _site() -> Any:
        from units.models import Site

        return Site.objects.of_current_unit()


PAGES: dict[str, tuple[str, int]] = {
    "home": ("/", 0),
    "english": ("/en/", 0),
    "list": ("/tin-tuc/", 0),
    "category": ("/tin-tuc/tin/", 0),
    "tag": ("/tin-tuc/the/the-chung/", 0),
    "day": ("/tin-tuc/ngay/2026/11/22/", 0),
    "month": ("/tin-tuc/ngay/2026/11/", 0),
    "article": ("{article}", 0),
    "about": ("/gioi-thieu/", 0),
    "about page": ("/gioi-thieu/trang-0/", 0),
    "search": ("/tim-kiem/?q=den+long", 0),
    "directory": ("/phuong-xa/", 0),
    "directory answer": ("/phuong-xa/?ten=cu", 0),
    "site map": ("/so-do-trang/", 0),
    "sitemap index": ("/sitemap.xml", 0),
    "sitemap part": ("/sitemap-1.xml", 0),
    "sitemap fixed": ("/sitemap-0.xml", 0),
    "rss": ("/rss/", 0),
    "atom": ("/atom/", 0),
    "category feed": ("/tin-tuc/tin/rss/", 0),
    "not found": ("/khong-co/", 0),
    "robots": ("/robots.txt", 0),
}

SCREENS: dict[str, tuple[str, int]] = {
    "article list": ("/quan-tri/news/article/", 0),
    "page list": ("/quan-tri/news/page/", 0),
    "picture list": ("/quan-tri/news/picture/", 0),
    "board": ("/quan-tri/units/membership/", 0),
    "links": ("/quan-tri/units/sitelink/", 0),
    "audit": ("/quan-tri/core/auditentry/", 0),
}
