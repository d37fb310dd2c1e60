"""Registering to be received: one place of a session, taken once, given back, found again by code and telephone number."""

from dataclasses import dataclass
from typing import Final

from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from portal.core import letter_codes
from portal.core.audit import record
from portal.core.models import User
from portal.core.sealing import keyed_hash, keyed_hashes, seal
from portal.core.tenancy import current_unit_id
from portal.core.text import one_line
from portal.core.visitors import Gate, Limit, Sending, TooMany, take
from units.enums.reception import BookingStatus, SessionStatus
from units.models import ReceptionBooking, ReceptionSession
from units.rules import reception as rules

_GATE: Final = Gate(rules.PURPOSE, rules.BOOKINGS_PER_HOUR, rules.UNPROVED_PER_HOUR, rules.UNPROVED_UNIT_PER_HOUR)
_TRIES: Final = Limit(f"{rules.PURPOSE}-tries", rules.TRIES_PER_HOUR)
_LOOKUPS: Final = Limit(f"{rules.PURPOSE}-lookup", rules.LOOKUPS_PER_HOUR)
_LOOKUPS_ALL: Final = Limit(f"{rules.PURPOSE}-lookup-all", rules.LOOKUPS_UNIT_PER_HOUR)
_SALT: Final = "units.reception.ticket"
_CODE_ATTEMPTS: Final = 5


class NotTaken(Exception):
    """The session takes nobody (more); ``kind`` is "full" or "closed"."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class PhoneTaken(Exception):
    """This telephone number has a place in this session already."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody who wants to be received tells. ``phone`` in digits (units.rules.reception.read_phone)."""

    name: str
    phone: str
    subject: str
    email: str = ""


def is_open(session: ReceptionSession) -> bool:
    """Whether one can register at this moment, places or not."""
    if session.published_at is None or session.status != SessionStatus.PLANNED or not session.takes_bookings:
        return False
    return timezone.localtime().replace(tzinfo=None) < rules.takes_until(session.day, session.starts_at)


def book(*, session: ReceptionSession, wish: Wish, sending: Sending) -> ReceptionBooking | None:
    """Take a place for a citizen; None for a machine that filled the trap. Raises TooMany, NotTaken, PhoneTaken.

    The place is taken by one conditional update, so that of two phones at the same second one gets the last place. All or
    nothing: whatever is raised gives the place back.
    """
    # Counted for good, also when nothing comes of it: else one could ask without end whose number is registered.
    if not take(_TRIES, sending.address_hash):
        raise TooMany
    with transaction.atomic():
        _GATE.let_in(sending.proof, sending.address_hash)
        if sending.was_trapped:
            return None
        version = rules.consent_version(by_mail=bool(wish.email))
        return _take_place(session, wish, version, actor=None)


@transaction.atomic
def book_at_desk(*, session: ReceptionSession, wish: Wish, actor: User) -> ReceptionBooking:
    """Register somebody who called or came to the office before the session. Raises NotTaken, PhoneTaken."""
    return _take_place(session, wish, rules.DESK_CONSENT, actor=actor)


def _take_place(session: ReceptionSession, wish: Wish, version: str, actor: User | None) -> ReceptionBooking:
    fresh = ReceptionSession.objects.filter(pk=session.pk).first()
    if fresh is None or not is_open(fresh):
        raise NotTaken("closed")
    # From here on this transaction holds the session's row: number and telephone are looked at by one at a time.
    if not ReceptionSession.objects.with_room(session.pk).update(booked=F("booked") + 1):
        fresh.refresh_from_db()
        raise NotTaken("full" if is_open(fresh) else "closed")
    fresh.refresh_from_db()
    if not is_open(fresh):
        raise NotTaken("closed")
    booking = _write(fresh, wish, version, BookingStatus.BOOKED)
    record(verb="reception.book", target=booking, actor=actor, detail={"consent": version})
    return booking


def _write(session: ReceptionSession, wish: Wish, version: str, status: BookingStatus) -> ReceptionBooking:
    held = ReceptionBooking.objects.filter(session=session).active()
    if wish.phone and held.filter(phone_hash__in=keyed_hashes(_material(wish.phone))).exists():
        raise PhoneTaken
    number = rules.free_number(held.values_list("number", flat=True))
    now = timezone.now()
    return ReceptionBooking.objects.create(
        session=session, code=_new_code(), number=number, status=status,
        sealed_name=seal(one_line(wish.name)[: rules.NAME_LIMIT]), sealed_phone=seal(wish.phone),
        sealed_email=seal(wish.email), phone_hash=keyed_hash(_material(wish.phone)) if wish.phone else "",
        subject=one_line(wish.subject)[: rules.SUBJECT_LIMIT], consented_at=now, consent_version=version,
        ended_at=None if status == BookingStatus.BOOKED else now,
    )  # fmt: skip


def _material(phone: str) -> str:
    # With the unit: the same person at two units is not found out by comparing columns.
    return f"{current_unit_id()}:{phone}"


def _new_code() -> str:
    """A code nobody holds here; a collision in 47 million is tried again."""
    for _attempt in range(_CODE_ATTEMPTS):
        code = letter_codes.new_code()
        if not ReceptionBooking.objects.filter(code=code).exists():
            return code
    raise IntegrityError("no free code")


def add_walk_in(*, session: ReceptionSession, wish: Wish, actor: User) -> ReceptionBooking:
    """Note somebody who came without registering: they hold no place and count as come. Raises PhoneTaken."""
    with transaction.atomic():
        # The same lock as a registration's, so that nobody else gets the number.
        locked = ReceptionSession.objects.select_for_update().get(pk=session.pk)
        booking = _write(locked, wish, rules.DESK_CONSENT, BookingStatus.CAME)
        record(verb="reception.walk_in", target=booking, actor=actor)
        return booking


def find_booking(*, code: str, phone: str, address_hash: str) -> ReceptionBooking | None:
    """Somebody's registration in the unit in scope; None for a wrong code and for a wrong number alike. Raises TooMany."""
    if not (take(_LOOKUPS, address_hash) and take(_LOOKUPS_ALL)):
        raise TooMany
    rows = ReceptionBooking.objects.filter(code=code, phone_hash__in=keyed_hashes(_material(phone)))
    return rows.filter(forgotten_at__isnull=True).select_related("session__receiver").first()


def ticket_of(booking: ReceptionBooking) -> str:
    """What stands in the address of the slip instead of the code: ours, of this unit, good for two hours."""
    return signing.dumps([booking.unit_id, booking.pk], salt=_SALT)


def booking_of(ticket: str) -> ReceptionBooking | None:
    """The registration a ticket stands for; None for one that is wrong, too old, or another unit's."""
    try:
        value = signing.loads(ticket, salt=_SALT, max_age=rules.TICKET_LIFETIME)
    except signing.BadSignature:
        return None
    if not isinstance(value, list) or len(value) != 2 or value[0] != current_unit_id():  # noqa: PLR2004 - unit, row
        return None
    rows = ReceptionBooking.objects.filter(pk=value[1], forgotten_at__isnull=True)
    return rows.select_related("session__receiver").first()


def may_cancel(booking: ReceptionBooking) -> bool:
    """Until the session begins."""
    begins = rules.begins_at(booking.session.day, booking.session.starts_at)
    return booking.status == BookingStatus.BOOKED and timezone.localtime().replace(tzinfo=None) < begins


@transaction.atomic
def cancel_booking(*, booking: ReceptionBooking, actor: User | None = None) -> bool:
    """Give the place back; False when it was given back before, or the session has begun."""
    if not may_cancel(booking):
        return False
    # The session's row first, as registering does: two transactions never wait for each other crosswise.
    ReceptionSession.objects.select_for_update().filter(pk=booking.session_id).first()
    rows = ReceptionBooking.objects.filter(pk=booking.pk, status=BookingStatus.BOOKED)
    if not rows.update(status=BookingStatus.CANCELLED, ended_at=timezone.now()):
        return False
    ReceptionSession.objects.filter(pk=booking.session_id, booked__gt=0).update(booked=F("booked") - 1)
    booking.refresh_from_db()
    record(verb="reception.give_back", target=booking, actor=actor)
    return True
