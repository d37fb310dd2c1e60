"""Reads of the tables by which cases are sorted, routed and given terms."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from feedback.models import AnswerTemplate, CaseCategory, CaseRoute, CaseTerm

TEMPLATES_SHOWN = 200


def _on(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class CaseCategoryQuerySet(models.QuerySet["CaseCategory"]):
    """Categories of reports."""

    def on(self, day: date) -> Self:
        """Those of a day, in their order."""
        return self.filter(_on(day)).order_by("order", "name")

    def offered_by(self, unit_id: int, day: date) -> Self:
        """Those that a unit's form offers: everybody's, and those meant for this unit."""
        return self.on(day).filter(Q(units__isnull=True) | Q(units=unit_id)).distinct()


class CaseRouteQuerySet(models.QuerySet["CaseRoute"]):
    """Who handles what, where, since when."""

    def on(self, day: date) -> Self:
        """Those of a day."""
        return self.filter(_on(day))


class CaseTermQuerySet(models.QuerySet["CaseTerm"]):
    """Numbers of days by kind of case and step."""

    def on(self, day: date) -> Self:
        """Those of a day."""
        return self.filter(_on(day))


class AnswerTemplateQuerySet(TenantQuerySet["AnswerTemplate"]):
    """Prepared texts of a unit."""

    def for_use(self, use: str) -> list["AnswerTemplate"]:
        """Those offered at one place, bounded."""
        return list(self.filter(use=use, is_active=True).order_by("order", "title")[:TEMPLATES_SHOWN])
