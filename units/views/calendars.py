"""iCalendar feeds: the unit's, one leader's, and one leader's whole schedule by a secret address."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.page_cache import public_page
from units.actions.calendars import find_address, is_in_office, note_read
from units.enums import Module
from units.feeds.calendars import CONTENT_TYPE, calendar_file
from units.middleware import unit_of
from units.models import Person
from units.people.posts import PostsBetween
from units.schedule.calendar_events import (
    CalendarEvent,
    all_events_of_person,
    public_events_of_person,
    public_events_of_unit,
)
from units.schedule.calendar_links import calendar_links
from units.views.doors import module_open


def _feed(request: HttpRequest, name: str, events: list[CalendarEvent], file_name: str) -> HttpResponse:
    base = f"{request.scheme}://{request.get_host()}"
    response = HttpResponse(calendar_file(name, events, base_url=base), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'inline; filename="{file_name}.ics"'
    return response


@require_safe
@module_open(Module.SCHEDULE)
@public_page
def unit_calendar(request: HttpRequest) -> HttpResponse:
    """The public schedule of the unit."""
    unit = unit_of(request)
    name = _("Lịch công tác %(unit)s") % {"unit": unit.name}
    return _feed(request, name, public_events_of_unit(timezone.localdate()), f"lich-cong-tac-{unit.slug}")


@require_safe
@module_open(Module.SCHEDULE)
@public_page
def leader_calendar(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """The public schedule of one leader."""
    person = get_object_or_404(Person, pk=pk, is_shown=True)
    today = timezone.localdate()
    title = PostsBetween.read(today, today).title(person.pk, today) or person.full_name
    name = _("Lịch %(leader)s, %(unit)s") % {"leader": title, "unit": unit_of(request).name}
    return _feed(request, name, public_events_of_person(person, today), f"lich-{person.slug}")


@require_safe
@module_open(Module.SCHEDULE)
def secret_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Everything of one leader's schedule; whoever has the address reads it, so it is neither cached nor indexed."""
    address = find_address(token)
    if address is None:
        raise Http404
    today = timezone.localdate()
    if not is_in_office(address.person, today):
        return HttpResponse(status=410, content_type="text/plain; charset=utf-8")
    note_read(address, today)
    name = _("Lịch của %(name)s (nội bộ)") % {"name": address.person.full_name}
    response = _feed(request, name, all_events_of_person(address.person, today), "lich-rieng")
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
@module_open(Module.SCHEDULE)
@public_page
def subscribe(request: HttpRequest) -> HttpResponse:
    """How to have the schedule in one's own calendar, step by step."""
    unit, today = unit_of(request), timezone.localdate()
    posts = PostsBetween.read(today, today)
    leaders: list[dict[str, Any]] = [
        {"title": posts.title(person.pk, today), "name": person.full_name,
         **calendar_links(request, reverse("units:calendar-leader", args=[person.slug, person.pk]))}
        for person in Person.objects.filter(is_shown=True).leading_on(today)
    ]  # fmt: skip
    context = {
        "whole": calendar_links(request, reverse("units:calendar")),
        "leaders": leaders,
        "breadcrumbs": [
            {"label": _("Trang chủ"), "url": "/"},
            {"label": _("Lịch công tác"), "url": reverse("units:schedule")},
            {"label": _("Thêm vào lịch của bạn"), "url": None},
        ],
        "is_closed": unit.is_closed,
    }
    return render(request, "units/calendar_subscribe.html", context)
