"""Reads of link checks."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from news.enums.imports import LinkState
from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from news.models import DeadLink, LinkRound


class DeadLinkQuerySet(TenantQuerySet["DeadLink"]):
    """Links that did not answer well."""

    def to_mend(self) -> Self:
        """Certainly dead, and nobody said to leave them."""
        return self.filter(state=LinkState.DEAD)

    def in_text(self, found_kind: str, found_id: int) -> Self:
        """Those of one text."""
        return self.filter(found_kind=found_kind, found_id=found_id)

    def to_try_again(self, before: datetime) -> Self:
        """Failed once, on an earlier day."""
        return self.filter(state=LinkState.SUSPECT, last_checked__lt=before)


class LinkRoundQuerySet(TenantQuerySet["LinkRound"]):
    """Rounds of the link check."""

    def unfinished(self, before: datetime) -> Self:
        """Begun and not at their end, and nobody has worked on them since ``before``."""
        return self.filter(finished_at__isnull=True, seen_at__lt=before)
