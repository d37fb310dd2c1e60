"""What of the news room is found by search."""

from datetime import datetime

from django.utils.html import escape
from haystack import indexes

from news.models import Album, Article, ArticleTranslation, Page, Video
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


class AlbumIndex(UnitIndex, indexes.Indexable):
    """Published albums."""

    kind = "album"

    def get_model(self) -> type[Album]:
        """Haystack's hook."""
        return Album

    def get_body(self, obj: Album) -> str:
        """What the editor says of it; text, not markup."""
        return escape(obj.description)


class VideoIndex(UnitIndex, indexes.Indexable):
    """Published videos, found by what is said in them."""

    kind = "video"

    def get_model(self) -> type[Video]:
        """Haystack's hook."""
        return Video

    def get_body(self, obj: Video) -> str:
        """Introduction and transcript; text, not markup."""
        return escape(f"{obj.description}\n{obj.transcript}")
