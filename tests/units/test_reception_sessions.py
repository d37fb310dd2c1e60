"""Sessions: written, published in time or late, changed, called off; regular ones made ahead; what the law counts."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError

from portal.core.models import AuditEntry, Holiday
from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast
from tests.factories.reception import TODAY, head_of, past_session_of, register, series_of, session_of, special_of
from units.actions.reception import (
    cancel_session,
    delete_session,
    finish_session,
    publish_sessions,
    restore_session,
    save_session,
)
from units.actions.reception_series import delete_series, plan_sessions, save_series
from units.enums import UnitKind
from units.enums.reception import SessionStatus
from units.models import ReceptionSession
from units.reception.measures import NoticeRule, counts_planned

THURSDAY = TODAY + timedelta(days=4)


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"ends_at": time(7, 30)}, "ends_at"), ({"ends_at": time(7)}, "ends_at"), ({"place": "  "}, "place"),
        ({"receiver_text": " "}, "receiver"), ({"kind": "SPECIAL"}, "subject"), ({"day": date(2026, 11, 21)}, "day"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_said_at_its_field(cast: Cast, more: dict[str, Any], field: str) -> None:
    values = {
        "day": THURSDAY, "starts_at": time(7, 30), "ends_at": time(11), "place": "Phòng 1", "receiver_text": "Chủ tịch",
    } | more  # fmt: skip
    with unit_scope(cast.a.unit):
        with pytest.raises(ValidationError) as wrong:
            save_session(session=ReceptionSession(**values), actor=cast.a.admin)
        assert field in wrong.value.message_dict
        assert not ReceptionSession.objects.exists()


def test_publishing_keeps_its_first_moment_and_is_measured(cast: Cast) -> None:
    a = cast.a
    near, far = session_of(a, seen=False), session_of(a, days=18, seen=False)
    gone = session_of(a, days=-1, seen=False)
    with unit_scope(a.unit):
        assert publish_sessions(pks=[near.pk, far.pk, gone.pk], actor=a.admin) == 2
        first = ReceptionSession.objects.get(pk=near.pk).published_at
        with time_machine.travel(NOW + timedelta(days=1), tick=False):
            assert publish_sessions(pks=[near.pk], actor=a.admin) == 0
        assert ReceptionSession.objects.get(pk=near.pk).published_at == first
        rule = NoticeRule.read(TODAY, TODAY + timedelta(days=30))
        late, fine = (rule.of(ReceptionSession.objects.get(pk=row.pk)) for row in (near, far))
        assert late is not None
        assert fine is not None
        # Sunday to Thursday: Monday, Tuesday, Wednesday and the day itself.
        assert (late.days, late.is_late) == (4, True)
        assert (fine.days, fine.is_late) == (14, False)
        assert rule.publish_by(THURSDAY) == date(2026, 11, 19)
        assert AuditEntry.objects.filter(verb="reception.publish").count() == 2


def test_holidays_count_and_special_sessions_are_never_late(cast: Cast) -> None:
    Holiday.objects.create(day=date(2026, 11, 24), name="Nghỉ bù")
    row, special = session_of(cast.a), special_of(cast.a, days=1)
    with unit_scope(cast.a.unit):
        rule = NoticeRule.read(TODAY, THURSDAY)
        notice, other = rule.of(row), rule.of(special)
    assert notice is not None
    assert notice.days == 3
    assert other is not None
    assert not other.is_late


def test_a_change_that_citizens_have_seen_needs_a_sentence(cast: Cast) -> None:
    a, row = cast.a, session_of(cast.a)
    with unit_scope(a.unit):
        row.day += timedelta(days=1)
        with pytest.raises(ValidationError, match="vì sao"):
            save_session(session=row, actor=a.admin)
        save_session(session=row, actor=a.admin, note="  Dời sang thứ Sáu vì họp. ")
        stored = ReceptionSession.objects.get(pk=row.pk)
        assert stored.change_note == "Dời sang thứ Sáu vì họp."
        assert stored.changed_at is not None
        stored.note = "Mang biên nhận"
        save_session(session=stored, actor=a.admin)
        assert ReceptionSession.objects.get(pk=row.pk).change_note == "Dời sang thứ Sáu vì họp."
        stored.day = TODAY - timedelta(days=1)
        with pytest.raises(ValidationError, match="đã qua"):
            save_session(session=stored, actor=a.admin, note="Sai")


def test_what_nobody_has_seen_changes_silently(cast: Cast) -> None:
    row = session_of(cast.a, seen=False)
    with unit_scope(cast.a.unit):
        row.place = "Hội trường"
        assert save_session(session=row, actor=cast.a.admin).changed_at is None


def test_places_never_fall_below_what_is_taken(cast: Cast) -> None:
    a, row = cast.a, session_of(cast.a, capacity=3)
    register(a, row)
    register(a, row, phone="0905123457")
    with unit_scope(a.unit):
        # The clerk's form was opened before anybody registered.
        row.capacity = 1
        with pytest.raises(ValidationError, match="2 người"):
            save_session(session=row, actor=a.admin)
        row.capacity = 2
        assert save_session(session=row, actor=a.admin).booked == 2


def test_calling_off_needs_a_reason_happens_once_and_can_be_taken_back(cast: Cast) -> None:
    a, row, over = cast.a, session_of(cast.a), past_session_of(cast.a)
    with unit_scope(a.unit):
        with pytest.raises(ValidationError):
            cancel_session(session=row, reason=" ", actor=a.admin)
        with pytest.raises(ValidationError, match="đã qua"):
            cancel_session(session=over, reason="Bão", actor=a.admin)
        assert cancel_session(session=row, reason="Bão số 9", actor=a.admin)
        assert not cancel_session(session=row, reason="Lần nữa", actor=a.admin)
        assert row.cancel_reason == "Bão số 9"
        with pytest.raises(ValidationError, match="hoãn"):
            save_session(session=row, actor=a.admin, note="x")
        assert restore_session(session=row, actor=a.admin)
        assert not restore_session(session=row, actor=a.admin)
        assert row.status == SessionStatus.PLANNED
        assert "Vẫn tiếp" in row.change_note


def test_a_session_has_taken_place_only_after_it_began(cast: Cast) -> None:
    today = session_of(cast.a, days=0, starts_at=time(7), ends_at=time(11))
    later = session_of(cast.a, days=0, starts_at=time(14), ends_at=time(16))
    with unit_scope(cast.a.unit):
        assert finish_session(session=today, actor=cast.a.admin)
        assert not finish_session(session=today, actor=cast.a.admin)
        with pytest.raises(ValidationError):
            finish_session(session=later, actor=cast.a.admin)


def test_only_what_nobody_saw_is_deleted(cast: Cast) -> None:
    a, seen, unseen = cast.a, session_of(cast.a), session_of(cast.a, seen=False)
    with unit_scope(a.unit):
        with pytest.raises(ValidationError):
            delete_session(session=seen, actor=a.admin)
        delete_session(session=unseen, actor=a.admin)
        assert ReceptionSession.objects.get().pk == seen.pk


# --- regular reception ------------------------------------------------------------------------------------------------


def test_sessions_are_made_nine_weeks_ahead_once(cast: Cast) -> None:
    series = series_of(cast.a)
    with unit_scope(cast.a.unit):
        made = plan_sessions(today=TODAY)
        days = list(ReceptionSession.objects.values_list("day", flat=True))
        assert made == len(days) == 9
        assert {day.weekday() for day in days} == {3}
        assert plan_sessions(today=TODAY) == 0
        row = ReceptionSession.objects.earliest("day")
        assert (row.series_id, row.published_at, row.place) == (series.pk, None, series.place)
        cancel_session(session=row, reason="Bão", actor=None)
        assert plan_sessions(today=TODAY) == 0


def test_a_holiday_moves_to_the_next_working_day_or_is_left_out(cast: Cast) -> None:
    for day in (date(2026, 12, 3), date(2026, 12, 4)):
        Holiday.objects.create(day=day, name="Nghỉ lễ")
    # A whole week and the next Thursday: the turn would fall on the following one.
    for number in range(17, 25):
        Holiday.objects.create(day=date(2026, 12, number), name="Nghỉ dài")
    series_of(cast.a)
    with unit_scope(cast.a.unit):
        plan_sessions(today=TODAY)
        rows = {row.series_day: row for row in ReceptionSession.objects.filter(day__lt=date(2027, 1, 1))}
    moved = rows[date(2026, 12, 3)]
    assert moved.day == date(2026, 12, 7)
    assert "Nghỉ lễ" in moved.change_note
    assert date(2026, 12, 17) not in rows
    assert rows[date(2026, 12, 24)].day == date(2026, 12, 25)


def test_a_changed_series_makes_anew_what_nobody_saw_and_leaves_the_rest(cast: Cast) -> None:
    a, series = cast.a, series_of(cast.a)
    with unit_scope(a.unit):
        plan_sessions(today=TODAY)
        seen = ReceptionSession.objects.earliest("day")
        publish_sessions(pks=[seen.pk], actor=None)
        series.starts_at, series.rule = time(8), "freq=weekly;byday=tu"
        save_series(series=series, actor=a.admin)
        assert series.rule == "FREQ=WEEKLY;BYDAY=TU"
        rows = ReceptionSession.objects.exclude(pk=seen.pk)
        assert {row.day.weekday() for row in rows} == {1}
        assert ReceptionSession.objects.get(pk=seen.pk).starts_at == time(7, 30)
        delete_series(series=series, actor=a.admin)
        assert ReceptionSession.objects.get().pk == seen.pk


@pytest.mark.parametrize("rule", ["", "DAILY", "FREQ=SECONDLY", "x" * 300])
def test_no_rule_is_refused(cast: Cast, rule: str) -> None:
    series = series_of(cast.a)
    with unit_scope(cast.a.unit):
        series.rule = rule
        with pytest.raises(ValidationError):
            save_series(series=series, actor=None)


def test_ended_and_resting_series_make_nothing(cast: Cast) -> None:
    series_of(cast.a, is_active=False)
    series_of(cast.a, ends_on=TODAY - timedelta(days=1))
    series_of(cast.b)
    with unit_scope(cast.a.unit):
        assert plan_sessions(today=TODAY) == 0


def test_a_leader_who_left_receives_nobody(cast: Cast) -> None:
    a, head = cast.a, head_of(cast.a)
    with unit_scope(a.unit):
        head.appointments.update(ends_on=date(2026, 12, 10))
        session = session_of(a, seen=False, receiver=head)
        session.day = date(2026, 12, 17)
        with pytest.raises(ValidationError) as wrong:
            save_session(session=session, actor=a.admin)
        assert "receiver" in wrong.value.message_dict
        series_of(a, receiver=head, receiver_text="")
        ReceptionSession.objects.all().delete()
        plan_sessions(today=TODAY)
        assert list(ReceptionSession.objects.values_list("day", flat=True)) == [
            date(2026, 11, 26), date(2026, 12, 3), date(2026, 12, 10),
        ]  # fmt: skip


# --- what the law counts ----------------------------------------------------------------------------------------------


def test_days_of_the_head_are_counted_against_the_law(cast: Cast) -> None:
    a, head = cast.a, head_of(cast.a)
    for days in (11, 18, 25):
        session_of(a, days=days, receiver=head)
    session_of(a, days=25, receiver=head, starts_at=time(14), ends_at=time(16))  # the same day
    session_of(a, days=12)  # somebody else
    session_of(a, days=13, receiver=head, status=SessionStatus.CANCELLED)
    with unit_scope(a.unit):
        this, following = counts_planned(UnitKind.COMMUNE, TODAY)
    assert (this.month, this.days) == (date(2026, 11, 1), 0)
    assert (following.days, following.term.number, following.missing, following.is_short) == (3, 4, 1, True)
    assert "Chủ tịch" in following.head_title


def test_without_leaders_every_day_counts_and_without_law_nothing_does(cast: Cast) -> None:
    session_of(cast.a, days=12)
    with unit_scope(cast.a.unit):
        assert [count.days for count in counts_planned(UnitKind.COMMUNE, TODAY)] == [0, 1]
        assert counts_planned("", TODAY) == []
