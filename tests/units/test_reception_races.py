"""Two phones, one place, the same second: real threads, each on a connection of its own, on PostgreSQL and on SQLite.

SQLite's test database lies in memory, where two connections get in each other's way as they never would in a file: for these
tests it is copied into one.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from portal.core.tenancy import unit_scope
from portal.core.visitors import Sending
from tests.factories.cast import Cast, make_cast
from tests.factories.reception import make_terms, register, session_of, wish_of
from units.actions.reception import save_session
from units.actions.reception_bookings import NotTaken, PhoneTaken, book, cancel_booking
from units.models import ReceptionBooking, ReceptionSession

Verb = Callable[[], Any]


@pytest.fixture
def race(transactional_db: None, clock: Any, tmp_path: Path) -> Any:
    """Run verbs at the same moment in the scope of Thuận An, then ``then``; gives the outcomes and what ``then`` returned."""

    def run(cast: Cast, verbs: list[Verb], then: Verb) -> tuple[list[Any], Any]:
        known = connections.settings["default"]["NAME"]
        if connection.vendor == "sqlite":
            path = str(tmp_path / "race.sqlite3")
            connection.ensure_connection()
            with sqlite3.connect(path) as copy:
                connection.connection.backup(copy)
            connections.settings["default"]["NAME"] = path
        try:
            outcomes = _together(cast, verbs)
            return outcomes, _together(cast, [then])[0]
        finally:
            connections.settings["default"]["NAME"] = known

    return run


def _together(cast: Cast, verbs: list[Verb]) -> list[Any]:
    start = threading.Barrier(len(verbs))
    outcomes: list[Any] = [None] * len(verbs)

    def work(place: int, verb: Verb) -> None:
        with unit_scope(cast.a.unit):
            start.wait()
            try:
                outcomes[place] = verb()
            except Exception as error:  # noqa: BLE001 - whatever it is belongs to the outcome
                outcomes[place] = error
        connection.close()

    threads = [threading.Thread(target=work, args=(place, verb)) for place, verb in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def _register(cast: Cast, pk: int, number: int, phone: str = "") -> Verb:
    wish = wish_of(cast.a, phone=phone or f"09051234{number:02d}")
    sending = Sending(address_hash=f"{number:064d}")
    return lambda: book(session=ReceptionSession.objects.get(pk=pk), wish=wish, sending=sending)


def _state(pk: int) -> Verb:
    def read() -> tuple[int, list[int]]:
        numbers = ReceptionBooking.objects.active().filter(session_id=pk).values_list("number", flat=True)
        return ReceptionSession.objects.get(pk=pk).booked, sorted(numbers)

    return read


@pytest.mark.parametrize("attempt", range(3))
def test_the_last_place_goes_to_one_of_two_phones(race: Any, attempt: int) -> None:
    cast = make_cast()
    make_terms()
    session = session_of(cast.a, capacity=1)
    outcomes, state = race(cast, [_register(cast, session.pk, number) for number in range(2)], _state(session.pk))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NotTaken", "ReceptionBooking"], outcomes
    assert next(one for one in outcomes if isinstance(one, NotTaken)).kind == "full"
    assert state == (1, [1])


def test_eight_phones_and_three_places(race: Any) -> None:
    cast = make_cast()
    session = session_of(cast.a, capacity=3)
    outcomes, state = race(cast, [_register(cast, session.pk, number) for number in range(8)], _state(session.pk))
    taken = [one for one in outcomes if isinstance(one, ReceptionBooking)]
    assert len(taken) == 3, outcomes
    assert all(isinstance(one, ReceptionBooking | NotTaken) for one in outcomes), outcomes
    assert len({one.code for one in taken}) == 3
    assert state == (3, [1, 2, 3])


def test_one_number_pressed_twice_registers_once(race: Any) -> None:
    cast = make_cast()
    session = session_of(cast.a)
    verbs = [_register(cast, session.pk, number, phone="0905999999") for number in range(2)]
    outcomes, state = race(cast, verbs, _state(session.pk))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["PhoneTaken", "ReceptionBooking"], outcomes
    assert any(isinstance(one, PhoneTaken) for one in outcomes)
    assert state == (1, [1])


def test_giving_back_twice_at_once_frees_one_place(race: Any) -> None:
    cast = make_cast()
    session = session_of(cast.a)
    booking = register(cast.a, session)
    register(cast.a, session, phone="0905999999", address="c" * 64)
    give = lambda: cancel_booking(  # noqa: E731 - the same for both
        booking=ReceptionBooking.objects.select_related("session").get(pk=booking.pk)
    )
    outcomes, state = race(cast, [give, give], _state(session.pk))
    assert sorted(outcomes) == [False, True]
    assert state == (1, [2])


def test_fewer_places_and_one_more_registration_never_cross(race: Any) -> None:
    cast = make_cast()
    session = session_of(cast.a, capacity=2)
    register(cast.a, session)

    def shrink() -> str:
        row = ReceptionSession.objects.get(pk=session.pk)
        row.capacity = 1
        save_session(session=row, actor=None)
        return "shrunk"

    outcomes, state = race(cast, [shrink, _register(cast, session.pk, 7)], _state(session.pk))
    shrunk = outcomes[0] == "shrunk"
    assert state[0] == (1 if shrunk else 2), outcomes
    assert isinstance(outcomes[1], NotTaken if shrunk else ReceptionBooking), outcomes
