"""The board in the lobby and “hôm nay” on the home page; and how many queries the schedule's pages cost."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast, House
from tests.factories.schedule import MONDAY, division_of, leader_of, make_public_entry, room_of
from tests.factories.visits import body_of, visit
from tests.units.schedule_words import page
from units.actions.schedule import cancel_entry, move_entry
from units.enums import Role
from units.models import ReceptionSession, ScheduleEntry, Unit
from units.schedule.today import today_lines

pytestmark = pytest.mark.anywhere

BOARD = "/lich-cong-tac/bang/"
MORNING = NOW.replace(day=23, hour=8, minute=30)


def _states(house: House) -> dict[str, str]:
    """Title → what the board says of it without a script."""
    body = body_of(visit(house.host, BOARD))
    rows = re.findall(r'bline__title">(?:<s>)?([^<]*)<.*?bline__state"[^>]*>([^<]*)<', body, re.DOTALL)
    return dict(rows)


def test_the_board_marks_what_is_on_and_what_comes_next(cast: Cast) -> None:
    a = cast.a
    make_public_entry(a, title="Chào cờ", starts_at=time(7), ends_at=time(7, 30))
    make_public_entry(a, title="Giao ban", starts_at=time(8), ends_at=time(9))
    cancelled = make_public_entry(a, title="Khánh thành", starts_at=time(9))
    make_public_entry(a, title="Họp lũ", starts_at=time(9, 30))
    make_public_entry(a, title="Đi cơ sở", starts_at=time(9, 30))
    make_public_entry(a, title="Buổi chiều", starts_at=None, session="AFTERNOON")
    make_public_entry(a, title="Hôm sau", day=date(2026, 11, 24))
    with unit_scope(a.unit):
        cancel_entry(entry=cancelled, actor=a.people[Role.APPROVER], reason="Mưa.")
    with time_machine.travel(MORNING):
        assert _states(a) == {
            "Chào cờ": "Đã xong", "Giao ban": "Đang diễn ra", "Khánh thành": "Hoãn", "Họp lũ": "Sắp tới",
            "Đi cơ sở": "Sắp tới", "Buổi chiều": "", "Hôm sau": "",
        }  # fmt: skip
        words = page(a, BOARD)
        assert "Ngày mai, Thứ Ba, 24/11/2026" in words
        assert "Hoãn · lúc" in words
    with time_machine.travel(MORNING.replace(hour=14)):
        assert _states(a)["Buổi chiều"] == "Đang diễn ra"


def test_the_board_sets_no_cookie_runs_without_script_and_is_never_stale(cast: Cast) -> None:
    make_public_entry(cast.a, title="Giao ban")
    with time_machine.travel(MORNING):
        response = visit(cast.a.host, BOARD)
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"
    body = body_of(response)
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in body
    assert "marquee" not in body
    assert "15/10 âm lịch" in body


def test_an_empty_day_on_the_board(cast: Cast) -> None:
    assert "Hôm nay không có lịch công khai." in page(cast.a, BOARD)
    assert "Ngày mai" not in page(cast.a, BOARD)


def test_the_board_of_another_unit_is_its_own(cast: Cast) -> None:
    make_public_entry(cast.b)
    with time_machine.travel(MORNING):
        assert cast.b.marker in page(cast.b, BOARD)
        assert cast.b.marker not in page(cast.a, BOARD)


def _today(house: House) -> str:
    with unit_scope(house.unit):
        text = render_to_string("units/today.html", {"today": today_lines(house.unit)})
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_today_on_the_home_page(cast: Cast, django_assert_max_num_queries: Any) -> None:
    a = cast.a
    assert _today(a) == "", "nothing where the unit keeps no schedule"
    for hour in (8, 9, 10, 11, 14, 15):
        make_public_entry(a, title=f"Việc {hour}", starts_at=time(hour), chair=leader_of(a) if hour == 8 else None)
    assert "Hôm nay không có lịch công khai." in _today(a)
    with time_machine.travel(MORNING):
        with unit_scope(a.unit):
            ReceptionSession.objects.create(
                day=MONDAY, starts_at=time(7, 30), ends_at=time(8), place="Phòng tiếp dân", published_at=NOW
            )
        words = _today(a)
        assert "Thứ Hai, 23/11/2026 · 15/10 âm lịch 7:30 – 8:00 Tiếp công dân định kỳ" in words
        assert "8:00 Việc 8 Chủ tịch" in words
        assert "Việc 11" in words
        assert "Việc 14" not in words
        assert "Còn 2 việc" in words
        assert _today(cast.b) == ""
        with unit_scope(a.unit), django_assert_max_num_queries(3):
            today_lines(a.unit)
        Unit.objects.filter(pk=a.unit.pk).update(valid_to=date(2026, 11, 20))
        a.unit.refresh_from_db()
        assert _today(a) == ""


def _grow(house: House, number: int) -> str:
    """``number`` of everything a line may have; gives the path of the leader's page."""
    chair = leader_of(house)
    others = [leader_of(house, f"Phó {count}") for count in range(number)]
    for count in range(number):
        entry = make_public_entry(
            house, title=f"Việc {count}", chair=others[count], persons=[*others[:count], chair] if count == 0 else others[:count],
            divisions=[division_of(house, f"Phòng {count}")], invited_units=[house.unit], room=room_of(house, f"P{count}"),
            starts_at=time(8 + 2 * count),
        )  # fmt: skip
        with unit_scope(house.unit):
            fresh = ScheduleEntry.objects.get(pk=entry.pk)
            actor = house.people[Role.APPROVER]
            move_entry(
                entry=fresh, actor=actor, day=MONDAY + timedelta(days=1), starts_at=entry.starts_at, session="MORNING"
            )
            ReceptionSession.objects.create(
                day=MONDAY, starts_at=time(14, count), ends_at=time(16), place="P", receiver=chair, published_at=NOW
            )
    return f"/lich-cong-tac/cua/{chair.slug}-{chair.pk}/?tuan=2026-W48"


PAGES = {
    "week": ("/lich-cong-tac/2026/W48/", 11),
    "reception only": ("/lich-cong-tac/2026/W48/?loc=tiep-cong-dan", 12),
    "leader": ("{leader}", 13),
    "day": ("/lich-cong-tac/ngay/2026/11/24/", 10),
    "month": ("/lich-cong-tac/thang/2026/11/", 10),
    "archive": ("/lich-cong-tac/luu-tru/", 6),
    "print": ("/lich-cong-tac/2026/W48/in/", 10),
    "board": ("/lich-cong-tac/bang/", 9),
    "empty week": ("/lich-cong-tac/2026/W52/", 11),
}


@pytest.mark.parametrize("number", [1, 3])
def test_a_pages_queries_do_not_grow(cast: Cast, number: int) -> None:
    leader = _grow(cast.a, number)
    found: dict[str, int] = {}
    with time_machine.travel(MORNING):
        for name, (path, _expected) in PAGES.items():
            visit(cast.a.host, path.format(leader=leader))
            caches["pages"].clear()
            caches["default"].clear()
            with CaptureQueriesContext(connection) as queries:
                response = visit(cast.a.host, path.format(leader=leader))
            assert response.status_code == 200, name
            found[name] = len(queries)
    assert found == {name: expected for name, (_path, expected) in PAGES.items()}
