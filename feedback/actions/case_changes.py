"""What changes in a case, and in its day, when it is sorted anew."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.cases.terms import Term, Terms
from feedback.enums.cases import CaseKind, TermStep
from feedback.models import Case, CaseCategory
from portal.core.working_days import WorkingCalendar, due_day
from units.enums import UnitKind
from units.models import Unit

Changes = tuple[dict[str, Any], dict[str, Any]]
"""Columns, and what the event says of them."""
_SPAN = timedelta(days=120)


def sorted_changes(case: Case, category: CaseCategory | None, today: date) -> Changes:
    """The columns of another category; the day to answer moves by as much as the two terms differ."""
    if (category.pk if category else None) == case.category_id:
        return {}, {}
    if case.kind != CaseKind.REPORT and category is not None:
        raise ValidationError({"category": _("Chỉ phản ánh mới có loại.")}, code="no_category")
    changes: dict[str, Any] = {"category": category}
    detail = {"category_before": str(case.category or ""), "category": str(category or "")}
    received = timezone.localdate(case.received_at)
    terms = Terms.read(case.kind, received)
    old = terms.find(TermStep.ANSWER, category_id=case.category_id, wish=case.wish)
    new = terms.find(TermStep.ANSWER, category_id=category.pk if category else None, wish=case.wish)
    if case.due_on is None or old is None or new is None or (old.days, old.is_working) == (new.days, new.is_working):
        return changes, detail
    due_on = _moved(case.due_on, received, old, new)
    if due_on < today <= case.due_on:
        # Sorting alone makes nobody late.
        due_on = today
    if due_on == case.due_on:
        return changes, detail
    days = {"due_before": case.due_on.isoformat(), "due": due_on.isoformat()}
    return {**changes, "due_on": due_on, "reminded_on": None}, {**detail, **days}


def _moved(due_on: date, received: date, old: Term, new: Term) -> date:
    """A day that was extended, or moved while the sender was asked, keeps what it had gained."""
    first = old.last_day(received)
    if due_on == first:
        return new.last_day(received)
    if not (old.is_working and new.is_working):
        return new.last_day(received) + (due_on - first)
    return shifted(due_on, new.days - old.days)


def shifted(day: date, days: int) -> date:
    """So many working days later, or earlier."""
    if days >= 0:
        return due_day(day, days)
    calendar = WorkingCalendar.around(day - _SPAN, day)
    before = day
    while days < 0:
        before -= timedelta(days=1)
        days += calendar.is_working(before)
    return before


def place_changes(case: Case, commune: Unit | None) -> Changes:
    """The columns of another place."""
    if (commune.pk if commune else None) == case.commune_id:
        return {}, {}
    if commune is not None and (commune.kind != UnitKind.COMMUNE or commune.is_closed):
        raise ValidationError({"commune": _("Chọn một xã, phường đang hoạt động.")}, code="not_a_commune")
    detail = {"commune_before": case.commune.name if case.commune else "", "commune": commune.name if commune else ""}
    return {"commune": commune}, detail
