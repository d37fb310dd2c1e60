"""One week from two departments' proposals to the lobby's board, the printed sheet and a telephone's calendar."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, time
from typing import Any

import docx
import openpyxl
import pytest
import time_machine
import vobject
from django.test import Client

from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast, House
from tests.factories.schedule import MONDAY, division_of, leader_of, make_proposal, publish, room_of
from tests.factories.visits import body_of, visit
from units.actions.schedule import accept_entries, cancel_entry, move_entry, return_entry
from units.enums import Role
from units.enums.schedule import Visibility
from units.models import ScheduleEntry
from units.schedule.addresses import desk_url

WEEK = "/lich-cong-tac/2026/W48/"
# What a day's page is asked about when it is "today": Monday morning of that week.
MONDAY_MORNING = NOW.replace(day=23)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def outputs(house: House) -> dict[str, str]:
    """Every form in which a citizen meets the week, as text."""
    book = openpyxl.load_workbook(io.BytesIO(visit(house.host, f"{WEEK}lich-tuan.xlsx").content))
    xlsx = book.worksheets[0]
    paper = docx.Document(io.BytesIO(visit(house.host, f"{WEEK}lich-tuan.docx").content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    calendar = vobject.readOne(body_of(visit(house.host, "/lich-cong-tac/lich.ics")))
    with time_machine.travel(MONDAY_MORNING, tick=False):
        board = body_of(visit(house.host, "/lich-cong-tac/bang/"))
        home = body_of(visit(house.host, "/"))
    return {
        "week": body_of(visit(house.host, WEEK)),
        "day": body_of(visit(house.host, "/lich-cong-tac/ngay/2026/11/23/")),
        "print": body_of(visit(house.host, f"{WEEK}in/")),
        "xlsx": "\n".join(str(cell.value) for row in xlsx.iter_rows() for cell in row if cell.value),
        "docx": "\n".join(cells),
        "calendar": "\n".join(event.summary.value for event in getattr(calendar, "vevent_list", [])),
        "board": board,
        "home": home,
    }


def where(found: dict[str, str], words: str) -> set[str]:
    """The outputs in which ``words`` stand."""
    return {name for name, text in found.items() if words in text}


EVERYWHERE = {"week", "day", "print", "xlsx", "docx", "calendar", "board", "home"}


def proposed(house: House) -> list[ScheduleEntry]:
    """What two departments ask for: a meeting, an opening, something internal, something vague."""
    economy, culture = division_of(house), division_of(house, "Phòng Văn hóa")
    chairman, deputy = leader_of(house), leader_of(house, "Phó Chủ tịch")
    return [
        make_proposal(house, title="Họp chuẩn bị mưa lũ", proposing=economy, chair=chairman, room=room_of(house)),
        make_proposal(
            house, title="Khánh thành nhà văn hóa", proposing=culture, chair=deputy, starts_at=time(9), place="Tổ 5"
        ),
        make_proposal(
            house, title="Họp nhân sự kín", proposing=economy, starts_at=time(14), visibility=Visibility.INTERNAL,
            vehicle="Xe 75A",
        ),
        make_proposal(house, title="Làm việc gì đó", proposing=culture, starts_at=time(16)),
    ]  # fmt: skip


def consolidated_and_published(house: House) -> list[ScheduleEntry]:
    """The office takes three, sends one back; its chief publishes."""
    entries = proposed(house)
    with unit_scope(house.unit):
        assert accept_entries(pks=[one.pk for one in entries[:3]], actor=house.people[Role.EDITOR]) == 3
        return_entry(entry=entries[3], actor=house.people[Role.EDITOR], reason="Ghi rõ làm việc với ai")
    publish(house)
    return entries


def test_nobody_outside_sees_a_proposal_or_a_table_that_is_not_published(cast: Cast) -> None:
    entries = proposed(cast.a)
    assert where(outputs(cast.a), "Họp chuẩn bị mưa lũ") == set()
    with unit_scope(cast.a.unit):
        accept_entries(pks=[one.pk for one in entries], actor=cast.a.people[Role.EDITOR])
    assert where(outputs(cast.a), "Họp chuẩn bị mưa lũ") == set()


def test_what_is_published_is_everywhere_and_the_rest_nowhere(cast: Cast) -> None:
    consolidated_and_published(cast.a)
    found = outputs(cast.a)
    assert where(found, "Họp chuẩn bị mưa lũ") == EVERYWHERE
    assert where(found, "Khánh thành nhà văn hóa") == EVERYWHERE
    for secret in ("Họp nhân sự kín", "Xe 75A", "Làm việc gì đó", "Ghi rõ làm việc"):
        assert where(found, secret) == set(), secret
    assert "Họp nhân sự kín" in body_of(_as(cast.a, Role.EDITOR).get(desk_url(MONDAY)))
    assert where(outputs(cast.b), cast.a.marker) == set()


def test_what_changes_afterwards_is_told_with_its_reason_in_every_form(cast: Cast) -> None:
    house = cast.a
    meeting, opening = consolidated_and_published(house)[:2]
    with unit_scope(house.unit):
        move_entry(
            entry=ScheduleEntry.objects.get(pk=meeting.pk), actor=house.people[Role.EDITOR], day=MONDAY,
            starts_at=time(15, 30), session="AFTERNOON", note="Chủ tịch đi cơ sở buổi sáng",
        )  # fmt: skip
        cancel_entry(
            entry=ScheduleEntry.objects.get(pk=opening.pk), actor=house.people[Role.EDITOR], reason="Hoãn vì mưa lớn"
        )
    after = outputs(house)
    assert where(after, "15:30") >= {
        "week",
        "day",
        "print",
        "xlsx",
        "docx",
        "board",
    }
    assert where(after, "Dời từ 8:00") >= {"week", "day"}
    assert where(after, "Hoãn") >= {"week", "day", "print", "board"}
    assert "Hoãn vì mưa lớn" in after["day"]
    calendar = vobject.readOne(body_of(visit(house.host, "/lich-cong-tac/lich.ics")))
    events = {event.summary.value.split(" ALPHA")[0]: event for event in calendar.vevent_list}
    assert events["Họp chuẩn bị mưa lũ"].dtstart.value.hour == 15
    assert int(events["Họp chuẩn bị mưa lũ"].sequence.value) == 1
    assert events["HOÃN: Khánh thành nhà văn hóa"].status.value == "CANCELLED"


def _as(house: House, role: Role) -> Any:
    client = Client(headers={"host": house.host})
    client.force_login(house.people[role])
    return client


def test_the_day_of_the_walk_is_a_monday() -> None:
    assert date(2026, 11, 23) == MONDAY
    assert MONDAY_MORNING.weekday() == 0
