"""Reads of mails about cases, and of the months they are counted in."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from feedback.enums.cases import CaseKind, LetterState
from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from feedback.models import CaseLetter, CaseMonth


class CaseLetterQuerySet(TenantQuerySet["CaseLetter"]):
    """Mails."""

    def waiting(self, claimed_before: datetime) -> Self:
        """To be sent: nobody works on it, or whoever did was killed before that moment. Oldest first."""
        free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=claimed_before)
        return self.filter(free, state=LetterState.WAITING).order_by("pk")


class CaseMonthQuerySet(models.QuerySet["CaseMonth"]):
    """Months."""

    def of_kind(self, kind: CaseKind, since: date) -> Self:
        """From one month on, newest first."""
        return self.filter(kind=kind, month__gte=since).order_by("-month")
