"""Writing entries of the schedule: what is refused and why, and two clerks with one entry."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from portal.core.tenancy import ScopeError, unit_scope
from tests.factories.cast import Cast
from tests.factories.schedule import (
    MONDAY,
    SUNDAY,
    leader_of,
    make_entry,
    make_proposal,
    make_public_entry,
    publish,
    room_of,
)
from units.actions.schedule import (
    ScheduleChanged,
    approve_week,
    cancel_entry,
    delete_entry,
    move_entry,
    open_week,
    publish_week,
    save_entry,
    withdraw_entry,
)
from units.enums.schedule import ChangeKind, DaySession, EntryStatus, WeekStatus
from units.models import ScheduleChange, ScheduleEntry, ScheduleWeek


def _seen(cast: Cast) -> list[ScheduleEntry]:
    with unit_scope(cast.a.unit):
        return list(ScheduleEntry.objects.public().in_order())


def _changes(entry: ScheduleEntry) -> list[ScheduleChange]:
    return list(ScheduleChange.objects.filter(entry=entry))


def test_an_entry_is_seen_by_nobody_before_it_is_published(cast: Cast) -> None:
    entry = make_entry(cast.a)
    assert entry.session == DaySession.MORNING
    assert _seen(cast) == []
    publish(cast.a)
    assert _seen(cast) == [entry]


def test_the_half_of_the_day_follows_the_clock(cast: Cast) -> None:
    assert make_entry(cast.a, starts_at=time(14, 30), session=DaySession.MORNING).session == DaySession.AFTERNOON
    assert make_entry(cast.a, starts_at=None, session=DaySession.AFTERNOON).session == DaySession.AFTERNOON


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"ends_at": time(7)}, "ends_at", "phải sau giờ bắt đầu"),
        ({"ends_at": time(8)}, "ends_at", "phải sau giờ bắt đầu"),
        ({"starts_at": time(22), "ends_at": time(1)}, "ends_at", "tách thành hai ngày"),
        ({"starts_at": None, "ends_at": time(9)}, "starts_at", "giờ bắt đầu"),
        ({"title": " \u200b "}, "title", "Ghi nội dung"),
        ({"title": "x" * 301}, "title", "nhiều nhất 300"),
        ({"content": "x" * 4001}, "content", "nhiều nhất 4000"),
        ({"attendees_text": "x" * 501}, "attendees_text", "nhiều nhất 500"),
        ({"session": "NIGHT", "starts_at": None}, "session", "Chọn một mục"),
        ({"visibility": "SECRET"}, "visibility", "Chọn một mục"),
        ({"day": date(2126, 11, 23)}, "day", "Xem lại năm"),
        ({"day": date(1026, 11, 23)}, "day", "Xem lại năm"),
    ],
)
def test_what_can_not_be_is_refused_in_plain_words(
    cast: Cast, values: dict[str, Any], field: str, words: str
) -> None:  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        make_entry(cast.a, **values)
    assert words in " ".join(refused.value.message_dict[field])
    with unit_scope(cast.a.unit):
        assert not ScheduleEntry.objects.exists()
        assert not ScheduleWeek.objects.exists()


def test_a_day_outside_the_week_is_refused(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        week = open_week(day=MONDAY)
    with pytest.raises(ValidationError, match=r"không nằm trong tuần 23/11 – 29/11/2026"):
        make_entry(cast.a, week=week, day=SUNDAY + timedelta(days=1))


def test_a_room_and_a_place_at_once_and_a_room_out_of_use_are_refused(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="không ghi cả hai"):
        make_entry(cast.a, room=room_of(cast.a), place="Đình làng")
    with pytest.raises(ValidationError, match="không còn dùng"):
        make_entry(cast.a, room=room_of(cast.a, "Phòng cũ", is_active=False))


def test_a_leader_who_left_or_has_not_come_yet_is_refused(cast: Cast) -> None:
    left = leader_of(cast.a, "Phó cũ", until=MONDAY - timedelta(days=1))
    comes = leader_of(cast.a, "Phó mới", since=MONDAY + timedelta(days=1))
    with pytest.raises(ValidationError, match=r"thôi giữ chức vụ từ sau ngày 22/11/2026"):
        make_entry(cast.a, chair=left)
    with pytest.raises(ValidationError, match=r"giữ chức vụ từ ngày 24/11/2026"):
        make_entry(cast.a, persons=[comes])
    assert make_entry(cast.a, chair=left, day=date(2026, 11, 20)).pk
    assert make_entry(cast.a, persons=[comes], day=date(2026, 11, 24)).pk


def test_an_old_entry_keeps_its_leader_when_only_its_words_change(cast: Cast) -> None:
    leader = leader_of(cast.a)
    entry = make_entry(cast.a, chair=leader, persons=[leader])
    with unit_scope(cast.a.unit):
        leader.appointments.update(ends_on=date(2026, 11, 1))
        entry.title = "Tên mới"
        save_entry(entry=entry, actor=cast.a.admin)
        entry.day = date(2026, 11, 24)
        with pytest.raises(ValidationError, match="thôi giữ chức vụ"):
            save_entry(entry=entry, actor=cast.a.admin)


def test_another_units_leader_or_room_is_refused(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        make_entry(cast.a, persons=[leader_of(cast.b)])
    with pytest.raises((ScopeError, ValidationError)):
        make_entry(cast.a, room=room_of(cast.b))


def test_hostile_words_are_only_words(cast: Cast) -> None:
    entry = make_entry(cast.a, title="<script>alert(1)</script>\u202e\x00 Họp\u200b", content="=cmd|' /C calc'!A0")
    assert "\x00" not in entry.title
    assert "\u200b" not in entry.title


@pytest.mark.parametrize(
    ("values", "over"),
    [
        ({"starts_at": time(6), "ends_at": time(7)}, True),
        ({"starts_at": time(6), "ends_at": time(7, 31)}, False),
        ({"starts_at": time(6, 5)}, False),
        ({"starts_at": None, "session": DaySession.MORNING}, False),
        ({"day": date(2026, 11, 21), "starts_at": None, "session": DaySession.EVENING}, True),
    ],
)
def test_done_is_what_the_clock_says(cast: Cast, values: dict[str, Any], over: bool) -> None:
    entry = make_entry(cast.a, **({"day": date(2026, 11, 22)} | values))  # the fixed clock says 7:30
    assert entry.is_over == over
    assert entry.shown_status == (EntryStatus.DONE if over else EntryStatus.PLANNED)
    with unit_scope(cast.a.unit):
        cancel_entry(entry=entry, actor=cast.a.admin, reason="Mưa")
    assert entry.shown_status == EntryStatus.CANCELLED


# --- two at once --------------------------------------------------------------------------------------------------------


def test_the_second_of_two_clerks_is_told_and_loses_nothing(cast: Cast) -> None:
    entry = make_entry(cast.a)
    with unit_scope(cast.a.unit):
        mine, yours = ScheduleEntry.objects.get(), ScheduleEntry.objects.get()
        mine.title = "Tên của tôi"
        save_entry(entry=mine, actor=cast.a.admin)
        yours.title = "Tên của chị"
        with pytest.raises(ScheduleChanged):
            save_entry(entry=yours, actor=cast.a.admin)
        with pytest.raises(ScheduleChanged):
            move_entry(entry=yours, actor=cast.a.admin, day=MONDAY, starts_at=time(9), session="MORNING")
        entry.refresh_from_db()
        assert entry.title == "Tên của tôi"
        mine.title = "Lần nữa"
        save_entry(entry=mine, actor=cast.a.admin)


def test_a_change_begun_before_publishing_and_saved_after_it_is_a_change(cast: Cast) -> None:
    make_entry(cast.a)
    with unit_scope(cast.a.unit):
        open_form = ScheduleEntry.objects.get()
    publish(cast.a)
    with unit_scope(cast.a.unit):
        open_form.title = "Tên khác"
        save_entry(entry=open_form, actor=cast.a.admin)
        open_form.refresh_from_db()
        assert open_form.published_at is not None
        assert open_form.status == EntryStatus.CHANGED
        assert [one.kind for one in _changes(open_form)] == [ChangeKind.EDITED]


def test_what_was_deleted_meanwhile_is_not_written_again(cast: Cast) -> None:
    entry = make_entry(cast.a)
    with unit_scope(cast.a.unit):
        gone = ScheduleEntry.objects.get()
        delete_entry(entry=entry, actor=cast.a.admin)
        gone.title = "Trở lại"
        with pytest.raises(ScheduleChanged):
            save_entry(entry=gone, actor=cast.a.admin)
        with pytest.raises(ScheduleChanged):
            cancel_entry(entry=gone, actor=cast.a.admin, reason="Mưa")


def test_putting_off_and_taking_off_twice_happens_once(cast: Cast) -> None:
    entry = make_public_entry(cast.a)
    with unit_scope(cast.a.unit):
        mine, yours = ScheduleEntry.objects.get(), ScheduleEntry.objects.get()
        cancel_entry(entry=mine, actor=cast.a.admin, reason="Mưa")
        with pytest.raises(ScheduleChanged):
            cancel_entry(entry=yours, actor=cast.a.admin, reason="Mưa nữa")
        withdraw_entry(entry=mine, actor=cast.a.admin, reason="Mật")
        with pytest.raises(ScheduleChanged):
            withdraw_entry(entry=yours, actor=cast.a.admin, reason="Mật nữa")
        assert len(_changes(entry)) == 2


def test_a_proposal_is_not_put_off(cast: Cast) -> None:
    entry = make_proposal(cast.a)
    with unit_scope(cast.a.unit), pytest.raises(ValidationError, match="chưa được đưa vào lịch"):
        cancel_entry(entry=entry, actor=cast.a.admin, reason="Mưa")


def test_an_approved_table_that_changes_is_approved_anew(cast: Cast) -> None:
    entry = make_entry(cast.a)
    with unit_scope(cast.a.unit):
        week = open_week(day=MONDAY)
        assert approve_week(week=week, actor=cast.a.admin)
        assert not approve_week(week=week, actor=cast.a.admin)
        entry.vehicle = "75A-000.00"
        save_entry(entry=entry, actor=cast.a.admin)
        week.refresh_from_db()
        assert week.status == WeekStatus.APPROVED
        entry.starts_at = time(9)
        save_entry(entry=entry, actor=cast.a.admin)
        week.refresh_from_db()
        assert (week.status, week.approved_by) == (WeekStatus.COLLECTING, None)
        with pytest.raises(ValidationError, match="Duyệt lại"):
            publish_week(week=week, actor=cast.a.admin)
