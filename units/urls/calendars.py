"""Addresses of iCalendar feeds."""

from django.urls import path, re_path

from units.views import calendars

urlpatterns = [
    path("lich-cong-tac/lich.ics", calendars.unit_calendar, name="calendar"),
    re_path(r"^lich-cong-tac/cua/(?P<slug>[-\w]+)-(?P<pk>\d{1,18})/lich\.ics$", calendars.leader_calendar,
            name="calendar-leader"),
    path("lich-cong-tac/rieng/<str:token>/lich.ics", calendars.secret_calendar, name="calendar-secret"),
    path("lich-cong-tac/dang-ky/", calendars.subscribe, name="calendar-subscribe"),
]  # fmt: skip
