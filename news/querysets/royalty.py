"""Reads of rates: which table, which lines, which part of the province's rates."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from news.enums.royalty import RateStatus, WorkKind
from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from news.models import RoyaltyFactor, RoyaltyGenre, RoyaltySupplement, RoyaltyTable

TABLES_READ = 60


class TableQuerySet(TenantQuerySet["RoyaltyTable"]):
    """Rate tables."""

    def in_force(self) -> Self:
        """Confirmed ones, newest first, with all their lines; bounded."""
        rows = self.filter(status=RateStatus.IN_FORCE).prefetch_related("genres", "supplements")
        return rows.order_by("-valid_from", "-pk")[:TABLES_READ]

    def overlapping(self, first: date, last: date | None) -> Self:
        """Confirmed ones that hold on some day from ``first`` to ``last`` (None: without end)."""
        rows = self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=first), status=RateStatus.IN_FORCE)
        return rows if last is None else rows.filter(valid_from__lte=last)


class GenreQuerySet(TenantQuerySet["RoyaltyGenre"]):
    """Lines of rate tables."""

    def of_kind(self, kind: WorkKind) -> Self:
        """Those for texts, or those for pictures."""
        return self.filter(kind=kind)


class SupplementQuerySet(TenantQuerySet["RoyaltySupplement"]):
    """Supplements of rate tables."""


class FactorQuerySet(TenantQuerySet["RoyaltyFactor"]):
    """Parts of the province's rates."""

    def for_unit(self, unit_id: int, kind: str) -> Self:
        """Rows that name the unit or its kind, newest first; bounded."""
        return self.filter(Q(target_unit_id=unit_id) | Q(target_kind=kind)).order_by("-valid_from", "-pk")[:TABLES_READ]
