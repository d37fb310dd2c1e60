"""RSS and Atom, per unit and per category: bounded, whole summaries, lasting addresses."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _

from news.models import Article, Category, DisclosureEntry, Document
from portal.core.richtext import plain_text
from units.middleware import unit_of


class PublicFeed(Feed):  # type: ignore[type-arg]  # not subscriptable at run time
    """RSS 2.0 that is the same for everybody."""

    feed_type: type[SyndicationFeed] = Rss201rev2Feed
    language = "vi"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the same feed for everybody, cacheable like every public page."""
        response = super().__call__(request, *args, **kwargs)
        response.is_public_page = True  # type: ignore[attr-defined]  # portal.core.page_cache's mark
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response


class NewsFeed(PublicFeed):
    """The unit's newest items as RSS 2.0; with a category slug, that category's."""

    def get_object(self, request: HttpRequest, category_slug: str = "") -> tuple[HttpRequest, Category | None]:
        """The request (for the unit) and the category, 404 for another unit's."""
        category = get_object_or_404(Category, slug=category_slug) if category_slug else None
        return request, category

    def title(self, obj: tuple[HttpRequest, Category | None]) -> str:
        """Unit, and category where there is one."""
        request, category = obj
        return f"{category} – {unit_of(request)}" if category else _("Tin tức – %(unit)s") % {"unit": unit_of(request)}

    def link(self, obj: tuple[HttpRequest, Category | None]) -> str:
        """The list this feed follows."""
        return obj[1].get_absolute_url() if obj[1] else "/tin-tuc/"

    def description(self, obj: tuple[HttpRequest, Category | None]) -> str:
        """A sentence for feed readers."""
        return _("Tin và thông báo mới của %(unit)s") % {"unit": unit_of(obj[0])}

    subtitle = description

    def items(self, obj: tuple[HttpRequest, Category | None]) -> list[Article]:
        """The newest published items, bounded."""
        rows = Article.objects.all()
        return rows.in_category(obj[1]).for_feed() if obj[1] else rows.for_feed()

    def item_title(self, item: Article) -> str:
        """The title as it stands."""
        return item.title

    def item_description(self, item: Article) -> str:
        """The summary as plain text."""
        return plain_text(item.summary)

    def item_link(self, item: Article) -> str:
        """The lasting address."""
        return item.get_absolute_url()

    def item_pubdate(self, item: Article) -> datetime | None:
        """When it was published."""
        return item.published_at

    def item_updateddate(self, item: Article) -> datetime | None:
        """When it was last revised."""
        return item.revised_at or item.published_at

    def item_categories(self, item: Article) -> list[str]:
        """Its category's name."""
        return [item.category.name]

    def item_author_name(self, item: Article) -> str:
        """The byline."""
        return item.author_name


class NewsAtomFeed(NewsFeed):
    """The same as Atom 1.0."""

    feed_type = Atom1Feed


class DocumentFeed(PublicFeed):
    """Documents in the order they were put before citizens, the unit's own, as RSS 2.0."""

    def get_object(self, request: HttpRequest) -> HttpRequest:
        """The request, for the unit."""
        return request

    def title(self, obj: HttpRequest) -> str:
        """What and whose."""
        return _("Văn bản – %(unit)s") % {"unit": unit_of(obj)}

    def link(self, obj: HttpRequest) -> str:
        """The list this feed follows."""
        return reverse("news:document-list")

    def description(self, obj: HttpRequest) -> str:
        """A sentence for feed readers."""
        return _("Văn bản mới đăng của %(unit)s") % {"unit": unit_of(obj)}

    def items(self, obj: HttpRequest) -> list[Document]:
        """The last ones, bounded."""
        return Document.objects.all().for_feed()

    def item_title(self, item: Document) -> str:
        """Type and number; the abstract stands below."""
        return " ".join(part for part in (item.type.name, item.number) if part)

    def item_description(self, item: Document) -> str:
        """The abstract: text, not markup."""
        return item.abstract

    def item_link(self, item: Document) -> str:
        """The lasting address."""
        return item.get_absolute_url()

    def item_pubdate(self, item: Document) -> datetime | None:
        """When citizens could first read it."""
        return item.published_at

    def item_categories(self, item: Document) -> list[str]:
        """Its type."""
        return [item.type.name]

    def item_author_name(self, item: Document) -> str:
        """Who issued it."""
        return item.issuer


class DisclosureFeed(PublicFeed):
    """What the unit discloses, in the order it was put before citizens, as RSS 2.0."""

    def get_object(self, request: HttpRequest) -> HttpRequest:
        """The request, for the unit."""
        return request

    def title(self, obj: HttpRequest) -> str:
        """What and whose."""
        return _("Công khai – %(unit)s") % {"unit": unit_of(obj)}

    def link(self, obj: HttpRequest) -> str:
        """The page this feed follows."""
        return reverse("news:disclosure-list")

    def description(self, obj: HttpRequest) -> str:
        """A sentence for feed readers."""
        return _("Nội dung mới công khai của %(unit)s") % {"unit": unit_of(obj)}

    def items(self, obj: HttpRequest) -> list[DisclosureEntry]:
        """The last ones, bounded."""
        return DisclosureEntry.objects.all().for_feed()

    def item_title(self, item: DisclosureEntry) -> str:
        """The entry's name."""
        return item.title

    def item_description(self, item: DisclosureEntry) -> str:
        """Under which duty; text, not markup."""
        return item.duty.title

    def item_link(self, item: DisclosureEntry) -> str:
        """The lasting address."""
        return item.get_absolute_url()

    def item_pubdate(self, item: DisclosureEntry) -> datetime | None:
        """When citizens could first read it."""
        return item.published_at

    def item_categories(self, item: DisclosureEntry) -> list[str]:
        """Its shelf."""
        return [str(item.duty.get_group_display())]
