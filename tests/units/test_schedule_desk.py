"""The week's desk: every role against every button, by POST; from a proposal to the public page; constant queries."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House
from tests.factories.schedule import (
    MONDAY,
    accept,
    leader_of,
    make_entry,
    make_proposal,
    make_public_entry,
    publish,
    room_of,
    series_of,
)
from tests.factories.visits import body_of
from tests.factories.writers import Writer
from units.actions.schedule import approve_week, cancel_entry, open_week
from units.enums import Role
from units.enums.schedule import EntryStage, Visibility, WeekStatus
from units.models import ScheduleEntry, ScheduleWeek

pytestmark = pytest.mark.anywhere

DESK = "/quan-tri/units/scheduleweek/tuan/2026/W48/"
ENTRIES = "/quan-tri/units/scheduleentry/"
OFFICE = (Role.EDITOR, Role.APPROVER, Role.UNIT_ADMIN)


def _week(house: House) -> ScheduleWeek:
    with unit_scope(house.unit):
        return ScheduleWeek.objects.get(monday=MONDAY)


def _fresh(house: House, entry: ScheduleEntry) -> ScheduleEntry:
    with unit_scope(house.unit):
        return ScheduleEntry.objects.get(pk=entry.pk)


def _typed(**more: Any) -> dict[str, Any]:
    return {
        "day": "2026-11-24", "starts_at": "8h30", "ends_at": "10 giờ", "session": "MORNING", "title": "Họp xét khen thưởng",
        "content": "", "chair_text": "", "attendees_text": "", "place": "", "preparing_text": "", "visibility": "PUBLIC",
        "vehicle": "", "notes": "", "invited_units": "", **more,
    }  # fmt: skip


# --- who may press what ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("verb", ["mo", "nhan", "chep", "lap-lai", "ghi-chu", "duyet", "cong-bo"])
def test_every_role_at_every_button_of_the_desk(cast: Cast, role: Role, verb: str) -> None:
    proposal = make_proposal(cast.a)
    make_entry(cast.a, starts_at=time(14))
    answer = Writer(cast.a, role).post(f"{DESK}{verb}/", pk=proposal.pk, note="Trực Tết")
    chiefs = (Role.APPROVER, Role.UNIT_ADMIN)
    may = role in chiefs if verb in {"duyet", "cong-bo"} else role in OFFICE
    assert answer.status_code == (302 if may else 403)
    assert (_fresh(cast.a, proposal).stage == EntryStage.ACCEPTED) == (verb == "nhan" and may)
    week = _week(cast.a)
    assert (week.status == WeekStatus.APPROVED) == (verb == "duyet" and may)
    assert (week.note == "Trực Tết") == (verb == "ghi-chu" and may)
    assert week.published_at is None


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("step", ["hoan", "hop-lai", "go", "tra-lai"])
def test_every_role_at_every_step_of_an_entry(cast: Cast, role: Role, step: str) -> None:
    a = cast.a
    proposal, seen = make_proposal(a, starts_at=time(14)), make_public_entry(a)
    with unit_scope(a.unit):
        if step == "hop-lai":
            cancel_entry(entry=seen, actor=a.admin, reason="Mưa")
    row = proposal if step == "tra-lai" else seen
    before = _fresh(a, row)
    writer = Writer(a, role)
    answer = writer.post(f"{ENTRIES}{row.pk}/{step}/", reason="Một câu lý do")
    assert answer.status_code == (302 if role in OFFICE else 403)
    changed = _fresh(a, row).edited_at != before.edited_at
    assert changed == (role in OFFICE)
    assert writer.get(f"{ENTRIES}{row.pk}/{step}/").status_code == (200 if role in OFFICE else 403)


def test_only_who_publishes_shows_again_what_was_taken_off(cast: Cast) -> None:
    a, entry = cast.a, make_public_entry(cast.a)
    Writer(a, Role.EDITOR).post(f"{ENTRIES}{entry.pk}/go/", reason="Lộ")
    assert _fresh(a, entry).visibility == Visibility.INTERNAL
    assert Writer(a, Role.EDITOR).post(f"{ENTRIES}{entry.pk}/hop-lai/").status_code == 403
    assert Writer(a, Role.APPROVER).post(f"{ENTRIES}{entry.pk}/hop-lai/").status_code == 302
    assert _fresh(a, entry).visibility == Visibility.PUBLIC


def test_the_other_units_ids_are_not_here(cast: Cast) -> None:
    foreign = make_public_entry(cast.b)
    proposal = make_proposal(cast.b, starts_at=time(15))
    clerk = Writer(cast.a, Role.UNIT_ADMIN)
    for path in ("change/", "delete/", "history/", "hoan/", "go/", "hop-lai/", "tra-lai/"):
        assert clerk.get(f"{ENTRIES}{foreign.pk}/{path}").status_code == 404
        assert clerk.post(f"{ENTRIES}{foreign.pk}/{path}", reason="x", **_typed()).status_code == 404
    with unit_scope(cast.a.unit):
        open_week(day=MONDAY)
    clerk.post(f"{DESK}nhan/", pk=proposal.pk)
    assert _fresh(cast.b, proposal).stage == EntryStage.PROPOSED
    assert clerk.get(f"/quan-tri/units/scheduleweek/{_week(cast.b).pk}/change/").status_code == 404
    assert cast.b.marker not in body_of(clerk.get(DESK))


def test_strangers_and_junk_weeks(cast: Cast) -> None:
    assert Writer(cast.b, Role.UNIT_ADMIN, host=cast.a).get(DESK).status_code == 302
    clerk = Writer(cast.a, Role.APPROVER)
    assert clerk.get("/quan-tri/units/scheduleweek/tuan/2026/W54/").status_code == 404
    assert clerk.get("/quan-tri/units/scheduleweek/tuan/2026/W00/").status_code == 404
    assert clerk.post("/quan-tri/units/scheduleweek/tuan/2026/W54/mo/").status_code == 404
    assert clerk.post("/quan-tri/units/scheduleweek/tuan/2099/W10/mo/").status_code == 302
    assert clerk.get(f"{DESK}mo/").status_code == 405
    with unit_scope(cast.a.unit):
        assert not ScheduleWeek.objects.exists()


# --- a department's writer -------------------------------------------------------------------------------------------------


def test_a_writer_proposes_and_sees_their_own_only(cast: Cast) -> None:
    a, writer = cast.a, Writer(cast.a, Role.AUTHOR)
    make_entry(a, title="Họp kín của lãnh đạo", visibility=Visibility.INTERNAL, starts_at=time(16))
    with unit_scope(a.unit):
        other = make_entry(a, title="Việc của văn phòng")
    answer = writer.post(f"{ENTRIES}add/", **_typed())
    assert answer.status_code == 302
    with unit_scope(a.unit):
        mine = ScheduleEntry.objects.get(title="Họp xét khen thưởng")
    assert (mine.stage, mine.proposed_by, mine.day) == (EntryStage.PROPOSED, writer.user, date(2026, 11, 24))
    assert (mine.starts_at, mine.ends_at) == (time(8, 30), time(10))
    page = body_of(writer.get(ENTRIES)) + body_of(writer.get(DESK))
    assert "Họp xét khen thưởng" in page
    assert "Họp kín" not in page
    assert "Việc của văn phòng" not in page
    assert writer.get(f"{ENTRIES}{other.pk}/change/").status_code == 404
    assert writer.post(f"{ENTRIES}{other.pk}/change/", **_typed()).status_code == 404


def test_a_writer_mends_what_came_back_and_nothing_after_it_was_taken(cast: Cast) -> None:
    a, writer = cast.a, Writer(cast.a, Role.AUTHOR)
    proposal = make_proposal(a)
    Writer(a, Role.EDITOR).post(f"{ENTRIES}{proposal.pk}/tra-lai/", reason="Thiếu địa điểm.")
    assert "Thiếu địa điểm." in body_of(writer.get(DESK))
    path = f"{ENTRIES}{proposal.pk}/change/"
    seen_at = _fresh(a, proposal).edited_at.isoformat()
    assert writer.post(path, **_typed(place="Nhà văn hóa", seen_at=seen_at)).status_code == 302
    assert _fresh(a, proposal).stage == EntryStage.PROPOSED
    accept(a, proposal)
    taken = _fresh(a, proposal)
    assert writer.get(path).status_code == 200
    assert writer.post(path, **_typed(seen_at=taken.edited_at.isoformat())).status_code == 403
    assert writer.post(f"{ENTRIES}{proposal.pk}/delete/", post="yes").status_code == 403
    assert "Văn phòng đã đưa vào lịch" in body_of(writer.get(DESK))


def test_a_writer_takes_back_their_own_proposal(cast: Cast) -> None:
    proposal = make_proposal(cast.a)
    assert Writer(cast.a, Role.AUTHOR).post(f"{ENTRIES}{proposal.pk}/delete/", post="yes").status_code == 302
    with unit_scope(cast.a.unit):
        assert not ScheduleEntry.objects.exists()


def test_a_writer_can_not_smuggle_an_entry_into_the_table(cast: Cast) -> None:
    extra = {"stage": "ACCEPTED", "published_at": "2026-11-22", "status": "DONE", "sequence": "9"}
    Writer(cast.a, Role.AUTHOR).post(f"{ENTRIES}add/", **_typed(**extra))
    with unit_scope(cast.a.unit):
        entry = ScheduleEntry.objects.get()
    assert (entry.stage, entry.status, entry.published_at, entry.sequence) == ("PROPOSED", "PLANNED", None, 0)


# --- the desk --------------------------------------------------------------------------------------------------------------


def test_the_desk_leads_from_a_proposal_to_the_public_page(cast: Cast) -> None:
    a, leader = cast.a, leader_of(cast.a)
    series_of(a)
    office, chief = Writer(a, Role.EDITOR), Writer(a, Role.APPROVER)
    assert "Bắt đầu lịch tuần này" in body_of(office.get(DESK))
    office.post(f"{DESK}mo/")
    first = make_entry(a, chair=leader, title="Giao ban")
    second = make_proposal(a, chair=leader, starts_at=time(8, 30), title="Trùng giờ")
    page = body_of(office.get(DESK))
    assert "Trùng lịch với việc khác" in page
    office.post(f"{DESK}nhan/", pk=second.pk)
    assert "Duyệt lịch" not in body_of(office.get(DESK))
    chief.post(f"{DESK}duyet/")
    refused = chief.post(f"{DESK}cong-bo/")
    assert refused.status_code == 422
    assert f'name="ly_do_{second.pk}"' in body_of(refused)
    too_long: dict[str, Any] = {f"ly_do_{second.pk}": "x" * 301}
    assert chief.post(f"{DESK}cong-bo/", **too_long).status_code == 422
    done = chief.post(f"{DESK}cong-bo/", follow=True, **{f"ly_do_{second.pk}": "Phó chủ tịch dự thay", "ly_do_99": "x"})
    assert "Người dân thấy thêm 3 việc" in body_of(done)
    with unit_scope(a.unit):
        assert ScheduleEntry.objects.public().count() == 3
    assert _fresh(a, first).override_reason == ""
    assert "Phó chủ tịch dự thay" in body_of(office.get(DESK))


def test_the_clerk_is_told_that_the_approval_is_undone(cast: Cast) -> None:
    a, entry = cast.a, make_entry(cast.a)
    chief, office = Writer(a, Role.APPROVER), Writer(a, Role.EDITOR)
    chief.post(f"{DESK}duyet/")
    values = _typed(seen_at=_fresh(a, entry).edited_at.isoformat())
    told = office.post(f"{ENTRIES}{entry.pk}/change/", follow=True, **values)
    assert "phải duyệt lại" in body_of(told)
    chief.post(f"{DESK}duyet/")
    proposal = make_proposal(a, starts_at=time(14))
    assert "phải duyệt lại" in body_of(office.post(f"{DESK}nhan/", follow=True, pk=proposal.pk))


def test_what_was_added_later_waits_on_the_desk(cast: Cast) -> None:
    make_public_entry(cast.a)
    make_entry(cast.a, title="Thêm sau", starts_at=time(16))
    chief = Writer(cast.a, Role.APPROVER)
    assert "Công bố phần thêm" in body_of(chief.get(DESK))
    assert "Công bố phần thêm" not in body_of(Writer(cast.a, Role.EDITOR).get(DESK))
    chief.post(f"{DESK}cong-bo/")
    assert "Công bố phần thêm" not in body_of(chief.get(DESK))


def test_today_says_what_waits(cast: Cast) -> None:
    a = cast.a
    make_proposal(a)
    page = body_of(Writer(a, Role.EDITOR).get("/quan-tri/"))
    assert "1 đề xuất của phòng, ban chờ nhận" in page
    assert "Lịch tuần này còn trống" in page
    assert "Lịch tuần sau còn trống" in page
    make_entry(a, starts_at=time(14))
    with unit_scope(a.unit):
        approve_week(week=_week(a), actor=a.admin)
    page = body_of(Writer(a, Role.APPROVER).get("/quan-tri/"))
    assert "Đã duyệt, chờ công bố" in page
    assert "Lịch công tác" not in body_of(Writer(cast.b, Role.EDITOR).get("/quan-tri/")).split("<main", 1)[1]


@pytest.mark.parametrize("path", [DESK, ENTRIES, "/quan-tri/units/scheduleweek/"])
def test_one_row_and_sixty_take_as_many_queries(cast: Cast, path: str) -> None:
    a, leader, room = cast.a, leader_of(cast.a), room_of(cast.a)
    series_of(a, rule="FREQ=WEEKLY;BYDAY=WE")
    proposal = make_proposal(a, chair=leader)
    entry = make_entry(a, chair=leader, room=room)
    publish(a)
    with unit_scope(a.unit):
        cancel_entry(entry=entry, actor=a.admin, reason="Mưa")
    chief = Writer(a, Role.APPROVER)
    chief.get(path)
    with CaptureQueriesContext(connection) as few:
        assert chief.get(path).status_code == 200
    with unit_scope(a.unit):
        week = ScheduleWeek.objects.get(monday=MONDAY)
        ScheduleEntry.objects.bulk_create(
            ScheduleEntry(
                week=week, day=MONDAY + timedelta(days=number % 5), starts_at=time(7 + number % 11), title=f"Việc {number}",
                chair=leader, room=room, stage=EntryStage.ACCEPTED if number % 6 else EntryStage.PROPOSED,
                proposed_by=a.people[Role.AUTHOR],
            )
            for number in range(60)
        )  # fmt: skip
        ScheduleWeek.objects.bulk_create(ScheduleWeek(monday=MONDAY - timedelta(weeks=n)) for n in range(1, 12))
    with CaptureQueriesContext(connection) as many:
        assert chief.get(path).status_code == 200
    assert _fresh(a, proposal).stage == EntryStage.PROPOSED
    assert len(many) <= len(few) + 2  # names of people and rooms are read where something collides
    assert len(many) <= 30
