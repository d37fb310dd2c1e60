"""The month calendar “Xem tin theo ngày” beside lists and articles."""

from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import Article
from news.rules import month_weeks, neighbour_months

MIN_YEAR: Final = 1945


def day_url(day: date) -> str:
    """Address of one day's news."""
    return reverse("news:article-day", args=[day.year, day.month, day.day])


def calendar_for(month: date, selected: date | None) -> dict[str, Any]:
    """The calendar of the month that begins with ``month``: one query."""
    today = timezone.localdate()
    counts = Article.objects.counts_by_day(month)
    before, after = neighbour_months(month)
    return {
        "month_label": _("Tháng %(month)d/%(year)d") % {"month": month.month, "year": month.year},
        "month_iso": month.isoformat(),
        "prev_url": reverse("news:article-month", args=[before.year, before.month])
        if before.year >= MIN_YEAR
        else None,
        "next_url": reverse("news:article-month", args=[after.year, after.month]) if after <= today else None,
        "weeks": month_weeks(month, counts, today, selected, day_url),
        "form_url": reverse("news:article-day-form"),
        "selected_iso": (selected or today).isoformat(),
    }
