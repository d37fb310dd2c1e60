"""Procedures found by words: ``/dich-vu-cong/?q=``. Never cached: every question is its own."""

from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.search.queries import SearchUnavailable
from services import menu_page
from services.enums import Audience
from services.finding import FoundProcedures, find_procedures
from services.models import LifeEvent
from units.middleware import unit_of

PAGE_SIZE: Final = 10
MAX_PAGE: Final = 50


def found_page(request: HttpRequest) -> HttpResponse:
    """The results, what was searched for besides, and where to look when nothing was found."""
    query = " ".join(request.GET.get("q", "").split())
    number = _page_number(request.GET.get("trang", "1"))
    context: dict[str, Any] = {"query": query, "breadcrumbs": menu_page.crumbs((_("Kết quả tìm"), None))}
    try:
        found = find_procedures(query, unit=unit_of(request), page=number, page_size=PAGE_SIZE)
    except SearchUnavailable:
        context["error"] = _("Tìm kiếm đang bận. Thử lại sau ít phút, hoặc chọn theo việc, theo lĩnh vực.")
        return render(request, "services/menu_results.html", context, status=503)
    if number > 1 and (not found.hits or found.page != number):
        raise Http404
    return render(request, "services/menu_results.html", context | _shown(request, query, found))


def _page_number(raw: str) -> int:
    if len(raw) > 3 or not raw.isascii() or not raw.isdigit() or not 1 <= int(raw) <= MAX_PAGE:  # noqa: PLR2004 - fifty has two digits
        raise Http404
    return int(raw)


def _shown(request: HttpRequest, query: str, found: FoundProcedures) -> dict[str, Any]:
    unit = unit_of(request)
    everything = menu_page.shows_everything(unit)
    keys = {hit.procedure.pk for hit in found.hits}
    here = menu_page.handled_keys(unit, keys, everything=everything)

    def address(page: int) -> str | None:
        in_bounds = 1 <= page <= min(MAX_PAGE, found.page_count)
        return f"{request.path}?{urlencode({'q': query, 'trang': page})}" if in_bounds else None

    first = (found.page - 1) * PAGE_SIZE + 1
    return {
        "found": found,
        "lines": [
            menu_page.line_of(hit.procedure, marked=hit.title_html, is_elsewhere=hit.procedure.pk not in here)
            for hit in found.hits
        ],
        "events": [] if found.hits else list(LifeEvent.objects.for_audience(Audience.PEOPLE)),
        "first": first,
        "last": first + len(found.hits) - 1,
        "next_url": address(found.page + 1),
        "prev_url": address(found.page - 1),
    }
