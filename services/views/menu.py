"""The menu of public services: search first, then life events, fields, audiences. All but the results cached."""

import re
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.page_cache import public_page
from services import menu_page
from services.enums import Audience
from services.models import Field, LifeEvent, LifeEventProcedure, Procedure
from services.views.door import services_open
from services.views.menu_search import found_page
from units.enums import UnitKind
from units.middleware import unit_of
from units.models import Unit

# “place-code” of the last row seen: Procedure's rank and code.
_CURSOR: Final = re.compile(r"\A(\d{1,5})-([0-9A-Za-z.\-]{1,40})\Z")


@require_safe
@services_open
def menu(request: HttpRequest) -> HttpResponse:
    """What people come for; with ``?q=`` the procedures found."""
    if request.GET.get("q", "").strip():
        return found_page(request)
    return _front(request, Audience.PEOPLE)


@require_safe
@services_open
def menu_business(request: HttpRequest) -> HttpResponse:
    """The same for businesses and household businesses."""
    return _front(request, Audience.BUSINESS)


@public_page
def _front(request: HttpRequest, audience: Audience) -> HttpResponse:
    unit = unit_of(request)
    everything = menu_page.shows_everything(unit)
    handled = menu_page.handled_by(unit, everything=everything)
    counted = handled.current().by_field(audience)
    fields = menu_page.field_lines(counted)
    context = {
        "lead": menu_page.front_lead(unit, sum(line.number for line in fields), everything=everything),
        "tabs": menu_page.audience_tabs(audience),
        "events": list(LifeEvent.objects.for_audience(audience)),
        "fields": menu_page.top_fields(fields, menu_page.TOP_FIELDS),
        "often": menu_page.first_lines(unit, handled, audience, everything=everything),
        "is_own": unit.kind == UnitKind.DEPARTMENT and not everything,
        "is_business": audience == Audience.BUSINESS,
        "breadcrumbs": menu_page.crumbs(),
    }
    return render(request, "services/menu.html", context)


@require_safe
@services_open
@public_page
def field_list(request: HttpRequest) -> HttpResponse:
    """Fields: those people come for first, then all by letter; what only other offices handle stands folded below."""
    unit = unit_of(request)
    everything = menu_page.shows_everything(unit)
    handled = menu_page.handled_by(unit, everything=everything).current()
    fields = menu_page.field_lines(handled.by_field())
    others = [] if everything else _others(handled)
    context = {
        "used": [line for line in menu_page.top_fields(fields, menu_page.USED_FIELDS) if line.uses],
        "letters": menu_page.by_letter(fields),
        "number": sum(line.number for line in fields),
        "others": menu_page.by_letter(others),
        "others_number": len(others),
        "breadcrumbs": menu_page.crumbs((_("Theo lĩnh vực"), None)),
    }
    return render(request, "services/field_list.html", context)


def _others(handled: Any) -> list[menu_page.FieldLine]:
    """Fields with procedures that this unit does not handle; each leads to those."""
    rest = Procedure.objects.current().exclude(pk__in=handled.values("pk"))
    return menu_page.field_lines(rest.by_field(), "services:field-elsewhere")


@require_safe
@services_open
@public_page
def field(request: HttpRequest, slug: str) -> HttpResponse:
    """One field: what this unit handles, most needed first."""
    return _field_page(request, get_object_or_404(Field, slug=slug), elsewhere=False)


@require_safe
@services_open
@public_page
def field_elsewhere(request: HttpRequest, slug: str) -> HttpResponse:
    """The procedures of one field that other offices handle; 404 where there are none."""
    return _field_page(request, get_object_or_404(Field, slug=slug), elsewhere=True)


def _field_page(request: HttpRequest, shown: Field, *, elsewhere: bool) -> HttpResponse:
    unit = unit_of(request)
    found = menu_page.field_rows(shown, unit, elsewhere=elsewhere)
    cursor = _cursor(request)
    rows = found["rows"].light().ranked()
    page = list((rows.behind(*cursor) if cursor else rows)[: menu_page.FIELD_PAGE + 1])
    if not page or (elsewhere and not found["is_elsewhere"]):
        raise Http404
    has_more, page = len(page) > menu_page.FIELD_PAGE, page[: menu_page.FIELD_PAGE]
    last: Any = page[-1]
    context = {
        **found,
        "field": shown,
        "unit_words": unit.name[:1].lower() + unit.name[1:],
        "lines": [menu_page.line_of(row, is_elsewhere=found["is_elsewhere"]) for row in page],
        "next_url": f"{request.path}?{urlencode({'sau': f'{last.rank}-{last.code}'})}" if has_more else None,
        "first_url": request.path if cursor else None,
        "other_url": _other_url(shown, found),
        "breadcrumbs": _field_crumbs(shown, unit, found),
    }
    return render(request, "services/field.html", context)


def _other_url(shown: Field, found: dict[str, Any]) -> str | None:
    """From what is handled here to the rest, and back."""
    if not found["other_number"]:
        return None
    return reverse("services:field" if found["is_elsewhere"] else "services:field-elsewhere", args=[shown.slug])


def _field_crumbs(shown: Field, unit: Unit, found: dict[str, Any]) -> list[dict[str, Any]]:
    steps: list[tuple[str, str | None]] = [(_("Theo lĩnh vực"), reverse("services:field-list"))]
    steps.append((shown.name, shown.get_absolute_url()))
    if found["is_elsewhere"] and found["other_number"]:
        steps.append((_("Nơi khác giải quyết"), None))
    return menu_page.crumbs(*steps)


def _cursor(request: HttpRequest) -> tuple[int, str] | None:
    """The last row seen; 404 for what no page of ours has written."""
    text = request.GET.get("sau", "")
    if not text:
        return None
    match = _CURSOR.match(text)
    if match is None:
        raise Http404
    return int(match[1]), match[2]


@require_safe
@services_open
@public_page
def life_event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event of a life or a business: what to do, in the order it is needed."""
    unit = unit_of(request)
    event = get_object_or_404(LifeEvent, slug=slug)
    entries = list(LifeEventProcedure.objects.of_event(event))
    keys = {entry.procedure_id for entry in entries}
    handled = menu_page.handled_keys(unit, keys, everything=menu_page.shows_everything(unit))
    context = {
        "event": event,
        "lines": [
            menu_page.line_of(entry.procedure, note=entry.note, is_elsewhere=entry.procedure_id not in handled)
            for entry in entries
        ],
        "others": [other for other in LifeEvent.objects.for_audience(event.audience) if other.pk != event.pk],
        "breadcrumbs": menu_page.crumbs((event.name, None)),
    }
    return render(request, "services/life_event.html", context)
