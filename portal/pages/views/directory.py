"""/phuong-xa/: all sites of the province, and where an old ward or commune went."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.page_cache import public_page
from portal.core.text import nfc
from units.chrome import site_url
from units.enums import Extent, UnitKind
from units.models import Unit
from units.naming import find_named

QUERY_LIMIT = 80


def unit_groups(request: HttpRequest) -> list[dict[str, Any]]:
    """Current units by kind with their addresses, for the directory and the site map."""
    labels = {
        UnitKind.COMMUNE: _("Xã, phường"),
        UnitKind.DISTRICT: _("Quận, huyện, thị xã"),
        UnitKind.DEPARTMENT: _("Sở, ban, ngành"),
    }
    units = list(Unit.objects.for_directory())
    groups = []
    for kind, label in labels.items():
        rows = [{"name": unit.name, "url": site_url(request, unit)} for unit in units if unit.kind == kind]
        if rows:
            groups.append({"label": label, "units": rows})
    return groups


def _answers(request: HttpRequest, words: str) -> list[dict[str, Any]]:
    """What became of every unit whose name contains the words, marks or not; those called just so first."""
    return [
        {
            "old_name": row.unit.name,
            "url": site_url(request, row.unit),
            "is_current": not row.unit.is_closed,
            "closed_on": row.unit.closed_on,
            "parent": row.unit.parent.name if row.unit.parent else "",
            "successors": [
                {
                    "name": link.successor.name,
                    "url": site_url(request, link.successor),
                    "extent_label": "" if link.extent == Extent.FULL else link.get_extent_display(),
                }
                for link in row.successors
            ],
        }
        for row in find_named(words)
    ]


@require_safe
@public_page
def unit_directory(request: HttpRequest) -> HttpResponse:
    """All units by kind; with ``?ten=`` what became of an old name, closed units included."""
    query = nfc(request.GET.get("ten", ""))[:QUERY_LIMIT].strip()
    context = {
        "query": query,
        "answers": _answers(request, query) if query else [],
        "groups": unit_groups(request),
        "breadcrumbs": [{"label": _("Trang chủ"), "url": "/"}, {"label": _("Phường, xã và các cơ quan"), "url": None}],
    }
    return render(request, "pages/unit_directory.html", context)
