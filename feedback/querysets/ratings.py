"""Reads of ratings."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from feedback.models import PageRating, RatingTotal

VOICES_SHOWN = 50


class RatingQuerySet(TenantQuerySet["PageRating"]):
    """Single ratings."""

    def about(self, kind: str, key: int) -> Self:
        """Ratings of one page."""
        return self.filter(subject_kind=kind, subject_key=key)

    def in_month(self, month: date) -> Self:
        """Ratings that count in the month which begins with ``month``."""
        return self.filter(month=month)

    def with_words(self) -> list["PageRating"]:
        """Those that say why, newest first; bounded."""
        return list(self.exclude(reason="").order_by("-pk")[:VOICES_SHOWN])

    def hashed_before(self, moment: datetime) -> Self:
        """Rows that still carry an address hash of a day that is over."""
        return self.filter(at__lt=moment).exclude(address_hash="")


class RatingTotalQuerySet(TenantQuerySet["RatingTotal"]):
    """Sums of one page in one month."""

    def of(self, kind: str, key: int) -> Self:
        """The months of one page, newest first."""
        return self.filter(subject_kind=kind, subject_key=key).order_by("-month")
