"""Reads of what units add to the catalogue."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from services.models import Counter, LocalAnswer, LocalFee, Procedure

# No unit has more counters, no procedure more fees of one place, than a page could show.
COUNTERS_LIMIT = 60
FEES_LIMIT = 40


class CounterQuerySet(TenantQuerySet["Counter"]):
    """Counters."""

    def open(self) -> Self:
        """In use."""
        return self.filter(is_open=True)

    def for_page(self) -> Self:
        """Counters in use, each unit's main one first; bounded."""
        return self.open().order_by("-is_main", "order", "pk")[:COUNTERS_LIMIT]


class LocalAnswerQuerySet(TenantQuerySet["LocalAnswer"]):
    """A unit's own words on procedures."""

    def about(self, procedure: "Procedure") -> Self:
        """What speaks of one procedure: its own rows and those of its whole field."""
        return self.filter(Q(procedure=procedure) | Q(field_id=procedure.field_id)).select_related("counter")

    def about_many(self, procedures: "Sequence[Procedure]") -> Self:
        """The same for a list of procedures, in one query; bounded by the list."""
        fields = {procedure.field_id for procedure in procedures}
        return self.filter(Q(procedure__in=procedures) | Q(field_id__in=fields)).select_related("counter")

    def written_about(self) -> Any:
        """Ids of the procedures that have words of their own; a subquery."""
        return self.filter(procedure__isnull=False).values("procedure_id")


class LocalFeeQuerySet(TenantQuerySet["LocalFee"]):
    """Fees fixed by resolutions."""

    def not_over(self, today: date) -> Self:
        """In force on ``today`` or coming."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))

    def that_count_at(self, unit_id: int) -> Self:
        """A unit's own rows, and those of the units in scope that reach everywhere."""
        return self.filter(Q(unit_id=unit_id) | Q(reaches_all=True))

    def for_page(self, procedure: "Procedure", *, unit_id: int, today: date) -> Self:
        """What one procedure costs or will cost at one unit, the earliest first; bounded."""
        rows = self.filter(procedure=procedure).that_count_at(unit_id).not_over(today)
        return rows.order_by("valid_from", "pk")[:FEES_LIMIT]
