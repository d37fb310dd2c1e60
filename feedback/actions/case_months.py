"""Counting what a unit did with the cases of each month: exact, repeatable, from the cases themselves.

A case counts for the unit that answered it first; while it is unanswered, for the unit that holds it. It is on time where
the first answer, or the refusal, came on or before the due day that held at that moment: days in which the sender was asked
have moved that day, a later re-opening has not. What is unanswered past its day counts as late, as soon as it is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from feedback.cases.event_words import day_in
from feedback.enums import Satisfaction
from feedback.enums.cases import RUNNING, CaseKind, CaseStatus, EventKind, Moderation, PartyRole
from feedback.models import Case, CaseEvent, CaseMonth, CaseParty
from feedback.rules.months import median_of
from portal.core.page_cache import bump_generation
from portal.core.tenancy import current_unit_id

MONTHS_COUNTED: Final = 14
_NUMBERS: Final = (
    "received", "answered", "on_time", "late", "reopened", "rejected", "transferred", "very", "satisfied", "unsatisfied",
)  # fmt: skip
_LEVELS: Final = {
    Satisfaction.VERY: "very", Satisfaction.SATISFIED: "satisfied", Satisfaction.UNSATISFIED: "unsatisfied"
}  # fmt: skip
_READ: Final = (
    "pk", "received_at", "status", "due_on", "first_due_on", "first_answered_at", "closed_at", "reopened", "satisfaction",
    "holder_id",
)  # fmt: skip


@dataclass(slots=True)
class _Month:
    """One month's numbers while they are added up."""

    numbers: Counter[str] = field(default_factory=Counter)
    spread: Counter[int] = field(default_factory=Counter)

    def columns(self) -> dict[str, Any]:
        spread = sorted(self.spread.items())
        return {
            **{name: self.numbers[name] for name in _NUMBERS},
            "spread": [list(pair) for pair in spread],
            "median_days": median_of(spread),
        }


def first_month(today: date) -> date:
    """The oldest month that is counted anew."""
    number = today.year * 12 + today.month - MONTHS_COUNTED
    return date(number // 12, number % 12 + 1, 1)


@transaction.atomic
def count_months(*, today: date) -> int:
    """Count the unit in scope anew, all kinds; returns how many rows changed. Older months stay as they were."""
    changed = sum(_count_kind(kind, today) for kind in CaseKind)
    if changed:
        bump_generation(current_unit_id())
    return changed


def _count_kind(kind: CaseKind, today: date) -> int:
    first = first_month(today)
    since = counted_since(today)
    months: dict[date, _Month] = defaultdict(_Month)
    for row, due_on in _cases(kind, since):
        _add(months[_month_of(row["received_at"])], row, due_on, today)
    passed = CaseParty.objects.mine().filter(role=PartyRole.FORMER, kind=kind, case__received_at__gte=since)
    passed = passed.exclude(case__moderation=Moderation.SPAM)
    for moment in passed.values_list("case__received_at", flat=True).iterator():
        months[_month_of(moment)].numbers["transferred"] += 1
    return _store(kind, first, months)


def _month_of(moment: datetime) -> date:
    return timezone.localtime(moment).date().replace(day=1)


def _cases(kind: CaseKind, since: datetime) -> Iterator[tuple[dict[str, Any], date | None]]:
    """Each case that counts for the unit in scope, with the day that held when it was first answered."""
    unit_id = current_unit_id()
    rows = Case.objects.of_kind(kind).not_spam().filter(received_at__gte=since)
    again = list(rows.filter(reopened__gt=0).values(*_READ))
    answers = _first_answers([row["pk"] for row in again])
    for row in again:
        answered_by, due_on = answers.get(row["pk"], (row["holder_id"], row["due_on"]))
        if answered_by == unit_id:
            yield row, due_on or row["first_due_on"]
    for row in rows.held().filter(reopened=0).values(*_READ).iterator():
        yield row, row["due_on"]


def _first_answers(case_ids: list[int]) -> dict[int, tuple[int, date | None]]:
    """Of cases that were re-opened: which unit gave the first answer, and the due day that held then; a query per 500."""
    found: dict[int, tuple[int, date | None]] = {}
    for start in range(0, len(case_ids), 500):
        events = CaseEvent.objects.filter(case_id__in=case_ids[start : start + 500]).order_by("case_id", "at", "pk")
        due: dict[int, date | None] = {}
        for event in events.iterator():
            if event.case_id in found:
                continue
            due[event.case_id] = day_in(event.detail) or due.get(event.case_id)
            if event.kind == EventKind.ANSWERED:
                found[event.case_id] = (event.unit_id, due[event.case_id])
    return found


def _add(month: _Month, row: dict[str, Any], due_on: date | None, today: date) -> None:
    numbers = month.numbers
    numbers["received"] += 1
    numbers["reopened"] += row["reopened"] > 0
    numbers["rejected"] += row["status"] == CaseStatus.REJECTED
    if row["satisfaction"]:
        numbers[_LEVELS[row["satisfaction"]]] += 1
    came, answered = timezone.localdate(row["received_at"]), row["first_answered_at"]
    if answered is not None:
        numbers["answered"] += 1
        month.spread[(timezone.localdate(answered) - came).days] += 1
    done = answered or (row["closed_at"] if row["status"] == CaseStatus.REJECTED else None)
    if done is not None:
        is_late = due_on is not None and timezone.localdate(done) > due_on
        numbers["late" if is_late else "on_time"] += 1
    elif row["status"] in RUNNING and due_on is not None and due_on < today:
        numbers["late"] += 1


def _store(kind: CaseKind, first: date, months: dict[date, _Month]) -> int:
    """Write what differs from what stands there; returns how many rows that were."""
    unit_id = current_unit_id()
    old = {row.month: row for row in CaseMonth.objects.filter(unit_id=unit_id, kind=kind, month__gte=first)}
    changed = 0
    for month, counted in months.items():
        columns = counted.columns()
        row = old.pop(month, None)
        if row is not None and all(getattr(row, name) == value for name, value in columns.items()):
            continue
        values = {**columns, "computed_at": timezone.now()}
        CaseMonth.objects.update_or_create(unit_id=unit_id, kind=kind, month=month, defaults=values)
        changed += 1
    for row in old.values():
        row.delete()
    return changed + len(old)


def counted_since(today: date) -> datetime:
    """From when on cases are counted."""
    return timezone.make_aware(datetime.combine(first_month(today), time()))
