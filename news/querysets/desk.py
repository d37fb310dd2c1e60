"""Reads of the editorial desk: what waits for whom. Each is one bounded walk of an index."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import DateTimeField as Moment
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from news.enums import ArticleStatus
from news.rules.workflow import SECOND_LOOK_WITHIN, SMALL_EDIT_WORDS
from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from collections.abc import Collection

    from news.models import Article

COUNTED_UP_TO = 99
"""A list's number is counted so far and no further; beyond it stands “99+”."""


class DeskQuerySet(TenantQuerySet["Article"]):
    """Articles on their way to citizens."""

    def own_to(self, user_id: int) -> Self:
        """Begun or submitted by a person, or changed by them since in more than a few words: not theirs to approve."""
        return self._with_words_of(user_id, since=F("submitted_at")).filter(_is_own(user_id))

    def awaiting(self, user_id: int, closed: "Collection[int]") -> Self:
        """Submitted, not the person's own text, in no category that is kept to others; what is due first comes first."""
        rows = self._with_words_of(user_id, since=F("submitted_at")).filter(status=ArticleStatus.SUBMITTED)
        rows = rows.exclude(_is_own(user_id)).exclude(category_id__in=closed)
        return rows.order_by(F("due_at").asc(nulls_last=True), "submitted_at", "pk")

    def approved_for(self, closed: "Collection[int]") -> Self:
        """Approved, with no moment set: somebody publishes or schedules them."""
        return self.filter(status=ArticleStatus.APPROVED).exclude(category_id__in=closed).order_by("-edited_at", "-pk")

    def returned_to(self, user_id: int) -> Self:
        """Sent back to a person who wrote or submitted them."""
        mine = Q(created_by_id=user_id) | Q(submitted_by_id=user_id)
        return self.filter(mine, status=ArticleStatus.RETURNED).order_by("-edited_at", "-pk")

    def submitted_from(self, user_id: int) -> Self:
        """A person's texts that wait for somebody else."""
        mine = Q(created_by_id=user_id) | Q(submitted_by_id=user_id)
        return self.filter(mine, status__in=[ArticleStatus.SUBMITTED, ArticleStatus.APPROVED]).order_by(
            "-edited_at", "-pk"
        )

    def planned(self) -> Self:
        """Waiting for their moment, the nearest first."""
        return self.filter(status=ArticleStatus.SCHEDULED).order_by("scheduled_for", "pk")

    def unseen(self) -> Self:
        """Published or corrected by one person; another has not looked yet. The most urgent first."""
        # Only rows of the small partial index; an article withdrawn meanwhile needs no second look any more.
        rows = self.filter(second_look_due_at__isnull=False)
        return rows.filter(status__in=[ArticleStatus.PUBLISHED, ArticleStatus.EXPIRED]).order_by(
            "second_look_due_at", "pk"
        )

    def unseen_for(self, user_id: int, closed: "Collection[int]") -> Self:
        """Those of them that this person may look at: neither published nor changed by them."""
        rows = self.unseen().exclude(category_id__in=closed)._with_words_of(user_id, since=_unseen_since())
        return rows.annotate(is_changed=Exists(_lone_steps(user_id))).exclude(
            Q(is_changed=True) | Q(own_words__gt=SMALL_EDIT_WORDS) | Q(_begun_by(user_id), is_urgent=True)
        )

    def changed_unseen_by(self, user_id: int) -> Self:
        """Those whose unseen publishing or change was this person's."""
        rows = self._with_words_of(user_id, since=_unseen_since()).annotate(is_changed=Exists(_lone_steps(user_id)))
        return rows.filter(Q(is_changed=True) | Q(own_words__gt=SMALL_EDIT_WORDS))

    def overdue_for_approval(self, now: datetime) -> Self:
        """Submitted with a due date that has passed."""
        return self.filter(status=ArticleStatus.SUBMITTED, due_at__lt=now).order_by("due_at", "pk")

    def due_to_publish(self, now: datetime) -> Self:
        """Whose moment has come."""
        return self.filter(status=ArticleStatus.SCHEDULED, scheduled_for__lte=now).order_by("scheduled_for", "pk")

    def due_to_expire(self, now: datetime) -> Self:
        """Published, and their last moment has passed."""
        return self.filter(status=ArticleStatus.PUBLISHED, expires_at__lte=now).order_by("expires_at", "pk")

    def pinned_too_long(self, now: datetime) -> Self:
        """Pinned, and the pin's last moment has passed."""
        return self.filter(is_pinned__in=[True], pinned_until__lte=now)

    def featured_too_long(self, now: datetime) -> Self:
        """Featured, and the last moment of that has passed."""
        return self.filter(is_featured=True, featured_until__lte=now)

    def bounded_count(self) -> int:
        """How many, counted to one more than COUNTED_UP_TO."""
        return self.order_by()[: COUNTED_UP_TO + 1].count()

    def for_desk(self) -> Self:
        """What a row of the desk shows, with category and people in the same query."""
        return self.select_related("category", "created_by", "submitted_by").defer("body", "summary", "source_ref")

    def _with_words_of(self, user_id: int, since: Any) -> Self:
        versions = apps.get_model("news", "ArticleVersion").objects.filter(
            article=OuterRef("pk"), made_by_id=user_id, made_at__gt=OuterRef("own_since")
        )
        words = versions.order_by().values("article").annotate(words=Sum("words_changed")).values("words")
        return self.annotate(own_since=since).annotate(own_words=Coalesce(Subquery(words), Value(0)))


def _begun_by(user_id: int) -> Q:
    return Q(created_by_id=user_id) | Q(submitted_by_id=user_id)


def _is_own(user_id: int) -> Q:
    return _begun_by(user_id) | Q(own_words__gt=SMALL_EDIT_WORDS)


def _unseen_since() -> Any:
    """Just before the moment that began the 24 hours; the save that began them carries that same moment."""
    return ExpressionWrapper(
        F("second_look_due_at") - Value(SECOND_LOOK_WITHIN + timedelta(microseconds=1)), output_field=Moment()
    )


def _lone_steps(user_id: int) -> Any:
    transitions = apps.get_model("news", "ArticleTransition").objects
    return transitions.filter(
        article=OuterRef("pk"), actor_id=user_id, verb__in=["publish-urgent", "correct"], at__gt=OuterRef("own_since")
    )
