"""About pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.enums import PageLanguage
from news.models import Page
from news.structured_data import breadcrumbs_json_ld
from portal.core.page_cache import public_page


@require_safe
@public_page
def page_detail(request: HttpRequest, slug: str, language: str = PageLanguage.VI) -> HttpResponse:
    """One about page with the list of its neighbours."""
    page = get_object_or_404(Page.objects.published(), slug=slug, language=language)
    return _about(request, page, list(Page.objects.published().in_language(PageLanguage(language))))


@require_safe
@public_page
def page_index(request: HttpRequest) -> HttpResponse:
    """The about section: its first page, or a sentence where the unit wrote none."""
    pages = list(Page.objects.published().in_language(PageLanguage.VI))
    return _about(request, None, pages)


def _about(request: HttpRequest, page: Page | None, pages: list[Page]) -> HttpResponse:
    crumbs: list[dict[str, Any]] = [{"label": _("Trang chủ"), "url": "/"}]
    about = _("Giới thiệu")
    crumbs.append({"label": about, "url": reverse("news:page-index") if page else None})
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
    context = {"page": page, "pages": menu, "breadcrumbs": crumbs, "json_ld": breadcrumbs_json_ld(request, crumbs)}
    return render(request, "news/page_detail.html" if page else "news/page_index.html", context)
