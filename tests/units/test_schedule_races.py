"""Two clerks, or a clerk and the chief, in the same second: one outcome, told once. On PostgreSQL; SQLite queues them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import make_cast
from tests.factories.schedule import MONDAY, make_entry, make_proposal, make_public_entry, series_of
from units.actions.schedule import (
    accept_entries,
    approve_week,
    cancel_entry,
    copy_week,
    fill_series,
    open_week,
    publish_week,
    return_entry,
    save_entry,
)
from units.enums import Role
from units.enums.schedule import EntryStage, EntryStatus, WeekStatus
from units.models import ScheduleChange, ScheduleEntry, ScheduleWeek

pytestmark = pytest.mark.postgres
Two = Callable[..., list[Any]]


def _fresh(entry: ScheduleEntry) -> ScheduleEntry:
    return ScheduleEntry.objects.get(pk=entry.pk)


def test_publishing_twice_publishes_once(two: Two) -> None:
    cast = make_cast()
    make_entry(cast.a)
    with unit_scope(cast.a.unit):
        week = open_week(day=MONDAY)
        approve_week(week=week, actor=cast.a.admin)

    def publish() -> int:
        return publish_week(week=ScheduleWeek.objects.get(pk=week.pk), actor=cast.a.admin)

    assert sorted(two(cast, publish, publish)) == [0, 1]
    with unit_scope(cast.a.unit):
        assert AuditEntry.objects.about(week).filter(verb="schedule.publish").count() == 1
        assert not ScheduleChange.objects.exists()


def test_taking_in_and_sending_back_end_in_one_of_the_two(two: Two) -> None:
    cast = make_cast()
    proposal = make_proposal(cast.a)
    editor = cast.a.people[Role.EDITOR]
    taken, returned = two(
        cast,
        lambda: accept_entries(pks=[proposal.pk], actor=editor),
        lambda: return_entry(entry=_fresh(proposal), actor=editor, reason="Trùng"),
    )
    with unit_scope(cast.a.unit):
        # Taken first it may still come back; returned first it is not taken.
        assert not isinstance(returned, ValidationError)
        assert taken in {0, 1}
        assert _fresh(proposal).stage == EntryStage.RETURNED


def test_taking_in_twice_counts_once(two: Two) -> None:
    cast = make_cast()
    rows = [make_proposal(cast.a, starts_at=time(8 + number)) for number in range(4)]
    keys = [row.pk for row in rows]

    def take() -> int:
        return accept_entries(pks=keys, actor=cast.a.admin)

    assert sorted(two(cast, take, take)) == [0, 4]


@pytest.mark.parametrize("attempt", range(3))
def test_changing_while_publishing_is_before_it_or_told(two: Two, attempt: int) -> None:
    cast = make_cast()
    entry = make_entry(cast.a)
    with unit_scope(cast.a.unit):
        week = open_week(day=MONDAY)
        approve_week(week=week, actor=cast.a.admin)

    def change() -> bool:
        row = _fresh(entry)
        row.starts_at = time(10)
        save_entry(entry=row, actor=cast.a.admin)
        return True

    published, changed = two(cast, lambda: publish_week(week=week, actor=cast.a.admin), change)
    with unit_scope(cast.a.unit):
        row, stored = _fresh(entry), ScheduleWeek.objects.get(pk=week.pk)
        assert changed is True
        assert row.starts_at == time(10)
        if isinstance(published, ValidationError):  # the change came first and undid the approval
            assert (stored.status, row.published_at) == (WeekStatus.COLLECTING, None)
            assert not ScheduleChange.objects.exists()
        else:
            assert (published, row.status) == (1, EntryStatus.CHANGED)
            assert row.published_at is not None
            assert ScheduleChange.objects.filter(entry=row).count() == 1


def test_two_clerks_with_one_entry_write_once(two: Two) -> None:
    cast = make_cast()
    entry = make_public_entry(cast.a)
    with unit_scope(cast.a.unit):
        first, second = _fresh(entry), _fresh(entry)
    first.title, second.title = "Một", "Hai"
    outcomes = two(
        cast,
        lambda: save_entry(entry=first, actor=cast.a.admin),
        lambda: save_entry(entry=second, actor=cast.a.admin),
    )
    with unit_scope(cast.a.unit):
        assert sum(isinstance(one, ValidationError) for one in outcomes) == 1
        assert ScheduleChange.objects.filter(entry=entry).count() == 1


def test_putting_off_twice_is_told_once(two: Two) -> None:
    cast = make_cast()
    entry = make_public_entry(cast.a)

    def put_off() -> ScheduleEntry:
        return cancel_entry(entry=_fresh(entry), actor=cast.a.admin, reason="Mưa")

    outcomes = two(cast, put_off, put_off)
    with unit_scope(cast.a.unit):
        assert sum(isinstance(one, ValidationError) for one in outcomes) == 1
        assert ScheduleChange.objects.filter(entry=entry).count() == 1


def test_a_week_begun_twice_is_one_with_each_series_once(two: Two) -> None:
    cast = make_cast()
    series_of(cast.a)
    weeks = two(cast, lambda: open_week(day=MONDAY), lambda: open_week(day=MONDAY))
    assert weeks[0] == weeks[1]
    with unit_scope(cast.a.unit):
        assert ScheduleWeek.objects.count() == ScheduleEntry.objects.count() == 1
        ScheduleEntry.objects.all().delete()

    def fill() -> int:
        return fill_series(week=ScheduleWeek.objects.get(), actor=cast.a.admin)

    assert sorted(two(cast, fill, fill)) == [0, 1]


def test_copying_twice_copies_once(two: Two) -> None:
    cast = make_cast()
    make_entry(cast.a)
    target = date(2026, 11, 30)
    with unit_scope(cast.a.unit):
        open_week(day=target)

    def copy() -> int:
        return copy_week(source=MONDAY, target=target, actor=cast.a.admin)

    assert sorted(two(cast, copy, copy)) == [0, 1]


def test_moving_two_entries_to_each_others_week_does_not_lock_up(two: Two) -> None:
    cast = make_cast()
    target = date(2026, 11, 30)
    one, other = make_entry(cast.a), make_entry(cast.a, day=target)

    def move(entry: ScheduleEntry, day: date) -> bool:
        row = _fresh(entry)
        row.day = day
        save_entry(entry=row, actor=cast.a.admin)
        return True

    assert two(cast, lambda: move(one, target), lambda: move(other, MONDAY)) == [True, True]
