"""“Bài tự viết và bài lấy lại”: the unit's months, and for the province all units of one month."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.actions.sharing import units_below
from news.admin.planning import month_of
from news.admin.share_screens import demand, screen
from news.models import OriginalityMonth
from news.originality_tables import SORTS, chart_of, csv_of, percent, sorted_rows
from news.rules import neighbour_months
from portal.core.spreadsheets import csv_response
from portal.core.tenancy import units_scope
from units.enums import UnitKind
from units.middleware import unit_of
from units.models import Unit


@require_safe
def own_unit(request: HttpRequest) -> HttpResponse:
    """The unit's months: a chart and a table."""
    demand(request, "news.view_originalitymonth")
    months = list(OriginalityMonth.objects.latest_months())
    lines = [{"row": row, "share": percent(row.own_share)} for row in months]
    return screen(
        request, "originality", _("Bài tự viết và bài lấy lại"), opts=OriginalityMonth._meta, lines=lines,
        chart=chart_of(months), is_province=unit_of(request).kind == UnitKind.PROVINCE,
    )  # fmt: skip


def _all_units(request: HttpRequest) -> tuple[date, list[OriginalityMonth], list[Unit]]:
    """The month asked for in all units below the province, and the units without a row; 404 on any other host."""
    demand(request, "news.view_originalitymonth")
    unit = unit_of(request)
    if unit.kind != UnitKind.PROVINCE:
        raise Http404
    month = month_of(request.GET.get("thang", ""))
    below = [unit, *units_below(unit)]
    # A list scope reads, and can not write (portal.core.tenancy.scope): the province's overview is what it is for.
    with units_scope(below):
        rows = list(OriginalityMonth.objects.in_month(month))
    counted = {row.unit_id for row in rows}
    return month, sorted_rows(rows, request.GET.get("xep", "")), [one for one in below if one.pk not in counted]


@require_safe
def all_units(request: HttpRequest) -> HttpResponse:
    """All units of one month, the smallest own share first unless another order is asked for."""
    month, rows, missing = _all_units(request)
    before, after = neighbour_months(month)
    own, words = sum(row.words_own for row in rows), sum(row.words for row in rows)
    sort = request.GET.get("xep", "")
    lines: list[dict[str, Any]] = [{"row": row, "share": percent(row.own_share)} for row in rows]
    return screen(
        request, "originality_units", _("Bài tự viết và bài lấy lại: mọi đơn vị"), opts=OriginalityMonth._meta,
        month=month, before=before, after=after, lines=lines, missing=missing,
        total=percent(round(100 * own / words, 1) if words else None), sort=sort if sort in SORTS else "share",
        sorts=[("share", _("phần tự viết")), ("name", _("tên")), ("articles", _("số bài")), ("words", _("số chữ"))],
    )  # fmt: skip


@require_safe
def all_units_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file for a spreadsheet."""
    month, rows, _missing = _all_units(request)
    response = csv_response(f"bai-tu-viet-{month:%Y-%m}.csv", csv_of(rows, month))
    response.headers["Cache-Control"] = "no-store"
    return response
