"""Articles anywhere on their way, as the system leaves them, and shortcuts for steps that a test is not about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from news import actions
from news.enums import ArticleStatus
from news.models import Article, ArticleTransition
from tests.factories.cast import House, make_article
from units.enums import Role


def standing(house: House, status: ArticleStatus, **more: Any) -> Article:
    """An article of the unit in scope that stands at ``status``; the author wrote it."""
    now = timezone.now()
    author = house.people[Role.AUTHOR]
    facts: dict[str, Any] = {"created_by": author, "category": house.category, "version_number": 1}
    if status not in {ArticleStatus.DRAFT, ArticleStatus.RETURNED}:
        facts |= {"submitted_by": author, "submitted_at": now - timedelta(minutes=5)}
    if status == ArticleStatus.SCHEDULED:
        facts["scheduled_for"] = now + timedelta(hours=2)
    if status in {ArticleStatus.PUBLISHED, ArticleStatus.EXPIRED, ArticleStatus.WITHDRAWN}:
        facts["published_at"] = now - timedelta(hours=1)
    row = make_article(more.pop("title", f"Bài {status.value} {house.marker}"), status=status, **{**facts, **more})
    if status not in {ArticleStatus.PUBLISHED, ArticleStatus.EXPIRED, ArticleStatus.WITHDRAWN}:
        Article.objects.filter(pk=row.pk).update(published_at=None)
        row.published_at = None
    return row


def steps_of(article: Article) -> list[tuple[str, str, str]]:
    """Verb, from, to of every step, oldest first."""
    rows = ArticleTransition.objects.filter(article=article).order_by("pk")
    return list(rows.values_list("verb", "from_status", "to_status"))


def approve(house: House, article: Article, role: Role = Role.APPROVER, **more: Any) -> bool:
    """Approve what stands there now."""
    fresh = Article.objects.get(pk=article.pk)
    options: dict[str, Any] = {"seen_version": fresh.version_number, "secrecy_checked": True, **more}
    return actions.approve_article(article=fresh, actor=house.people[role], **options)


def words(number: int, stem: str = "từ") -> str:
    """A paragraph of so many different words."""
    return "<p>" + " ".join(f"{stem}{index}" for index in range(number)) + "</p>"
