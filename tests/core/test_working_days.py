"""Terms in working days against spans counted by hand on the calendar, over Tết, a worked Saturday, a weekend holiday."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from portal.core.holidays import save_holiday, years_without_tet
from portal.core.models import AuditEntry, Holiday
from portal.core.tenancy import unit_scope
from portal.core.working_days import MOST_DAYS, WorkingCalendar, due_day, working_days_late
from tests.factories.cast import Cast
from tests.factories.visits import body_of, visit

HOLIDAYS = "/quan-tri/core/holiday/"


# Each line counted day by day on a wall calendar.
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        # Fri 20/11/2026 → Mon 23, Tue 24: two days.
        (date(2026, 11, 20), 2, date(2026, 11, 24)),
        # Signed on a Saturday: Mon 23 is the first day.
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        # Over Tết Bính Ngọ: Thu 12/2 → Fri 13; 14–22/2 off; Mon 23, Tue 24, Wed 25, Thu 26.
        (date(2026, 2, 12), 5, date(2026, 2, 26)),
        # Over Tết Ất Tỵ: Fri 24/1/2025 → 25/1–2/2 off; Mon 3/2, Tue 4/2.
        (date(2025, 1, 24), 2, date(2025, 2, 4)),
        # A worked Saturday: Thu 8/1/2026 → Fri 9, Sat 10 (worked instead of Fri 2), Mon 12.
        (date(2026, 1, 8), 3, date(2026, 1, 12)),
        # The day that was given for it: Wed 31/12/2025 → Thu 1 and Fri 2 off, Mon 5.
        (date(2025, 12, 31), 1, date(2026, 1, 5)),
        # Giỗ Tổ on Sunday 26/4/2026: Monday 27 is off as well; Fri 24/4 → Tue 28, Wed 29, then 30/4 and 1/5 off, Mon 4/5.
        (date(2026, 4, 24), 3, date(2026, 5, 4)),
        # Quốc khánh 2026: Fri 21/8 → Sat 22 worked, Mon 24 … Fri 28 (six days), 29/8–2/9 off, Thu 3/9 is the seventh.
        (date(2026, 8, 21), 7, date(2026, 9, 3)),
        # 30/4 and 1/5/2025 with Fri 2/5 off and Sat 26/4 worked: Fri 25/4 → Sat 26, Mon 28, Tue 29, Mon 5/5.
        (date(2025, 4, 25), 4, date(2025, 5, 5)),
        # No days: the day itself, off or not.
        (date(2026, 2, 17), 0, date(2026, 2, 17)),
    ],
)
def test_a_term_ends_on_the_day_counted_by_hand(start: date, days: int, last: date) -> None:
    assert due_day(start, days) == last


@pytest.mark.django_db
def test_days_late_are_working_days_only() -> None:
    # Due on Fri 13/2/2026, done on Tue 24/2: Tết does not count, Mon 23 and Tue 24 do.
    assert working_days_late(date(2026, 2, 13), date(2026, 2, 24)) == 2
    assert working_days_late(date(2026, 2, 13), date(2026, 2, 22)) == 0, "whoever publishes at Tết is in time"
    assert working_days_late(date(2026, 2, 24), date(2026, 2, 13)) == 0


@pytest.mark.django_db
def test_counting_forth_and_back_agrees_over_two_years() -> None:
    first, last = date(2025, 1, 1), date(2027, 1, 1)
    calendar = WorkingCalendar.around(first, last)
    for days in range(1, 400, 7):
        end = calendar.after(first, days)
        assert calendar.between(first, end) == days
        assert calendar.is_working(end)


def test_a_year_without_rows_has_weekends_only() -> None:
    calendar = WorkingCalendar({})
    assert calendar.after(date(2031, 1, 3), 1) == date(2031, 1, 6)


@pytest.mark.parametrize("days", [-1, MOST_DAYS + 1])
def test_a_senseless_term_is_refused(days: int) -> None:
    with pytest.raises(ValueError, match="working days"):
        WorkingCalendar({}).after(date(2026, 1, 1), days)


@pytest.mark.django_db
def test_every_seeded_day_names_its_source_and_changes_something() -> None:
    rows = list(Holiday.objects.all())
    assert {row.day.year for row in rows} >= {2025, 2026, 2027}
    assert all(row.source for row in rows)
    for row in rows:
        is_weekday = row.day.weekday() < 5
        assert not (row.is_worked and is_weekday), row
    # As many Saturdays are worked as days were exchanged for them.
    exchanged = [row for row in rows if row.name.startswith("Nghỉ thay")]
    assert len(exchanged) == sum(row.is_worked for row in rows) == 3


@pytest.mark.django_db
def test_the_coming_year_is_asked_for_from_autumn_on() -> None:
    assert years_without_tet(date(2026, 9, 30)) == []
    assert years_without_tet(date(2026, 10, 1)) == [2027]
    for day in (5, 8, 9, 10):
        Holiday.objects.create(day=date(2027, 2, day), name="Nghỉ Tết")
    assert years_without_tet(date(2026, 10, 1)) == []


def test_operators_are_told_on_their_desk_and_nobody_else(cast: Cast, clock: time_machine.Traveller) -> None:
    words = "Chưa có ngày nghỉ Tết năm 2027"
    assert words in body_of(visit(cast.a.host, "/quan-tri/", user=cast.operator))
    assert words not in body_of(visit(cast.a.host, "/quan-tri/", user=cast.a.admin))


def test_an_operator_writes_a_day_and_terms_follow(cast: Cast) -> None:
    assert due_day(date(2026, 12, 22), 1) == date(2026, 12, 23)
    client = Client()
    client.force_login(cast.operator)
    data = {"day": "2026-12-23", "name": "Nghỉ  đột xuất", "source": "Thông báo số 1"}
    sent = client.post(f"{HOLIDAYS}add/", data, headers={"host": cast.a.host})
    assert sent.status_code == 302
    assert due_day(date(2026, 12, 22), 1) == date(2026, 12, 24)
    row = Holiday.objects.get(day=date(2026, 12, 23))
    assert row.name == "Nghỉ đột xuất"
    with unit_scope(cast.a.unit):
        assert AuditEntry.objects.filter(verb="holiday.save", actor=cast.operator, target_id=row.pk).exists()


def test_a_working_day_worked_is_refused_with_a_sentence(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.operator)
    data = {"day": "2026-12-23", "name": "Làm bù", "is_worked": "on", "source": ""}
    sent: Any = client.post(f"{HOLIDAYS}add/", data, headers={"host": cast.a.host})
    assert "Ngày này vốn là ngày làm việc" in body_of(sent)
    assert not Holiday.objects.filter(day=date(2026, 12, 23)).exists()
    with unit_scope(cast.a.unit), pytest.raises(ValidationError):
        save_holiday(holiday=Holiday(day=date(2026, 12, 23), name="Làm bù", is_worked=True), actor=None)


def test_the_calendar_is_not_for_units(cast: Cast) -> None:
    for path in (HOLIDAYS, f"{HOLIDAYS}add/", "/quan-tri/news/disclosurerule/", "/quan-tri/news/disclosurerule/add/"):
        assert visit(cast.a.host, path, user=cast.a.admin).status_code == 403, path
        assert visit(cast.a.host, path, user=cast.operator).status_code == 200, path
