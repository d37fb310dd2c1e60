"""What of the news room is found by search."""

from collections.abc import Iterable
from datetime import datetime, time

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import escape
from haystack import indexes

from news.enums.documents import DocumentReach
from news.models import Album, Article, ArticleTranslation, Consultation, DisclosureEntry, Document, Page, Video
from portal.search.indexes import UnitIndex
from portal.search.numbers import number_tokens
from portal.search.shared import EVERYWHERE


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


class ConsultationIndex(UnitIndex, indexes.Indexable):
    """Drafts on which the public is or was asked."""

    kind = "consultation"

    def get_model(self) -> type[Consultation]:
        """Haystack's hook."""
        return Consultation

    def get_body(self, obj: Consultation) -> str:
        """Introduction, the draft and what was made of the opinions."""
        return f"{obj.intro}{obj.draft}{obj.summary}"

    def get_published_at(self, obj: Consultation) -> datetime | None:
        """When it was opened."""
        return obj.published_at


class DocumentIndex(UnitIndex, indexes.Indexable):
    """Published documents, found by number in any spelling, abstract, issuer and signer."""

    kind = "document"
    related = ("type", "field")

    def get_model(self) -> type[Document]:
        """Haystack's hook."""
        return Document

    def get_title(self, obj: Document) -> str:
        """Number, then what it is about."""
        return " ".join(part for part in (obj.number, obj.abstract) if part)

    def get_body(self, obj: Document) -> str:
        """What else people remember of a document; text, not markup."""
        parts = (obj.type.name, obj.issuer, obj.signer_name, str(obj.field or ""), obj.notes)
        return escape("\n".join(part for part in parts if part))

    def get_numbers(self, obj: Document) -> Iterable[str]:
        """The number in any spelling; a number without a year is also known by the document's own."""
        return number_tokens(obj.number, obj.year)

    def get_tags(self, obj: Document) -> Iterable[str]:
        """Whether other units' sites find it."""
        return (EVERYWHERE,) if obj.reach == DocumentReach.ALL else ()

    def everywhere_queryset(self) -> QuerySet[Document]:
        """What the province shows in every register."""
        return self.read_queryset().filter(reach=DocumentReach.ALL)

    def get_published_at(self, obj: Document) -> datetime | None:
        """The day of issue, by which documents are remembered; else when citizens could first read it."""
        if obj.issued_on:
            return timezone.make_aware(datetime.combine(obj.issued_on, time(12)))
        return obj.published_at


class DisclosureIndex(UnitIndex, indexes.Indexable):
    """What the unit has disclosed, found by the duty's words, the period, the document's number."""

    kind = "disclosure"
    related = ("duty", "document")

    def get_model(self) -> type[DisclosureEntry]:
        """Haystack's hook."""
        return DisclosureEntry

    def get_body(self, obj: DisclosureEntry) -> str:
        """The entry's text, what it is disclosed under, who signed it."""
        parts = (obj.duty.title, str(obj.duty.get_group_display()), obj.signer)
        return obj.body + "".join(f"<p>{escape(part)}</p>" for part in parts if part)

    def get_numbers(self, obj: DisclosureEntry) -> Iterable[str]:
        """The document's number in any spelling."""
        number = obj.document.number if obj.document else obj.document_number
        return number_tokens(number, obj.year or 0) if number else ()

    def get_published_at(self, obj: DisclosureEntry) -> datetime | None:
        """When citizens could first read it."""
        return obj.published_at
