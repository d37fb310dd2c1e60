"""Whose contact data are over their time."""

from datetime import datetime

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from feedback.enums.cases import OPEN, CaseKind
from feedback.querysets.cases import CaseQuerySet


def to_forget(rows: CaseQuerySet, kind: CaseKind | str, moment: datetime) -> CaseQuerySet:
    """Cases of a kind that ended before ``moment`` and still know their sender, oldest first.

    One that was answered and never confirmed ends with its answer; one that is open is never forgotten.
    """
    ended = Coalesce(F("solved_at"), F("closed_at"), F("answered_at"), F("received_at"))
    knows = Q(sender__forgotten_at__isnull=True)
    return (
        rows.filter(knows, kind=kind)
        .exclude(status__in=OPEN)
        .alias(ended=ended)
        .filter(ended__lt=moment)
        .order_by("pk")
    )
