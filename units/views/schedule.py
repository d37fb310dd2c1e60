"""The leaders' work schedule: week, one leader, the printed sheet, archive. Days, months: schedule_days; the lobby: board.

Pages say which day is today; the page cache's keys carry the date, so midnight turns them (portal.core.page_cache).
"""

import re
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.page_cache import public_page
from units.chrome import full_name
from units.enums import Module
from units.middleware import site_of, unit_of
from units.models import Person, ScheduleWeek
from units.rules.schedule import monday_of_week
from units.schedule import pages
from units.schedule.sheet import sheet_of
from units.schedule.tables import week_table
from units.views.doors import module_open

_WEEK: Final = re.compile(r"\A(20\d\d)-W(\d\d)\Z")
_YEAR: Final = re.compile(r"\A20\d\d\Z")


def _monday(year: str, week: str) -> date:
    """The week's Monday; 404 for week 54, and 53 of a year without one."""
    try:
        monday = monday_of_week(int(year), int(week))
    except ValueError as error:
        raise Http404 from error
    if not pages.FIRST_DAY <= monday <= pages.LAST_DAY:
        raise Http404
    return monday


def _week_context(
    request: HttpRequest, monday: date, *, person: Person | None = None, choice: str = ""
) -> dict[str, Any]:
    unit, now = unit_of(request), pages.this_monday()
    table = week_table(monday, person_id=person.pk if person else None)
    shown = pages.narrowed(table, choice) if choice else table
    return {
        "table": shown,
        "week_title": pages.week_title(table),
        "is_this_week": monday == now,
        "this_week_url": reverse("units:schedule"),
        "has_evening": any(half.session == "EVENING" for day in shown.days for half in day.halves),
        "empty": pages.empty_week(table, unit, now),
        "reception_url": pages.reception_url(unit, site_of(request)),
        "print_url": pages.week_url(monday, "schedule-print") if pages.has_lines(table) else "",
        "outputs": pages.outputs(table),
        **pages.filters(table, choice=choice, person_id=person.pk if person else None),
        **pages.steps(table, now, person=person),
    }


def _week_page(request: HttpRequest, monday: date) -> HttpResponse:
    choice = request.GET.get("loc", "")
    if choice not in {"", pages.RECEPTION, pages.DEPUTIES}:
        raise Http404
    context = _week_context(request, monday, choice=choice)
    context["breadcrumbs"] = pages.crumbs(pages.Way(context["week_title"], ""))
    return render(request, "units/schedule_week.html", context)


@require_safe
@module_open(Module.SCHEDULE)
@public_page
def current_week(request: HttpRequest) -> HttpResponse:
    """This week, at an address that stays."""
    return _week_page(request, pages.this_monday())


@require_safe
@module_open(Module.SCHEDULE)
@public_page
def week(request: HttpRequest, year: str, week: str) -> HttpResponse:
    """One week; with ``?loc=`` citizen reception or the deputies only."""
    return _week_page(request, _monday(year, week))


@require_safe
@module_open(Module.SCHEDULE)
@public_page
def of_leader(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """One leader's week: this one, or ``?tuan=2026-W48``."""
    person = get_object_or_404(Person.objects.ever_leading(), pk=int(pk))
    address = pages.leader_url(person.pk, person.slug)
    if request.path != address:
        query = request.GET.urlencode()
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    text = request.GET.get("tuan", "")
    match = _WEEK.match(text)
    if text and match is None:
        raise Http404
    monday = _monday(match[1], match[2]) if match else pages.this_monday()
    context = _week_context(request, monday, person=person)
    site = site_of(request)
    context |= {
        "person": person,
        "person_post": next((short for key, short, _name in context["table"].leaders if key == person.pk), ""),
        "person_url": person.get_absolute_url() if person.is_shown and site.has(Module.PEOPLE) else "",
        "feed_url": reverse("units:calendar-leader", args=[person.slug, person.pk]),
        "breadcrumbs": pages.crumbs(pages.Way(person.full_name, "")),
    }
    return render(request, "units/schedule_leader.html", context)


@require_safe
@module_open(Module.SCHEDULE)
@public_page
def archive(request: HttpRequest) -> HttpResponse:
    """The published weeks of one year by month; the newest year, or ``?nam=2025``."""
    wanted = request.GET.get("nam", "")
    if wanted and not _YEAR.match(wanted):
        raise Http404
    years = ScheduleWeek.objects.published_years()
    year = int(wanted) if wanted else (years[0] if years else pages.this_monday().year)
    if wanted and year not in years:
        raise Http404
    page = reverse("units:schedule-archive")
    context = {
        "year": year,
        "months": _by_month(list(ScheduleWeek.objects.published_in(year)) if years else []),
        "years": [pages.Way(str(one), f"{page}?nam={one}", one == year) for one in years],
        "breadcrumbs": pages.crumbs(pages.Way(_("Các tuần đã công bố"), "")),
    }
    return render(request, "units/schedule_archive.html", context)


def _by_month(weeks: list[ScheduleWeek]) -> list[tuple[date, list[dict[str, Any]]]]:
    """Month → its weeks, newest first."""
    found: dict[date, list[dict[str, Any]]] = {}
    for row in weeks:
        found.setdefault(row.monday.replace(day=1), []).append({"week": row, "url": pages.week_url(row.monday)})
    return list(found.items())


@require_safe
@module_open(Module.SCHEDULE)
@public_page
def print_sheet(request: HttpRequest, year: str, week: str) -> HttpResponse:
    """The week on A4 across, as offices print it: by day, or with a column for each leader (``?kieu=lanh-dao``)."""
    monday, kind = _monday(year, week), request.GET.get("kieu", "")
    if kind not in {"", "lanh-dao"}:
        raise Http404
    table = week_table(monday)
    page = pages.week_url(monday, "schedule-print")
    context = {
        "table": table,
        "sheet": sheet_of(table, by_leader=bool(kind)),
        "by_leader": bool(kind),
        "other_url": page if kind else f"{page}?kieu=lanh-dao",
        "week_title": pages.week_title(table),
        "week_url": pages.week_url(monday),
        "week_address": request.build_absolute_uri(pages.week_url(monday)),
        "office": full_name(unit_of(request), site_of(request)),
        "empty": pages.empty_week(table, unit_of(request), pages.this_monday()),
    }
    return render(request, "units/schedule_print.html", context)
