"""Reads of the document register."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Final, Self

from django.db import models
from django.db.models import Q

from news.enums.documents import DocumentStatus
from news.querysets.document_desk import DocumentDeskQuerySet
from news.rules.document_register import MORE_FILES
from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from news.models import (
        DisclosureRule,
        DocumentField,
        DocumentFile,
        DocumentRelation,
        DocumentType,
    )

RELATION_LIMIT: Final = 100
"""Relations of one document or one generation of its family; more are cut, none is asked for singly."""


class DocumentTypeQuerySet(models.QuerySet["DocumentType"]):
    """Types."""


class DocumentFieldQuerySet(models.QuerySet["DocumentField"]):
    """Fields."""


class DisclosureRuleQuerySet(models.QuerySet["DisclosureRule"]):
    """Deadlines."""

    def valid_on(self, day: date) -> Self:
        """The rules for what is signed on a day, own documents first in each group."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day).order_by(
            "group", "-is_own"
        )


class DocumentQuerySet(DocumentDeskQuerySet):
    """Documents: as citizens see them, and on their way there."""


class DocumentFileQuerySet(TenantQuerySet["DocumentFile"]):
    """Files of documents."""

    def unread(self) -> Self:
        """PDF files nobody has asked yet for their digital signatures, with what is needed to ask."""
        return self.filter(signature={}, attachment__extension="pdf").select_related("attachment", "document")

    def of_documents(self, keys: Collection[int]) -> Self:
        """Files of these documents in their order, with what is downloaded; bounded."""
        rows = self.filter(document_id__in=keys).select_related("attachment").order_by("document_id", "order", "pk")
        return rows[: max(len(keys), 1) * MORE_FILES]


class DocumentRelationQuerySet(TenantQuerySet["DocumentRelation"]):
    """What documents do to earlier ones."""

    def touching(self, keys: Collection[int], numbers: Collection[str], kinds: Collection[str] | None = None) -> Self:
        """What published documents do to these and these to others; ``numbers`` are keys of numbers. Bounded.

        An earlier one that is named by number only counts where no row of the register was tied to it.
        """
        by_number = Q(earlier__isnull=True, earlier_key__in=[number for number in numbers if number])
        rows = self.filter(Q(document_id__in=keys) | Q(earlier_id__in=keys) | by_number)
        rows = rows.filter(document__status=DocumentStatus.PUBLISHED)
        if kinds is not None:
            rows = rows.filter(kind__in=kinds)
        return rows.select_related("document__type", "earlier__type").order_by("pk")[:RELATION_LIMIT]
