"""The forms of entries, recurring meetings and rooms as clerks fill them, well and badly."""

from __future__ import annotations

from typing import Any

import pytest

from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House
from tests.factories.schedule import (
    MONDAY,
    leader_of,
    make_entry,
    make_proposal,
    make_public_entry,
    room_of,
    series_of,
)
from tests.factories.visits import body_of
from tests.factories.writers import Writer
from units.actions.schedule import open_week
from units.enums import Role
from units.enums.schedule import EntryStage, EntryStatus
from units.models import Room, ScheduleEntry, ScheduleSeries

DESK = "/quan-tri/units/scheduleweek/tuan/2026/W48/"
ENTRIES = "/quan-tri/units/scheduleentry/"


def _fresh(house: House, entry: ScheduleEntry) -> ScheduleEntry:
    with unit_scope(house.unit):
        return ScheduleEntry.objects.get(pk=entry.pk)


def _typed(**more: Any) -> dict[str, Any]:
    return {
        "day": "2026-11-24", "starts_at": "8h30", "ends_at": "10 giờ", "session": "MORNING", "title": "Họp xét khen thưởng",
        "content": "", "chair_text": "", "attendees_text": "", "place": "", "preparing_text": "", "visibility": "PUBLIC",
        "vehicle": "", "notes": "", "invited_units": "", **more,
    }  # fmt: skip


def test_the_office_writes_straight_into_the_table(cast: Cast) -> None:
    leader, room = leader_of(cast.a), room_of(cast.a)
    clerk = Writer(cast.a, Role.EDITOR)
    answer = clerk.post(
        f"{ENTRIES}add/", **_typed(chair=leader.pk, persons=[leader.pk], room=room.pk, invited_units=cast.b.unit.name)
    )
    assert (answer.status_code, answer["Location"]) == (302, DESK)
    with unit_scope(cast.a.unit):
        entry = ScheduleEntry.objects.get()
        assert (entry.stage, entry.chair, entry.room) == (EntryStage.ACCEPTED, leader, room)
        assert list(entry.invited_units.all()) == [cast.b.unit]
    again = clerk.post(f"{ENTRIES}add/", follow=True, **_typed(chair=leader.pk, title="Việc thứ hai"))
    assert "Trùng lịch" in body_of(again)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"starts_at": "25h"}, "không phải giờ"),
        ({"starts_at": "sáng sớm"}, "không phải giờ"),
        ({"starts_at": "10h", "ends_at": "8h"}, "phải sau giờ bắt đầu"),
        ({"starts_at": "22h", "ends_at": "1h"}, "tách thành hai ngày"),
        ({"day": "2026-13-01"}, "ngày hợp lệ"),
        ({"day": "0026-11-24"}, "Xem lại năm"),
        ({"title": ""}, "bắt buộc"),
        ({"chair": "999999999"}, "hợp lệ"),
        ({"persons": ["abc"]}, "abc"),
        ({"invited_units": "Phường Không Có"}, "Không tìm thấy"),
        ({"visibility": "ALL"}, "hợp lệ"),
    ],
)
def test_the_form_refuses_in_plain_words_and_keeps_what_was_typed(
    cast: Cast, values: dict[str, Any], words: str
) -> None:  # fmt: skip
    answer = Writer(cast.a, Role.EDITOR).post(f"{ENTRIES}add/", **_typed(content="Đừng mất câu này", **values))
    page = body_of(answer)
    assert answer.status_code == 200
    assert words in page
    assert "Đừng mất câu này" in page
    with unit_scope(cast.a.unit):
        assert not ScheduleEntry.objects.exists()


def test_another_units_leader_is_no_choice(cast: Cast) -> None:
    answer = Writer(cast.a, Role.EDITOR).post(f"{ENTRIES}add/", **_typed(chair=leader_of(cast.b).pk))
    assert answer.status_code == 200
    with unit_scope(cast.a.unit):
        assert not ScheduleEntry.objects.exists()


def test_an_old_page_does_not_overwrite_a_newer_entry(cast: Cast) -> None:
    entry = make_entry(cast.a)
    old = entry.edited_at.isoformat()
    clerk = Writer(cast.a, Role.EDITOR)
    path = f"{ENTRIES}{entry.pk}/change/"
    assert clerk.post(path, **_typed(title="Người thứ nhất", seen_at=old)).status_code == 302
    second = clerk.post(path, **_typed(title="Người thứ hai", seen_at=old))
    assert "Người khác vừa sửa" in body_of(second)
    assert "Người thứ hai" in body_of(second)
    for junk in ("", "hôm qua", "x" * 60):
        assert clerk.post(path, **_typed(title="Không dấu", seen_at=junk)).status_code == 200
    assert _fresh(cast.a, entry).title == "Người thứ nhất"


def test_a_seen_entry_is_changed_with_a_sentence_for_citizens(cast: Cast) -> None:
    entry = make_public_entry(cast.a)
    clerk = Writer(cast.a, Role.EDITOR)
    path = f"{ENTRIES}{entry.pk}/change/"
    assert 'name="note"' in body_of(clerk.get(path))
    clerk.post(path, **_typed(note="Dời vì lũ.", seen_at=_fresh(cast.a, entry).edited_at.isoformat()))
    row = _fresh(cast.a, entry)
    assert (row.status, row.change_note) == (EntryStatus.CHANGED, "Dời vì lũ.")
    page = body_of(clerk.get(DESK))
    assert "Đã đổi sau khi công bố" in page
    assert "Dời vì lũ." in page


def test_a_series_is_made_from_everyday_choices(cast: Cast) -> None:
    values = _typed(
        repeat="MONTH_WEEKDAY", weekdays=["TH"], position="1", month_days="", starts_on="2026-11-01", is_active="on"
    )
    clerk = Writer(cast.a, Role.EDITOR)
    assert clerk.post("/quan-tri/units/scheduleseries/add/", **values).status_code == 302
    with unit_scope(cast.a.unit):
        series = ScheduleSeries.objects.get()
    assert series.rule == "FREQ=MONTHLY;BYDAY=1TH"
    assert "Thứ Năm tuần đầu của tháng" in body_of(clerk.get("/quan-tri/units/scheduleseries/"))
    assert 'value="MONTH_WEEKDAY"' in body_of(clerk.get(f"/quan-tri/units/scheduleseries/{series.pk}/change/"))
    bad = clerk.post("/quan-tri/units/scheduleseries/add/", **(values | {"weekdays": [], "starts_on": "0001-01-01"}))
    assert "ít nhất một thứ" in body_of(bad)
    assert "Xem lại năm" in body_of(bad)


def test_rooms_and_series_are_the_offices(cast: Cast) -> None:
    writer = Writer(cast.a, Role.AUTHOR)
    assert writer.post("/quan-tri/units/room/add/", name="Phòng lậu", order="0").status_code == 403
    assert writer.get("/quan-tri/units/scheduleseries/").status_code == 403
    assert (
        Writer(cast.a, Role.EDITOR).post("/quan-tri/units/room/add/", name="Hội trường", order="0").status_code == 302
    )
    with unit_scope(cast.a.unit):
        assert [room.name for room in Room.objects.all()] == ["Hội trường"]


def test_a_series_goes_and_its_meetings_stay_and_a_room_in_use_stays(cast: Cast) -> None:
    a, room = cast.a, room_of(cast.a)
    series = series_of(a, room=room)
    with unit_scope(a.unit):
        open_week(day=MONDAY)
    chief = Writer(a, Role.UNIT_ADMIN)
    kept = chief.post(f"/quan-tri/units/room/{room.pk}/delete/", post="yes")
    assert kept.status_code in {200, 403}
    assert chief.post(f"/quan-tri/units/scheduleseries/{series.pk}/delete/", post="yes").status_code == 302
    with unit_scope(a.unit):
        entry = ScheduleEntry.objects.get()
        assert (entry.series, entry.room) == (None, room)
        assert not ScheduleSeries.objects.exists()


def test_the_office_mends_a_proposal_and_it_stays_one(cast: Cast) -> None:
    proposal = make_proposal(cast.a)
    path = f"{ENTRIES}{proposal.pk}/change/"
    seen_at = proposal.edited_at.isoformat()
    assert Writer(cast.a, Role.EDITOR).post(path, **_typed(title="Gọn lại", seen_at=seen_at)).status_code == 302
    row = _fresh(cast.a, proposal)
    assert (row.title, row.stage, row.proposed_by) == ("Gọn lại", EntryStage.PROPOSED, cast.a.people[Role.AUTHOR])
