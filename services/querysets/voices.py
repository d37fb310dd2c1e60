"""Reads of what citizens say about a service."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q

from portal.core.tenancy.querysets import TenantQuerySet
from services.enums import MistakeStatus
from services.rules.satisfaction import QUARTERS_SHOWN

if TYPE_CHECKING:
    from services.models import MistakeReport, Question, Questionnaire, SatisfactionAnswer, SatisfactionQuarter

COUNT_LIMIT = 1_000


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    """Versions of the questionnaire."""

    def on(self, day: date) -> "Questionnaire | None":
        """The version in force on ``day`` with its questions, in two queries; of two the newer one. None without any."""
        rows = self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)
        return rows.prefetch_related("questions").order_by("-version").first()


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions."""


class SatisfactionQuerySet(TenantQuerySet["SatisfactionAnswer"]):
    """Voices."""

    def between(self, first: date, last: date) -> Self:
        """Voices of these days, in the order they came."""
        return self.filter(day__range=(first, last)).order_by("pk")

    def by_quarter(self, quarters: Sequence[date]) -> dict[date, int]:
        """How many voices each of the quarters (their first days, any order) had; one query."""
        begins = sorted(quarters)
        ends = [*begins[1:], date.max]
        counts = {
            f"q{begin:%Y%m}": Count("pk", filter=Q(day__gte=begin, day__lt=end))
            for begin, end in zip(begins, ends, strict=True)
        }
        found = self.filter(day__gte=begins[0]).aggregate(**counts)
        return {quarter: found[f"q{quarter:%Y%m}"] for quarter in quarters}

    def hashed_before(self, day: date) -> Self:
        """Voices that still carry the hash of a device from a day that is over."""
        return self.filter(day__lt=day).exclude(device_hash="")


class SatisfactionQuarterQuerySet(TenantQuerySet["SatisfactionQuarter"]):
    """What is public of the voices."""

    def by_level(self) -> Self:
        """Rows of all voices, newest quarter first."""
        return self.filter(questionnaire__isnull=True).order_by("-quarter", "unit_id")

    def with_scores(self) -> Self:
        """Rows of both kinds with their questionnaire and its number of questions, newest quarter first; one query."""
        rows = self.select_related("questionnaire").annotate(question_count=Count("questionnaire__questions"))
        return rows.order_by("-quarter", "unit_id", "-questionnaire__version")

    def quarters(self) -> list[date]:
        """First days of the quarters of which something is told, newest first, bounded."""
        rows = self.filter(questionnaire__isnull=True).order_by("-quarter").values_list("quarter", flat=True)
        return list(rows.distinct()[:QUARTERS_SHOWN])

    def in_quarter(self, quarter: date) -> Self:
        """Rows of the quarter that begins with ``quarter``."""
        return self.filter(quarter=quarter)


class MistakeQuerySet(TenantQuerySet["MistakeReport"]):
    """Notes that something is wrong."""

    def new(self) -> Self:
        """Waiting for a decision, longest waiting first."""
        return self.filter(status=MistakeStatus.NEW).order_by("pk")

    def new_number(self) -> int:
        """How many wait, counted no further than a person would read."""
        return self.new()[:COUNT_LIMIT].count()

    def hashed_before(self, moment: datetime) -> Self:
        """Rows that still carry an address hash of a day that is over."""
        return self.filter(created_at__lt=moment).exclude(address_hash="")
