"""Where to go with a procedure: the commune's own answer, by name or by the phone's position (which only the browser sees)."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.page_cache import public_page
from portal.core.text import nfc
from services.local_page import answer_at, local_block, picker
from services.models import Procedure
from services.procedure_page import crumbs_of, find_procedure
from units.boundaries import SCALE
from units.chrome import host_url
from units.enums import Extent, UnitKind
from units.middleware import unit_of
from units.models import Domain, UnitArea, UnitSuccession
from units.naming import WORDS_LIMIT, Named, find_named

GROUNDS = (UnitKind.COMMUNE, UnitKind.DISTRICT)


@require_safe
@public_page
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Where to hand ``code`` in. On the province's site ``?ten=`` names a commune of today or of before, ``?xa=`` is one."""
    procedure = find_procedure(code)
    if unit_of(request).kind == UnitKind.PROVINCE:
        if slug := request.GET.get("xa", ""):
            return _answer(request, procedure, slug)
        if words := nfc(request.GET.get("ten", ""))[:WORDS_LIMIT].strip():
            return _choices(request, procedure, words)
    return _page(request, procedure, local=local_block(request, procedure))


def _page(request: HttpRequest, procedure: Procedure, **more: Any) -> HttpResponse:
    context = {"procedure": procedure, "breadcrumbs": crumbs_of(request, procedure, _("Nơi nộp")), **more}
    return render(request, "services/place.html", context)


def _answer(request: HttpRequest, procedure: Procedure, slug: str) -> HttpResponse:
    """One commune's answer, read on purpose from the province's site; an unknown one brings the list back."""
    home = Domain.objects.of_commune(slug)
    if home is None:
        return _page(request, procedure, picker=picker(request, procedure), is_unknown=True)
    link = UnitSuccession.objects.between(request.GET.get("cu", ""), home.unit)
    return _page(
        request,
        procedure,
        local=answer_at(request, home.unit, procedure),
        place_unit=home.unit,
        own_url=host_url(request, home.host, procedure.get_absolute_url()),
        old=link and {"name": link.predecessor.name, "is_part": link.extent == Extent.PARTIAL},
        picker=picker(request, procedure, is_short=True),
    )


def _choices(request: HttpRequest, procedure: Procedure, words: str) -> HttpResponse:
    """One place of that name leads straight to it; several are told apart by district and by what they are now."""
    found = find_named(words, kinds=GROUNDS)
    exact = [row for row in found if row.is_exact]
    rows = exact or found
    address = reverse("services:place", args=[procedure.code])
    ways = {unit.slug: row.unit for row in reversed(exact) for unit in row.today if unit.kind == UnitKind.COMMUNE}
    if len(ways) == 1:
        [(slug, named)] = ways.items()
        query = {"xa": slug} if named.slug == slug else {"xa": slug, "cu": named.slug}
        return HttpResponseRedirect(f"{address}?{urlencode(query)}")
    return _page(
        request,
        procedure,
        words=words,
        choices=[_choice(row, address) for row in rows if row.today],
        is_exact=bool(exact),
        picker=picker(request, procedure, typed=words),
    )


def _choice(row: Named, address: str) -> dict[str, Any]:
    """One name with where it leads: the unit itself, or those that took over from it."""
    parts = {link.successor_id for link in row.successors if link.extent == Extent.PARTIAL}
    old = {"cu": row.unit.slug} if row.unit.is_closed else {}
    return {
        "name": row.unit.name,
        "above": row.unit.parent.name if row.unit.parent else "",
        "is_old": row.unit.is_closed,
        "ways": [
            {
                "name": unit.name,
                "url": f"{address}?{urlencode({'xa': unit.slug, **old})}",
                "is_part": unit.pk in parts,
            }
            for unit in row.today
        ],
    }


@require_safe
@public_page
def boundaries(request: HttpRequest) -> HttpResponse:
    """Where the communes of today lie (units.boundaries), for the browser to find its own commune; two queries, cached."""
    rows = UnitArea.objects.of_communes()
    units = [{"name": row.unit.name, "slug": row.unit.slug, "rings": row.rings} for row in rows]
    options = {"separators": (",", ":"), "ensure_ascii": False}
    return JsonResponse({"scale": SCALE, "units": units}, json_dumps_params=options)
