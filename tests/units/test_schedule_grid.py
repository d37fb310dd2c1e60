"""The week's grid: typing line by line without a script, what is said, what is kept, how often the database is asked."""

from __future__ import annotations

import re
import uuid
from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.schedule import (
    division_of,
    leader_of,
    make_entry,
    make_proposal,
    make_public_entry,
    room_of,
)
from tests.units.grid_steps import GRID, entries, only, read, seat, send, text_of
from units.actions.schedule import save_entry
from units.enums import Role
from units.enums.schedule import DaySession, EntryStage, EntryStatus, Visibility
from units.models import ScheduleChange, ScheduleEntry

pytestmark = pytest.mark.anywhere


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


def test_known_titles_bring_who_and_where_of_the_last_time_for_the_list_in_the_page(cast: Cast) -> None:
    make_entry(cast.a, title="Họp giao ban", chair=leader_of(cast.a), place="Hội trường")
    make_proposal(cast.a, title="Chưa ai nhận")
    page = text_of(read(cast.a))
    known = page[page.index('id="goi-y-viec"') :]
    assert 'value="Họp giao ban" data-keys="hop giao ban|hgb" data-chair="Chủ tịch" data-place="Hội trường"' in known
    assert "Chưa ai nhận" not in known[: known.index("</datalist>")]


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
    answer = send(cast.a, {"chair": "Chủ tịch", "title": "Tiếp đoàn"}, as_script=True).json()
    assert "Tiếp đoàn" in answer["html"]
    assert answer["day"] == "2026-11-23"
    assert answer["warnings"] == ["Chủ tịch đã có: 8:00 Họp giao ban sớm"]
    wrong = send(cast.a, {"time": "25h", "title": ""}, as_script=True)
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
