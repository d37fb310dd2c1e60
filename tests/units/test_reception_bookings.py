"""Registering: one place, one number, one phone; limits; giving back; finding again; nothing readable in the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection

from portal.core import letter_codes
from portal.core.sealing import keyed_hash, unseal
from portal.core.tenancy import unit_scope
from portal.core.visitors import Sending, TooMany
from tests.factories.cast import NOW, Cast, House
from tests.factories.reception import PHONE, register, session_of, wish_of
from units.actions.reception import cancel_session
from units.actions.reception_bookings import (
    NotTaken,
    PhoneTaken,
    add_walk_in,
    book,
    book_at_desk,
    booking_of,
    cancel_booking,
    find_booking,
    ticket_of,
)
from units.enums.reception import BookingStatus
from units.models import ReceptionBooking, ReceptionSession
from units.rules import reception as rules

ADDRESS = "b" * 64


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def _booked(session: ReceptionSession) -> int:
    return ReceptionSession.objects.get(pk=session.pk).booked


def _phone(number: int) -> str:
    return f"09051234{number:02d}"


def _find(code: str, phone: str, who: str = ADDRESS) -> ReceptionBooking | None:
    return find_booking(code=code, phone=phone, address_hash=who)


def test_a_registration_is_sealed_numbered_and_consented(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    booking = register(a, session, email="le@example.vn")
    with unit_scope(a.unit):
        assert (booking.number, booking.status, _booked(session)) == (1, BookingStatus.BOOKED, 1)
        assert booking.consent_version == "2026-11:lich,thu"
        assert letter_codes.read_code(booking.code) == booking.code
        assert unseal(booking.sealed_phone) == PHONE
        assert unseal(booking.sealed_email) == "le@example.vn"
        assert register(a, session, phone=_phone(1)).consent_version == "2026-11:lich"
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM units_receptionbooking")
            text = repr(cursor.fetchall())
    for secret in (PHONE, "Lê Thị", "le@example.vn", keyed_hash(PHONE)):
        assert secret not in text, secret


def test_the_last_place_goes_once(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a, capacity=2)
    for number in range(2):
        register(a, session, phone=_phone(number))
    with unit_scope(a.unit):
        with pytest.raises(NotTaken) as refused:
            book(session=session, wish=wish_of(a), sending=Sending(address_hash=ADDRESS))
        assert refused.value.kind == "full"
        assert (_booked(session), ReceptionBooking.objects.count()) == (2, 2)


def test_one_phone_once_a_session_and_the_place_stays_free(cast: Cast) -> None:
    a, session, other = cast.a, session_of(cast.a), session_of(cast.a, days=11)
    register(a, session)
    with unit_scope(a.unit), pytest.raises(PhoneTaken):
        book(session=session, wish=wish_of(a), sending=Sending(address_hash=ADDRESS))
    with unit_scope(a.unit):
        assert _booked(session) == 1
    register(a, other)
    foreign = session_of(cast.b)
    register(cast.b, foreign)


def test_a_place_given_back_is_taken_again_with_its_number(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a, capacity=3)
    first, *_more = [register(a, session, phone=_phone(number)) for number in range(3)]
    with unit_scope(a.unit):
        assert cancel_booking(booking=first)
        assert not cancel_booking(booking=ReceptionBooking.objects.select_related("session").get(pk=first.pk))
        assert _booked(session) == 2
    again = register(a, session, phone=_phone(0))
    assert again.number == 1
    assert again.code != first.code


@pytest.mark.parametrize(
    "more",
    [
        {"published_at": None}, {"status": "CANCELLED"}, {"status": "DONE"}, {"takes_bookings": False}, {"days": -1},
        {"days": 0}, {"capacity": 0},
    ],
)  # fmt: skip
def test_what_takes_nobody_takes_nobody(cast: Cast, more: dict[str, Any]) -> None:
    a, session = cast.a, session_of(cast.a, **more)
    with unit_scope(a.unit), pytest.raises(NotTaken):
        book(session=session, wish=wish_of(a), sending=Sending(address_hash=ADDRESS))


def test_registering_closes_an_hour_before(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    begins = NOW + timedelta(days=4)
    with time_machine.travel(begins - timedelta(minutes=61), tick=False):
        register(a, session)
    with time_machine.travel(begins - timedelta(minutes=60), tick=False), unit_scope(a.unit):
        with pytest.raises(NotTaken) as refused:
            book(session=session, wish=wish_of(a, phone=_phone(1)), sending=Sending(address_hash=ADDRESS))
        assert refused.value.kind == "closed"


def test_another_units_session_takes_nobody_from_here(cast: Cast) -> None:
    foreign = session_of(cast.b)
    with unit_scope(cast.a.unit), pytest.raises(NotTaken):
        book(session=foreign, wish=wish_of(cast.a), sending=Sending(address_hash=ADDRESS))
    with unit_scope(cast.b.unit):
        assert _booked(foreign) == 0


def test_a_machine_in_the_trap_gets_nothing(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    with unit_scope(a.unit):
        sending = Sending(address_hash=ADDRESS, was_trapped=True)
        assert book(session=session, wish=wish_of(a), sending=sending) is None
        assert _booked(session) == 0


def test_without_a_proof_three_an_hour(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    for number in range(rules.UNPROVED_PER_HOUR):
        register(a, session, phone=_phone(number), address=ADDRESS)
    with unit_scope(a.unit), pytest.raises(TooMany):
        book(session=session, wish=wish_of(a), sending=Sending(address_hash=ADDRESS))
    register(a, session, address="c" * 64)


def test_asking_whose_number_is_registered_is_limited(cast: Cast) -> None:
    """Each refusal is undone with its counters, so the tries are counted by themselves."""
    a, session = cast.a, session_of(cast.a)
    register(a, session)
    outcomes = []
    with unit_scope(a.unit):
        for _try in range(rules.TRIES_PER_HOUR + 2):
            try:
                book(session=session, wish=wish_of(a), sending=Sending(address_hash=ADDRESS))
            except (PhoneTaken, TooMany) as error:
                outcomes.append(type(error))
    assert outcomes.count(TooMany) == 2


def test_found_by_code_and_number_only(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    booking = register(a, session)
    with unit_scope(a.unit):
        assert _find(booking.code, PHONE) == booking
        assert _find(booking.code, _phone(1)) is None
        assert _find("ACEFHJK", PHONE) is None
    with unit_scope(cast.b.unit):
        assert _find(booking.code, PHONE) is None
        assert booking_of(ticket_of(booking)) is None


def test_guessing_is_stopped(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        for _try in range(rules.LOOKUPS_PER_HOUR):
            assert _find("ACEFHJK", PHONE) is None
        with pytest.raises(TooMany):
            _find("ACEFHJK", PHONE)
        assert _find("ACEFHJK", PHONE, "d" * 64) is None


def test_a_ticket_ends_and_can_not_be_made(cast: Cast) -> None:
    a = cast.a
    booking = register(a, session_of(a))
    with unit_scope(a.unit):
        ticket = ticket_of(booking)
        assert booking.code not in ticket
        assert booking_of(ticket) == booking
        for junk in ("", "x", ticket[:-1], f"{ticket}x", ticket.replace(":", ""), "\x00", "a" * 9_000):
            assert booking_of(junk) is None, junk
        with time_machine.travel(NOW + rules.TICKET_LIFETIME + timedelta(seconds=2), tick=False):
            assert booking_of(ticket) is None


def test_giving_back_ends_when_the_session_begins(cast: Cast) -> None:
    a = cast.a
    booking = register(a, session_of(a))
    with unit_scope(a.unit), time_machine.travel(NOW + timedelta(days=4, minutes=1), tick=False):
        assert not cancel_booking(booking=booking)


def test_the_desk_registers_callers_and_notes_walk_ins(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a, capacity=1)
    with unit_scope(a.unit):
        caller = book_at_desk(session=session, wish=wish_of(a), actor=a.admin)
        assert (caller.consent_version, _booked(session)) == (rules.DESK_CONSENT, 1)
        with pytest.raises(NotTaken):
            book_at_desk(session=session, wish=wish_of(a, phone=""), actor=a.admin)
        walkers = [add_walk_in(session=session, wish=wish_of(a, phone=""), actor=a.admin) for _one in range(2)]
        assert [row.number for row in walkers] == [2, 3]
        assert {row.status for row in walkers} == {BookingStatus.CAME}
        assert _booked(session) == 1
        with pytest.raises(PhoneTaken):
            add_walk_in(session=session, wish=wish_of(a), actor=a.admin)


def test_a_session_called_off_keeps_its_people(cast: Cast) -> None:
    a: House = cast.a
    session = session_of(a)
    booking = register(a, session)
    with unit_scope(a.unit):
        cancel_session(session=session, reason="Bão", actor=a.admin)
        assert ReceptionBooking.objects.get(pk=booking.pk).status == BookingStatus.BOOKED
