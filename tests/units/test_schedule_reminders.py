"""What the office hears on the last working day of the week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.core import mail

from portal.core.models import Holiday
from portal.core.tenancy import unit_scope
from tests.factories.cast import HANOI, NOW, Cast
from tests.factories.schedule import make_entry
from units.actions.schedule_reminders import is_last_working_day, remind_of_next_week
from units.enums import Role
from units.enums.schedule import WeekStatus
from units.models import ScheduleWeek


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_office_hears_on_friday_of_an_empty_week(cast: Cast) -> None:
    friday = datetime(2026, 11, 27, 14, 10, tzinfo=HANOI)
    editor = cast.a.people[Role.EDITOR]
    editor.email = "vanthu@example.vn"
    editor.save(update_fields=["email"])
    with time_machine.travel(friday, tick=False), unit_scope(cast.a.unit):
        assert remind_of_next_week() == 1
        assert remind_of_next_week() == 0
    (letter,) = mail.outbox
    assert letter.subject == "Lịch tuần từ 30/11/2026 còn trống"
    assert "/quan-tri/units/scheduleentry/tuan/2026/W49/" in letter.body
    assert cast.b.marker not in letter.body


@pytest.mark.parametrize(("published", "mails"), [(False, 1), (True, 0)])
def test_a_filled_week_is_mailed_about_until_it_is_published(cast: Cast, published: bool, mails: int) -> None:
    friday = datetime(2026, 11, 27, 14, 10, tzinfo=HANOI)
    editor = cast.a.people[Role.EDITOR]
    editor.email = "vanthu@example.vn"
    editor.save(update_fields=["email"])
    entry = make_entry(cast.a, day=date(2026, 11, 30))
    with unit_scope(cast.a.unit):
        if published:
            ScheduleWeek.objects.filter(pk=entry.week_id).update(status=WeekStatus.PUBLISHED)
        with time_machine.travel(friday, tick=False):
            assert remind_of_next_week() == mails
    assert [letter.subject for letter in mail.outbox] == ["Lịch tuần từ 30/11/2026 chưa công bố"][:mails]


def test_the_last_working_day_is_found_before_holidays_too(cast: Cast) -> None:
    assert is_last_working_day(date(2026, 11, 27))
    assert not is_last_working_day(date(2026, 11, 26))
    assert not is_last_working_day(date(2026, 11, 28))
    Holiday.objects.create(day=date(2026, 11, 27), name="Nghỉ", is_worked=False)
    assert is_last_working_day(date(2026, 11, 26))
