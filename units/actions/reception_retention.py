"""Forgetting who registered: names, numbers, addresses and subjects go, figures stay."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from portal.core.audit import record
from portal.core.models import User
from units.enums.people import TermCode
from units.enums.reception import BookingStatus
from units.models import LegalTerm, ReceptionBooking, ReceptionSession
from units.querysets.reception import ReceptionBookingQuerySet
from units.rules import reception as rules

SESSIONS_AT_ONCE: Final = 50


def keep_days() -> int:
    """How many days after a session names are kept, by the dated row."""
    number = LegalTerm.objects.number(TermCode.RECEPTION_KEEP_DAYS, timezone.localdate())
    return rules.KEEP_DAYS if number is None else number


def forget_people() -> int:
    """Wipe the people of sessions whose time is over, in the unit in scope; returns how many registrations.

    Each session is a transaction of its own, so that a stopped worker goes on where it was.
    """
    last = timezone.localdate() - timedelta(days=keep_days() + 1)
    due = ReceptionBooking.objects.to_forget(last).values_list("session_id", flat=True)
    pks = list(due.order_by("session_id").distinct()[:SESSIONS_AT_ONCE])
    return sum(_forget(session) for session in ReceptionSession.objects.filter(pk__in=pks))


def _wipe(rows: ReceptionBookingQuerySet) -> int:
    return rows.filter(forgotten_at__isnull=True).update(
        sealed_name="", sealed_phone="", sealed_email="", phone_hash="", subject="", forgotten_at=timezone.now()
    )


@transaction.atomic
def forget_booking(*, booking: ReceptionBooking, actor: User) -> bool:
    """Wipe somebody's data at their own wish, once they have given the place back; False otherwise."""
    rows = ReceptionBooking.objects.filter(pk=booking.pk, status=BookingStatus.CANCELLED)
    if not _wipe(rows):
        return False
    record(verb="reception.forget", target=booking.session, actor=actor, detail={"number": 1})
    return True


@transaction.atomic
def _forget(session: ReceptionSession) -> int:
    number = _wipe(ReceptionBooking.objects.filter(session=session))
    record(verb="reception.forget", target=session, actor=None, detail={"number": number})
    return number
