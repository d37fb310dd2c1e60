"""Reads of the disclosure register."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from news.enums.documents import DocumentStatus
from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from news.models import (
        BudgetTable,
        DisclosureDuty,
        DisclosureEntry,
        DisclosureFile,
    )


class DisclosureDutyQuerySet(models.QuerySet["DisclosureDuty"]):
    """What must be disclosed."""

    def on(self, day: date) -> Self:
        """Duties in force on ``day``."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class DisclosureEntryQuerySet(TenantQuerySet["DisclosureEntry"]):
    """What was disclosed."""

    def published(self) -> Self:
        """What citizens see."""
        return self.filter(status=DocumentStatus.PUBLISHED)


class DisclosureFileQuerySet(TenantQuerySet["DisclosureFile"]):
    """Files of disclosures."""


class BudgetTableQuerySet(TenantQuerySet["BudgetTable"]):
    """Tables of figures."""
