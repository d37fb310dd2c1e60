"""Reads of comments."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Count

from feedback.enums import CommentStatus
from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from feedback.models import Comment

SHOWN_UNDER_ARTICLE = 10
PAGE_SIZE = 30
COUNT_LIMIT = 1000
PARTS_COUNTED = 300


class CommentQuerySet(TenantQuerySet["Comment"]):
    """Comments of readers."""

    def about(self, kind: str, key: int) -> Self:
        """Comments on one article."""
        return self.filter(subject_kind=kind, subject_key=key)

    def shown(self) -> Self:
        """What other readers see, newest first."""
        return self.filter(status=CommentStatus.SHOWN).order_by("-pk")

    def received_number(self) -> int:
        """How many honest ones came, shown or not."""
        return self.exclude(status=CommentStatus.SPAM).count()

    def numbers_by_part(self) -> list[tuple[str, int]]:
        """Titles of the parts that were spoken of and how many shown opinions each has, in the parts' order; bounded."""
        rows = self.filter(status=CommentStatus.SHOWN, part_key__isnull=False).order_by()
        found = rows.values_list("part_key", "part_title").annotate(number=Count("pk")).order_by("part_key")
        return [(title, number) for _key, title, number in found[:PARTS_COUNTED]]

    def older_than(self, pk: int) -> Self:
        """Rows behind one in the newest-first order."""
        return self.filter(pk__lt=pk)

    def page(self, number: int) -> tuple[list["Comment"], bool]:
        """The first ``number`` rows, and whether more follow."""
        rows = list(self[: number + 1])
        return rows[:number], len(rows) > number

    def waiting(self) -> Self:
        """Held for a moderator, longest waiting first."""
        return self.filter(status=CommentStatus.HELD).order_by("pk")

    def waiting_number(self) -> int:
        """How many wait, counted no further than a person would read."""
        return self.waiting()[:COUNT_LIMIT].count()

    def hashed_before(self, moment: datetime) -> Self:
        """Rows that still carry an address hash of a day that is over."""
        return self.filter(created_at__lt=moment).exclude(address_hash="")

    def spam_before(self, moment: datetime) -> Self:
        """Spam old enough to be thrown away."""
        return self.filter(status=CommentStatus.SPAM, created_at__lt=moment)
