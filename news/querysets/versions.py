"""Reads of versions and public notes."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Q, Sum

from news.enums import ArticleStatus, PublicNoteKind, WithdrawalKind
from news.rules import PAGE_SIZE, Cursor
from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from news.models import Article, ArticleVersion, PublicNote

VERSIONS_SHOWN = 100
NOTES_SHOWN = 30


class VersionQuerySet(TenantQuerySet["ArticleVersion"]):
    """Versions of articles."""

    def of_article(self, article: "Article") -> Self:
        """The versions of one article, newest first, without their bodies; bounded."""
        return self.filter(article=article).select_related("made_by").defer("body").order_by("-number")[:VERSIONS_SHOWN]

    def latest_of(self, article: "Article") -> "ArticleVersion | None":
        """The newest version; None for an article that was never saved by hand (imported)."""
        return self.filter(article=article).order_by("-number").first()

    def recent_of(self, article: "Article", number: int) -> "list[ArticleVersion]":
        """The newest few versions of an article, without their bodies."""
        return list(self.of_article(article)[:number])

    def whole(self) -> Self:
        """Everything a version's page or a comparison shows, in one query."""
        return self.select_related("made_by", "category", "picture")

    def before(self, version: "ArticleVersion") -> "ArticleVersion | None":
        """The version that this one replaced."""
        return self.filter(article_id=version.article_id, number__lt=version.number).order_by("-number").first()

    def words_of(self, article: "Article", user_id: int, since: datetime) -> int:
        """How many words one person changed in an article after a moment, all their saves together."""
        rows = self.filter(article=article, made_by_id=user_id, made_at__gt=since)
        return rows.aggregate(words=Sum("words_changed"))["words"] or 0


class PublicNoteQuerySet(TenantQuerySet["PublicNote"]):
    """What citizens are told about changes."""

    def of_article(self, article: "Article") -> Self:
        """The notes of one article, newest first; bounded."""
        return self.filter(article=article).order_by("-at", "-pk")[:NOTES_SHOWN]

    def corrections(self) -> Self:
        """Corrections of articles that citizens can still open, with what a list row shows."""
        is_open = Q(article__status__in=(ArticleStatus.PUBLISHED, ArticleStatus.EXPIRED)) | Q(
            article__status=ArticleStatus.WITHDRAWN, article__withdrawal_kind=WithdrawalKind.NOTICE
        )
        rows = self.filter(is_open, kind=PublicNoteKind.CORRECTION).select_related("article__category")
        return rows.defer("article__body", "article__summary")

    def page_after(self, cursor: Cursor | None) -> "tuple[list[PublicNote], bool]":
        """One page behind ``cursor`` (None: the first), newest first, and whether older ones follow."""
        rows = self
        if cursor:
            rows = self.filter(Q(at__lt=cursor.at) | Q(at=cursor.at, pk__lt=cursor.pk))
        found = list(rows.order_by("-at", "-pk")[: PAGE_SIZE + 1])
        return found[:PAGE_SIZE], len(found) > PAGE_SIZE

    def page_before(self, cursor: Cursor) -> "tuple[list[PublicNote], bool]":
        """The page just newer than ``cursor``, newest first, and whether still newer ones exist."""
        rows = self.filter(Q(at__gt=cursor.at) | Q(at=cursor.at, pk__gt=cursor.pk))
        found = list(rows.order_by("at", "pk")[: PAGE_SIZE + 1])
        return found[:PAGE_SIZE][::-1], len(found) > PAGE_SIZE
