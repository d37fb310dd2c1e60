"""Recurring meetings fill a week once, and last week's table is copied once, however often somebody presses."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError

from portal.core.models import Holiday
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House
from tests.factories.schedule import (
    MONDAY,
    SUNDAY,
    leader_of,
    make_entry,
    publish,
    series_of,
)
from units.actions.schedule import (
    cancel_entry,
    copy_week,
    delete_entry,
    fill_series,
    open_week,
    save_entry,
    series_on_holidays,
)
from units.models import ScheduleEntry, ScheduleWeek

NEXT = MONDAY + timedelta(days=7)


def _public(house: House) -> list[str]:
    with unit_scope(house.unit):
        return list(ScheduleEntry.objects.public().in_order().values_list("title", flat=True))


def _week(house: House, day: date = MONDAY) -> ScheduleWeek:
    with unit_scope(house.unit):
        return open_week(day=day)


def test_a_new_week_gets_its_recurring_meetings_once(cast: Cast) -> None:
    leader = leader_of(cast.a)
    series = series_of(cast.a, chair=leader)
    with unit_scope(cast.a.unit):
        series.persons.set([leader])
        week = open_week(day=MONDAY)
        entry = ScheduleEntry.objects.get()
        assert (entry.day, entry.starts_at, entry.chair, entry.stage) == (MONDAY, time(7, 30), leader, "ACCEPTED")
        assert list(entry.persons.all()) == [leader]
        assert fill_series(week=week, actor=cast.a.admin) == 0
        assert open_week(day=SUNDAY) == week
        assert ScheduleEntry.objects.count() == 1


def test_a_moved_occurrence_does_not_come_twice(cast: Cast) -> None:
    series_of(cast.a)
    week = _week(cast.a)
    with unit_scope(cast.a.unit):
        entry = ScheduleEntry.objects.get()
        entry.day = NEXT + timedelta(days=1)
        save_entry(entry=entry, actor=cast.a.admin)
        assert fill_series(week=week, actor=cast.a.admin) == 0
        assert ScheduleEntry.objects.count() == 2  # the moved one, and next week's own


def test_a_series_rests_on_holidays_after_its_end_and_when_it_is_stopped(cast: Cast) -> None:
    Holiday.objects.create(day=MONDAY, name="Ngày nghỉ thử")
    series = series_of(cast.a)
    week = _week(cast.a)
    with unit_scope(cast.a.unit):
        assert not ScheduleEntry.objects.exists()
        assert series_on_holidays(week) == [(series.title, MONDAY, "Ngày nghỉ thử")]
        series.ends_on = NEXT - timedelta(days=1)
        series.save()
        open_week(day=NEXT)
        assert not ScheduleEntry.objects.exists()


def test_a_leader_who_left_is_left_out_of_the_series_and_the_note_says_so(cast: Cast) -> None:
    left = leader_of(cast.a, "Phó cũ", until=date(2026, 10, 1))
    series_of(cast.a, chair=left)
    _week(cast.a)
    with unit_scope(cast.a.unit):
        entry = ScheduleEntry.objects.get()
        assert entry.chair is None
        assert "không giữ chức vụ" in entry.notes


def test_copying_last_week_twice_copies_once_and_skips_what_was_put_off(cast: Cast) -> None:
    a, leader = cast.a, leader_of(cast.a)
    series_of(a)
    kept = make_entry(a, title="Giao ban", chair=leader, persons=[leader], day=MONDAY + timedelta(days=2))
    off = make_entry(a, title="Bị hoãn", starts_at=time(15))
    publish(a)
    with unit_scope(a.unit):
        cancel_entry(entry=off, actor=a.admin, reason="Mưa")
        assert copy_week(source=MONDAY, target=NEXT, actor=a.admin) == 1
        assert copy_week(source=SUNDAY, target=NEXT, actor=a.admin) == 0
        rows = list(ScheduleEntry.objects.filter(week__monday=NEXT).in_order())
        assert [row.title for row in rows] == ["Chào cờ đầu tuần " + f"{a.marker} {a.word}", "Giao ban"]
        copy = rows[1]
        assert (copy.day, copy.published_at, copy.sequence) == (kept.day + timedelta(days=7), None, 0)
        assert copy.uid != kept.uid
        assert list(copy.persons.all()) == [leader]
        with pytest.raises(ValidationError, match="tuần khác"):
            copy_week(source=MONDAY, target=SUNDAY, actor=a.admin)


def test_a_deleted_occurrence_comes_again_only_when_asked(cast: Cast) -> None:
    series_of(cast.a)
    week = _week(cast.a)
    with unit_scope(cast.a.unit):
        delete_entry(entry=ScheduleEntry.objects.get(), actor=cast.a.admin)
        assert open_week(day=MONDAY) == week
        assert not ScheduleEntry.objects.exists()
        assert fill_series(week=week, actor=cast.a.admin) == 1
