"""Reads of imports."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from news.enums.imports import ImportedState, ImportKind, ImportState
from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from news.models import ImportedItem, ImportRun


class ImportRunQuerySet(TenantQuerySet["ImportRun"]):
    """Imports of a unit."""

    def unfinished(self) -> Self:
        """Waiting, or at work."""
        return self.filter(state__in=[ImportState.WAITING, ImportState.RUNNING])

    def abandoned(self, before: datetime) -> Self:
        """Unfinished, and nobody has worked on them since ``before``."""
        return self.unfinished().filter(seen_at__lt=before)


class ImportedQuerySet(TenantQuerySet["ImportedItem"]):
    """What came from where."""

    def known(self, source: str, kind: ImportKind, keys: "Iterable[str]") -> "dict[str, ImportedItem]":
        """Key → row of those of ``keys`` that were taken over already."""
        rows = self.filter(source=source, kind=kind, key__in=list(keys))
        return {row.key: row for row in rows}

    def with_open_links(self, source: str) -> Self:
        """Texts whose links to other texts of the old site are still to be changed, in order."""
        return self.filter(source=source, state=ImportedState.LINKS).order_by("pk")
