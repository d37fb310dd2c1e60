"""About pages."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.enums import PageLanguage
from news.models import Page
from news.structured_data import breadcrumbs_json_ld
from news.views.english import missing
from portal.core.page_cache import public_page


@require_safe
@public_page
def page_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One about page with the list of its neighbours."""
    page = get_object_or_404(
        Page.objects.published().select_related("translation"), slug=slug, language=PageLanguage.VI
    )
    return _about(request, page, list(Page.objects.published().in_language(PageLanguage.VI)))


@require_safe
@public_page
def page_detail_en(request: HttpRequest, slug: str) -> HttpResponse:
    """One about page in English; under a Vietnamese page's address part its translation, or the offer of the Vietnamese."""
    rows = Page.objects.published().select_related("translation_of", "translation")
    pages = {page.language: page for page in rows.filter(slug=slug)}
    page = pages.get(PageLanguage.EN)
    if page:
        return _about(request, page, list(Page.objects.published().in_language(PageLanguage.EN)))
    original = pages.get(PageLanguage.VI)
    if original is None:
        raise Http404
    translation = getattr(original, "translation", None)
    if translation and translation.is_published:
        return HttpResponsePermanentRedirect(translation.get_absolute_url())
    index = reverse("news:page-index-en")
    return missing(request, original.title, original.get_absolute_url(), index, _("Giới thiệu"))


@require_safe
@public_page
def page_index(request: HttpRequest) -> HttpResponse:
    """The about section: its first page, or a sentence where the unit wrote none."""
    pages = list(Page.objects.published().in_language(PageLanguage.VI))
    return _about(request, None, pages)


def _languages(request: HttpRequest, page: Page | None) -> dict[str, Any]:
    """Where the same page stands in the other language, and what search engines are told of it."""
    if page is None:
        return {"english_url": reverse("news:page-index-en")}
    if page.language == PageLanguage.EN:
        other = page.translation_of if page.translation_of and page.translation_of.is_published else None
        url = other.get_absolute_url() if other else reverse("news:page-index")
        return {"vietnamese_url": url, "alternates": [("vi", request.build_absolute_uri(url))] if other else []}
    translation = getattr(page, "translation", None)
    if translation and translation.is_published:
        url = translation.get_absolute_url()
        return {"english_url": url, "alternates": [("en", request.build_absolute_uri(url))]}
    return {"english_url": reverse("news:page-detail-en", args=[page.slug])}


def _about(request: HttpRequest, page: Page | None, pages: list[Page]) -> HttpResponse:
    english = page is not None and page.language == PageLanguage.EN
    index = reverse("news:page-index-en" if english else "news:page-index")
    crumbs: list[dict[str, Any]] = [{"label": _("Trang chủ"), "url": "/en/" if english else "/"}]
    crumbs.append({"label": _("Giới thiệu"), "url": index if page else None})
    if page:
        crumbs.append({"label": page.title, "url": None})
    menu = [
        {
            "title": row.title,
            "url": row.get_absolute_url(),
            "is_current": row == page,
            "level": 2 if row.parent_id else 1,
        }
        for row in pages
    ]
    context = {
        "page": page,
        "pages": menu,
        "breadcrumbs": crumbs,
        "json_ld": breadcrumbs_json_ld(request, crumbs),
        **_languages(request, page),
    }
    return render(request, "news/page_detail.html" if page else "news/page_index.html", context)
