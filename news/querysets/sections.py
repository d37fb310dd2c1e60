"""Reads of categories, tags and about pages."""

from typing import TYPE_CHECKING, Self

from news.enums import CategoryRightKind, PageLanguage
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

    def closed_to(self, user_id: int) -> dict[str, frozenset[int]]:
        """Right → ids of the categories in which it is kept to named people, this person not among them."""
        named = set(self.values_list("right", "category_id", "user_id"))
        closed = {}
        for kind in CategoryRightKind:
            kept = {category_id for right, category_id, _user in named if right == kind}
            own = {category_id for right, category_id, named_id in named if right == kind and named_id == user_id}
            closed[kind.value] = frozenset(kept - own)
        return closed

    def named_for(self, category: "Category") -> dict[str, set[int]]:
        """Right → ids of the people named for it in one category."""
        named: dict[str, set[int]] = {}
        for right, user_id in self.filter(category=category).values_list("right", "user_id"):
            named.setdefault(right, set()).add(user_id)
        return named
