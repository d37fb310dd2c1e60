"""The search page; works without JavaScript, never cached."""

from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.pages.search_page import PAGE_SIZE, find, shown_hits
from portal.search.queries import SearchPage, SearchUnavailable

MAX_PAGE: Final = 50
# ?dung=1 looks for the typed words only.
EXACT: Final = "dung"


def _page_number(raw: str) -> int:
    if len(raw) > 3 or not raw.isascii() or not raw.isdigit() or not 1 <= int(raw) <= MAX_PAGE:  # noqa: PLR2004 - fifty has two digits
        raise Http404
    return int(raw)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search this unit's site; an empty query shows the box, a broken index a sentence."""
    query = " ".join(request.GET.get("q", "").split())
    number = _page_number(request.GET.get("page", "1"))
    exact = request.GET.get(EXACT) == "1"
    context: dict[str, Any] = {"query": query, "results": None, "error": "", "expanded": "", "page_number": number}
    if query:
        try:
            found = find(request, query, number, exact=exact)
        except SearchUnavailable:
            context["error"] = _("Tìm kiếm đang bận. Thử lại sau ít phút, hoặc xem sơ đồ trang.")
            return render(request, "pages/search.html", context, status=503)
        if number > 1 and (not found.hits or found.page != number):
            raise Http404
        context |= _found(request, query, found, exact=exact)
    return render(request, "pages/search.html", context)


def _found(request: HttpRequest, query: str, found: SearchPage, *, exact: bool) -> dict[str, Any]:
    pages = min(MAX_PAGE, found.page_count)

    def address(page: int, *, same_words: bool) -> str:
        return f"{request.path}?{urlencode({'q': query, 'page': page} | ({EXACT: 1} if same_words else {}))}"

    def neighbour(page: int) -> str | None:
        return address(page, same_words=exact) if 1 <= page <= pages else None

    first = (found.page - 1) * PAGE_SIZE + 1
    return {
        "results": {"total": found.total, "hits": shown_hits(request, found)},
        "expanded": found.expanded,
        "exact_url": address(1, same_words=True) if found.expanded else "",
        "wide_url": address(1, same_words=False) if exact else "",
        "page_count": pages,
        "first": first,
        "last": first + len(found.hits) - 1,
        "next_url": neighbour(found.page + 1),
        "prev_url": neighbour(found.page - 1),
    }
