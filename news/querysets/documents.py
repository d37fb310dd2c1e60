"""Reads of the document register."""

from typing import TYPE_CHECKING, Self

from django.db import models

from news.enums.documents import DocumentStatus
from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from news.models import (
        DisclosureRule,
        Document,
        DocumentField,
        DocumentFile,
        DocumentRelation,
        DocumentType,
    )


class DocumentTypeQuerySet(models.QuerySet["DocumentType"]):
    """Types."""


class DocumentFieldQuerySet(models.QuerySet["DocumentField"]):
    """Fields."""


class DisclosureRuleQuerySet(models.QuerySet["DisclosureRule"]):
    """Deadlines."""


class DocumentQuerySet(TenantQuerySet["Document"]):
    """Documents."""

    def published(self) -> Self:
        """What citizens see."""
        return self.filter(status=DocumentStatus.PUBLISHED)


class DocumentFileQuerySet(TenantQuerySet["DocumentFile"]):
    """Files of documents."""


class DocumentRelationQuerySet(TenantQuerySet["DocumentRelation"]):
    """What documents do to earlier ones."""
