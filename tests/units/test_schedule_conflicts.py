"""A leader or a room twice at one time: found whatever the entries say, in a constant number of queries."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.schedule import MONDAY, SUNDAY, leader_of, make_entry, make_proposal, room_of
from units.actions.schedule import cancel_entry
from units.enums.reception import SessionStatus
from units.enums.schedule import DaySession, EntryStage, Visibility
from units.models import ReceptionSession, ScheduleEntry, ScheduleWeek
from units.schedule.conflicts import Conflict, conflicts_between, conflicts_of


def _found(cast: Cast, **options: Any) -> list[Conflict]:
    with unit_scope(cast.a.unit):
        return conflicts_between(MONDAY, SUNDAY, **options)


def test_who_chairs_here_and_attends_there(cast: Cast) -> None:
    leader = leader_of(cast.a)
    first = make_entry(cast.a, chair=leader, ends_at=time(9), title="Việc đầu")
    second = make_entry(cast.a, persons=[leader], starts_at=time(8, 30), visibility=Visibility.INTERNAL)
    [one] = _found(cast)
    assert (one.entry_id, one.other_id, one.kind, one.name) == (second.pk, first.pk, "person", leader.full_name)
    assert (one.day, one.time_text, one.other_title, one.is_reception) == (MONDAY, "8:00 – 9:00", "Việc đầu", False)


def test_a_room_twice(cast: Cast) -> None:
    room = room_of(cast.a)
    make_entry(cast.a, room=room)
    make_entry(cast.a, room=room, starts_at=time(9, 15))
    [one] = _found(cast)
    assert (one.kind, one.name) == ("room", room.name)


@pytest.mark.parametrize(
    ("one", "two", "number"),
    [
        ({"starts_at": time(8), "ends_at": time(9)}, {"starts_at": time(9), "ends_at": time(10)}, 0),
        ({"starts_at": time(8)}, {"starts_at": time(9, 29)}, 1),
        ({"starts_at": time(8)}, {"starts_at": time(9, 30)}, 0),
        ({"starts_at": None, "session": DaySession.MORNING}, {"starts_at": time(10)}, 1),
        ({"starts_at": None, "session": DaySession.MORNING}, {"starts_at": time(14)}, 0),
        ({"starts_at": None, "session": DaySession.ALL_DAY}, {"starts_at": time(14)}, 1),
        ({"starts_at": None, "session": DaySession.ALL_DAY}, {"starts_at": time(19)}, 0),
        ({"starts_at": time(23)}, {"starts_at": time(23, 50)}, 1),
        ({"starts_at": time(8)}, {"starts_at": time(8), "day": date(2026, 11, 24)}, 0),
    ],
)
def test_what_is_at_one_time(cast: Cast, one: dict[str, Any], two: dict[str, Any], number: int) -> None:
    leader = leader_of(cast.a)
    make_entry(cast.a, chair=leader, **one)
    make_entry(cast.a, chair=leader, **two)
    assert len(_found(cast)) == number


def test_a_reception_takes_its_receivers_time(cast: Cast) -> None:
    leader = leader_of(cast.a)
    with unit_scope(cast.a.unit):
        session = ReceptionSession.objects.create(
            day=MONDAY, starts_at=time(8), ends_at=time(11), receiver=leader, place="Phòng tiếp dân"
        )
    entry = make_entry(cast.a, chair=leader, starts_at=time(7, 45))
    [one] = _found(cast)
    assert (one.entry_id, one.other_id, one.is_reception) == (entry.pk, session.pk, True)
    assert (one.other_title, one.time_text) == ("Tiếp công dân", "8:00 – 11:00")
    with unit_scope(cast.a.unit):
        session.status = SessionStatus.CANCELLED
        session.save()
    assert _found(cast) == []


def test_put_off_entries_and_proposals_take_nothing(cast: Cast) -> None:
    leader = leader_of(cast.a)
    entry = make_entry(cast.a, chair=leader)
    make_proposal(cast.a, chair=leader)
    assert _found(cast) == []
    assert len(_found(cast, with_proposals=True)) == 1
    with unit_scope(cast.a.unit):
        cancel_entry(entry=entry, actor=cast.a.admin, reason="Mưa")
    assert _found(cast, with_proposals=True) == []


def test_an_entry_in_the_form_is_compared_as_it_stands_there(cast: Cast) -> None:
    leader, room = leader_of(cast.a), room_of(cast.a)
    other = make_entry(cast.a, chair=leader, room=room)
    with unit_scope(cast.a.unit):
        typed = ScheduleEntry(day=MONDAY, starts_at=time(7), ends_at=time(12), session=DaySession.MORNING)
        found = conflicts_of(typed, [leader.pk], room.pk)
        assert [(one.entry_id, one.other_id, one.kind) for one in found] == [
            (0, other.pk, "person"),
            (0, other.pk, "room"),
        ]
        assert conflicts_of(other, [leader.pk], room.pk) == []
        assert conflicts_of(typed, [], None) == []


def test_another_unit_is_not_asked(cast: Cast) -> None:
    for house in (cast.a, cast.b):
        make_entry(house, chair=leader_of(house))
    assert _found(cast) == []


def test_two_hundred_entries_take_as_many_queries_as_three(cast: Cast) -> None:
    leader, room = leader_of(cast.a), room_of(cast.a)
    for _n in range(3):
        make_entry(cast.a, chair=leader, room=room)
    with (
        unit_scope(cast.a.unit),
        CaptureQueriesContext(
            connection,
        ) as few,
    ):
        assert len(conflicts_between(MONDAY, SUNDAY)) == 6
    with unit_scope(cast.a.unit):
        week = ScheduleWeek.objects.get()
        common = {"week": week, "stage": EntryStage.ACCEPTED, "title": "Việc", "session": DaySession.MORNING}
        ScheduleEntry.objects.bulk_create(
            ScheduleEntry(**common, day=MONDAY, starts_at=time(8 + n % 9), chair=leader) for n in range(197)
        )
        with CaptureQueriesContext(connection) as many:
            assert len(conflicts_between(MONDAY, SUNDAY)) > 500
    assert len(many) == len(few) <= 5
