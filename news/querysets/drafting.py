"""Reads around a text while somebody writes."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Q
from django.utils import timezone

from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from news.models import Article, DraftAutosave, EditingSession, PreviewLink

LINKS_SHOWN = 50
NEW_SHOWN = 20
PEOPLE_SHOWN = 8


class AutosaveQuerySet(TenantQuerySet["DraftAutosave"]):
    """Unsaved words; every read names whose, for nobody sees another's."""

    def of_form(self, user_id: int, form_key: str) -> Self:
        """What one person left in one form."""
        return self.filter(user_id=user_id, form_key=form_key)

    def new_articles_of(self, user_id: int) -> Self:
        """What one person began and never saved, newest first; bounded."""
        return self.filter(user_id=user_id, article__isnull=True).order_by("-saved_at", "-pk")[:NEW_SHOWN]

    def older_than(self, moment: datetime) -> Self:
        """Not touched since ``moment``."""
        return self.filter(saved_at__lt=moment)


class SessionQuerySet(TenantQuerySet["EditingSession"]):
    """Who has what open."""

    def others_at(self, article: "Article", user_id: int, since: datetime) -> Self:
        """Who else was heard of on an article since ``since``; bounded."""
        rows = self.filter(article=article, seen_at__gte=since).exclude(user_id=user_id)
        return rows.select_related("user").order_by("pk")[:PEOPLE_SHOWN]

    def older_than(self, moment: datetime) -> Self:
        """Not heard of since ``moment``."""
        return self.filter(seen_at__lt=moment)


class PreviewLinkQuerySet(TenantQuerySet["PreviewLink"]):
    """Addresses for looking without an account."""

    def of_article(self, article: "Article") -> Self:
        """The links of one article with who made them, newest first; bounded."""
        return self.filter(article=article).select_related("created_by").order_by("-pk")[:LINKS_SHOWN]

    def usable(self) -> Self:
        """Neither revoked nor expired."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())

    def with_article(self) -> Self:
        """With everything the previewed page shows, in two queries."""
        return self.select_related("article__category", "article__picture").prefetch_related("article__tags")

    def not_opened_since(self, moment: datetime) -> Self:
        """Whose last opening was noted before ``moment``, or never."""
        return self.filter(Q(last_opened_at__isnull=True) | Q(last_opened_at__lt=moment))
