"""RSS and Atom, per unit and per category: bounded, whole summaries, lasting addresses."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _

from news.models import Article, Category
from portal.core.richtext import plain_text
from units.middleware import unit_of


class NewsFeed(Feed):  # type: ignore[type-arg]  # not subscriptable at run time
    """The unit's newest items as RSS 2.0; with a category slug, that category's."""

    feed_type: type[SyndicationFeed] = Rss201rev2Feed
    language = "vi"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the same feed for everybody, cacheable like every public page."""
        response = super().__call__(request, *args, **kwargs)
        response.is_public_page = True  # type: ignore[attr-defined]  # portal.core.page_cache's mark
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

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
