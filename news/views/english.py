"""News and about pages in English; where there is no translation, the page says so and offers the Vietnamese."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.enums import PageLanguage
from news.models import Article, ArticleTranslation, Page
from news.rules import Cursor
from news.structured_data import breadcrumbs_json_ld
from news.views.lists import cursor_of
from portal.core.page_cache import public_page


def _crumbs(*steps: tuple[str, str | None]) -> list[dict[str, Any]]:
    return [{"label": _("Trang chủ"), "url": "/en/"}, *({"label": label, "url": url} for label, url in steps)]


@require_safe
@public_page
def article_list_en(request: HttpRequest) -> HttpResponse:
    """Everything published in English, newest first."""
    cursor = cursor_of(request.GET.get("truoc", ""))
    rows, has_older = ArticleTranslation.objects.all().page_after(cursor)
    if cursor and not rows:
        raise Http404
    older = None
    if has_older and rows[-1].published_at:
        older = f"{request.path}?truoc={Cursor(rows[-1].published_at, rows[-1].pk).text}"
    crumbs = _crumbs((_("Tin tức"), None))
    context = {
        "translations": rows,
        "older_url": older,
        "newer_url": request.path if cursor else None,
        "breadcrumbs": crumbs,
        "vietnamese_url": reverse("news:article-list"),
        "json_ld": breadcrumbs_json_ld(request, crumbs),
    }
    return render(request, "news/english/article_list.html", context)


@require_safe
@public_page
def article_en(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One article in English; an outdated title in the address redirects; none yet: the way to the Vietnamese."""
    translation = ArticleTranslation.objects.published().for_list().defer(None).filter(article_id=pk).first()
    if translation is None:
        article = get_object_or_404(Article.objects.published().select_related("category"), pk=pk)
        return missing(
            request, article.title, article.get_absolute_url(), reverse("news:article-list-en"), _("Tin tức")
        )
    if request.path != translation.get_absolute_url():
        return HttpResponsePermanentRedirect(translation.get_absolute_url())
    article = translation.article
    crumbs = _crumbs((_("Tin tức"), reverse("news:article-list-en")), (translation.title, None))
    context = {
        "translation": translation,
        "article": article,
        "others": [row for row in ArticleTranslation.objects.all().newest(5) if row.pk != translation.pk][:4],
        "breadcrumbs": crumbs,
        "vietnamese_url": article.get_absolute_url(),
        "alternates": [("vi", request.build_absolute_uri(article.get_absolute_url()))],
        "json_ld": breadcrumbs_json_ld(request, crumbs),
    }
    return render(request, "news/english/article_detail.html", context)


def missing(request: HttpRequest, title: str, path: str, list_url: str, list_label: str) -> HttpResponse:
    """A page that is there in Vietnamese only: says so, offers it, and what there is in English."""
    crumbs = _crumbs((list_label, list_url), (title, None))
    context = {
        "missing_title": title,
        "vietnamese_url": path,
        "list_url": list_url,
        "list_label": list_label,
        "breadcrumbs": crumbs,
    }
    return render(request, "news/english/missing.html", context)


@require_safe
@public_page
def page_index_en(request: HttpRequest) -> HttpResponse:
    """The about section in English."""
    pages = list(Page.objects.published().in_language(PageLanguage.EN))
    crumbs = _crumbs((_("Giới thiệu"), None))
    context = {
        "pages": [{"title": page.title, "url": page.get_absolute_url()} for page in pages],
        "breadcrumbs": crumbs,
        "vietnamese_url": reverse("news:page-index"),
    }
    return render(request, "news/english/page_index.html", context)
