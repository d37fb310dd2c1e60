"""Addresses of the units room (design.md section 3)."""

from units.urls import calendars, people, reception, schedule

app_name = "units"
urlpatterns = [*people.urlpatterns, *schedule.urlpatterns, *calendars.urlpatterns, *reception.urlpatterns]
