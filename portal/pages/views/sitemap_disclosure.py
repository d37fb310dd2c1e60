"""What the unit discloses, for the site maps."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from news.disclosure_board import DutyBook
from news.models import DisclosureEntry
from units.enums import Module, UnitKind
from units.middleware import site_of, unit_of


def disclosure_section(request: HttpRequest) -> list[dict[str, Any]]:
    """The shelves and, at the province, the units; nothing where the unit keeps that part switched off."""
    if not site_of(request).has(Module.DISCLOSURE):
        return []
    units = {"title": _("Công khai ở các đơn vị"), "url": reverse("news:disclosure-units")}
    is_province = unit_of(request).kind == UnitKind.PROVINCE and not unit_of(request).is_closed
    page = reverse("news:disclosure-list")
    return [{"title": _("Công khai"), "url": page, "children": [units] if is_province else []}]


def disclosure_addresses(request: HttpRequest, limit: int) -> list[dict[str, Any]]:
    """The shelves, each duty, and the newest ``limit`` entries; two queries."""
    if not site_of(request).has(Module.DISCLOSURE):
        return []
    duties = DutyBook().current(unit_of(request).kind)
    paths = [reverse("news:disclosure-list"), *(reverse("news:disclosure-duty", args=[duty.code]) for duty in duties)]
    entries = DisclosureEntry.objects.published().only("slug", "unit", "edited_at").order_by("-pk")[:limit]
    rows = [{"path": path, "changed": None} for path in paths]
    return [*rows, *({"path": entry.get_absolute_url(), "changed": entry.edited_at} for entry in entries)]
