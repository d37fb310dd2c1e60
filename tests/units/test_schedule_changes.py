"""What happens to an entry before citizens' eyes: changed, moved, put off, held after all, taken off; never silently."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError

from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.schedule import (
    MONDAY,
    SUNDAY,
    make_entry,
    make_public_entry,
    publish,
    room_of,
)
from units.actions.schedule import (
    cancel_entry,
    delete_entry,
    move_entry,
    restore_entry,
    save_entry,
    withdraw_entry,
)
from units.enums.schedule import ChangeKind, DaySession, EntryStatus, Visibility
from units.models import ScheduleChange, ScheduleEntry, ScheduleWeek, Unit


def _seen(cast: Cast) -> list[ScheduleEntry]:
    with unit_scope(cast.a.unit):
        return list(ScheduleEntry.objects.public().in_order())


def _changes(entry: ScheduleEntry) -> list[ScheduleChange]:
    return list(ScheduleChange.objects.filter(entry=entry))


def test_a_change_after_publishing_is_kept_and_said(cast: Cast) -> None:
    entry = make_public_entry(cast.a, ends_at=time(9), room=room_of(cast.a))
    with unit_scope(cast.a.unit):
        entry.title = "Họp ứng phó mưa lũ"
        entry.notes = "Mang theo bản đồ mật"
        save_entry(entry=entry, actor=cast.a.admin, note="Theo công điện.")
        entry.refresh_from_db()
        change = _changes(entry)[-1]
        week = ScheduleWeek.objects.get()
    assert (entry.status, entry.sequence, entry.change_note) == (EntryStatus.CHANGED, 1, "Theo công điện.")
    assert change.kind == ChangeKind.EDITED
    assert change.before.keys() == change.after.keys() == {"title"}
    assert change.after["title"] == "Họp ứng phó mưa lũ"
    assert week.public_changed_at == entry.changed_at == change.at


def test_only_internal_words_changed_say_nothing_to_citizens(cast: Cast) -> None:
    entry = make_public_entry(cast.a)
    with unit_scope(cast.a.unit):
        entry.vehicle = "75A-000.00"
        save_entry(entry=entry, actor=cast.a.admin)
        assert _changes(entry) == []
        assert entry.status == EntryStatus.PLANNED


def test_moving_keeps_the_length_and_the_old_time(cast: Cast) -> None:
    entry = make_public_entry(cast.a, ends_at=time(9, 30))
    with unit_scope(cast.a.unit):
        move_entry(entry=entry, actor=cast.a.admin, day=MONDAY, starts_at=time(14), session="MORNING", note="Bận")
        change = _changes(entry)[-1]
    assert (entry.session, entry.ends_at) == (DaySession.AFTERNOON, time(15, 30))
    assert change.kind == ChangeKind.MOVED
    assert change.before == {"starts_at": "8:00", "ends_at": "9:30"}
    with unit_scope(cast.a.unit), pytest.raises(ValidationError, match="qua nửa đêm"):
        move_entry(entry=entry, actor=cast.a.admin, day=MONDAY, starts_at=time(23), session="EVENING")


def test_moving_to_another_week_is_told_in_the_old_one(cast: Cast) -> None:
    entry = make_public_entry(cast.a)
    later = MONDAY + timedelta(days=8)
    with unit_scope(cast.a.unit):
        move_entry(entry=entry, actor=cast.a.admin, day=later, starts_at=time(8), session="MORNING")
        entry.refresh_from_db()
        assert entry.week.monday == MONDAY + timedelta(days=7)
        [away] = ScheduleChange.objects.moved_away(MONDAY, SUNDAY)
        assert away.entry == entry
        assert away.before["day"] == "2026-11-23"
        old = ScheduleWeek.objects.get(monday=MONDAY)
        assert old.public_changed_at == away.at
        move_entry(entry=entry, actor=cast.a.admin, day=MONDAY, starts_at=time(9), session="MORNING")
        assert not ScheduleChange.objects.moved_away(MONDAY, SUNDAY).exists()


def test_putting_off_and_holding_after_all(cast: Cast) -> None:
    entry = make_public_entry(cast.a)
    with unit_scope(cast.a.unit):
        with pytest.raises(ValidationError, match="vì sao hoãn"):
            cancel_entry(entry=entry, actor=cast.a.admin, reason="  ")
        cancel_entry(entry=entry, actor=cast.a.admin, reason="Mưa lớn.")
        assert (entry.status, entry.change_note) == (EntryStatus.CANCELLED, "Mưa lớn.")
        entry.title = "Sửa tên khi đang hoãn"
        save_entry(entry=entry, actor=cast.a.admin)
        assert entry.status == EntryStatus.CANCELLED
        restore_entry(entry=entry, actor=cast.a.admin, note="")
        assert entry.status == EntryStatus.CHANGED
        assert [one.kind for one in _changes(entry)] == ["CANCELLED", "EDITED", "RESTORED"]
        assert entry.sequence == 3
    assert _seen(cast) == [entry]


def test_what_citizens_never_saw_is_put_off_quietly_and_not_published(cast: Cast) -> None:
    entry = make_entry(cast.a)
    make_entry(cast.a, starts_at=time(14), title="Việc khác")
    with unit_scope(cast.a.unit):
        cancel_entry(entry=entry, actor=cast.a.admin, reason="Mưa lớn.")
        assert _changes(entry) == []
    publish(cast.a)
    assert [one.title for one in _seen(cast)] == ["Việc khác"]


def test_taking_off_is_at_once_and_tells_no_reason(cast: Cast) -> None:
    entry = make_public_entry(cast.a)
    with unit_scope(cast.a.unit):
        before = Unit.objects.get(pk=cast.a.unit.pk).generation
        withdraw_entry(entry=entry, actor=cast.a.admin, reason="Lộ nội dung mật")
        assert Unit.objects.get(pk=cast.a.unit.pk).generation > before
        [line] = ScheduleChange.objects.withdrawals(MONDAY, SUNDAY)
        assert (line.note, line.before, line.after) == ("", {}, {})
        assert list(ScheduleEntry.objects.withdrawn()) == [entry]
        assert AuditEntry.objects.about(entry).filter(verb="schedule.withdraw").exists()
        entry.visibility = Visibility.PUBLIC
        with pytest.raises(ValidationError, match="Đăng lại"):
            save_entry(entry=entry, actor=cast.a.admin)
    assert _seen(cast) == []
    with unit_scope(cast.a.unit):
        entry.refresh_from_db()
        restore_entry(entry=entry, actor=cast.a.admin, note="Gỡ nhầm")
        assert not ScheduleChange.objects.withdrawals(MONDAY, SUNDAY).exists()
    assert _seen(cast) == [entry]


def test_a_public_entry_does_not_become_secret_by_a_tick(cast: Cast) -> None:
    entry = make_public_entry(cast.a)
    with unit_scope(cast.a.unit):
        entry.visibility = Visibility.INTERNAL
        with pytest.raises(ValidationError, match="Gỡ khỏi lịch công khai"):
            save_entry(entry=entry, actor=cast.a.admin)
    assert _seen(cast) == [entry]


def test_an_internal_entry_never_becomes_public_by_publishing_and_one_made_public_waits(cast: Cast) -> None:
    entry = make_entry(cast.a, visibility=Visibility.INTERNAL)
    publish(cast.a)
    with unit_scope(cast.a.unit):
        entry.refresh_from_db()
        assert entry.published_at is None
        with pytest.raises(ValidationError, match="chưa thấy"):
            withdraw_entry(entry=entry, actor=cast.a.admin, reason="Mật")
        entry.visibility = Visibility.PUBLIC
        save_entry(entry=entry, actor=cast.a.admin)
    assert _seen(cast) == []
    publish(cast.a)
    assert _seen(cast) == [entry]
    with unit_scope(cast.a.unit):
        assert [one.kind for one in _changes(entry)] == [ChangeKind.ADDED]


def test_only_what_citizens_never_saw_is_deleted(cast: Cast) -> None:
    seen = make_public_entry(cast.a)
    hidden = make_entry(cast.a, starts_at=time(15))
    with unit_scope(cast.a.unit):
        with pytest.raises(ValidationError, match="không xóa"):
            delete_entry(entry=seen, actor=cast.a.admin)
        delete_entry(entry=hidden, actor=cast.a.admin)
        assert list(ScheduleEntry.objects.all()) == [seen]
