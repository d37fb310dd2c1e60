"""/cong-khai/bang/…: the figures of a disclosure as files, CSV for programs and XLSX for people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.budgets.files import table_csv_text, table_sheet
from news.models import BudgetTable
from portal.core.page_cache import public_page
from portal.core.spreadsheets import csv_response, xlsx_response
from portal.core.templatetags.portal_text import date_full
from portal.core.text import slugify_vi
from units.enums import Module
from units.middleware import unit_of
from units.views.doors import module_open


def _published(pk: int) -> BudgetTable:
    return get_object_or_404(BudgetTable.objects.published().select_related("entry"), pk=pk)


@require_safe
@public_page
@module_open(Module.DISCLOSURE)
def table_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """One published table as CSV: a comma between cells, a point before decimals."""
    table = _published(pk)
    response = csv_response(f"{slugify_vi(table.title)}.csv", table_csv_text(table))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@public_page
@module_open(Module.DISCLOSURE)
def table_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """One published table as a workbook."""
    table = _published(pk)
    moment = (
        _("Công khai ngày %(day)s") % {"day": date_full(table.entry.published_at)} if table.entry.published_at else ""
    )
    response = xlsx_response(
        f"{slugify_vi(table.title)}.xlsx", table_sheet(table, owner=unit_of(request).name, moment=moment)
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response
