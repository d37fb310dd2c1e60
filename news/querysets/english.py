"""Reads of English versions."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q
from django.utils import timezone

from news.enums import ArticleStatus
from news.rules import PAGE_SIZE, Cursor
from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from news.models import ArticleTranslation


class TranslationQuerySet(TenantQuerySet["ArticleTranslation"]):
    """English versions of articles."""

    def published(self) -> Self:
        """What citizens may read: the English text is published, and so is its article."""
        now = timezone.now()
        rows = self.filter(is_published=True, published_at__lte=now)
        return rows.filter(article__status=ArticleStatus.PUBLISHED, article__published_at__lte=now)

    def for_list(self) -> Self:
        """What a list row shows, with the article's category and picture, in one query."""
        return self.select_related("article__category", "article__picture").defer("body", "article__body")

    def page_after(self, cursor: Cursor | None) -> "tuple[list[ArticleTranslation], bool]":
        """One page of the list, newest first, behind ``cursor`` (None: the first), and whether older ones follow."""
        rows = self.published().for_list()
        if cursor is not None:
            rows = rows.filter(Q(published_at__lt=cursor.at) | Q(published_at=cursor.at, pk__lt=cursor.pk))
        found = list(rows.order_by("-published_at", "-pk")[: PAGE_SIZE + 1])
        return found[:PAGE_SIZE], len(found) > PAGE_SIZE

    def newest(self, number: int) -> "list[ArticleTranslation]":
        """The newest ones for a front page."""
        return list(self.published().for_list().order_by("-published_at", "-pk")[:number])
