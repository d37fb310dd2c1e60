"""Reads of what the shipped menu has arranged already."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from services.models import ArrangedLine


class ArrangedLineQuerySet(models.QuerySet["ArrangedLine"]):
    """Lines arranged once."""

    def keys(self) -> set[str]:
        """The keys of all of them: a few hundred."""
        return set(self.values_list("key", flat=True))
