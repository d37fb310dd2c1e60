"""The whole week for the office, internal lines and cars included, as XLSX and DOCX."""

from typing import Any, Final

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import re_path
from django.views.decorators.http import require_safe

from portal.core.spreadsheets import XLSX_TYPE
from units.chrome import full_name
from units.middleware import site_of, unit_of
from units.rules.schedule import monday_of_week
from units.schedule.files import DOCX_TYPE, WeekFile, docx_of, file_name, file_response, week_file, xlsx_of
from units.schedule.table import WeekTable
from units.schedule.tables import week_table

_WEEK: Final = r"tuan/(?P<year>20\d\d)/W(?P<week>\d\d)"


def _week(request: HttpRequest, year: str, week: str) -> tuple[WeekTable, WeekFile]:
    if not request.user.has_perm("units.consolidate_schedule"):
        raise PermissionDenied
    try:
        monday = monday_of_week(int(year), int(week))
    except ValueError as error:
        raise Http404 from error
    table = week_table(monday, internal=True)
    return table, week_file(table, full_name(unit_of(request), site_of(request)), internal=True)


@require_safe
def week_xlsx(request: HttpRequest, year: str, week: str) -> HttpResponse:
    """For Excel."""
    table, words = _week(request, year, week)
    return file_response(f"noi-bo-{file_name(table, 'xlsx')}", XLSX_TYPE, xlsx_of(words))


@require_safe
def week_docx(request: HttpRequest, year: str, week: str) -> HttpResponse:
    """For Word."""
    table, words = _week(request, year, week)
    return file_response(f"noi-bo-{file_name(table, 'docx')}", DOCX_TYPE, docx_of(words))


def week_urls() -> list[Any]:
    """“admin:units_scheduleweek_xlsx” and “…_docx” with year and week."""
    view = admin.site.admin_view
    return [
        re_path(rf"^{_WEEK}/lich\.xlsx$", view(week_xlsx), name="units_scheduleweek_xlsx"),
        re_path(rf"^{_WEEK}/lich\.docx$", view(week_docx), name="units_scheduleweek_docx"),
    ]
