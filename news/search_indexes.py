"""What of the news room is found by search."""

from datetime import datetime

from haystack import indexes

from news.models import Article, ArticleTranslation, Page
from portal.search.indexes import UnitIndex


class ArticleIndex(UnitIndex, indexes.Indexable):
    """Published articles and notices."""

    kind = "article"
    related = ("category",)

    def get_model(self) -> type[Article]:
        """Haystack's hook."""
        return Article

    def get_body(self, obj: Article) -> str:
        """Summary, text and source."""
        return f"<p>{obj.summary}</p>{obj.body}"

    def get_published_at(self, obj: Article) -> datetime | None:
        """When citizens could first read it."""
        return obj.published_at


class PageIndex(UnitIndex, indexes.Indexable):
    """Published about pages."""

    kind = "page"

    def get_model(self) -> type[Page]:
        """Haystack's hook."""
        return Page

    def get_body(self, obj: Page) -> str:
        """The page's text."""
        return obj.body

    def get_published_at(self, obj: Page) -> datetime | None:
        """When it was last revised."""
        return obj.revised_at


class TranslationIndex(UnitIndex, indexes.Indexable):
    """Articles in English."""

    kind = "article-en"
    related = ("article",)

    def get_model(self) -> type[ArticleTranslation]:
        """Haystack's hook."""
        return ArticleTranslation

    def get_body(self, obj: ArticleTranslation) -> str:
        """Summary and text."""
        return f"<p>{obj.summary}</p>{obj.body}"

    def get_published_at(self, obj: ArticleTranslation) -> datetime | None:
        """When citizens could first read it in English."""
        return obj.published_at
