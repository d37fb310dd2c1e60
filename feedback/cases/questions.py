"""Public pairs of question and answer, as the unit in scope shows them: by pages, by procedure, in short figures.

Every read begins at the unit's own parts (CaseParty), so what another unit answered is not there.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from feedback.enums.cases import CaseKind, CaseStatus
from feedback.models import Case, CaseParty
from portal.core.subjects import Subject
from portal.core.working_days import WorkingCalendar

PAGE_SIZE: Final = 20
PROCEDURE: Final = "services.procedure"
ANSWERED: Final = (CaseStatus.ANSWERED, CaseStatus.SOLVED)
LOOKED_AT: Final = 200
"""Newest pairs that the figures and the procedures asked about most are taken from."""
CHIPS_SHOWN: Final = 6
PART_SHOWN: Final = 3

_NOT_SHOWN: Final = (
    "case__sealed_text", "case__sealed_details", "case__sealed_token", "case__folded", "case__holder__boundary",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the list begins: behind this pair."""

    published_at: datetime
    case_id: int

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """``<microseconds>-<id>`` as :meth:`words` writes it; None for anything else."""
        moment, _dash, key = text.partition("-")
        if not (moment.isascii() and moment.isdigit() and key.isascii() and key.isdigit()):
            return None
        if len(moment) > 17 or len(key) > 18:  # noqa: PLR2004 - beyond any moment and id
            return None
        try:
            return cls(datetime.fromtimestamp(int(moment) / 1_000_000, timezone.get_current_timezone()), int(key))
        except (ValueError, OverflowError, OSError):
            return None

    def words(self) -> str:
        """As it stands in an address."""
        return f"{round(self.published_at.timestamp() * 1_000_000)}-{self.case_id}"


@dataclass(frozen=True, slots=True)
class Figures:
    """How many questions wait, in how many working days half of the newest were answered, what is asked about most.

    ``procedures``: code and title of each.
    """

    waiting: int
    median_days: int | None
    procedures: list[tuple[str, str]]


def answered_parties() -> QuerySet[CaseParty]:
    """The unit's list: published pairs with an answer, newest first."""
    return CaseParty.objects.listed(CaseKind.QUESTION).filter(status__in=ANSWERED)


def about(rows: QuerySet[CaseParty], subject: Subject) -> QuerySet[CaseParty]:
    """Of these, the pairs that speak of one subject."""
    return rows.filter(case__subject_kind=subject.kind, case__subject_key=subject.key)


def page_of_pairs(
    place: Place | None, subject: Subject | None, size: int = PAGE_SIZE
) -> tuple[list[Case], Place | None]:
    """One page and where the next begins; one query."""
    rows = answered_parties()
    if subject is not None:
        rows = about(rows, subject)
    if place is not None:
        same = Q(published_at=place.published_at, case_id__lt=place.case_id)
        rows = rows.filter(Q(published_at__lt=place.published_at) | same)
    parties = list(rows.select_related("case__holder").defer(*_NOT_SHOWN)[: size + 1])
    shown = parties[:size]
    following = None
    if len(parties) > size and shown[-1].published_at:
        following = Place(shown[-1].published_at, shown[-1].case_id)
    return [party.case for party in shown], following


def pairs_with(keys: Sequence[int]) -> list[Case]:
    """These pairs in this order, as far as the unit shows them; one query."""
    rows = answered_parties().filter(case_id__in=keys).select_related("case__holder").defer(*_NOT_SHOWN)
    found = {party.case_id: party.case for party in rows}
    return [found[key] for key in keys if key in found]


def figures() -> Figures:
    """Three queries, whatever is there."""
    waiting = Case.objects.held().open().of_kind(CaseKind.QUESTION).not_spam().count()
    names = ("case__received_at", "case__first_answered_at", "case__answered_at", "case__subject_kind",
             "case__subject_path", "case__subject_title")  # fmt: skip
    rows: list[tuple[Any, ...]] = list(answered_parties().values_list(*names)[:LOOKED_AT])
    spans = [(row[0], row[1] or row[2]) for row in rows if row[1] or row[2]]
    asked = Counter((code_of(row[4]), row[5]) for row in rows if row[3] == PROCEDURE)
    most = sorted(asked.items(), key=lambda item: (-item[1], item[0][1]))[:CHIPS_SHOWN]
    return Figures(waiting, _median_days(spans), [subject for subject, _number in most])


def code_of(path: str) -> str:
    """The code of a procedure, which ends the address of its page."""
    return path.rstrip("/").rsplit("/", 1)[-1]


def _median_days(spans: list[tuple[datetime, datetime]]) -> int | None:
    """Working days from asking to the answer, of half of them at most; one query for the calendar."""
    if not spans:
        return None
    days = [(timezone.localdate(asked), timezone.localdate(answered)) for asked, answered in spans]
    calendar = WorkingCalendar.around(min(first for first, _last in days), max(last for _first, last in days))
    return round(median(calendar.between(first, last) for first, last in days))


def find_public(code: str) -> Case | None:
    """A question everybody may read on the site of the unit in scope; None for any other code; one query."""
    rows = Case.objects.public().of_kind(CaseKind.QUESTION).exclude(status=CaseStatus.MERGED)
    return rows.for_page().filter(code=code).first()
