"""The schedule as citizens see it: a week, a day, one leader; what is told of changes, and what never is."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Any

import time_machine

from portal.core.tenancy import unit_scope
from tests.factories.cast import HANOI, NOW, Cast, House
from tests.factories.schedule import (
    MONDAY,
    leader_of,
    make_entry,
    make_proposal,
    make_public_entry,
    room_of,
)
from tests.factories.visits import body_of, visit
from tests.units.schedule_words import DAY, WEEK, page
from units.actions.schedule import cancel_entry, move_entry, restore_entry, save_entry, withdraw_entry
from units.enums import Role
from units.enums.schedule import Visibility
from units.models import Appointment, Person, Post, ReceptionSession, ScheduleEntry


def reception(house: House, day: date, receiver: Person | None = None) -> None:
    """A regular session that citizens may see."""
    with unit_scope(house.unit):
        ReceptionSession.objects.create(
            day=day, starts_at=time(8), ends_at=time(11), place="Phòng tiếp dân", receiver=receiver, published_at=NOW
        )


def _change(house: House, entry: ScheduleEntry, act: Any, **more: Any) -> None:
    with unit_scope(house.unit):
        act(entry=ScheduleEntry.objects.get(pk=entry.pk), actor=house.people[Role.APPROVER], **more)


def test_a_published_week(cast: Cast) -> None:
    chair, room = leader_of(cast.a, "Chủ tịch"), room_of(cast.a, place="16 Lê Lợi")
    make_public_entry(cast.a, chair=chair, room=room, ends_at=time(9, 30), title="Giao ban đầu tuần")
    words = page(cast.a)
    assert "Tuần 48: 23/11 – 27/11/2026" in words
    assert "8:00 – 9:30 Giao ban đầu tuần Chủ trì: Chủ tịch Địa điểm: Phòng họp số 1" in words
    assert "16 Lê Lợi" in words
    assert "Thứ Hai 23/11/2026 15/10 âm lịch" in words
    assert "Không có lịch công khai." in words
    assert "Cập nhật lúc 7:30, Chủ Nhật, 22/11/2026" in words
    assert "Thứ Bảy" not in words


def test_nothing_internal_is_ever_told(cast: Cast) -> None:
    a, words = cast.a, "KHONGCONGKHAI"
    chair = leader_of(a)
    seen = make_public_entry(a, chair=chair, vehicle=f"75A {words}", notes=f"Ghi chú {words}")
    make_entry(a, title=f"Nội bộ {words}", visibility=Visibility.INTERNAL, starts_at=time(9), chair=chair)
    make_proposal(a, title=f"Đề xuất {words}", starts_at=time(10))
    make_entry(a, title=f"Chưa công bố {words}", starts_at=time(11))
    with unit_scope(a.unit):
        entry = ScheduleEntry.objects.get(pk=seen.pk)
        entry.vehicle, entry.title = f"xe khác {words}", "Họp giao ban"
        save_entry(entry=entry, actor=a.people[Role.EDITOR])
    paths = (
        *(WEEK, f"{WEEK}in/", f"{WEEK}in/?kieu=lanh-dao", DAY, "/lich-cong-tac/thang/2026/11/", "/lich-cong-tac/bang/"),
        *(f"/lich-cong-tac/cua/{chair.slug}-{chair.pk}/?tuan=2026-W48", "/lich-cong-tac/", "/lich-cong-tac/luu-tru/"),
    )
    with time_machine.travel(NOW + timedelta(days=1)):
        for path in paths:
            body = body_of(visit(a.host, path))
            assert words not in body, path
            assert a.people[Role.AUTHOR].username not in body, path
        assert "Họp giao ban" in page(a)


def test_another_units_rows_stand_on_its_own_pages_only(cast: Cast) -> None:
    make_public_entry(cast.b, chair=leader_of(cast.b))
    assert cast.b.marker in page(cast.b)
    assert cast.b.marker not in page(cast.a)
    chair = leader_of(cast.b)
    assert visit(cast.a.host, f"/lich-cong-tac/cua/{chair.slug}-{chair.pk}/").status_code == 404


def test_what_was_put_off_stays_with_its_reason(cast: Cast) -> None:
    entry = make_public_entry(cast.a, title="Khánh thành trường")
    with time_machine.travel(NOW + timedelta(hours=2)):
        _change(cast.a, entry, cancel_entry, reason="Mưa lũ.")
    body = body_of(visit(cast.a.host, WEEK))
    assert "<s>Khánh thành trường</s>" in body
    assert "Hoãn 8:00 Khánh thành trường Hoãn · lúc 9:30, 22/11. Mưa lũ." in page(cast.a)
    _change(cast.a, entry, restore_entry, note="Trời tạnh.")
    assert "<s>" not in body_of(visit(cast.a.host, WEEK))
    assert re.search(r"Họp lại · lúc [\d:]+, 22/11\. Trời tạnh\.", page(cast.a))


def test_another_time_names_the_old_one(cast: Cast) -> None:
    entry = make_public_entry(cast.a, title="Thông qua đồ án")
    _change(cast.a, entry, move_entry, day=MONDAY, starts_at=time(14, 30), session="AFTERNOON", note="Phòng bận.")
    assert "Dời 14:30 Thông qua đồ án Dời từ 8:00 · lúc 7:30, 22/11. Phòng bận." in page(cast.a)
    _change(cast.a, entry, move_entry, day=MONDAY, starts_at=time(15), session="AFTERNOON")
    assert "Dời từ 8:00" in page(cast.a), "what citizens saw first, not what stood in between"
    history = page(cast.a, DAY)
    assert "2 lần thay đổi" in history
    assert "giờ bắt đầu: 8:00 14:30" in history
    assert "giờ bắt đầu: 14:30 15:00" in history


def test_another_day_leaves_a_line_on_the_old_one_and_another_week_too(cast: Cast) -> None:
    entry = make_public_entry(cast.a, title="Thăm làng nghề")
    make_public_entry(cast.a, title="Việc tuần sau", day=date(2026, 12, 1))
    _change(cast.a, entry, move_entry, day=date(2026, 12, 2), starts_at=time(9), session="MORNING")
    assert "Dời 8:00 Thăm làng nghề Dời sang 9:00, 02/12 · lúc 7:30, 22/11" in page(cast.a)
    assert "Dời 9:00 Thăm làng nghề Dời từ 8:00, 23/11" in page(cast.a, "/lich-cong-tac/2026/W49/")
    _change(cast.a, entry, move_entry, day=MONDAY, starts_at=time(8), session="MORNING")
    assert "Dời sang" not in page(cast.a), "back where it was"


def test_what_was_taken_off_leaves_a_neutral_line(cast: Cast) -> None:
    chair = leader_of(cast.a)
    entry = make_public_entry(cast.a, title="Việc mật", chair=chair, place="Nơi mật", content="Chi tiết mật")
    _change(cast.a, entry, move_entry, day=date(2026, 11, 24), starts_at=time(9), session="MORNING")
    _change(cast.a, entry, withdraw_entry, reason="Lý do mật")
    for path in (WEEK, f"{WEEK}in/", DAY, "/lich-cong-tac/ngay/2026/11/24/", "/lich-cong-tac/thang/2026/11/"):
        assert "mật" not in page(cast.a, path), path
    assert "Một việc đã gỡ khỏi lịch công khai" in page(cast.a)
    person = page(cast.a, f"/lich-cong-tac/cua/{chair.slug}-{chair.pk}/?tuan=2026-W48")
    assert "đã gỡ" not in person, "a line in one person's schedule would tell who took part"
    _change(cast.a, entry, restore_entry, note="")
    assert "Đưa lại lên lịch" in page(cast.a)
    assert "Lý do mật" not in page(cast.a, "/lich-cong-tac/ngay/2026/11/24/")


def test_an_addition_after_publishing_says_so(cast: Cast) -> None:
    make_public_entry(cast.a)
    make_public_entry(cast.a, title="Họp gấp", starts_at=time(10))
    assert "Bổ sung 10:00 Họp gấp" in page(cast.a)


def test_reception_stands_among_the_rest_with_its_filter(cast: Cast) -> None:
    make_public_entry(cast.a, title="Giao ban")
    reception(cast.a, date(2026, 11, 25))
    words = page(cast.a)
    assert "Tiếp công dân định kỳ" in words
    only = page(cast.a, f"{WEEK}?loc=tiep-cong-dan")
    assert "Tiếp công dân định kỳ" in only
    assert "Giao ban" not in only
    assert visit(cast.a.host, f"{WEEK}?loc=lung-tung").status_code == 404


def test_deputies_share_a_chip_and_each_has_one(cast: Cast) -> None:
    people = []
    with unit_scope(cast.a.unit):
        for order, field in enumerate(("kinh tế", "văn xã"), 2):
            post = Post.objects.create(
                title=f"Phó Chủ tịch phụ trách {field}", short_title=f"PCT {field}", level="LEADER", order=order
            )
            people.append(Person.objects.create(full_name=f"Ông {field}"))
            Appointment.objects.create(person=people[-1], post=post, starts_on=date(2025, 7, 1))
    make_public_entry(cast.a, title="Việc của chủ tịch", chair=leader_of(cast.a))
    make_public_entry(cast.a, title="Việc của phó", starts_at=time(9), chair=people[1])
    words = page(cast.a)
    assert "Các Phó Chủ tịch" in words
    assert "PCT văn xã" in words, "in the line"
    only = page(cast.a, f"{WEEK}?loc=cap-pho")
    assert "Việc của phó" in only
    assert "Việc của chủ tịch" not in only
    assert "PCT kinh tế PCT văn xã" in only


def test_one_leaders_week(cast: Cast) -> None:
    chair, other = leader_of(cast.a), leader_of(cast.a, "Phó Chủ tịch")
    make_public_entry(cast.a, title="Của chủ tịch", chair=chair)
    make_public_entry(cast.a, title="Cùng dự", chair=other, persons=[chair], starts_at=time(10))
    make_public_entry(cast.a, title="Của phó", chair=other, starts_at=time(14))
    reception(cast.a, date(2026, 11, 26), chair)
    words = page(cast.a, f"/lich-cong-tac/cua/{chair.slug}-{chair.pk}/?tuan=2026-W48")
    assert "Lịch công tác của Chủ tịch" in words
    assert "Của chủ tịch" in words
    assert "Cùng dự" in words
    assert "Tiếp công dân định kỳ" in words
    assert "Của phó" not in words


def test_titles_are_those_of_the_entrys_day(cast: Cast) -> None:
    chair = leader_of(cast.a, "Phó Chủ tịch", until=date(2026, 11, 24))
    with unit_scope(cast.a.unit):
        post = Post.objects.create(title="Chủ tịch phường", short_title="Tân Chủ tịch", level="LEADER")
        Appointment.objects.create(person=chair, post=post, starts_on=date(2026, 11, 25), is_acting=False)
    make_public_entry(cast.a, title="Trước", chair=chair)
    make_public_entry(cast.a, title="Sau", chair=chair, day=date(2026, 11, 26))
    words = page(cast.a)
    assert "Trước Chủ trì: Phó Chủ tịch" in words
    assert "Sau Chủ trì: Tân Chủ tịch" in words


def test_whole_days_half_days_and_evenings(cast: Cast) -> None:
    make_public_entry(cast.a, title="Đi cơ sở", starts_at=None, session="ALL_DAY")
    make_public_entry(cast.a, title="Nửa buổi", starts_at=None, session="MORNING")
    make_public_entry(cast.a, title="Lễ khai mạc", starts_at=time(19))
    words = page(cast.a)
    assert "Sáng Cả ngày Đi cơ sở" in words
    assert "Nửa buổi" in words
    assert "Tối Bổ sung 19:00 Lễ khai mạc" in words


def test_saturday_shows_where_something_stands(cast: Cast) -> None:
    make_public_entry(cast.a, title="Trực lũ", day=date(2026, 11, 28))
    words = page(cast.a)
    assert "Tuần 48: 23/11 – 28/11/2026" in words
    assert "Thứ Bảy" in words
    assert "Chủ Nhật 29/11" not in words


def test_today_is_marked_and_midnight_turns_the_page(cast: Cast) -> None:
    make_public_entry(cast.a)
    with time_machine.travel(NOW.replace(day=23, hour=23, minute=59), tick=False) as clock:
        body = body_of(visit(cast.a.host, WEEK))
        assert re.search(r'class="wday is-today"[^>]*20261123"[^>]*aria-current="date"', body)
        assert body_of(visit(cast.a.host, WEEK)) == body, "from the page cache"
        clock.shift(timedelta(minutes=2))
        assert re.search(r'class="wday is-today"[^>]*20261124"', body_of(visit(cast.a.host, WEEK)))


def test_the_address_without_a_week_is_this_week(cast: Cast) -> None:
    make_public_entry(cast.a, title="Tuần tới")
    assert "Tuần tới" not in page(cast.a, "/lich-cong-tac/")
    with time_machine.travel(NOW + timedelta(days=1)):
        assert "Tuần tới" in page(cast.a, "/lich-cong-tac/")


def test_a_holiday_is_named(cast: Cast) -> None:
    publish_day = date(2026, 9, 2)
    make_public_entry(cast.a, day=publish_day, title="Dâng hương")
    words = page(cast.a, "/lich-cong-tac/2026/W36/")
    assert "Quốc khánh" in words


def test_the_zone_of_the_clock_is_vietnams(cast: Cast) -> None:
    """At 0:30 in Hanoi it is still yesterday in London."""
    make_public_entry(cast.a)
    with time_machine.travel(NOW.replace(day=23, hour=0, minute=30, tzinfo=HANOI)):
        assert "Thứ Hai · hôm nay" in page(cast.a)
