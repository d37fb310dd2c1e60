"""The search page; works without JavaScript, never cached."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.search.queries import SearchPage, SearchUnavailable, search_units
from units.middleware import unit_of

PAGE_SIZE = 10
MAX_PAGE = 50


@dataclass(frozen=True, slots=True)
class ShownHit:
    """One result as the template prints it."""

    title_html: str
    extract_html: str
    url: str
    kind_label: str
    unit_name: str
    date: Any


def _page_number(raw: str) -> int:
    if len(raw) > 3 or not raw.isascii() or not raw.isdigit() or not 1 <= int(raw) <= MAX_PAGE:  # noqa: PLR2004 - fifty has two digits
        raise Http404
    return int(raw)


def _kind_label(kind: str) -> str:
    return {
        "article": _("Tin tức"),
        "page": _("Giới thiệu"),
        "album": _("Album ảnh"),
        "video": _("Video"),
        "article-en": "English",
    }.get(kind, "")


def _shown(found: SearchPage, unit_name: str) -> list[ShownHit]:
    return [
        ShownHit(
            hit.title_html, hit.extract_html, hit.url, _kind_label(hit.kind), unit_name,
            hit.published_at if hit.kind in {"article", "article-en"} else None,
        )
        for hit in found.hits
    ]  # fmt: skip


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search this unit's site; an empty query shows the box, a broken index a sentence."""
    query = " ".join(request.GET.get("q", "").split())
    number = _page_number(request.GET.get("page", "1"))
    context: dict[str, Any] = {"query": query, "results": None, "error": "", "expanded": "", "page_number": number}
    if query:
        try:
            found = search_units([unit_of(request).pk], query, page=number, page_size=PAGE_SIZE)
        except SearchUnavailable:
            context["error"] = _("Tìm kiếm đang bận. Thử lại sau ít phút, hoặc xem sơ đồ trang.")
            return render(request, "pages/search.html", context, status=503)
        if number > 1 and (not found.hits or found.page != number):
            raise Http404
        context |= _found(request, query, number, found)
    return render(request, "pages/search.html", context)


def _found(request: HttpRequest, query: str, number: int, found: SearchPage) -> dict[str, Any]:
    pages = min(MAX_PAGE, -(-found.total // PAGE_SIZE))

    def address(page: int) -> str | None:
        return f"{request.path}?{urlencode({'q': query, 'page': page})}" if 1 <= page <= pages else None

    first = (number - 1) * PAGE_SIZE + 1
    return {
        "results": {"total": found.total, "hits": _shown(found, unit_of(request).name)},
        "expanded": found.expanded,
        "page_count": pages,
        "first": first,
        "last": first + len(found.hits) - 1,
        "next_url": address(number + 1),
        "prev_url": address(number - 1),
    }
