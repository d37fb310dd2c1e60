"""Lines pasted into the week's grid: what is understood, what is doubtful, all or nothing."""

from __future__ import annotations

import html
import re
from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House
from tests.factories.schedule import MONDAY, leader_of, room_of
from units.enums import Role
from units.enums.schedule import EntryStage
from units.models import ScheduleEntry
from units.rules.schedule_lines import LinesRefused, read_lines

PASTE = "/quan-tri/units/scheduleentry/tuan/2026/W48/dan-nhieu-dong/"
EXCEL = (
    "Ngày\tBuổi\tGiờ\tNội dung\tChủ trì\tĐịa điểm\tThành phần\n"
    'Thứ Hai\n23/11\tSáng\t8h00\t"Họp giao ban\nđầu tuần"\tChủ tịch\tPhòng họp số 1\tTrưởng các phòng\n'
).replace("Thứ Hai\n23/11", '"Thứ Hai\n23/11"') + (
    "\t\t9h30\tLàm việc với Sở Xây dựng\tGiám đốc Sở\tPhòng họp số 2\t\n"
    "\tChiều\t\tKiểm tra đê điều\tChủ tịch\tCửa Thuận An\t\n"
    "Thứ Ba 24/11\tSáng\t8h–9h30\t=HYPERLINK(1)\t\t\t\n"
)


def post(house: House, data: dict[str, Any], role: Role = Role.EDITOR) -> Any:
    client = Client()
    client.force_login(house.people[role])
    return client.post(PASTE, data, headers={"host": house.host})


def sent_again(page: str, **changed: str) -> dict[str, str]:
    """The preview's form as a browser would send it, with some fields changed (dong_0_time=…)."""
    data = {}
    for tag in re.findall(r"<input[^>]*>", page):
        found = dict(re.findall(r'(name|value|type)="([^"]*)"', tag))
        if found.get("type") != "checkbox" and found.get("name", "").startswith("dong-"):
            data[found["name"]] = html.unescape(found.get("value", ""))
    for name, body in re.findall(r'<select name="(dong-[^"]+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        data[name] = chosen[1] if chosen else ""
    return data | {name.replace("_", "-"): value for name, value in changed.items()}


def titles(house: House) -> list[str]:
    with unit_scope(house.unit):
        return list(ScheduleEntry.objects.in_order().values_list("title", flat=True))


def test_rows_of_excel_are_understood_shown_and_saved_in_one_go(cast: Cast) -> None:
    leader, page = leader_of(cast.a), ""
    page = post(cast.a, {"text": EXCEL}).content.decode()
    assert "Hiểu được 4 dòng." in page
    assert "“Giám đốc Sở” không có trong danh sách lãnh đạo" in page
    assert titles(cast.a) == []
    assert post(cast.a, sent_again(page)).status_code == 302
    with unit_scope(cast.a.unit):
        rows = list(ScheduleEntry.objects.order_by("pk"))
        assert [(row.day, row.session, row.starts_at, row.title) for row in rows] == [
            (MONDAY, "MORNING", time(8), "Họp giao ban đầu tuần"),
            (MONDAY, "MORNING", time(9, 30), "Làm việc với Sở Xây dựng"),
            (MONDAY, "AFTERNOON", None, "Kiểm tra đê điều"),
            (date(2026, 11, 24), "MORNING", time(8), "=HYPERLINK(1)"),
        ]
        assert (rows[0].chair, rows[1].chair_text, rows[0].attendees_text) == (
            leader,
            "Giám đốc Sở",
            "Trưởng các phòng",
        )


def test_one_wrong_line_holds_back_all_until_it_is_mended_or_left_out(cast: Cast) -> None:
    page = post(cast.a, {"text": "t2\t8h\tViệc một\n\t25h\tViệc hai\n", "day": ""}).content.decode()
    assert "1 dòng cần sửa." in page
    assert "Không có 25 giờ" in page
    again = post(cast.a, sent_again(page))
    assert again.status_code == 200
    assert titles(cast.a) == []
    mended = sent_again(again.content.decode(), dong_1_time="15h")
    assert post(cast.a, mended).status_code == 302
    assert titles(cast.a) == ["Việc một", "Việc hai"]


def test_a_line_that_is_left_out_may_be_wrong(cast: Cast) -> None:
    page = post(cast.a, {"text": "t2\t8h\tViệc một\n\t25h\tViệc hai\n"}).content.decode()
    assert post(cast.a, sent_again(page) | {"dong-1-leave_out": "on"}).status_code == 302
    assert titles(cast.a) == ["Việc một"]


def test_a_line_without_a_day_is_not_put_on_monday(cast: Cast) -> None:
    page = post(cast.a, {"text": "8h\tViệc một"}).content.decode()
    assert '<option value="" selected>Chọn ngày</option>' in page
    assert "Chưa rõ ngày nào." in page
    assert post(cast.a, sent_again(page)).status_code == 200
    assert titles(cast.a) == []
    assert post(cast.a, sent_again(page, dong_0_day="2026-11-25")).status_code == 302
    assert titles(cast.a) == ["Việc một"]


def test_what_the_action_refuses_stands_at_its_line_and_nothing_is_saved(cast: Cast) -> None:
    gone = leader_of(cast.a, "Bí thư", until=date(2026, 11, 23))
    text = f"8h\tViệc một\t\nThứ Tư\n9h\tViệc hai\t{gone.full_name}"
    page = post(cast.a, {"text": text, "day": "2026-11-23"}).content.decode()
    answer = post(cast.a, sent_again(page)).content.decode()
    assert "thôi giữ chức vụ" in answer
    assert titles(cast.a) == []


def test_a_writers_lines_are_proposals(cast: Cast) -> None:
    page = post(cast.a, {"text": "T2\t8h\tĐề xuất"}, Role.AUTHOR).content.decode()
    assert post(cast.a, sent_again(page), Role.AUTHOR).status_code == 302
    with unit_scope(cast.a.unit):
        assert ScheduleEntry.objects.get().stage == EntryStage.PROPOSED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Chưa dán dòng nào"),
        ("   \n\t\n", "Chưa dán dòng nào"),
        ("8h\tHọp\n" * 3000, "Mỗi lần nhiều nhất 120 dòng"),
        ("8h\tHọp\n" * 121, "Có 121 dòng"),
        ("Giờ\tNội dung\n", "Không thấy việc nào"),
        ("x" * 700_000, "Hãy chắc chắn"),
    ],
)
def test_what_cannot_be_a_week_is_refused_as_a_whole(cast: Cast, text: str, said: str) -> None:
    page = post(cast.a, {"text": text}).content.decode()
    assert said in page or (said == "Hãy chắc chắn" and "field-error" in page)
    assert titles(cast.a) == []


def test_hostile_cells_stand_as_words(cast: Cast) -> None:
    room_of(cast.a)
    page = post(cast.a, {"text": "t2\t8h\t<script>alert(1)</script>\t\"><img src=x>\t=cmd|'/c'!A1"}).content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x>" not in page
    assert post(cast.a, sent_again(page)).status_code == 302
    assert titles(cast.a) == ["<script>alert(1)</script>"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Thứ Ba\n8h00: Họp dân. Chủ trì: Chủ tịch. Địa điểm: Nhà văn hóa",
            ("8h00", "Họp dân", "Chủ tịch", "Nhà văn hóa"),
        ),
        ("T3\t14h | x", ("14h | x", "", "", "")),
        ("24/11 | 14 giờ 30 | Tiếp đoàn | PCT", ("14 giờ 30", "Tiếp đoàn", "PCT", "")),
        ("Thứ Ba (24/11)\nChiều\nDự tập huấn", ("chiều", "Dự tập huấn", "", "")),
        ('t3\t8h\tHọp "kín\tCT', ("8h", 'Họp "kín', "CT", "")),
        ("t3 8h\tHọp\tCT", ("8h", "Họp", "CT", "")),
    ],
)
def test_other_spellings_of_a_list(text: str, expected: tuple[str, ...]) -> None:
    line = read_lines(text, MONDAY)[0]
    assert line.day == date(2026, 11, 24)
    if "| x" not in text:
        assert (line.time, line.title, line.chair, line.place) == expected


def test_a_day_of_another_week_is_left_open_and_said() -> None:
    line = read_lines("30/11\t8h\tHọp", MONDAY)[0]
    assert line.day is None
    assert line.doubts == ("Ngày 30/11 không đúng với tuần này.",)


def test_no_week_holds_three_thousand_lines() -> None:
    with pytest.raises(LinesRefused):
        read_lines("8h\tHọp\n" * 3000, MONDAY)
