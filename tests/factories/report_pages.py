"""Public reports at different points of their way, written straight into the tables: other areas' steps are not tried here."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from feedback.actions.case_steps import refresh_parties, set_party
from feedback.enums.cases import CaseStatus, EventKind, PartyRole
from feedback.models import Case, CaseEvent
from portal.core.tenancy import unit_scope
from tests.factories.cases import make_public_case
from tests.factories.cast import House
from units.models import Unit


def at(day: date, hour: int = 9) -> datetime:
    """A moment on the office's clock."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def change(case: Case, **columns: Any) -> Case:
    """Write columns and bring the parties' copies up to them."""
    with unit_scope(case.intake_unit_id):
        Case.everywhere.filter(pk=case.pk).update(**columns)
        case.refresh_from_db(from_queryset=Case.everywhere.all())
        refresh_parties(case)
    return case


def report_of(house: House, received: date, due: date | None = None, **columns: Any) -> Case:
    """A public report that came on a day."""
    # A telephone of their own: ten reports a day are taken from one.
    case = make_public_case(house, phone=f"09{secrets.randbelow(10**8):08d}")
    moment = at(received)
    first = {"received_at": moment, "held_since": moment, "published_at": moment + timedelta(hours=1)}
    with unit_scope(house.unit):
        CaseEvent.objects.filter(case=case).update(at=moment, detail={"due": due.isoformat() if due else ""})
    days = {"due_on": due, "first_due_on": due} if due else {}
    return change(case, **{**first, **days, **columns})


def event_of(case: Case, kind: EventKind, day: date, unit: Unit, **more: Any) -> CaseEvent:
    """A public step on a day."""
    more.setdefault("is_public", True)
    with unit_scope(unit):
        event = CaseEvent(case=case, kind=kind, at=at(day), unit=unit, **more)
        event.save(force_insert=True)
    return event


def answered(case: Case, day: date, unit: Unit, text: str = "Đã sửa.", **columns: Any) -> Case:
    """The unit answered on that day."""
    event_of(case, EventKind.ANSWERED, day, unit, text=text, detail={"post": "Chủ tịch UBND"})
    first = {} if case.first_answered_at else {"first_answered_at": at(day)}
    return change(
        case, status=CaseStatus.ANSWERED, answer=text, answered_at=at(day), asked_at=at(day), **first, **columns
    )


def pass_on(case: Case, to_unit: Unit) -> Case:
    """Another unit holds it now."""
    with unit_scope(case.intake_unit_id):
        set_party(case, case.holder_id, PartyRole.FORMER)
        set_party(case, to_unit.pk, PartyRole.HOLDER)
    return change(case, holder_id=to_unit.pk, transferred=case.transferred + 1)


__all__ = ["answered", "at", "change", "event_of", "pass_on", "report_of"]
