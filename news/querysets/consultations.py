"""Reads of consultations."""

from datetime import date
from typing import TYPE_CHECKING, Final, Self

from django.db import models
from django.db.models import Q

from news.enums.documents import DocumentStatus
from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from news.models import Consultation, ConsultationFile, ConsultationPart, ConsultationRule

PAGE_SIZE: Final = 15
# More articles than any draft of a province has; the page shows no more.
PARTS_LIMIT: Final = 300
FILES_LIMIT: Final = 50


class ConsultationRuleQuerySet(models.QuerySet["ConsultationRule"]):
    """Terms of consultations."""

    def on(self, day: date) -> "ConsultationRule | None":
        """The terms in force on ``day``; None where nobody has entered any."""
        rows = self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)
        return rows.order_by("-valid_from").first()


class ConsultationQuerySet(TenantQuerySet["Consultation"]):
    """Consultations."""

    def published(self) -> Self:
        """What citizens find in lists, feeds and search."""
        return self.filter(status=DocumentStatus.PUBLISHED)

    def readable(self) -> Self:
        """What has a page: withdrawn ones too, which say why."""
        return self.filter(status__in=[DocumentStatus.PUBLISHED, DocumentStatus.WITHDRAWN])

    def light(self) -> Self:
        """For lists: without the long texts."""
        return self.defer("draft", "summary", "intro")

    def open_on(self, day: date) -> Self:
        """Taking opinions on ``day``, those that close first in front."""
        return self.published().filter(opens_on__lte=day, closes_on__gte=day).order_by("closes_on", "pk")

    def closed_before(self, day: date) -> Self:
        """Over, newest first."""
        return self.published().filter(closes_on__lt=day).order_by("-closes_on", "-pk")

    def coming_after(self, day: date) -> Self:
        """Published, not open yet."""
        return self.published().filter(opens_on__gt=day).order_by("opens_on", "pk")

    def behind(self, closes_on: date, pk: int) -> Self:
        """Rows after this one in the order of ``closed_before``."""
        return self.filter(Q(closes_on__lt=closes_on) | Q(closes_on=closes_on, pk__lt=pk))

    def owing_summary(self, day: date) -> Self:
        """Closed without a published summary, soonest due first."""
        rows = self.published().filter(closes_on__lt=day, summary_published_at__isnull=True)
        return rows.order_by("summary_due_on", "pk")


class ConsultationPartQuerySet(TenantQuerySet["ConsultationPart"]):
    """Articles of drafts."""

    def of(self, consultation: "Consultation") -> Self:
        """The articles of one draft in its order, bounded."""
        return self.filter(consultation=consultation).order_by("order", "pk")[:PARTS_LIMIT]


class ConsultationFileQuerySet(TenantQuerySet["ConsultationFile"]):
    """Files of drafts."""

    def of(self, consultation: "Consultation") -> Self:
        """The files of one draft in the clerk's order, bounded."""
        return self.filter(consultation=consultation).select_related("attachment").order_by("order", "pk")[:FILES_LIMIT]
