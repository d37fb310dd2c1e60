"""Reads of the register for those who keep it: what waits, what is due, what was late. Each walks one index and is bounded."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Self

from django.db.models import F, Q

from news.enums.documents import DocumentStatus
from news.querysets.document_register import DocumentRegisterQuerySet
from news.rules.documents import number_key

if TYPE_CHECKING:
    from news.models import Document

COUNTED_UP_TO: Final = 99
REMEASURED: Final = 5_000
"""So many documents of a unit are measured anew at once; a unit's year has fewer."""
REMEMBERED: Final = 40
"""So many of the last documents say which issuers and signers a unit writes."""


class DocumentDeskQuerySet(DocumentRegisterQuerySet):
    """Documents on their way to citizens."""

    def drafts(self) -> Self:
        """Not before citizens yet; what must be public first comes first, then what was touched last."""
        rows = self.filter(status=DocumentStatus.DRAFT)
        return rows.order_by(F("due_on").asc(nulls_last=True), "-edited_at", "-pk")

    def overdue(self, today: date) -> Self:
        """Drafts whose last day in time has passed."""
        return self.filter(status=DocumentStatus.DRAFT, due_on__lt=today).order_by("due_on", "pk")

    def published_between(self, start: datetime, end: datetime) -> Self:
        """First published from ``start`` until before ``end`` and measured against a deadline, withdrawn ones as well."""
        return self.filter(published_at__gte=start, published_at__lt=end, due_on__isnull=False).exclude(
            status=DocumentStatus.DRAFT
        )

    def with_deadline(self) -> Self:
        """Drafts, and what was measured when it was published: units with such rows are measured anew each night."""
        return self.filter(Q(status=DocumentStatus.DRAFT) | Q(due_on__isnull=False))

    def measured_since(self, moment: datetime) -> Self:
        """What a changed rule or holiday concerns: drafts, and what was published and measured since; bounded."""
        rows = self.filter(Q(status=DocumentStatus.DRAFT) | Q(published_at__gte=moment, due_on__isnull=False))
        return rows.only("unit", "group", "is_own", "issued_on", "published_at", "due_on", "days_late").order_by("-pk")[
            :REMEASURED
        ]

    def with_number(self, number: str) -> Self:
        """Documents with this number, whatever its spelling; none for an empty one."""
        key = number_key(number)
        return self.filter(key=key) if key else self.none()

    def same_as(self, document: "Document") -> "Document | None":
        """Another document with the number and year of this one: most likely the same, entered twice."""
        rows = self.with_number(document.number).filter(year=document.year).exclude(pk=document.pk)
        return rows.select_related("type").order_by("pk").first()

    def for_register(self) -> Self:
        """What a row of the administration's list shows, in one query."""
        return self.select_related("type").defer("notes", "source_url", "source_ref", "withdrawal_note", "search_text")

    def remembered(self) -> list[tuple[str, str, str]]:
        """Issuer, signer and post of the unit's last documents, newest first; what the form offers again."""
        rows = self.order_by("-edited_at", "-pk").values_list("issuer", "signer_name", "signer_post")[:REMEMBERED]
        return list(dict.fromkeys(rows))
