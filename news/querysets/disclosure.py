"""Reads of the disclosure register."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, Self

from django.db import models
from django.db.models import Count, F, Min, Q, Window
from django.db.models.functions import RowNumber

from news.enums.documents import DocumentStatus
from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from news.models import (
        BudgetTable,
        DisclosureDuty,
        DisclosureEntry,
        DisclosureFile,
    )

PAGE_SIZE: Final = 30
FILES_LIMIT: Final = 50
FEED_LENGTH: Final = 30
CSV_LIMIT: Final = 5_000
# The law asks for a few dozen things; ten times as many dated rows fit.
DUTIES_LIMIT: Final = 500
# A unit has some hundred periods on its shelves, the province some ten thousand over all its units.
FACTS_LIMIT: Final = 60_000
SHOWN: Final = 3
YEARS_LIMIT: Final = 8


class DisclosureDutyQuerySet(models.QuerySet["DisclosureDuty"]):
    """What must be disclosed."""

    def on(self, day: date) -> Self:
        """Duties in force on ``day``."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)

    def begun(self, day: date) -> Self:
        """Every dated row that has begun by ``day``, shelf by shelf, of one duty the newest first; bounded."""
        return self.filter(valid_from__lte=day).order_by("order", "code", "-valid_from")[:DUTIES_LIMIT]

    def of_code(self, code: str, day: date) -> "list[DisclosureDuty]":
        """The dated rows of one duty that have begun, the newest first."""
        return list(self.filter(code=code, valid_from__lte=day).order_by("-valid_from")[:FILES_LIMIT])


class DisclosureEntryQuerySet(TenantQuerySet["DisclosureEntry"]):
    """What was disclosed."""

    def published(self) -> Self:
        """What citizens see."""
        return self.filter(status=DocumentStatus.PUBLISHED)

    def readable(self) -> Self:
        """What has a page: withdrawn ones too, which say why."""
        return self.filter(status__in=[DocumentStatus.PUBLISHED, DocumentStatus.WITHDRAWN])

    def drafts(self) -> Self:
        """What nobody has published yet, the last edited first."""
        return self.filter(status=DocumentStatus.DRAFT).order_by("-edited_at", "-pk")

    def light(self) -> Self:
        """For lists: without the long text, with the duty."""
        return self.defer("body").select_related("duty")

    def of_code(self, code: str) -> Self:
        """Of one duty, under whatever dated row."""
        return self.filter(duty__code=code)

    def newest(self) -> Self:
        """By period, the newest first."""
        return self.order_by("-year", "-part", "-pk")

    def behind(self, year: int, part: int, pk: int) -> Self:
        """Rows after this one in the order of ``newest``."""
        return self.filter(Q(year__lt=year) | Q(year=year, part__lt=part) | Q(year=year, part=part, pk__lt=pk))

    def facts(self) -> Any:
        """How each duty stands for each period: how many entries, the least lateness, how many late; one query, bounded."""
        groups = self.published().order_by().values("unit_id", "duty__code", "year", "part")
        return groups.annotate(
            number=Count("pk"),
            late=Min("days_late"),
            late_number=Count("pk", filter=Q(days_late__gt=0)),
            demo_number=Count("pk", filter=Q(is_demo=True)),
        )[:FACTS_LIMIT]

    def last_of_each(self, number: int = SHOWN) -> Self:
        """The newest entries of each duty, at most ``number`` of one; one query."""
        order = [F("year").desc(nulls_last=True), F("part").desc(), F("pk").desc()]
        place = Window(RowNumber(), partition_by=F("duty__code"), order_by=order)
        return self.published().annotate(place=place).filter(place__lte=number).light().newest()

    def for_feed(self) -> "list[DisclosureEntry]":
        """The last ones put before citizens."""
        return list(self.published().select_related("duty").order_by("-published_at", "-pk")[:FEED_LENGTH])

    def measured_since(self, moment: datetime) -> Self:
        """Drafts, and what was published after ``moment``: whose deadlines follow a changed duty or holiday."""
        rows = self.filter(Q(status=DocumentStatus.DRAFT) | Q(published_at__gte=moment))
        return rows.select_related("duty").only(
            "unit_id", "year", "part", "signed_on", "published_at", "due_on", "days_late", "duty"
        )

    def drafts_or_published(self) -> Self:
        """What has a deadline to be kept."""
        return self.exclude(status=DocumentStatus.WITHDRAWN)

    def years(self) -> "list[int]":
        """Years something was published for, the newest first; bounded."""
        rows = self.published().filter(year__isnull=False).order_by("-year")
        return [year for year in rows.values_list("year", flat=True).distinct()[:YEARS_LIMIT] if year]


class DisclosureFileQuerySet(TenantQuerySet["DisclosureFile"]):
    """Files of disclosures."""

    def of(self, entry: "DisclosureEntry") -> Self:
        """The files of one entry in the clerk's order, bounded."""
        return self.filter(entry=entry).select_related("attachment").order_by("order", "pk")[:FILES_LIMIT]


class BudgetTableQuerySet(TenantQuerySet["BudgetTable"]):
    """Tables of figures."""

    def of(self, entry: "DisclosureEntry") -> Self:
        """The tables of an entry, in its order."""
        return self.filter(entry=entry).order_by("order", "pk")

    def published(self) -> Self:
        """Tables of what citizens see."""
        return self.filter(entry__status=DocumentStatus.PUBLISHED)
