"""/cong-khai/: what the unit must disclose, what is there, missing and late. The same for everybody and cached."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.disclosure_board import DutyBook, UnitRow, unit_rows
from news.disclosure_page import crumbs_to, duty_context, entry_context, framed, gone_context, list_context
from news.enums.documents import DocumentStatus
from news.feeds import DisclosureFeed
from news.models import DisclosureEntry
from news.querysets.disclosure import CSV_LIMIT
from news.rules.disclosure import period_words
from portal.core.page_cache import public_page
from portal.core.spreadsheets import csv_response, csv_text
from portal.core.tenancy import units_scope
from units.chrome import site_url
from units.enums import Module, UnitKind
from units.middleware import unit_of
from units.models import Site, Unit
from units.views.doors import module_open

GONE = 410

disclosure_feed = module_open(Module.DISCLOSURE)(DisclosureFeed())


@require_safe
@public_page
@module_open(Module.DISCLOSURE)
def disclosure_list(request: HttpRequest) -> HttpResponse:
    """The shelves."""
    return render(request, "news/disclosure_list.html", list_context(request))


@require_safe
@public_page
@module_open(Module.DISCLOSURE)
def duty_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One duty with everything disclosed under it."""
    return render(request, "news/disclosure_duty.html", duty_context(request, code))


@require_safe
@public_page
@module_open(Module.DISCLOSURE)
def disclosure_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One entry; an outdated slug redirects, a withdrawn entry answers 410 and says why it was taken away."""
    entry = DisclosureEntry.objects.readable().select_related("duty", "document").filter(pk=pk).first()
    if entry is None:
        raise Http404
    if request.path != entry.get_absolute_url():
        return HttpResponsePermanentRedirect(entry.get_absolute_url())
    if entry.status == DocumentStatus.WITHDRAWN:
        response = render(request, "news/disclosure_gone.html", gone_context(request, entry), status=GONE)
        response.headers["X-Robots-Tag"] = "noindex"
        return response
    return render(request, "news/disclosure_detail.html", entry_context(request, entry))


@require_safe
@module_open(Module.DISCLOSURE)
def register_csv(request: HttpRequest) -> HttpResponse:
    """The register as a file for spreadsheets, the newest CSV_LIMIT entries."""
    heads = [
        _("Mã nội dung"), _("Nội dung"), _("Kỳ"), _("Năm"), _("Tên"), _("Không phát sinh"), _("Số văn bản"), _("Người ký"),
        _("Ngày ký"), _("Hạn công khai"), _("Ngày công khai"), _("Trễ (ngày)"), _("Căn cứ"), _("Địa chỉ"),
    ]  # fmt: skip
    rows = DisclosureEntry.objects.published().defer("body").select_related("duty", "document").newest()[:CSV_LIMIT]
    response = csv_response(
        f"cong-khai-{timezone.localdate():%Y-%m-%d}.csv", csv_text([heads, *(_cells(request, row) for row in rows)])
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _cells(request: HttpRequest, entry: DisclosureEntry) -> list[Any]:
    duty = entry.duty
    number = entry.document.number if entry.document else entry.document_number
    published = timezone.localdate(entry.published_at) if entry.published_at else None
    days = [day.isoformat() if day else "" for day in (entry.signed_on, entry.due_on, published)]
    return [
        duty.code, duty.title, period_words(duty.period, entry.year, entry.part), entry.year or "", entry.title,
        _("có") if entry.nothing_arose else "", number, entry.signer, *days, entry.days_late if entry.due_on else "",
        duty.source, request.build_absolute_uri(entry.get_absolute_url()),
    ]  # fmt: skip


# --- the province's overview ------------------------------------------------------------------------------------------


def _rows(request: HttpRequest) -> list[UnitRow]:
    """The province and every unit below it that exists; 404 on any other host."""
    unit = unit_of(request)
    if unit.kind != UnitKind.PROVINCE or unit.is_closed:
        raise Http404
    # A list scope reads, and can not write (portal.core.tenancy.scope): the province's overview is what it is for.
    return unit_rows([unit, *Unit.objects.for_directory()], DutyBook())


@require_safe
@public_page
@module_open(Module.DISCLOSURE)
def units_overview(request: HttpRequest) -> HttpResponse:
    """All units: how much in time, late, missing."""
    rows, own = _rows(request), unit_of(request)
    with units_scope([row.unit for row in rows]):
        closed = {site.unit_id for site in Site.objects.only("unit_id", "modules") if not site.has(Module.DISCLOSURE)}
    lines = [{"row": row, "url": _address(request, row, own, closed)} for row in rows]
    whole = {name: sum(getattr(row, name) for row in rows) for name in ("in_time", "late", "missing")}
    crumbs = crumbs_to((_("Các đơn vị"), None))
    return render(
        request,
        "news/disclosure_units.html",
        framed(request, crumbs, lines=lines, whole=whole, is_demo=any(row.is_demo for row in rows)),
    )


def _address(request: HttpRequest, row: UnitRow, own: Unit, closed: Iterable[int]) -> str:
    """The unit's own shelves; empty where its site does not show them."""
    if row.unit.pk in closed:
        return ""
    return "/cong-khai/" if row.unit.pk == own.pk else site_url(request, row.unit, "/cong-khai/")


@require_safe
@module_open(Module.DISCLOSURE)
def units_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file for a spreadsheet."""
    heads = [
        _("Mã"), _("Đơn vị"), _("Nội dung phải công khai"), _("Nội dung chưa có"), _("Mục đúng hạn"), _("Mục trễ"),
        _("Kỳ còn thiếu"), _("Tỷ lệ đúng hạn (%)"),
    ]  # fmt: skip
    lines = (
        [row.unit.code, row.unit.name, row.duties.total, row.duties.missing, row.in_time, row.late, row.missing,
         "" if row.share is None else row.share]
        for row in _rows(request)
    )  # fmt: skip
    response = csv_response(f"cong-khai-cac-don-vi-{timezone.localdate():%Y-%m-%d}.csv", csv_text([heads, *lines]))
    response.headers["X-Robots-Tag"] = "noindex"
    return response
