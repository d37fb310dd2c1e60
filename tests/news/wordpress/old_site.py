"""The export of the old site that these tests import, and what became of its items."""

from __future__ import annotations

from pathlib import Path

from news.models import Article, Page
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast

EXPORT = Path(__file__).parent.parent / "data" / "wordpress.xml"


def article(cast: Cast, key: int) -> Article:
    with unit_scope(cast.a.unit):
        return Article.objects.select_related("category", "picture").get(
            source_ref=f"wp:thuanan.thuathienhue.gov.vn:{key}"
        )


def page(cast: Cast, title: str) -> Page:
    with unit_scope(cast.a.unit):
        return Page.objects.select_related("parent").get(title=title)
