"""One day of the schedule with everything, and a month at a glance."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.page_cache import public_page
from portal.core.templatetags.portal_text import date_long
from units.enums import Module
from units.middleware import site_of, unit_of
from units.rules.schedule import monday_of
from units.schedule import pages
from units.schedule.month import glance_of
from units.schedule.tables import day_table, month_days
from units.views.doors import module_open


def _date(year: str, month: str, day: str = "1") -> date:
    """The day; 404 for 30 February and month 13."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise Http404 from error


@require_safe
@module_open(Module.SCHEDULE)
@public_page
def day(request: HttpRequest, year: str, month: str, day: str) -> HttpResponse:
    """One day: content, who takes part, what changed when."""
    wanted = _date(year, month, day)
    shown, this_monday = day_table(wanted), pages.this_monday()
    is_empty = not any(half.lines for half in shown.halves)
    monday = monday_of(wanted)
    before, after = pages.beside(wanted, is_empty=is_empty)
    week = pages.Way(pages.short_week_title(monday), pages.week_url(monday))
    context: dict[str, Any] = {
        "day": shown,
        "is_empty": is_empty,
        "prev_url": pages.day_url(before) if before else "",
        "next_url": pages.day_url(after) if after else "",
        "week": week,
        "month_url": pages.month_url(wanted),
        "is_this_week": monday == this_monday,
        "reception_url": pages.reception_url(unit_of(request), site_of(request)),
        "breadcrumbs": pages.crumbs(week, pages.Way(date_long(wanted), "")),
    }
    return render(request, "units/schedule_day.html", context)


@require_safe
@module_open(Module.SCHEDULE)
@public_page
def month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    """One month: how much is on each day, and what first."""
    first = _date(year, month)
    days = month_days(first.year, first.month)
    glance = glance_of(first, days)
    before, after = pages.months_beside(first, is_empty=not glance.number)
    words = _("Tháng %(month)d năm %(year)d") % {"month": first.month, "year": first.year}
    context: dict[str, Any] = {
        "month": first,
        "month_title": words,
        "glance": glance,
        "prev_url": pages.month_url(before) if before else "",
        "next_url": pages.month_url(after) if after else "",
        "breadcrumbs": pages.crumbs(pages.Way(words, "")),
    }
    return render(request, "units/schedule_month.html", context)
