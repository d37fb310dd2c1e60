"""What an article's page is made of: the same for citizens, for the preview beside the form, and behind a preview link."""

import copy
from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from news.enums import ArticleStatus, PublicNoteKind
from news.models import Article, ArticleAttachment, PublicNote, Tag
from news.month_calendar import calendar_for
from news.structured_data import article_json_ld
from portal.core.sharing_links import share_links
from units.middleware import site_of

SIDE_ITEMS: Final = 4
TEMPLATE: Final = "news/article_detail.html"


def crumbs_of(article: Article) -> list[dict[str, Any]]:
    """The way to the article."""
    return [
        {"label": _("Trang chủ"), "url": "/"},
        {"label": _("Tin tức"), "url": reverse("news:article-list")},
        {"label": article.category.name, "url": article.category.get_absolute_url()},
        {"label": article.title, "url": None},
    ]


def article_context(request: HttpRequest, article: Article) -> dict[str, Any]:
    """Everything the page of a saved article shows, in a constant number of queries."""
    notes = list(PublicNote.objects.of_article(article))
    crumbs = crumbs_of(article)
    is_published = article.status == ArticleStatus.PUBLISHED
    context = {
        **_surroundings(request, article),
        "share": _share(request, article),
        "tags": list(article.tags.all()),
        "attachments": list(ArticleAttachment.objects.of_article(article)),
        **_notes_in(notes),
        "breadcrumbs": crumbs,
        "json_ld": article_json_ld(request, article, crumbs) if is_published else "",
        "noindex": not is_published,
    }
    if article.canonical_url:
        context["canonical_url"] = article.canonical_url
    return context | _in_english(request, article)


def _in_english(request: HttpRequest, article: Article) -> dict[str, Any]:
    """Where “English” leads from this article; a translation that is there is told to search engines."""
    translation = getattr(article, "translation", None)
    if translation and translation.is_published and article.status == ArticleStatus.PUBLISHED:
        url = translation.get_absolute_url()
        return {"english_url": url, "alternates": [("en", request.build_absolute_uri(url))]}
    if article.status == ArticleStatus.PUBLISHED:
        return {"english_url": reverse("news:article-en", args=[article.slug, article.pk])}
    return {}


def _surroundings(request: HttpRequest, article: Article) -> dict[str, Any]:
    """What stands around the words: others of the category, the calendar."""
    local = timezone.localdate(article.published_at)
    return {
        "article": article,
        "same_category": Article.objects.neighbours_of(article, SIDE_ITEMS),
        "other_news": Article.objects.others_than(article, SIDE_ITEMS),
        "calendar": calendar_for(local.replace(day=1), local),
    }


def _notes_in(notes: list[PublicNote]) -> dict[str, list[PublicNote]]:
    return {
        "public_notes": notes,
        "corrections": [note for note in notes if note.kind == PublicNoteKind.CORRECTION],
    }


def _share(request: HttpRequest, article: Article) -> list[dict[str, str]]:
    return share_links(article.title, request.build_absolute_uri(article.get_absolute_url()))


def preview_context(request: HttpRequest, article: Article, tags: Sequence[Tag] | None = None) -> dict[str, Any]:
    """The page as citizens will see it, of a text that they can not see yet; ``tags`` where the text is not saved.

    It carries no address of its own, in no place: nothing to be indexed, shared or sent to a measuring service by mistake.
    """
    article.published_at = article.published_at or article.scheduled_for or timezone.now()
    site = copy.copy(site_of(request))
    site.measurement_src = ""
    saved = article.pk is not None
    notes = list(PublicNote.objects.of_article(article)) if saved else []
    return {
        **_surroundings(request, article),
        "share": [],
        "site": site,
        "tags": list(article.tags.all()) if tags is None else list(tags),
        "attachments": list(ArticleAttachment.objects.of_article(article)) if saved else [],
        **_notes_in(notes),
        "breadcrumbs": crumbs_of(article),
        "json_ld": "",
        "canonical_url": "",
        "page_path": "",
        "noindex": True,
        "is_preview": True,
    }


def preview_page(request: HttpRequest, article: Article) -> HttpResponse:
    """The preview of a saved text as a page of its own: never stored, never indexed, and it tells nobody where it stands."""
    response = render(request, TEMPLATE, preview_context(request, article))
    return closed_to_others(response)


def closed_to_others(response: HttpResponse) -> HttpResponse:
    """Mark an answer under a secret address: no cache keeps it, no robot lists it, no link tells where it came from."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
