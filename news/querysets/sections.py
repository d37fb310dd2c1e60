"""Reads of categories, tags and about pages."""

from typing import TYPE_CHECKING, Self

from news.enums import PageLanguage
from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from news.models import Category, CategoryRight, Page, Tag

PAGES_LIMIT = 200


class CategoryQuerySet(TenantQuerySet["Category"]):
    """Categories of a unit."""

    def in_order(self) -> Self:
        """As the unit arranged them; bounded."""
        return self.order_by("order", "name")[:60]


class TagQuerySet(TenantQuerySet["Tag"]):
    """Tags of a unit."""


class PageQuerySet(TenantQuerySet["Page"]):
    """About pages."""

    def published(self) -> Self:
        """What citizens may see."""
        return self.filter(is_published=True)

    def in_language(self, language: PageLanguage) -> Self:
        """Pages of one language, in order; bounded, without their bodies."""
        return self.filter(language=language).order_by("order", "title").defer("body")[:PAGES_LIMIT]


class CategoryRightQuerySet(TenantQuerySet["CategoryRight"]):
    """Who is named for which category."""
