"""Reads of drafts, uploads and joiners."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from feedback.models import CaseDraft, CaseUpload


class CaseDraftQuerySet(TenantQuerySet["CaseDraft"]):
    """Forms that are being filled in."""

    def with_key(self, key: str) -> "CaseDraft | None":
        """The draft with this key in the unit in scope, sent or not."""
        return self.filter(key=key).first() if key else None

    def stale(self, moment: datetime) -> Self:
        """Not touched since."""
        return self.filter(touched_at__lt=moment)


class CaseUploadQuerySet(TenantQuerySet["CaseUpload"]):
    """Files on their way."""

    def of_draft(self, draft: "CaseDraft") -> Self:
        """In the order they were chosen."""
        return self.filter(draft=draft).order_by("position", "pk")
