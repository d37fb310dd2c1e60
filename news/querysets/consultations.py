"""Reads of consultations."""

from typing import TYPE_CHECKING, Self

from news.enums.documents import DocumentStatus
from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from news.models import Consultation, ConsultationFile, ConsultationPart


class ConsultationQuerySet(TenantQuerySet["Consultation"]):
    """Consultations."""

    def published(self) -> Self:
        """What citizens see."""
        return self.filter(status=DocumentStatus.PUBLISHED)


class ConsultationPartQuerySet(TenantQuerySet["ConsultationPart"]):
    """Articles of drafts."""


class ConsultationFileQuerySet(TenantQuerySet["ConsultationFile"]):
    """Files of drafts."""
