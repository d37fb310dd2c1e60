"""iCalendar feeds: read back by two parsers that know nothing of each other, and compared event by event."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
import vobject
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from portal.core.models import AuditEntry
from portal.core.page_cache import bump_generation
from portal.core.tenancy import unit_scope
from tests.factories.cast import HANOI, NOW, Cast, House
from tests.factories.visits import body_of, visit
from units.actions import save_site
from units.actions.calendars import make_address, revoke_address, token_of
from units.enums import Role
from units.enums.people import PostLevel
from units.enums.schedule import EntryStage, EntryStatus, Visibility
from units.feeds.calendars import folded, text_value
from units.models import (
    Appointment,
    CalendarAddress,
    Person,
    Post,
    ReceptionSession,
    Room,
    ScheduleEntry,
    ScheduleWeek,
    Site,
)
from units.schedule.calendar_events import public_events_of_unit

TODAY = NOW.date()
MONDAY = date(2026, 11, 23)
LONG = (
    "Họp xét duyệt phương án ứng phó mưa lũ, di dời dân vùng trũng; phân công trực ban 24/24 cho các tổ dân phố \\ " * 2
)


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def make_leader(house: House, *, left: bool = False) -> Person:
    with unit_scope(house.unit):
        person = Person.objects.create(full_name=f"Trần Văn Mẫu {house.marker}")
        post = Post.objects.create(title=f"Chủ tịch {house.marker}", level=PostLevel.LEADER)
        ends = TODAY - timedelta(days=1) if left else None
        Appointment.objects.create(person=person, post=post, starts_on=date(2025, 7, 1), ends_on=ends)
    return person


def make_entry(house: House, title: str, **more: Any) -> ScheduleEntry:
    day = more.setdefault("day", MONDAY)
    monday = day - timedelta(days=day.weekday())
    more.setdefault("published_at", NOW)
    with unit_scope(house.unit):
        week, _made = ScheduleWeek.objects.get_or_create(monday=monday)
        return ScheduleEntry.objects.create(week=week, title=f"{title} {house.marker}", edited_at=NOW, **more)


def feed(house: House, path: str = "/lich-cong-tac/lich.ics") -> str:
    response = visit(house.host, path)
    assert response.status_code == 200, path
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return body_of(response)


def by_icalendar(text: str) -> dict[str, dict[str, Any]]:
    events: Any = Calendar.from_ical(text).walk("VEVENT")
    return {
        str(event["uid"]): {
            "summary": str(event["summary"]),
            "start": event["dtstart"].dt,
            "end": event["dtend"].dt,
            "location": str(event.get("location", "")),
            "description": str(event.get("description", "")),
            "status": str(event["status"]),
            "sequence": int(event["sequence"]),
            "stamp": event["dtstamp"].dt,
        }
        for event in events
    }


def by_vobject(text: str) -> dict[str, dict[str, Any]]:
    calendar = vobject.readOne(text)
    return {
        event.uid.value: {
            "summary": event.summary.value,
            "start": event.dtstart.value,
            "end": event.dtend.value,
            "location": event.location.value if hasattr(event, "location") else "",
            "description": event.description.value if hasattr(event, "description") else "",
            "status": event.status.value,
            "sequence": int(event.sequence.value),
            "stamp": event.dtstamp.value,
        }
        for event in calendar.vevent_list
    }


def test_two_parsers_read_the_same_events(cast: Cast) -> None:
    leader = make_leader(cast.a)
    with unit_scope(cast.a.unit):
        room = Room.objects.create(name="Phòng họp A, tầng 2")
    meeting = make_entry(
        cast.a, LONG, starts_at=time(8), ends_at=time(9, 30), room=room, chair=leader, content="Một,\nhai; ba \\ bốn"
    )
    make_entry(cast.a, "Cả ngày", session="ALL_DAY", day=MONDAY + timedelta(days=1), place="Xã Bình Điền")
    make_entry(cast.a, "Buổi chiều không ghi giờ", session="AFTERNOON", day=MONDAY + timedelta(days=2))
    make_entry(
        cast.a, "Khánh thành", starts_at=time(8), status=EntryStatus.CANCELLED, sequence=3, changed_at=NOW,
        change_note="Hoãn vì bão",
    )  # fmt: skip
    with unit_scope(cast.a.unit):
        ReceptionSession.objects.create(
            day=MONDAY + timedelta(days=3), starts_at=time(8), ends_at=time(11), receiver=leader, place="Ban Tiếp công dân",
            published_at=NOW,
        )  # fmt: skip
    text = feed(cast.a)
    first, second = by_icalendar(text), by_vobject(text)
    assert len(first) == 5
    assert first == second
    found = first[f"{meeting.uid}@lich.cong"]
    assert found["summary"] == meeting.title
    assert found["start"] == datetime(2026, 11, 23, 8, tzinfo=HANOI)
    assert found["end"] == datetime(2026, 11, 23, 9, 30, tzinfo=HANOI)
    assert found["location"] == "Phòng họp A, tầng 2"
    assert "Chủ trì: Chủ tịch ALPHA-7391" in found["description"]
    assert "Một,\nhai; ba \\ bốn" in found["description"]
    days = {event["summary"].split(" ALPHA")[0]: event for event in first.values()}
    assert (days["Cả ngày"]["start"], days["Cả ngày"]["end"]) == (date(2026, 11, 24), date(2026, 11, 25))
    assert days["Buổi chiều không ghi giờ"]["start"].hour == 13
    cancelled = days["HOÃN: Khánh thành"]
    assert (cancelled["status"], cancelled["sequence"]) == ("CANCELLED", 3)
    assert "Thay đổi: Hoãn vì bão" in cancelled["description"]
    assert any(event["summary"].startswith("Tiếp công dân: Chủ tịch") for event in first.values())
    assert "BEGIN:VTIMEZONE\r\nTZID:Asia/Ho_Chi_Minh\r\n" in text


def test_every_line_is_short_enough_and_no_letter_is_cut(cast: Cast) -> None:
    make_entry(cast.a, "Ưỡn ẹo những chữ có dấu " * 11, content="ữ" * 900)
    lines = feed(cast.a).split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert any(line.startswith(" ") for line in lines)
    assert folded("ngắn") == "ngắn"
    assert text_value("a\x00b;c,d\\e\r\nf") == "ab\\;c\\,d\\\\e\\nf"


def test_what_is_not_public_is_in_no_public_feed(cast: Cast) -> None:
    leader = make_leader(cast.a)
    make_entry(cast.a, "Họp kín", chair=leader, visibility=Visibility.INTERNAL, vehicle="Xe 75A", published_at=None)
    make_entry(cast.a, "Mới đề xuất", chair=leader, stage=EntryStage.PROPOSED, published_at=None)
    make_entry(cast.a, "Chưa công bố", chair=leader, published_at=None)
    make_entry(cast.a, "Công khai", chair=leader, vehicle="Xe 75B", notes="mang quà", starts_at=time(9))
    make_entry(cast.b, "Của xã bạn")
    for path in ("/lich-cong-tac/lich.ics", f"/lich-cong-tac/cua/{leader.slug}-{leader.pk}/lich.ics"):
        text = feed(cast.a, path)
        assert "SUMMARY:Công khai" in text
        for secret in ("Họp kín", "Mới đề xuất", "Chưa công bố", "Xe 75", "mang quà", cast.b.marker):
            assert secret not in text


def test_a_change_keeps_the_uid_and_raises_the_sequence(cast: Cast) -> None:
    entry = make_entry(cast.a, "Họp", starts_at=time(8))
    before = by_icalendar(feed(cast.a))
    with unit_scope(cast.a.unit):
        ScheduleEntry.objects.filter(pk=entry.pk).update(sequence=1, starts_at=time(10), changed_at=NOW)
        bump_generation(cast.a.unit.pk)
    after = by_icalendar(feed(cast.a))
    assert before.keys() == after.keys()
    (event,) = after.values()
    assert event["sequence"] == 1
    assert event["start"].hour == 10


def test_the_secret_address_shows_everything_to_whoever_has_it_and_to_nobody_else(cast: Cast) -> None:
    leader = make_leader(cast.a)
    make_entry(cast.a, "Họp kín", chair=leader, visibility=Visibility.INTERNAL, vehicle="Xe 75A", published_at=None)
    make_entry(cast.a, "Không có ông ấy")
    with unit_scope(cast.a.unit):
        address = make_address(person=leader, actor=cast.a.admin)
        token = token_of(address)
    path = f"/lich-cong-tac/rieng/{token}/lich.ics"
    response = visit(cast.a.host, path)
    text = body_of(response)
    assert "Họp kín" in text
    assert "Xe: Xe 75A" in text
    assert "CLASS:PRIVATE" in text
    assert "Không có ông ấy" not in text
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]
    # The key alone, another site, a forged signature, a long or broken one.
    assert visit(cast.b.host, path).status_code == 404
    for wrong in (address.key, f"{address.key}.AAAA", "x" * 5000, "%00", token[:-1]):
        assert visit(cast.a.host, f"/lich-cong-tac/rieng/{wrong}/lich.ics").status_code in (400, 404, 414), wrong[:40]
    with unit_scope(cast.a.unit):
        assert CalendarAddress.objects.get(pk=address.pk).read_on == TODAY
        newer = make_address(person=leader, actor=cast.a.admin)
        assert visit(cast.a.host, path).status_code == 404  # a new one ends the old one
        assert revoke_address(address=newer, actor=cast.a.admin)
        assert not revoke_address(address=newer, actor=cast.a.admin)
    assert visit(cast.a.host, f"/lich-cong-tac/rieng/{token_of(newer)}/lich.ics").status_code == 404


def test_who_has_left_reads_nothing_internal_any_more(cast: Cast) -> None:
    leader = make_leader(cast.a)
    make_entry(cast.a, "Họp kín", chair=leader, visibility=Visibility.INTERNAL, published_at=None)
    with unit_scope(cast.a.unit):
        token = token_of(make_address(person=leader, actor=cast.a.admin))
        Appointment.objects.filter(person=leader).update(ends_on=TODAY - timedelta(days=1))
    response = visit(cast.a.host, f"/lich-cong-tac/rieng/{token}/lich.ics")
    assert response.status_code == 410
    assert "Họp kín" not in body_of(response)


def test_the_office_makes_and_takes_back_addresses_on_one_screen(cast: Cast) -> None:
    leader, gone = make_leader(cast.a), make_leader(cast.a, left=True)
    other = make_leader(cast.b)
    page = "/quan-tri/units/calendaraddress/"
    client = Client(headers={"host": cast.a.host})
    client.force_login(cast.a.people[Role.EDITOR])
    assert "Lập địa chỉ" in body_of(client.get(page))
    assert client.post(f"{page}{other.pk}/lap/").status_code == 404
    assert "không giữ chức vụ nào" in body_of(client.post(f"{page}{gone.pk}/lap/", follow=True))
    text = body_of(client.post(f"{page}{leader.pk}/lap/", follow=True))
    assert "/lich-cong-tac/rieng/" in text
    with unit_scope(cast.a.unit):
        address = CalendarAddress.objects.get()
    assert "Đã thu hồi" in body_of(client.post(f"{page}{address.pk}/thu-hoi/", follow=True))
    author = Client(headers={"host": cast.a.host})
    author.force_login(cast.a.people[Role.AUTHOR])
    assert author.get(page).status_code == 403
    assert author.post(f"{page}{leader.pk}/lap/").status_code == 403
    with unit_scope(cast.a.unit):
        assert set(AuditEntry.objects.filter(verb__startswith="calendar.").values_list("verb", flat=True)) == {
            "calendar.make", "calendar.revoke",
        }  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
def test_a_feed_costs_the_same_whatever_it_holds(cast: Cast, number: int) -> None:
    leader = make_leader(cast.a)
    for count in range(number):
        entry = make_entry(cast.a, f"Việc {count}", chair=leader, day=MONDAY + timedelta(days=count))
        with unit_scope(cast.a.unit):
            entry.persons.add(leader)
    with (
        unit_scope(cast.a.unit),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        assert len(public_events_of_unit(TODAY)) == number
    assert len(queries) == 7


def test_the_page_tells_how_to_subscribe(cast: Cast) -> None:
    leader = make_leader(cast.a)
    page = body_of(visit(cast.a.host, "/lich-cong-tac/dang-ky/"))
    assert f"webcal://{cast.a.host}/lich-cong-tac/lich.ics" in page
    assert f"/lich-cong-tac/cua/{leader.slug}-{leader.pk}/lich.ics" in page
    with unit_scope(cast.a.unit):
        site = Site.objects.of_current_unit()
        site.modules = [name for name in site.modules if name != "schedule"]
        save_site(site=site)
    for path in ("dang-ky/", "lich.ics"):
        assert visit(cast.a.host, f"/lich-cong-tac/{path}").status_code == 404
