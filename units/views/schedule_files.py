"""The week as XLSX and DOCX for citizens: what the page shows, to print or to send on."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.core.page_cache import public_page
from portal.core.spreadsheets import XLSX_TYPE
from units.chrome import full_name
from units.enums import Module
from units.middleware import site_of, unit_of
from units.rules.schedule import monday_of_week
from units.schedule.files import DOCX_TYPE, WeekFile, docx_of, file_name, file_response, week_file, xlsx_of
from units.schedule.pages import FIRST_DAY, LAST_DAY
from units.schedule.table import WeekTable
from units.schedule.tables import week_table
from units.views.doors import module_open


def _monday(year: str, week: str) -> date:
    try:
        monday = monday_of_week(int(year), int(week))
    except ValueError as error:
        raise Http404 from error
    if not FIRST_DAY <= monday <= LAST_DAY:
        raise Http404
    return monday


def _week(request: HttpRequest, year: str, week: str) -> tuple[WeekTable, WeekFile]:
    table = week_table(_monday(year, week))
    return table, week_file(table, full_name(unit_of(request), site_of(request)))


@require_safe
@module_open(Module.SCHEDULE)
@public_page
def week_xlsx(request: HttpRequest, year: str, week: str) -> HttpResponse:
    """For Excel."""
    table, words = _week(request, year, week)
    return file_response(file_name(table, "xlsx"), XLSX_TYPE, xlsx_of(words))


@require_safe
@module_open(Module.SCHEDULE)
@public_page
def week_docx(request: HttpRequest, year: str, week: str) -> HttpResponse:
    """For Word."""
    table, words = _week(request, year, week)
    return file_response(file_name(table, "docx"), DOCX_TYPE, docx_of(words))
