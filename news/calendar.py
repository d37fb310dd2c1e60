"""The desk's calendar: what is scheduled, due, ending or to be looked at again; each kind one bounded, indexed query."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from news.enums import ArticleStatus
from news.models import Article, Page
from news.querysets import day_bounds
from units.models import Alert

KIND_LIMIT: Final = 200
"""Rows of one kind in one month; no office has more, and a page stays readable."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One thing of one day: when (None: the whole day), its kind's code and words, what it is about, where it is done."""

    day: date
    time: str
    kind: str
    label: str
    title: str
    url: str
    is_late: bool = False


MOMENTS: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    ("scheduled_for", "scheduled", {"status": ArticleStatus.SCHEDULED}),
    ("due_at", "due", {"status": ArticleStatus.SUBMITTED}),
    ("second_look_due_at", "second-look", {"second_look_due_at__isnull": False}),
    ("expires_at", "expires", {"status": ArticleStatus.PUBLISHED, "expires_at__isnull": False}),
    ("pinned_until", "pin", {"is_pinned__in": [True], "status": ArticleStatus.PUBLISHED}),
    ("featured_until", "feature", {"is_featured": True, "status": ArticleStatus.PUBLISHED}),
)
"""Field of the moment, kind, and the condition that makes it count."""
LATE_KINDS: Final = frozenset({"due", "second-look", "review", "scheduled"})


def kind_labels() -> dict[str, str]:
    """Kind → its words."""
    return {
        "scheduled": _("Đăng"),
        "due": _("Hạn duyệt"),
        "second-look": _("Hạn xem lại bài đăng khẩn"),
        "expires": _("Hết hạn"),
        "pin": _("Thôi ghim"),
        "feature": _("Thôi nổi bật"),
        "review": _("Xem lại nội dung"),
        "alert": _("Tin khẩn tự ẩn"),
    }


def _moments(start: datetime, end: datetime) -> Iterator[Entry]:
    labels, now = kind_labels(), timezone.now()
    for field, kind, condition in MOMENTS:
        rows = Article.objects.filter(**condition, **{f"{field}__gte": start, f"{field}__lt": end})
        for article in rows.only("pk", "title", field).order_by(field)[:KIND_LIMIT]:
            at = timezone.localtime(getattr(article, field))
            url = reverse("admin:news_article_change", args=[article.pk])
            late = kind in LATE_KINDS and at < now
            yield Entry(at.date(), f"{at:%H:%M}", kind, labels[kind], article.title, url, late)


def _reviews(first: date, after: date) -> Iterator[Entry]:
    label, today = kind_labels()["review"], timezone.localdate()
    for model, name in ((Article, "article"), (Page, "page")):
        manager: Any = model._default_manager
        rows = manager.filter(review_by__gte=first, review_by__lt=after)
        for row in rows.only("pk", "title", "review_by").order_by("review_by")[:KIND_LIMIT]:
            url = reverse(f"admin:news_{name}_change", args=[row.pk])
            yield Entry(row.review_by, "", "review", label, row.title, url, row.review_by < today)


def _alerts(start: datetime, end: datetime) -> Iterator[Entry]:
    label = kind_labels()["alert"]
    for alert in Alert.objects.filter(ends_at__gte=start, ends_at__lt=end).order_by("ends_at")[:KIND_LIMIT]:
        at = timezone.localtime(alert.ends_at)
        url = reverse("admin:units_alert_change", args=[alert.pk])
        yield Entry(at.date(), f"{at:%H:%M}", "alert", label, str(alert), url)


def entries_between(first: date, after: date) -> list[Entry]:
    """Everything from ``first`` up to the day before ``after``, Vietnamese time, in order; nine queries."""
    start, end = day_bounds(first)[0], day_bounds(after)[0]
    return sorted([*_moments(start, end), *_reviews(first, after), *_alerts(start, end)])
