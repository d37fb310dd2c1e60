"""Addresses of a week's screens in the administration and on the site."""

from datetime import date
from typing import Any

from django.urls import reverse


def week_keys(day: date) -> dict[str, Any]:
    """Year and number of the day's ISO week, as addresses name it."""
    year, week, _day = day.isocalendar()
    return {"year": f"{year:04d}", "week": f"{week:02d}"}


def desk_url(day: date, verb: str = "") -> str:
    """The desk of the day's week, or one of its verbs."""
    return reverse(f"admin:units_scheduleweek_desk{f'_{verb}' if verb else ''}", kwargs=week_keys(day))
