"""Sessions of citizen reception, people who registered, a leader who receives."""

from __future__ import annotations

import secrets
from datetime import date, time, timedelta
from typing import Any

from portal.core.tenancy import unit_scope
from portal.core.visitors import Sending
from tests.factories.cast import NOW, House
from units.actions.reception_bookings import Wish, book, ticket_of
from units.enums.people import PostLevel
from units.enums.reception import ReceptionKind, SessionStatus
from units.models import (
    Appointment,
    LegalTerm,
    Person,
    Post,
    ReceptionBooking,
    ReceptionSeries,
    ReceptionSession,
)

TODAY = NOW.date()
PHONE = "0905123456"


def make_terms() -> None:
    """The law's rows, where a test that commits has emptied the tables."""
    for code, kind, number in (
        ("RECEPTION_POST_DAYS", "", 5), ("RECEPTION_SESSIONS", "COMMUNE", 4), ("RECEPTION_KEEP_DAYS", "", 30),
    ):  # fmt: skip
        LegalTerm.objects.get_or_create(
            code=code, kind=kind, valid_from=date(2014, 7, 1) if number != 30 else date(2026, 1, 1),
            defaults={"number": number, "source": "Luật Tiếp công dân"},
        )  # fmt: skip


def head_of(house: House, title: str = "Chủ tịch") -> Person:
    """The unit's head, with the post; one a unit."""
    with unit_scope(house.unit):
        known = Person.objects.filter(full_name=f"Trần Văn {house.marker}").first()
        if known:
            return known
        person = Person.objects.create(full_name=f"Trần Văn {house.marker}")
        post = Post.objects.create(title=f"{title} {house.word}", level=PostLevel.LEADER)
        Appointment.objects.create(person=person, post=post, starts_on=date(2025, 7, 1))
        return person


def session_of(house: House, *, days: int = 4, seen: bool = True, **more: Any) -> ReceptionSession:
    """A session ``days`` from today; 4 is Thursday, 26 November 2026. Published at the moment unless not ``seen``."""
    values: dict[str, Any] = {
        "day": TODAY + timedelta(days=days), "starts_at": time(7, 30), "ends_at": time(11), "capacity": 10,
        "place": f"Phòng tiếp công dân {house.marker}", "receiver_text": f"Chủ tịch {house.word}",
        "published_at": NOW if seen else None, **more,
    }  # fmt: skip
    if values.get("receiver"):
        values["receiver_text"] = ""
    with unit_scope(house.unit):
        return ReceptionSession.objects.create(**values)


def special_of(house: House, **more: Any) -> ReceptionSession:
    """A session called for one matter."""
    return session_of(house, kind=ReceptionKind.SPECIAL, subject=f"Mở đường {house.marker}", **more)


def past_session_of(house: House, days: int = 3, **more: Any) -> ReceptionSession:
    """One that was held, published a fortnight before."""
    values = {"status": SessionStatus.DONE, "published_at": NOW - timedelta(days=days + 14), **more}
    return session_of(house, days=-days, **values)


def series_of(house: House, rule: str = "FREQ=WEEKLY;BYDAY=TH", **more: Any) -> ReceptionSeries:
    """A regular reception that has made no sessions yet."""
    values: dict[str, Any] = {
        "rule": rule, "starts_on": TODAY - timedelta(days=30), "starts_at": time(7, 30), "ends_at": time(11),
        "place": f"Phòng tiếp {house.marker}", "receiver_text": f"Chủ tịch {house.word}", **more,
    }  # fmt: skip
    with unit_scope(house.unit):
        return ReceptionSeries.objects.create(**values)


def wish_of(house: House, **more: Any) -> Wish:
    """What somebody wants; names and words carry the house's marker."""
    values = {
        "name": f"Lê Thị {house.marker}", "phone": PHONE, "subject": f"Hỏi về cống {house.marker} {house.word}",
        "email": "", **more,
    }  # fmt: skip
    return Wish(**values)


def register(house: House, session: ReceptionSession, address: str = "", **more: Any) -> ReceptionBooking:
    """Somebody registered from a place of their own, without a proof of work."""
    address = address or secrets.token_hex(32)
    with unit_scope(house.unit):
        booking = book(session=session, wish=wish_of(house, **more), sending=Sending(address_hash=address))
        assert booking is not None
        return booking


def reception_of(house: House) -> ReceptionSession:
    """The house's session to look at; one a house."""
    with unit_scope(house.unit):
        known = ReceptionSession.objects.filter(capacity=7).first()
    return known or session_of(house, capacity=7, note=f"Mang biên nhận {house.marker}")


def past_reception_of(house: House) -> ReceptionSession:
    """One that is over; one a house."""
    with unit_scope(house.unit):
        known = ReceptionSession.objects.filter(capacity=6).first()
    return known or past_session_of(house, capacity=6)


def reception_path(house: House) -> str:
    """The list, with one of everything on it: open, special, called off, over, regular."""
    with unit_scope(house.unit):
        is_there = ReceptionSession.objects.filter(capacity=5).exists()
    if not is_there:
        special_of(house, capacity=5, days=6)
        session_of(house, days=18, status=SessionStatus.CANCELLED, cancel_reason=f"Bão {house.marker}")
        series_of(house, receiver=head_of(house), receiver_text="")
    reception_of(house)
    past_reception_of(house)
    return "/tiep-cong-dan/"


def slip_path(house: House, name: str = "da-dang-ky") -> str:
    """The address of a slip of this house; one registration a house."""
    with unit_scope(house.unit):
        booking = ReceptionBooking.objects.filter(session__capacity=8).first()
    booking = booking or register(house, session_of(house, days=11, capacity=8))
    with unit_scope(house.unit):
        return f"/tiep-cong-dan/{name}/?phieu={ticket_of(booking)}"
