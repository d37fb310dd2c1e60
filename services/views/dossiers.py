"""Following a dossier, and the monthly table of results."""

from datetime import date
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.page_cache import public_page
from portal.core.spreadsheets import csv_response
from portal.core.visitors import Limit, take, visitor_hash
from services import dossier_page, dossier_table
from services.forms.dossiers import LookupForm
from services.menu_page import crumbs
from services.models import DossierFeed
from services.rules import dossiers as rules
from services.views.door import services_open
from units.enums import UnitKind
from units.middleware import unit_of
from units.models import Unit

INVALID: Final = 422
TOO_MANY: Final = 429
NO_ROBOTS: Final = "noindex, nofollow"
_LOOKUPS: Final = Limit("dossier-lookup", rules.LOOKUPS_PER_HOUR)


@require_safe
@services_open
def dossier(request: HttpRequest) -> HttpResponse:
    """The form, and with ``?so=`` what the units have published about this number; never cached, not for robots."""
    unit = unit_of(request)
    form = LookupForm(request.GET) if "so" in request.GET else LookupForm()
    context: dict[str, Any] = {"form": form, "breadcrumbs": crumbs((_("Tra cứu hồ sơ"), None))}
    status = 200
    if form.is_bound:
        if not form.is_valid():
            status = INVALID
        elif not take(_LOOKUPS, visitor_hash(request)):
            status, context["is_too_many"] = TOO_MANY, True
        else:
            context |= _answer(request, form.cleaned_data["so"], unit)
    if not context.get("answers"):
        is_province = unit.kind == UnitKind.PROVINCE
        context["has_feed"] = is_province or DossierFeed.objects.read_before().exists()
        context["national_url"] = settings.SERVICES_URL
    response = render(request, "services/dossier.html", context, status=status)
    response.headers["X-Robots-Tag"] = NO_ROBOTS
    return response


def _answer(request: HttpRequest, key: str, unit: Unit) -> dict[str, Any]:
    answers = dossier_page.find_answers(request, key, unit)
    if answers:
        return {"answers": answers}
    province = Unit.objects.current().provinces().defer("boundary").prefetch_related("domains").first()
    typed = request.GET.get("so", "")[:60]
    return {"unknown": dossier_page.unknown_context(request, unit, province, key, typed)}


# --- months -----------------------------------------------------------------------------------------------------------


def _month(months: list[date], year: int | None, month: int | None) -> date | None:
    """The month that is asked for, the newest one without; None where nothing is counted yet. 404 for other months."""
    if year is None or month is None:
        return months[0] if months else None
    try:
        asked = date(year, month, 1)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    if asked not in months:
        raise Http404
    return asked


@require_safe
@services_open
@public_page
def dossier_months(request: HttpRequest, year: int | None = None, month: int | None = None) -> HttpResponse:
    """One month's table: by field on a unit's site, by unit on the province's; four queries and the frame."""
    unit = unit_of(request)
    scope = dossier_page.scope_of(unit)
    months = dossier_table.months_in(scope)
    asked = _month(months, year, month)
    table = dossier_table.table_of(request, unit, scope, asked) if asked else None
    context = {
        "table": table,
        "month": asked,
        "months": dossier_table.month_links(months, asked),
        "older_url": dossier_table.beside(months, asked, 1),
        "newer_url": dossier_table.beside(months, asked, -1),
        "by_unit": unit.kind == UnitKind.PROVINCE,
        "breadcrumbs": crumbs((_("Tra cứu hồ sơ"), reverse("services:dossier")), (_("Kết quả từng tháng"), None)),
    }
    return render(request, "services/dossier_months.html", context)


@require_safe
@services_open
@public_page
def dossier_month_csv(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The same table as data, for spreadsheets."""
    unit = unit_of(request)
    scope = dossier_page.scope_of(unit)
    asked = _month(dossier_table.months_in(scope), year, month)
    if asked is None:
        raise Http404
    text = dossier_table.csv_of(
        dossier_table.table_of(request, unit, scope, asked), by_unit=unit.kind == UnitKind.PROVINCE
    )
    return csv_response(f"ho-so-{unit.slug}-{asked:%Y-%m}.csv", text)
