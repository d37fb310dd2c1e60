"""The week's grid: typing line by line without a script, moving, taking back, two clerks at once, roles, the other unit's keys."""

from __future__ import annotations

import re
import uuid
from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House
from tests.factories.schedule import (
    MONDAY,
    accept,
    division_of,
    leader_of,
    make_entry,
    make_proposal,
    make_public_entry,
    room_of,
    series_of,
)
from units.actions.schedule import save_entry
from units.enums import Role
from units.enums.schedule import DaySession, EntryStage, EntryStatus, Visibility
from units.models import ScheduleChange, ScheduleEntry

GRID = "/quan-tri/units/scheduleentry/tuan/2026/W48/"
JSON = {"accept": "application/json"}


def seat(house: House, role: Role = Role.EDITOR) -> Client:
    client = Client()
    client.force_login(house.people[role])
    return client


def read(house: House, path: str = GRID, role: Role = Role.EDITOR, **more: Any) -> Any:
    return seat(house, role).get(path, headers={"host": house.host}, **more)


def send(house: House, data: dict[str, Any], path: str = GRID, role: Role = Role.EDITOR, **headers: str) -> Any:
    whole = {"day": "2026-11-23", "title": "Họp giao ban", "time": "8h", **data} if path == GRID else data
    return seat(house, role).post(path, whole, headers={"host": house.host, **headers})


def entries(house: House) -> list[ScheduleEntry]:
    with unit_scope(house.unit):
        return list(ScheduleEntry.objects.select_related("room", "chair").order_by("pk"))


def only(house: House) -> ScheduleEntry:
    found = entries(house)
    assert len(found) == 1
    return found[0]


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_a_line_is_written_without_a_script_and_the_next_one_begins_on_the_same_day(cast: Cast) -> None:
    leader, room = leader_of(cast.a, "PCT Văn xã"), room_of(cast.a)
    answer = send(cast.a, {"time": "t3 8h–9h30", "chair": "pct van xa", "place": room.name, "attendees": "Sở Y tế"})
    assert answer.status_code == 302
    entry = only(cast.a)
    assert (entry.day, entry.starts_at, entry.ends_at) == (date(2026, 11, 24), time(8), time(9, 30))
    assert (entry.chair, entry.room, entry.place, entry.attendees_text) == (leader, room, "", "Sở Y tế")
    assert (entry.stage, entry.visibility) == (EntryStage.ACCEPTED, Visibility.PUBLIC)
    page = text_of(read(cast.a, answer["Location"].split("#")[0]))
    assert '<option value="2026-11-24" selected>' in page
    assert "Đã ghi “Họp giao ban”." in text_of(
        seat(cast.a).post(
            GRID,
            {"day": "2026-11-23", "title": "Họp giao ban", "time": "9h"},
            headers={"host": cast.a.host},
            follow=True,
        )
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("8h30", (time(8, 30), None, DaySession.MORNING)),
        ("14 giờ 30", (time(14, 30), None, DaySession.AFTERNOON)),
        ("8h–9h30", (time(8), time(9, 30), DaySession.MORNING)),
        ("2h chiều", (time(14), None, DaySession.AFTERNOON)),
        ("2h-4h chiều", (time(14), time(16), DaySession.AFTERNOON)),
        ("7h tối", (time(19), None, DaySession.EVENING)),
        ("sáng", (None, None, DaySession.MORNING)),
        ("Buổi chiều", (None, None, DaySession.AFTERNOON)),
        ("cả ngày", (None, None, DaySession.ALL_DAY)),
    ],
)
def test_times_are_typed_as_people_write_them(cast: Cast, typed: str, expected: tuple[Any, ...]) -> None:
    assert send(cast.a, {"time": typed}).status_code == 302
    entry = only(cast.a)
    assert (entry.starts_at, entry.ends_at, entry.session) == expected


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("25h", "Không có 25 giờ"),
        ("8h75", "Không có 75 phút"),
        ("9h–8h", "phải sau giờ bắt đầu"),
        ("22h–1h", "ghi thành hai ngày"),
        ("1h30", "Buổi chiều gõ 13h30"),
        ("sáng 14h", "14:00 không phải buổi sáng"),
        ("hôm nào", "Chưa hiểu giờ"),
        ("", "Nhập giờ hoặc buổi"),
        ("30/11 8h", "không đúng với tuần này"),
        ("<script>8h", "Chưa hiểu giờ"),
    ],
)
def test_a_wrong_time_is_said_at_its_field_and_nothing_typed_is_lost(cast: Cast, typed: str, said: str) -> None:
    page = text_of(send(cast.a, {"time": typed, "title": "Họp “kín” <b>", "chair": "Ông Nam", "place": "Nhà văn hóa"}))
    field = page[page.index('data-field="time"') :]
    assert said in field[: field.index("data-field", 20)]
    for kept in ('value="Ông Nam"', 'value="Nhà văn hóa"', 'value="Họp “kín” &lt;b&gt;"'):
        assert kept in page
    assert "<script>8h" not in page
    assert entries(cast.a) == []


def test_two_leaders_under_the_same_letters_are_asked_apart(cast: Cast) -> None:
    for name in ("Phó Chủ tịch A", "Phó Chủ tịch B"):
        leader_of(cast.a, name)
    page = text_of(send(cast.a, {"chair": "phó"}))
    assert "Gõ rõ hơn một người." in page
    assert entries(cast.a) == []
    assert send(cast.a, {"chair": "PCTB"}).status_code == 302
    assert only(cast.a).chair == leader_of(cast.a, "Phó Chủ tịch B")


def test_somebody_who_is_not_in_the_list_stays_as_written(cast: Cast) -> None:
    leader, division = leader_of(cast.a, "Chủ tịch"), division_of(cast.a)
    send(cast.a, {"chair": "Giám đốc Sở Y tế", "attendees": f"Chủ tịch, {division.name}; Trưởng các thôn"})
    entry = only(cast.a)
    with unit_scope(cast.a.unit):
        assert (entry.chair, entry.chair_text) == (None, "Giám đốc Sở Y tế")
        assert list(entry.persons.all()) == [leader]
        assert list(entry.divisions.all()) == [division]
    assert entry.attendees_text == "Trưởng các thôn"


def test_the_same_as_above_is_typed_with_two_letters(cast: Cast) -> None:
    leader = leader_of(cast.a, "Chủ tịch")
    above = make_entry(cast.a, chair=leader, place="Hội trường thôn 2", starts_at=time(14))
    send(cast.a, {"time": "nt", "chair": "nt", "place": "như trên", "above_id": above.pk, "title": "Việc sau"})
    entry = entries(cast.a)[-1]
    assert (entry.starts_at, entry.chair, entry.place) == (time(14), leader, "Hội trường thôn 2")
    assert "Chưa có dòng trên" in text_of(send(cast.a, {"time": "nt"}))


def test_the_same_line_sent_twice_is_written_once(cast: Cast) -> None:
    number = str(uuid.uuid4())
    for _time in range(2):
        assert send(cast.a, {"uid": number}).status_code == 302
    assert only(cast.a).uid == uuid.UUID(number)


def test_a_number_that_another_unit_uses_writes_a_line_of_its_own(cast: Cast) -> None:
    others = make_entry(cast.b)
    assert send(cast.a, {"uid": str(others.uid)}).status_code == 302
    assert only(cast.a).uid != others.uid


def test_the_script_gets_the_new_table_and_the_errors_by_field(cast: Cast) -> None:
    leader = leader_of(cast.a)
    make_entry(cast.a, chair=leader, title="Họp giao ban sớm")
    answer = send(cast.a, {"chair": "Chủ tịch", "title": "Tiếp đoàn"}, **JSON).json()
    assert "Tiếp đoàn" in answer["html"]
    assert answer["day"] == "2026-11-23"
    assert answer["warnings"] == ["Chủ tịch đã có: 8:00 Họp giao ban sớm"]
    wrong = send(cast.a, {"time": "25h", "title": ""}, **JSON)
    assert wrong.status_code == 422
    assert set(wrong.json()["errors"]) == {"time", "title"}


def test_what_is_taken_is_said_while_typing(cast: Cast) -> None:
    leader, room = leader_of(cast.a, "PCT Văn xã"), room_of(cast.a)
    make_entry(cast.a, chair=leader, room=room, title="Họp giao ban sớm", visibility=Visibility.INTERNAL)
    asked = {"day": "2026-11-23", "time": "8h30", "chair": "pctvx", "place": room.name}
    found = read(cast.a, f"{GRID}kiem-tra/", data=asked).json()
    assert found["conflicts"] == [
        "PCT Văn xã đã có: 8:00 Họp giao ban sớm",
        f"{room.name} đã có: 8:00 Họp giao ban sớm",
    ]
    assert found["understood"].startswith("Thứ Hai 23/11, 8:30 · PCT Văn xã")
    assert read(cast.a, f"{GRID}kiem-tra/", data={**asked, "time": "14h"}).json()["conflicts"] == []
    assert read(cast.a, f"{GRID}kiem-tra/", data={**asked, "time": "25h"}).json()["errors"]["time"]
    assert read(cast.a, f"{GRID}kiem-tra/").json() == {"errors": {}, "conflicts": [], "understood": ""}


def test_collisions_are_marked_in_the_table(cast: Cast) -> None:
    leader = leader_of(cast.a)
    for title in ("Việc một", "Việc hai"):
        make_entry(cast.a, chair=leader, title=title)
    page = text_of(read(cast.a))
    assert "Chủ tịch đã có: 8:00 Việc một" in page
    assert "1 việc trùng lịch" in page


def test_a_line_is_mended_in_the_quick_line_and_keeps_what_does_not_stand_there(cast: Cast) -> None:
    entry = make_entry(cast.a, chair=leader_of(cast.a), vehicle="75A-001.23", place="Trụ sở")
    page = text_of(read(cast.a, f"{GRID}?sua={entry.pk}"))
    assert 'value="8:00"' in page
    assert 'value="Chủ tịch"' in page
    data = {"entry_id": entry.pk, "seen_at": entry.edited_at.isoformat(), "time": "9h", "title": "Đổi tên",
            "chair": "Chủ tịch", "place": "Trụ sở"}  # fmt: skip
    assert send(cast.a, data).status_code == 302
    after = only(cast.a)
    assert (after.title, after.starts_at, after.chair, after.vehicle) == ("Đổi tên", time(9), entry.chair, "75A-001.23")


def test_a_stale_line_is_refused_with_both_versions_and_may_be_sent_again(cast: Cast) -> None:
    entry = make_entry(cast.a)
    seen_at = entry.edited_at.isoformat()
    with unit_scope(cast.a.unit):
        fresh = ScheduleEntry.objects.get(pk=entry.pk)
        fresh.title = "Người kia sửa trước"
        save_entry(entry=fresh, actor=cast.a.admin)
    data = {"entry_id": entry.pk, "seen_at": seen_at, "title": "Tôi sửa sau"}
    answer = send(cast.a, data)
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Người kia sửa trước" in page
    assert "Tôi sửa sau" in page
    assert only(cast.a).title == "Người kia sửa trước"
    again = re.search(r'name="seen_at" value="([^"]+)"', page)
    assert again is not None
    assert send(cast.a, {**data, "seen_at": again[1]}).status_code == 302
    assert only(cast.a).title == "Tôi sửa sau"


def test_what_citizens_have_seen_is_mended_only_with_a_sentence_for_them(cast: Cast) -> None:
    entry = make_public_entry(cast.a)
    data = {"entry_id": entry.pk, "seen_at": entry.edited_at.isoformat(), "time": "9h", "title": entry.title}
    assert "Ghi một câu vì sao đổi" in text_of(send(cast.a, data))
    assert send(cast.a, {**data, "note": "Trùng họp tỉnh"}).status_code == 302
    assert only(cast.a).status == EntryStatus.CHANGED
    with unit_scope(cast.a.unit):
        assert ScheduleChange.objects.get().note == "Trùng họp tỉnh"


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
    refused = send(cast.a, data, path, **JSON)
    assert refused.status_code == 422
    assert "Ghi một câu vì sao dời" in refused.json()["html"]
    assert send(cast.a, {**data, "note": "Chủ tịch đi họp tỉnh"}, path, **JSON).status_code == 200
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
    answer = send(cast.a, data, f"/quan-tri/units/scheduleentry/{entry.pk}/doi/", **JSON)
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


@pytest.mark.parametrize("week", ["2026/W54", "2026/W00", "2025/W53", "1999/W48", "2026/W4"])
def test_a_week_that_does_not_exist_is_not_found(cast: Cast, week: str) -> None:
    assert read(cast.a, f"/quan-tri/units/scheduleentry/tuan/{week}/").status_code == 404


@pytest.mark.parametrize("junk", ["?sua=x", "?ngay=2026-99-99&sau=x", f"?sau={'9' * 40}", "?ngay=<b>"])
def test_junk_in_the_address_opens_the_empty_line(cast: Cast, junk: str) -> None:
    assert read(cast.a, f"{GRID}{junk}").status_code == 200


def test_hostile_words_stand_as_words(cast: Cast) -> None:
    send(cast.a, {"title": "<script>alert(1)</script>", "chair": '"><img src=x>', "place": "{{ 7|add:7 }}"})
    page = text_of(read(cast.a))
    assert "<script>alert(1)" not in page
    assert "<img src=x>" not in page
    assert "&lt;script&gt;alert(1)" in page


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


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUTHOR])
def test_the_grid_asks_the_same_questions_at_one_three_and_sixty_lines(cast: Cast, role: Role) -> None:
    leader, room, division = leader_of(cast.a), room_of(cast.a), division_of(cast.a)
    counts, made = [], 0
    # Two that collide from the beginning: names in conflicts are asked for only where there is one.
    for _number in range(2):
        make_entry(cast.a, chair=leader, room=room, starts_at=time(20))
    client = seat(cast.a, role)
    client.get(GRID, headers={"host": cast.a.host})
    for wanted in (1, 3, 60):
        while made < wanted:
            make_entry(
                cast.a, chair=leader, room=room, starts_at=time(7 + made // 7 % 12), title=f"Việc {made}",
                day=date(2026, 11, 23 + made % 7), persons=[leader_of(cast.a, "PCT")], divisions=[division],
            )  # fmt: skip
            made += 1
        with CaptureQueriesContext(connection) as queries:
            assert client.get(GRID, headers={"host": cast.a.host}).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 30
