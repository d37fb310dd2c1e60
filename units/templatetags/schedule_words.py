"""Words and addresses of days on the schedule's pages."""

from datetime import date

from django import template

from portal.core.templatetags.portal_text import WEEKDAYS
from units.enums.schedule import DaySession
from units.rules import lunar
from units.schedule import pages

register = template.Library()


@register.filter
def weekday_name(day: date) -> str:
    """``Thứ Hai``."""
    return str(WEEKDAYS[day.weekday()])


@register.filter
def schedule_day_url(day: date) -> str:
    """The address of a day's page."""
    return pages.day_url(day)


@register.filter
def lunar_short(day: date) -> str:
    """``15/10`` of the lunar calendar."""
    return lunar.lunar_short(day)


@register.filter
def week_number(day: date) -> int:
    """The ISO week of a day."""
    return day.isocalendar().week


@register.filter
def session_name(session: str) -> str:
    """``Sáng``."""
    return str(DaySession(session).label)
