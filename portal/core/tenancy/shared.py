"""Rows that several units see on purpose: one rule of who does, in the manager that is default and base of the model.

Such a model is listed in GLOBAL_MODELS with its reason (docs/decisions/0009-sharing-as-parcels.md, 0017-one-case-many-units.md).
"""

from collections.abc import Collection
from typing import TypeVar

from django.db import models
from django.db.models import Q

from portal.core.tenancy.scope import active_unit_ids

M = TypeVar("M", bound=models.Model)


class SharedManager(models.Manager[M]):
    """Rows that a unit in scope has a part in; a subclass says which these are."""

    def _seen_by(self, unit_ids: Collection[int]) -> Q:
        raise NotImplementedError

    def get_queryset(self) -> models.QuerySet[M]:
        """Rows that a unit in scope may see; raises ScopeError without a scope."""
        units = active_unit_ids()
        rows = super().get_queryset()
        return rows if units is None else rows.filter(self._seen_by(units))
