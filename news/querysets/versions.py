"""Reads of versions and public notes."""

from typing import TYPE_CHECKING, Self

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


class PublicNoteQuerySet(TenantQuerySet["PublicNote"]):
    """What citizens are told about changes."""

    def of_article(self, article: "Article") -> Self:
        """The notes of one article, newest first; bounded."""
        return self.filter(article=article).order_by("-at", "-pk")[:NOTES_SHOWN]
