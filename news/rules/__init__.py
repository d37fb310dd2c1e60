"""Rules of the news room that need no database."""

from news.rules.listing import (
    EPOCH,
    FEED_SIZE,
    PAGE_SIZE,
    TITLE_ADVICE,
    TITLE_LIMIT,
    CalendarDay,
    Cursor,
    month_weeks,
    neighbour_months,
    unique_names,
)
from news.rules.permissions import ROLE_PERMISSIONS

__all__ = [
    "EPOCH",
    "FEED_SIZE",
    "PAGE_SIZE",
    "ROLE_PERMISSIONS",
    "TITLE_ADVICE",
    "TITLE_LIMIT",
    "CalendarDay",
    "Cursor",
    "month_weeks",
    "neighbour_months",
    "unique_names",
]
