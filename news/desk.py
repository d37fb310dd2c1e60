"""What the news room puts on “Việc hôm nay”."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from news.actions.rights import closed_categories
from news.enums import CategoryRightKind
from news.models import Article
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
    drafts, returned = Article.objects.drafts_of(user.pk), Article.objects.returned_to(user.pk)
    return {
        "template": "admin/news/desk_panel.html",
        "now": now,
        **approving,
        "returned": list(returned.for_desk()[:PANEL_ROWS]),
        "returned_count": returned.bounded_count(),
        "planned": list(Article.objects.planned().for_desk()[:PANEL_ROWS]),
        "drafts": list(drafts.for_desk()[:PANEL_ROWS]),
        "draft_count": drafts.bounded_count(),
        "submitted_count": Article.objects.submitted_from(user.pk).bounded_count(),
        "published": latest,
        "published_count": Article.objects.published_since(now - COUNT_DAYS).count(),
        "last_published_at": last,
        "is_stale": last is None or last < now - STALE_AFTER,
        "may_write": user.has_perm("news.add_article"),
    }


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
    awaiting, unseen = Article.objects.awaiting(user.pk, closed), Article.objects.unseen_for(user.pk, closed)
    late = awaiting.filter(due_at__lt=now)
    urgent = [
        *({"article": row, "is_look": True, "due_at": row.second_look_due_at} for row in unseen.for_desk()[:PANEL_ROWS]),
        *({"article": row, "is_look": False, "due_at": row.due_at} for row in late.for_desk()[:PANEL_ROWS]),
    ]
    return {
        "may_publish": True,
        "urgent": sorted(urgent, key=lambda line: (line["due_at"], line["article"].pk)),
        "late_count": late.bounded_count() + unseen.filter(second_look_due_at__lt=now).bounded_count(),
        "waiting": list(awaiting.exclude(due_at__lt=now).for_desk()[:PANEL_ROWS]),
        "waiting_count": awaiting.bounded_count(),
        "approved": list(Article.objects.approved_for(closed).for_desk()[:PANEL_ROWS]),
    }
