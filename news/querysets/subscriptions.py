"""Reads of subscriptions."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from news.models import Subscription


class SubscriptionQuerySet(TenantQuerySet["Subscription"]):
    """Who wants the unit's news by e-mail."""

    def confirmed(self) -> Self:
        """Those whose owner pressed the button in the mail."""
        return self.filter(confirmed_at__isnull=False)

    def pending(self) -> Self:
        """Those nobody has confirmed yet."""
        return self.filter(confirmed_at__isnull=True)

    def due(self, moment: datetime) -> Self:
        """Whose digest should have gone out, longest waiting first."""
        return self.filter(confirmed_at__isnull=False, next_due_at__lte=moment).order_by("next_due_at", "pk")

    def unmailed(self, asked_after: datetime) -> Self:
        """Asked for, and the mail that asks for confirming has not gone out."""
        return self.filter(confirmed_at__isnull=True, mailed_at__isnull=True, asked_at__gte=asked_after)

    def lapsed(self, moment: datetime) -> Self:
        """Asked for before ``moment`` and never confirmed."""
        return self.filter(confirmed_at__isnull=True, asked_at__lt=moment)
