"""Reads of dossiers, their feeds and their monthly counts."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, Self

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from portal.core.tenancy.querysets import TenantQuerySet
from services.enums import DossierStatus
from services.rules.dossiers import FINISHED

if TYPE_CHECKING:
    from services.models import Dossier, DossierFeed, DossierMonth

CLAIM_LASTS: Final = timedelta(minutes=15)
"""A worker that has said nothing for so long is dead; another one takes its feed over."""
ANSWERS_SHOWN: Final = 5
MONTHS_SHOWN: Final = 36


class DossierFeedQuerySet(TenantQuerySet["DossierFeed"]):
    """Feeds."""

    def free(self, now: datetime) -> Self:
        """Those that nobody is reading, or whose reader is dead."""
        return self.filter(Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - CLAIM_LASTS))

    def due(self, now: datetime) -> Self:
        """Those to be read now that nobody is reading."""
        return self.free(now).filter(Q(next_at__isnull=True) | Q(next_at__lte=now), is_active=True)

    def failing(self) -> Self:
        """Active feeds whose last look failed."""
        return self.filter(is_active=True).exclude(last_error="").order_by("pk")

    def read_before(self) -> Self:
        """Those that have been read at least once."""
        return self.filter(last_read_at__isnull=False)


class DossierQuerySet(TenantQuerySet["Dossier"]):
    """Dossiers."""

    def with_key(self, key: str) -> list["Dossier"]:
        """Dossiers of this number in the units in scope, with unit and feed; the newest first, bounded."""
        rows = (
            self.filter(key=key)
            .select_related("unit", "feed")
            .defer("unit__boundary")
            .prefetch_related("unit__domains")
        )
        return list(rows.order_by("-received_on", "pk")[:ANSWERS_SHOWN])

    def outdated(self, today: date, days: int) -> Self:
        """Those that their feed no longer names, ``days`` after they were finished or, unfinished, last named."""
        limit = today - timedelta(days=days)
        midnight = datetime.combine(limit, time.min, timezone.get_current_timezone())
        gone = self.filter(seen_at__lt=F("feed__last_read_at"))
        return gone.filter(Q(finished_on__lt=limit) | Q(finished_on__isnull=True, seen_at__lt=midnight))

    def counted(self, first: date, last: date) -> "QuerySet[Dossier, Any]":
        """One row for each field: what came in, and what became of it, from ``first`` (of a month) to ``last``.

        Due days count to their end. Withdrawn dossiers, and those without a due day, are neither on time nor late. A dossier
        that its feed stopped naming while it was open is counted as open for the last time in the month it was last named.
        """
        began = datetime.combine(first, time.min, timezone.get_current_timezone())
        finished = Q(finished_on__range=(first, last)) & ~Q(status=DossierStatus.WITHDRAWN)
        closed_unsaid = Q(status__in=sorted(FINISHED), finished_on__isnull=True)
        is_open = Q(received_on__lte=last, seen_at__gte=began) & (Q(finished_on__isnull=True) | Q(finished_on__gt=last))
        is_open &= ~closed_unsaid
        rows = self.filter(Q(finished_on__isnull=True) | Q(finished_on__gte=first), received_on__lte=last)
        counts = {
            "received": Count("pk", filter=Q(received_on__range=(first, last))),
            "on_time": Count("pk", filter=finished & Q(finished_on__lte=F("due_on"))),
            "late": Count("pk", filter=finished & Q(finished_on__gt=F("due_on"))),
            "running": Count("pk", filter=is_open & (Q(due_on__isnull=True) | Q(due_on__gte=last))),
            "overdue": Count("pk", filter=is_open & Q(due_on__lt=last)),
        }
        return rows.order_by().values("field_name").annotate(**counts)


class DossierMonthQuerySet(TenantQuerySet["DossierMonth"]):
    """Monthly counts."""

    def months(self) -> list[date]:
        """First days of the months that have counts in the units in scope, newest first, bounded."""
        return list(self.order_by("-month").values_list("month", flat=True).distinct()[:MONTHS_SHOWN])

    def of_month(self, month: date) -> Self:
        """Rows of one month, fields by name."""
        return self.filter(month=month).order_by("field_name", "unit_id")

    def whole_units(self, month: date, unit_ids: Sequence[int]) -> Self:
        """The rows of whole units in one month."""
        return self.filter(month=month, field_name="", unit_id__in=unit_ids)
