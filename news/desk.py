"""What the news room puts on “Việc hôm nay”."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from news.actions.rights import closed_categories
from news.enums import CategoryRightKind
from news.models import Article
from news.querysets.desk import COUNTED_UP_TO
from portal.core.models import User

STALE_AFTER = timedelta(days=7)
PANEL_ROWS = 6
COUNT_DAYS = timedelta(days=30)


def desk_panel(request: HttpRequest) -> dict[str, Any]:
    """“Việc hôm nay”: what is late, what waits for this person, what came back, what is planned, own drafts, what was last.

    A constant number of bounded queries; approvers see three lists more than authors.
    """
    user = request.user
    if not isinstance(user, User) or not user.has_perm("news.view_article"):
        return {}
    now = timezone.now()
    latest = list(Article.objects.published().for_list().newest_first()[:5])
    last = latest[0].published_at if latest else None
    approving = _for_approver(user, now) if user.has_perm("news.publish_article") else _NOTHING
    drafts, returned = _some(Article.objects.drafts_of(user.pk)), _some(Article.objects.returned_to(user.pk))
    return {
        "template": "admin/news/desk_panel.html",
        "now": now,
        **approving,
        "returned": returned[:PANEL_ROWS],
        "returned_count": len(returned),
        "planned": list(Article.objects.planned().for_desk()[:PANEL_ROWS]),
        "drafts": drafts[:PANEL_ROWS],
        "draft_count": len(drafts),
        "submitted_count": 0 if approving["may_publish"] else Article.objects.submitted_from(user.pk).bounded_count(),
        "published": latest,
        "published_count": Article.objects.published_since(now - COUNT_DAYS).count(),
        "last_published_at": last,
        "is_stale": last is None or last < now - STALE_AFTER,
        "may_write": user.has_perm("news.add_article"),
    }


def _some(rows: Any) -> list[Article]:
    """As many rows as are counted: one query for the number and what is shown."""
    return list(rows.for_desk()[: COUNTED_UP_TO + 1])


_NOTHING: dict[str, Any] = {
    "may_publish": False,
    "urgent": [],
    "late_count": 0,
    "waiting": [],
    "waiting_count": 0,
    "approved": [],
}


def _for_approver(user: User, now: datetime) -> dict[str, Any]:
    """What only who may publish sees: texts to approve, the late ones first, second looks, approved texts without a moment."""
    closed = closed_categories(user, CategoryRightKind.APPROVE)
    awaiting = _some(Article.objects.awaiting(user.pk, closed))
    unseen = _some(Article.objects.unseen_for(user.pk, closed))
    late = [row for row in awaiting if row.due_at and row.due_at < now]
    urgent = [
        *({"article": row, "is_look": True, "due_at": row.second_look_due_at} for row in unseen[:PANEL_ROWS]),
        *({"article": row, "is_look": False, "due_at": row.due_at} for row in late[:PANEL_ROWS]),
    ]
    late_looks = [row for row in unseen if row.second_look_due_at and row.second_look_due_at < now]
    return {
        "may_publish": True,
        "urgent": sorted(urgent, key=lambda line: (line["due_at"], line["article"].pk)),
        "late_count": len(late) + len(late_looks),
        # What is due comes first, so the late ones are the first of the list.
        "waiting": awaiting[len(late) : len(late) + PANEL_ROWS],
        "waiting_count": len(awaiting),
        "approved": list(Article.objects.approved_for(closed).for_desk()[:PANEL_ROWS]),
    }
