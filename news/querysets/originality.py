"""Reads of how much of a unit's text is its own."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count

from portal.core.tenancy import current_unit_id
from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from collections.abc import Collection

    from news.models import OriginalityMonth, TextPrint

MONTHS_SHOWN = 24
CANDIDATES = 20


class OriginalityQuerySet(TenantQuerySet["OriginalityMonth"]):
    """Months of units."""

    def latest_months(self) -> Self:
        """The newest months; bounded."""
        return self.order_by("-month")[:MONTHS_SHOWN]

    def in_month(self, month: date) -> Self:
        """All units in scope in one month, the smallest own share first, with their units."""
        return self.filter(month=month).select_related("unit").defer("unit__boundary")


class TextPrintQuerySet(models.QuerySet["TextPrint"]):
    """Hashed word sequences of published texts. Nobody can read a text out of them."""

    def of_current_unit(self) -> Self:
        """Prints of the unit in scope."""
        return self.filter(unit_id=current_unit_id())

    def earlier_elsewhere(self, values: "Collection[int]", before: datetime) -> list[bytes]:
        """Packed hashes of the texts that share most marks, published earlier by another unit; bounded."""
        rows = self.exclude(unit_id=current_unit_id()).filter(marks__value__in=list(values), published_at__lt=before)
        alike = rows.annotate(shared=Count("marks")).order_by("-shared", "pk").values_list("shingles", flat=True)
        return [bytes(packed) for packed in alike[:CANDIDATES]]
