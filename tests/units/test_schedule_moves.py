"""Round the week's grid: moving and taking back, who may do what, the other unit's keys, lines that come from elsewhere."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.test import Client

from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.schedule import (
    MONDAY,
    accept,
    leader_of,
    make_entry,
    make_proposal,
    make_public_entry,
    room_of,
    series_of,
)
from tests.units.grid_steps import GRID, entries, only, read, seat, send, text_of
from units.actions.schedule import save_entry
from units.enums import Role
from units.enums.schedule import EntryStage
from units.models import ReceptionSession, ScheduleChange, ScheduleEntry


def test_a_line_is_moved_by_a_plain_form_and_taken_back(cast: Cast) -> None:
    entry = make_entry(cast.a, ends_at=time(9, 30))
    path = f"/quan-tri/units/scheduleentry/{entry.pk}/doi/"
    assert "Dời sang…" in text_of(read(cast.a, path))
    client = seat(cast.a)
    data = {"day": "2026-11-25", "session": "AFTERNOON", "time": "14h", "seen_at": entry.edited_at.isoformat()}
    answer = client.post(path, data, headers={"host": cast.a.host}, follow=True)
    assert "sang Thứ Tư 25/11, 14:00 – 15:30." in text_of(answer)
    moved = only(cast.a)
    assert (moved.day, moved.starts_at, moved.ends_at) == (date(2026, 11, 25), time(14), time(15, 30))
    client.post(f"{GRID}tra-lai/", headers={"host": cast.a.host})
    back = only(cast.a)
    assert (back.day, back.starts_at, back.ends_at) == (MONDAY, time(8), time(9, 30))
    assert client.post(f"{GRID}tra-lai/", headers={"host": cast.a.host}).status_code == 404


def test_a_move_is_not_taken_back_over_a_later_change(cast: Cast) -> None:
    entry = make_entry(cast.a)
    client = seat(cast.a)
    data = {"day": "2026-11-25", "session": "MORNING", "time": "8h", "seen_at": entry.edited_at.isoformat()}
    client.post(f"/quan-tri/units/scheduleentry/{entry.pk}/doi/", data, headers={"host": cast.a.host})
    with unit_scope(cast.a.unit):
        later = ScheduleEntry.objects.get(pk=entry.pk)
        later.title = "Sửa sau khi dời"
        save_entry(entry=later, actor=cast.a.admin)
    answer = client.post(f"{GRID}tra-lai/", headers={"host": cast.a.host}, follow=True)
    assert "đã được sửa sau khi dời" in text_of(answer)
    assert only(cast.a).day == date(2026, 11, 25)


def test_a_published_line_moves_only_with_a_reason(cast: Cast) -> None:
    entry = make_public_entry(cast.a)
    path = f"/quan-tri/units/scheduleentry/{entry.pk}/doi/"
    assert "người dân sẽ thấy giờ cũ, giờ mới và lý do" in text_of(read(cast.a, path))
    data = {"day": "2026-11-25", "session": "MORNING", "time": "8h", "seen_at": entry.edited_at.isoformat()}
    refused = send(cast.a, data, path, as_script=True)
    assert refused.status_code == 422
    assert "Ghi một câu vì sao dời" in refused.json()["html"]
    assert send(cast.a, {**data, "note": "Chủ tịch đi họp tỉnh"}, path, as_script=True).status_code == 200
    with unit_scope(cast.a.unit):
        assert ScheduleChange.objects.get().note == "Chủ tịch đi họp tỉnh"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"session": "AFTERNOON", "time": "8h"}, "không phải buổi chiều"),
        ({"session": "MORNING", "time": "25h"}, "Không có 25 giờ"),
        ({"session": "EVENING", "time": "23h"}, "nửa đêm"),
        ({"day": "2026-12-25"}, "Hãy chọn"),
        ({"session": "NACHT"}, "Hãy chọn"),
    ],
)
def test_a_wrong_move_changes_nothing(cast: Cast, data: dict[str, str], said: str) -> None:
    entry = make_entry(cast.a, ends_at=time(9, 30))
    whole = {"day": "2026-11-25", "session": "MORNING", "seen_at": entry.edited_at.isoformat(), **data}
    answer = send(cast.a, whole, f"/quan-tri/units/scheduleentry/{entry.pk}/doi/")
    assert answer.status_code == 200
    assert "field-error" in text_of(answer)
    if said != "Hãy chọn":
        assert said in text_of(answer)
    assert only(cast.a).day == MONDAY


def test_a_stale_move_says_where_it_stands_now(cast: Cast) -> None:
    entry = make_entry(cast.a)
    old = entry.edited_at.isoformat()
    with unit_scope(cast.a.unit):
        entry.starts_at = time(10)
        save_entry(entry=entry, actor=cast.a.admin)
    data = {"day": "2026-11-25", "session": "MORNING", "time": "8h", "seen_at": old}
    answer = send(cast.a, data, f"/quan-tri/units/scheduleentry/{entry.pk}/doi/", as_script=True)
    assert answer.status_code == 409
    assert "Thứ Hai 23/11, 10:00" in answer.json()["html"]
    assert only(cast.a).day == MONDAY


def test_a_writer_proposes_sees_the_table_and_mends_their_own_only(cast: Cast) -> None:
    table = make_entry(cast.a, title="Việc của văn phòng")
    other = make_proposal(cast.a, title="Đề xuất của người khác")
    with unit_scope(cast.a.unit):
        ScheduleEntry.objects.filter(pk=other.pk).update(proposed_by=cast.a.admin)
    assert send(cast.a, {"title": "Đề xuất của tôi"}, role=Role.AUTHOR).status_code == 302
    own = entries(cast.a)[-1]
    assert (own.stage, own.proposed_by) == (EntryStage.PROPOSED, cast.a.people[Role.AUTHOR])
    page = text_of(read(cast.a, role=Role.AUTHOR))
    assert "Việc của văn phòng" in page
    assert "Đề xuất của tôi" in page
    assert "Đề xuất của người khác" not in page
    assert "chep-tuan-truoc" not in page
    data = {"entry_id": own.pk, "seen_at": own.edited_at.isoformat(), "title": "Tôi sửa lại"}
    assert send(cast.a, data, role=Role.AUTHOR).status_code == 302
    for row, status in ((table, 403), (other, 404)):
        data = {"entry_id": row.pk, "seen_at": row.edited_at.isoformat()}
        assert send(cast.a, data, role=Role.AUTHOR).status_code == status
        assert read(cast.a, f"/quan-tri/units/scheduleentry/{row.pk}/doi/", role=Role.AUTHOR).status_code == status
    accept(cast.a, own)
    assert read(cast.a, f"{GRID}?sua={own.pk}", role=Role.AUTHOR).status_code == 403


def test_the_tables_own_ways_are_the_offices(cast: Cast) -> None:
    for path in (f"{GRID}viec-lap-lai/", f"{GRID}chep-tuan-truoc/"):
        assert send(cast.a, {}, path, role=Role.AUTHOR).status_code == 403
    outsider = Client()
    outsider.force_login(cast.b.admin)
    assert outsider.get(GRID, headers={"host": cast.a.host}).status_code in {302, 403}


def test_the_other_units_lines_are_not_there(cast: Cast) -> None:
    others = make_entry(cast.b)
    path = f"/quan-tri/units/scheduleentry/{others.pk}/doi/"
    assert read(cast.a, path).status_code == 404
    assert send(cast.a, {"day": "2026-11-25", "session": "MORNING"}, path).status_code == 404
    assert read(cast.a, f"{GRID}?sua={others.pk}").status_code == 404
    assert send(cast.a, {"entry_id": others.pk, "seen_at": others.edited_at.isoformat()}).status_code == 404
    room, leader = room_of(cast.b), leader_of(cast.b)
    assert send(cast.a, {"place": room.name, "chair": leader.full_name, "above_id": others.pk}).status_code == 302
    mine = only(cast.a)
    assert (mine.room, mine.chair) == (None, None)


def test_citizen_reception_stands_in_the_table_and_takes_the_receivers_time(cast: Cast) -> None:
    leader = leader_of(cast.a)
    with unit_scope(cast.a.unit):
        ReceptionSession.objects.create(
            day=MONDAY, starts_at=time(7, 30), ends_at=time(11), receiver=leader, place="Trụ sở tiếp công dân"
        )
    answer = send(cast.a, {"chair": "Chủ tịch"}, as_script=True).json()
    assert answer["warnings"] == ["Chủ tịch đã có: 7:30 – 11:00 Tiếp công dân"]
    assert "ent--reception" in answer["html"]
    assert "Trụ sở tiếp công dân" in answer["html"]


def test_the_light_refresh_answers_only_when_something_changed(cast: Cast) -> None:
    first = read(cast.a, f"{GRID}bang/").json()
    again = read(cast.a, f"{GRID}bang/", data={"da-thay": first["mark"]}).json()
    assert again == {"same": True}
    make_entry(cast.a, title="Của người kia")
    later = read(cast.a, f"{GRID}bang/", data={"da-thay": first["mark"]}).json()
    assert "Của người kia" in later["html"]


def test_recurring_meetings_come_once(cast: Cast) -> None:
    series_of(cast.a)
    for _time in range(2):
        assert send(cast.a, {}, f"{GRID}viec-lap-lai/").status_code == 302
    assert len(entries(cast.a)) == 1


def test_chosen_lines_of_last_week_are_copied_and_only_once(cast: Cast) -> None:
    before = date(2026, 11, 17)
    one = make_entry(cast.a, day=before, title="Việc chép")
    make_entry(cast.a, day=before, title="Việc không chép", starts_at=time(9))
    page = text_of(read(cast.a, f"{GRID}chep-tuan-truoc/"))
    assert page.count("checked") == 2
    for _time in range(2):
        send(cast.a, {"lines": [str(one.pk)]}, f"{GRID}chep-tuan-truoc/")
    with unit_scope(cast.a.unit):
        copied = ScheduleEntry.objects.filter(day__gte=MONDAY)
        assert [(row.title, row.day) for row in copied] == [("Việc chép", date(2026, 11, 24))]
    assert "Đánh dấu ít nhất một việc" in text_of(send(cast.a, {}, f"{GRID}chep-tuan-truoc/"))
    others = make_entry(cast.b, day=before)
    assert "vừa đổi" in text_of(send(cast.a, {"lines": [str(others.pk)]}, f"{GRID}chep-tuan-truoc/"))
