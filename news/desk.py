"""What the news room puts on “Việc hôm nay”."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from news.enums import ArticleStatus
from news.models import Article
from portal.core.models import User

STALE_AFTER = timedelta(days=7)
PANEL_ROWS = 8


def desk_panel(request: HttpRequest) -> dict[str, Any]:
    """“Việc hôm nay”: own drafts, others' that wait for who may publish, what was last, whether the site goes stale."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("news.view_article"):
        return {}
    latest = list(Article.objects.published().for_list().newest_first()[:5])
    may_publish = user.has_perm("news.publish_article")
    others = Article.objects.filter(status=ArticleStatus.DRAFT).exclude(created_by_id=user.pk).order_by("-edited_at")
    return {
        "template": "admin/news/desk_panel.html",
        "drafts": list(Article.objects.drafts_of(user.pk).for_list()[:PANEL_ROWS]),
        "draft_count": Article.objects.drafts_of(user.pk).count(),
        "published": latest,
        "published_count": Article.objects.published_since(timezone.now() - timedelta(days=30)).count(),
        "last_published_at": latest[0].published_at if latest else None,
        "is_stale": not latest or (latest[0].published_at or timezone.now()) < timezone.now() - STALE_AFTER,
        "may_publish": may_publish,
        "waiting": list(others.for_list().select_related("created_by")[:PANEL_ROWS]) if may_publish else [],
        "waiting_count": others.count() if may_publish else 0,
        "may_write": user.has_perm("news.add_article"),
    }
