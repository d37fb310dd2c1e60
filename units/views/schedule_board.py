"""The board on the television in the lobby: today's schedule in large letters."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from units.chrome import full_name
from units.enums import Module
from units.middleware import site_of, unit_of
from units.schedule.today import board_days
from units.views.doors import module_open


@require_safe
@module_open(Module.SCHEDULE)
def board(request: HttpRequest) -> HttpResponse:
    """Today, then tomorrow. Not in the page cache: what is on now changes by the minute; one television asks once a minute."""
    unit, now = unit_of(request), timezone.now()
    if unit.is_closed:
        raise Http404
    today, tomorrow = board_days(now)
    context = {"now": now, "today": today, "tomorrow": tomorrow, "office": full_name(unit, site_of(request))}
    return render(request, "units/schedule_board.html", context)
