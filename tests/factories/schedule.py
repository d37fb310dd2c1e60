"""The schedule of the cast, with each house's marks in every text. Monday of the fixed clock's next week is 23/11/2026."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from portal.core.tenancy import unit_scope
from tests.factories.cast import House
from units.actions.schedule import (
    accept_entries,
    approve_week,
    open_week,
    propose_entry,
    publish_week,
    save_entry,
)
from units.enums import Role
from units.enums.people import PostLevel
from units.models import (
    Appointment,
    Division,
    Person,
    Post,
    Room,
    ScheduleEntry,
    ScheduleSeries,
    ScheduleWeek,
)

MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 29)


def leader_of(
    house: House, name: str = "Chủ tịch", *, since: date = date(2025, 7, 1), until: date | None = None
) -> Person:
    """Somebody who holds a leader's post; ``name`` is the post's too. Made when asked for first."""
    words = f"{house.marker} {house.word}"
    with unit_scope(house.unit):
        known = Person.objects.filter(full_name=f"{name} {words}").first()
        if known:
            return known
        person = Person.objects.create(full_name=f"{name} {words}")
        post = Post.objects.create(title=f"{name} phường {words}", short_title=name, level=PostLevel.LEADER)
        Appointment.objects.create(person=person, post=post, starts_on=since, ends_on=until)
        return person


def room_of(house: House, name: str = "Phòng họp số 1", **more: Any) -> Room:
    """A meeting room."""
    with unit_scope(house.unit):
        return Room.objects.get_or_create(name=f"{name} {house.marker} {house.word}", defaults=more)[0]


def division_of(house: House, name: str = "Phòng Kinh tế") -> Division:
    """A division that proposes."""
    with unit_scope(house.unit):
        return Division.objects.get_or_create(name=f"{name} {house.marker} {house.word}")[0]


def _unsaved(house: House, values: dict[str, Any]) -> tuple[ScheduleEntry, dict[str, Any]]:
    words = f"{house.marker} {house.word}"
    guests: dict[str, Any] = {}
    for name in ("persons", "divisions", "invited_units"):
        if name in values:
            guests[name] = values.pop(name)
    whole: dict[str, Any] = {
        "day": MONDAY, "starts_at": time(8), "title": f"Giao ban đầu tuần {words}", "content": f"Chi tiết {words}",
        "notes": f"Ghi chú nội bộ {words}", **values,
    }  # fmt: skip
    return ScheduleEntry(**whole), guests


def make_entry(house: House, **values: Any) -> ScheduleEntry:
    """An entry in the table that nobody has published; Monday at 8:00 unless said otherwise."""
    with unit_scope(house.unit):
        entry, guests = _unsaved(house, values)
        return save_entry(entry=entry, actor=house.people[Role.EDITOR], **guests)


def make_proposal(house: House, **values: Any) -> ScheduleEntry:
    """A proposal of the house's AUTHOR that waits for the office."""
    with unit_scope(house.unit):
        entry, guests = _unsaved(house, values)
        return propose_entry(entry=entry, actor=house.people[Role.AUTHOR], **guests)


def publish(house: House, day: date = MONDAY, overrides: dict[int, str] | None = None) -> ScheduleWeek:
    """Approve, where it is not, and publish the week of ``day``."""
    with unit_scope(house.unit):
        week = open_week(day=day)
        approve_week(week=week, actor=house.people[Role.APPROVER])
        publish_week(week=week, actor=house.people[Role.APPROVER], overrides=overrides or {})
        return week


def make_public_entry(house: House, **values: Any) -> ScheduleEntry:
    """An entry that citizens see."""
    entry = make_entry(house, **values)
    publish(house, entry.day)
    with unit_scope(house.unit):
        entry.refresh_from_db()
    return entry


def entry_of(house: House) -> ScheduleEntry:
    """The house's public entry (chaired by its leader, in its room), made when it is asked for first."""
    with unit_scope(house.unit):
        known = ScheduleEntry.objects.public().first()
    return known or make_public_entry(house, chair=leader_of(house), room=room_of(house))


def week_of(house: House) -> ScheduleWeek:
    """The house's published week."""
    entry = entry_of(house)
    with unit_scope(house.unit):
        return ScheduleWeek.objects.get(pk=entry.week_id)


def series_of(house: House, **values: Any) -> ScheduleSeries:
    """A meeting every Monday at 7:30."""
    words = f"{house.marker} {house.word}"
    whole: dict[str, Any] = {
        "title": f"Chào cờ đầu tuần {words}", "rule": "FREQ=WEEKLY;BYDAY=MO", "starts_on": date(2026, 1, 5),
        "starts_at": time(7, 30), **values,
    }  # fmt: skip
    with unit_scope(house.unit):
        known = ScheduleSeries.objects.filter(title=whole["title"]).first()
        return known or ScheduleSeries.objects.create(**whole)


def accept(house: House, *entries: ScheduleEntry) -> int:
    """The office takes proposals into the table."""
    with unit_scope(house.unit):
        return accept_entries(pks=[one.pk for one in entries], actor=house.people[Role.EDITOR])
