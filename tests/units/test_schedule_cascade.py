"""The cascade: departments propose, the office takes in, its chief approves and publishes."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError

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
)
from units.actions.schedule import (
    WeekHasConflicts,
    accept_entries,
    approve_week,
    open_week,
    propose_entry,
    publish_week,
    return_entry,
    save_entry,
)
from units.enums import Role
from units.enums.schedule import ChangeKind, EntryStage, Visibility, WeekStatus
from units.models import ScheduleChange, ScheduleEntry, ScheduleWeek, Unit

NEXT = MONDAY + timedelta(days=7)


def _public(house: House) -> list[str]:
    with unit_scope(house.unit):
        return list(ScheduleEntry.objects.public().in_order().values_list("title", flat=True))


def _week(house: House, day: date = MONDAY) -> ScheduleWeek:
    with unit_scope(house.unit):
        return open_week(day=day)


# --- proposals ------------------------------------------------------------------------------------------------------------


def test_a_proposal_waits_until_the_office_takes_it_in(cast: Cast) -> None:
    make_entry(cast.a, title="Của văn phòng")
    proposal = make_proposal(cast.a, title="Của phòng kinh tế", starts_at=time(14))
    publish(cast.a)
    assert _public(cast.a) == ["Của văn phòng"]
    assert accept(cast.a, proposal) == 1
    assert accept(cast.a, proposal) == 0
    assert _public(cast.a) == ["Của văn phòng"]
    publish(cast.a)
    assert _public(cast.a) == ["Của văn phòng", "Của phòng kinh tế"]
    with unit_scope(cast.a.unit):
        [added] = ScheduleChange.objects.all()
        assert (added.kind, added.entry) == (ChangeKind.ADDED, proposal)


def test_two_departments_propose_and_one_is_sent_back_and_comes_again(cast: Cast) -> None:
    a = cast.a
    make_proposal(a, title="Đề xuất một")
    second = make_proposal(a, title="Đề xuất hai", starts_at=time(14))
    with unit_scope(a.unit):
        with pytest.raises(ValidationError, match="phải sửa gì"):
            return_entry(entry=second, actor=a.people[Role.EDITOR], reason=" ")
        return_entry(entry=second, actor=a.people[Role.EDITOR], reason="Trùng họp tỉnh.")
        assert (second.stage, second.return_reason) == (EntryStage.RETURNED, "Trùng họp tỉnh.")
        with pytest.raises(ValidationError):
            return_entry(entry=second, actor=a.people[Role.EDITOR], reason="Lần nữa")
        assert accept_entries(pks=[second.pk], actor=a.people[Role.EDITOR]) == 0
        second.starts_at = time(15)
        propose_entry(entry=second, actor=a.people[Role.AUTHOR])
        second.refresh_from_db()
        assert (second.stage, second.return_reason) == (EntryStage.PROPOSED, "")
        assert ScheduleEntry.objects.waiting().count() == 2


def test_what_the_office_has_taken_in_the_department_changes_no_more(cast: Cast) -> None:
    a = cast.a
    proposal = make_proposal(a)
    accept(a, proposal)
    with unit_scope(a.unit):
        proposal.title = "Sửa sau lưng"
        with pytest.raises(ValidationError, match="báo Văn phòng"):
            propose_entry(entry=proposal, actor=a.people[Role.AUTHOR])


def test_the_office_returns_what_it_took_in_until_citizens_saw_it(cast: Cast) -> None:
    a = cast.a
    proposal, own = make_proposal(a), make_entry(a, starts_at=time(15))
    accept(a, proposal)
    with unit_scope(a.unit):
        with pytest.raises(ValidationError, match="phòng, ban"):
            return_entry(entry=own, actor=a.admin, reason="Không")
        return_entry(entry=proposal, actor=a.admin, reason="Để tuần sau")
        propose_entry(entry=proposal, actor=a.people[Role.AUTHOR])
    accept(a, proposal)
    publish(a)
    with unit_scope(a.unit), pytest.raises(ValidationError, match="phòng, ban"):
        return_entry(entry=proposal, actor=a.admin, reason="Muộn rồi")


def test_taking_in_undoes_the_approval(cast: Cast) -> None:
    make_entry(cast.a)
    proposal = make_proposal(cast.a, starts_at=time(14))
    week = _week(cast.a)
    with unit_scope(cast.a.unit):
        approve_week(week=week, actor=cast.a.admin)
        assert week.status == WeekStatus.APPROVED
    accept(cast.a, proposal)
    with unit_scope(cast.a.unit):
        week.refresh_from_db()
        assert week.status == WeekStatus.COLLECTING


def test_somebody_who_left_since_is_neither_taken_in_nor_published(cast: Cast) -> None:
    a, leader = cast.a, leader_of(cast.a)
    proposal = make_proposal(a, chair=leader, title="Của người đã đi")
    make_entry(a, persons=[leader], starts_at=time(14))
    with unit_scope(a.unit):
        leader.appointments.update(ends_on=date(2026, 11, 1))
        with pytest.raises(ValidationError, match=r"“Của người đã đi”: .* thôi giữ chức vụ"):
            accept_entries(pks=[proposal.pk], actor=a.admin)
        week = open_week(day=MONDAY)
        approve_week(week=week, actor=a.admin)
        with pytest.raises(ValidationError, match="thôi giữ chức vụ"):
            publish_week(week=week, actor=a.admin)
    assert _public(a) == []


def test_another_units_proposals_are_not_taken(cast: Cast) -> None:
    foreign = make_proposal(cast.b)
    assert accept(cast.a, foreign) == 0
    with unit_scope(cast.b.unit):
        assert ScheduleEntry.objects.waiting().count() == 1


# --- publishing ----------------------------------------------------------------------------------------------------------


def test_only_an_approved_table_is_published_and_twice_is_once(cast: Cast) -> None:
    a = cast.a
    week = _week(a)
    with unit_scope(a.unit):
        with pytest.raises(ValidationError, match="chưa có việc nào"):
            approve_week(week=week, actor=a.admin)
        make_entry(a)
        make_entry(a, visibility=Visibility.INTERNAL, title="Họp kín", starts_at=time(16))
        with pytest.raises(ValidationError, match="chưa duyệt"):
            publish_week(week=week, actor=a.admin)
        approve_week(week=week, actor=a.admin)
        mine, yours = ScheduleWeek.objects.get(), ScheduleWeek.objects.get()
        assert publish_week(week=mine, actor=a.admin) == 1
        generation = Unit.objects.get(pk=a.unit.pk).generation
        first = mine.published_at
        assert publish_week(week=yours, actor=a.people[Role.APPROVER]) == 0
        assert (yours.published_at, yours.published_by) == (first, a.admin)
        assert Unit.objects.get(pk=a.unit.pk).generation == generation
        assert not ScheduleChange.objects.exists()
    assert "Họp kín" not in _public(a)


def test_a_leader_twice_is_refused_until_each_has_a_reason(cast: Cast) -> None:
    a, leader, room = cast.a, leader_of(cast.a), room_of(cast.a)
    make_entry(a, chair=leader, room=room)
    second = make_entry(a, chair=leader, starts_at=time(8, 30), title="Hai")
    third = make_entry(a, room=room, starts_at=time(9), title="Ba")
    week = _week(a)
    with unit_scope(a.unit):
        approve_week(week=week, actor=a.admin)
        with pytest.raises(WeekHasConflicts) as refused:
            publish_week(week=week, actor=a.admin)
        assert {(one.entry_id, one.kind) for one in refused.value.conflicts} == {
            (second.pk, "person"),
            (third.pk, "room"),
        }
        with pytest.raises(WeekHasConflicts) as refused:
            publish_week(week=week, actor=a.admin, overrides={second.pk: "Ủy quyền đồng chí Phó", third.pk: "  "})
        assert [one.entry_id for one in refused.value.conflicts] == [third.pk]
        assert not ScheduleEntry.objects.exclude(override_reason="").exists()
        with pytest.raises(ValidationError):
            publish_week(week=week, actor=a.admin, overrides={second.pk: "x" * 301})
        assert _public(a) == []
        both = {second.pk: "Ủy quyền đồng chí Phó", third.pk: "Chia đôi phòng"}
        assert publish_week(week=week, actor=a.admin, overrides=both) == 3
        third.refresh_from_db()
        assert third.override_reason == "Chia đôi phòng"


def test_a_reason_holds_only_while_time_and_people_stay(cast: Cast) -> None:
    a, leader = cast.a, leader_of(cast.a)
    make_entry(a, chair=leader)
    second = make_entry(a, chair=leader, starts_at=time(8, 30))
    publish(a, overrides={second.pk: "Ủy quyền"})
    with unit_scope(a.unit):
        second.refresh_from_db()
        second.title = "Chỉ đổi tên"
        save_entry(entry=second, actor=a.admin)
        assert second.override_reason == "Ủy quyền"
        second.starts_at = time(8, 15)
        save_entry(entry=second, actor=a.admin)
        second.refresh_from_db()
        assert second.override_reason == ""
        with pytest.raises(WeekHasConflicts):
            publish_week(week=_week(a), actor=a.admin)


def test_reasons_for_other_entries_are_not_kept(cast: Cast) -> None:
    entry, foreign = make_entry(cast.a), make_entry(cast.b)
    publish(cast.a, overrides={entry.pk: "Vô cớ", foreign.pk: "Nhầm nhà"})
    for house, row in ((cast.a, entry), (cast.b, foreign)):
        with unit_scope(house.unit):
            row.refresh_from_db()
            assert row.override_reason == ""


def test_publishing_again_puts_out_what_was_added_and_says_so(cast: Cast) -> None:
    seen = make_public_entry(cast.a, title="Cũ")
    added = make_entry(cast.a, title="Mới", starts_at=time(16))
    assert _public(cast.a) == ["Cũ"]
    week = publish(cast.a)
    assert _public(cast.a) == ["Cũ", "Mới"]
    with unit_scope(cast.a.unit):
        assert [one.entry_id for one in ScheduleChange.objects.all()] == [added.pk]
        assert week.status == WeekStatus.PUBLISHED
        seen.refresh_from_db()
        assert seen.sequence == 0


def test_a_unit_that_has_ended_takes_nothing_new(cast: Cast) -> None:
    with unit_scope(cast.closed), pytest.raises(ValidationError, match="kết thúc hoạt động"):
        open_week(day=MONDAY)
