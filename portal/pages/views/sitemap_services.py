"""Procedures in the site maps: what this unit is handed, under its own host; nothing where it keeps no services."""

from typing import Any

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.page_cache import public_page
from services import menu_page
from services.models import LifeEvent, Procedure
from units.chrome import has_services
from units.middleware import site_of, unit_of

# The protocol allows 50,000 addresses a file; a tenth keeps one answer small enough for a small server.
PART_SIZE = 5000
XML = "application/xml; charset=utf-8"


def services_section(request: HttpRequest) -> list[dict[str, Any]]:
    """The branch of the site map for people; one query. The list of fields leads on to every procedure."""
    if not has_services(unit_of(request), site_of(request)):
        return []
    fixed = [
        {"title": _("Thủ tục theo lĩnh vực"), "url": reverse("services:field-list")},
        {"title": _("Cho doanh nghiệp, hộ kinh doanh"), "url": reverse("services:menu-business")},
        {"title": _("Tra cứu hồ sơ"), "url": reverse("services:dossier")},
        {"title": _("Kết quả giải quyết theo tháng"), "url": reverse("services:dossier-months")},
        {"title": _("Mức độ hài lòng"), "url": reverse("services:satisfaction-results")},
    ]
    events = [{"title": event.name, "url": event.get_absolute_url()} for event in LifeEvent.objects.in_order()]
    return [{"title": _("Dịch vụ công"), "url": reverse("services:menu"), "children": [*fixed, *events]}]


def service_parts(request: HttpRequest) -> range:
    """Numbers of the XML parts: 0 is the menu with its events and fields, the others procedures by ranges of ids; one query."""
    if not has_services(unit_of(request), site_of(request)):
        return range(0)
    last = Procedure.objects.aggregate(last=Max("pk"))["last"]
    return range(0 if last is None else int(last) // PART_SIZE + 2)


@require_safe
@public_page
def sitemap_services(request: HttpRequest, part: int) -> HttpResponse:
    """One part; 404 beyond the last, and where the unit keeps no services."""
    if part not in service_parts(request):
        raise Http404
    unit = unit_of(request)
    handled = menu_page.handled_by(unit, everything=menu_page.shows_everything(unit)).current()
    rows = _menu_rows(handled) if part == 0 else _procedure_rows(handled, part)
    context = {"rows": rows, "base": request.build_absolute_uri("/").rstrip("/")}
    return render(request, "pages/sitemap.xml", context, content_type=XML)


def _menu_rows(handled: Any) -> list[dict[str, Any]]:
    fixed = [reverse(f"services:{name}") for name in ("menu", "menu-business", "field-list")]
    fields = [line.url for line in menu_page.field_lines(handled.by_field())]
    events = [event.get_absolute_url() for event in LifeEvent.objects.in_order()]
    return [{"path": path, "changed": None} for path in (*fixed, *events, *fields)]


def _procedure_rows(handled: Any, part: int) -> list[dict[str, Any]]:
    span = handled.filter(pk__gte=(part - 1) * PART_SIZE, pk__lt=part * PART_SIZE).order_by("pk")
    return [{"path": row.get_absolute_url(), "changed": row.changed_at} for row in span.only("code", "changed_at")]
