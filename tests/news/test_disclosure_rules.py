"""Periods and deadlines of what must be disclosed: numbers of periods, weekends, Tết, what counts as missing and since when."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from news.enums.disclosure import DisclosurePeriod
from news.models import DisclosureDuty
from news.rules.disclosure import (
    days_late,
    due_day,
    expected_periods,
    overdue_from,
    period_at,
    period_words,
    periods_back,
    standing_since,
    title_of,
)
from portal.core.working_days import WorkingCalendar

PLAIN = WorkingCalendar({})
SINCE = date(2025, 7, 1)
TODAY = date(2026, 11, 22)


def terms(period: str, **more: Any) -> Any:
    values = {
        "period": period, "due_days": 5, "in_working_days": True, "due_from": "PERIOD_END",
        "valid_from": date(2020, 1, 1), "valid_to": None,
    }  # fmt: skip
    return SimpleNamespace(**{**values, **more})


@pytest.mark.parametrize(
    ("kind", "part", "first", "last"),
    [
        ("MONTH", 2, date(2026, 2, 1), date(2026, 2, 28)),
        ("MONTH", 12, date(2026, 12, 1), date(2026, 12, 31)),
        ("QUARTER", 3, date(2026, 7, 1), date(2026, 9, 30)),
        ("YEAR_TO_DATE", 9, date(2026, 1, 1), date(2026, 9, 30)),
        ("HALF_YEAR", 2, date(2026, 7, 1), date(2026, 12, 31)),
        ("YEAR", 0, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_has_its_days(kind: str, part: int, first: date, last: date) -> None:
    period = period_at(kind, 2026, part)
    assert period is not None
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    ("kind", "year", "part"),
    [
        ("MONTH", 2026, 13), ("MONTH", 2026, 0), ("QUARTER", 2026, 5), ("YEAR_TO_DATE", 2026, 12), ("HALF_YEAR", 2026, 3),
        ("YEAR", 2026, 1), ("YEAR", 0, 0), ("YEAR", 99999, 0), ("YEAR", None, 0), ("EVENT", 2026, 0), ("JUNK", 2026, 1),
    ],
)  # fmt: skip
def test_there_is_no_such_period(kind: str, year: int | None, part: int) -> None:
    assert period_at(kind, year, part) is None


def test_leap_days_belong_to_february() -> None:
    period = period_at("MONTH", 2028, 2)
    assert period is not None
    assert period.last == date(2028, 2, 29)


def test_nine_months_are_not_spoken_of_in_february() -> None:
    named = [
        (period.year, period.part)
        for period, _ in zip(periods_back("YEAR_TO_DATE", date(2026, 2, 3)), range(2), strict=False)
    ]
    assert named == [(2026, 3), (2025, 9)]


@pytest.mark.parametrize(
    ("words", "kind", "part"),
    [
        ("tháng 5 năm 2026", "MONTH", 5), ("quý III năm 2026", "QUARTER", 3), ("9 tháng năm 2026", "YEAR_TO_DATE", 9),
        ("6 tháng đầu năm 2026", "HALF_YEAR", 1), ("6 tháng cuối năm 2026", "HALF_YEAR", 2), ("năm 2026", "YEAR", 0),
        ("", "EVENT", 0), ("", "STANDING", 0),
    ],
)  # fmt: skip
def test_periods_in_words(words: str, kind: str, part: int) -> None:
    assert period_words(kind, 2026, part) == words


def test_a_title_names_the_period() -> None:
    assert title_of("Thực hiện dự toán", "YEAR_TO_DATE", 2026, 9) == "Thực hiện dự toán, 9 tháng năm 2026"
    assert title_of("Dự án", "EVENT", 2026, 0) == "Dự án"


# --- deadlines --------------------------------------------------------------------------------------------------------


def test_working_days_leave_the_weekend_out() -> None:
    quarter = period_at("QUARTER", 2026, 3)  # ends on Wednesday, 30 September
    assert due_day(terms("QUARTER"), quarter, None, PLAIN) == date(2026, 10, 7)


@pytest.mark.django_db
def test_tet_and_weekends_do_not_count() -> None:
    calendar = WorkingCalendar.around(date(2026, 1, 1), date(2026, 12, 31))
    signed = date(2026, 2, 13)  # the Friday before Tết, 16 to 20 February
    assert due_day(terms("EVENT", due_from="SIGNED"), None, signed, calendar) == date(2026, 2, 27)
    assert due_day(terms("EVENT", due_from="SIGNED", due_days=1), None, signed, calendar) == date(2026, 2, 23)


@pytest.mark.django_db
def test_a_term_of_days_that_ends_on_a_day_of_rest_ends_with_the_next_working_day() -> None:
    calendar = WorkingCalendar.around(date(2026, 1, 1), date(2026, 12, 31))
    days = terms("EVENT", due_from="SIGNED", in_working_days=False)
    assert due_day(days, None, date(2026, 2, 13), calendar) == date(2026, 2, 23)  # 18 February is Tết
    assert due_day(days, None, date(2026, 11, 17), calendar) == date(2026, 11, 23)  # 22 November is a Sunday
    assert due_day(days, None, date(2026, 11, 16), calendar) == date(2026, 11, 23)
    assert due_day(days, None, date(2026, 11, 11), calendar) == date(2026, 11, 16)


def test_from_the_first_day_from_the_last_day_from_signing() -> None:
    year = period_at("YEAR", 2026, 0)
    calendar_days = {"in_working_days": False, "due_days": 30}
    assert due_day(terms("YEAR", due_from="PERIOD_START", **calendar_days), year, None, PLAIN) == date(2026, 2, 2)
    assert due_day(terms("YEAR", due_from="PERIOD_END", **calendar_days), year, None, PLAIN) == date(2027, 2, 1)
    assert due_day(terms("YEAR", due_from="SIGNED"), year, None, PLAIN) is None
    assert due_day(terms("YEAR", due_from="SIGNED"), year, date(2026, 3, 2), PLAIN) == date(2026, 3, 9)


def test_lateness_is_counted_as_the_duty_counts() -> None:
    due, done = date(2026, 11, 20), date(2026, 11, 23)  # Friday, Monday
    assert days_late(terms("EVENT"), due, done, PLAIN) == 1
    assert days_late(terms("EVENT", in_working_days=False), due, done, PLAIN) == 3
    assert days_late(terms("EVENT"), due, due, PLAIN) == 0
    assert days_late(terms("EVENT"), None, done, PLAIN) == 0
    assert days_late(terms("EVENT", in_working_days=False), date(2000, 1, 1), date(2100, 1, 1), PLAIN) == 32_000


# --- what is asked for ------------------------------------------------------------------------------------------------


def asked(*rows: Any, since: date = SINCE, today: date = TODAY) -> list[tuple[int, int]]:
    return [(period.year, period.part) for period, _terms in expected_periods(rows, since, today)]


def test_quarters_since_the_unit_began() -> None:
    assert asked(terms("QUARTER")) == [(2026, 4), (2026, 3), (2026, 2), (2026, 1), (2025, 4), (2025, 3)]


def test_a_year_that_had_begun_before_the_unit_is_not_asked_for() -> None:
    assert asked(terms("YEAR")) == [(2026, 0)]
    assert asked(terms("YEAR_TO_DATE")) == [(2026, 9), (2026, 6), (2026, 3)]


def test_a_duty_asks_from_its_own_first_day() -> None:
    assert asked(terms("QUARTER", valid_from=date(2026, 7, 1)), since=date(2020, 1, 1)) == [(2026, 4), (2026, 3)]


@pytest.mark.parametrize(
    ("kind", "most"), [("MONTH", 12), ("QUARTER", 8), ("YEAR_TO_DATE", 6), ("HALF_YEAR", 4), ("YEAR", 3)]
)
def test_only_the_last_periods_are_asked_for(kind: str, most: int) -> None:
    assert len(asked(terms(kind, valid_from=date(2010, 1, 1)), since=date(2010, 1, 1))) == most


@pytest.mark.parametrize("kind", ["EVENT", "STANDING"])
def test_what_has_no_periods_asks_for_none(kind: str) -> None:
    assert asked(terms(kind)) == []
    assert asked() == []


def test_each_period_follows_the_terms_of_its_last_day() -> None:
    old = terms("YEAR", due_days=10, valid_to=date(2026, 3, 24))
    new = terms("YEAR", due_days=20, valid_from=date(2026, 3, 25))
    found = expected_periods([new, old], date(2024, 1, 1), TODAY)
    assert [(period.year, row.due_days) for period, row in found] == [(2026, 20), (2025, 10), (2024, 10)]


def test_after_the_duty_ended_nothing_is_asked_for() -> None:
    assert asked(terms("QUARTER", valid_to=date(2026, 3, 31))) == [(2026, 1), (2025, 4), (2025, 3)]


def test_missing_begins_the_day_after_the_deadline() -> None:
    quarter = period_at("QUARTER", 2026, 3)
    assert quarter is not None
    assert overdue_from(terms("QUARTER"), quarter, PLAIN) == date(2026, 10, 8)
    # Nothing signed, so nothing late before the period itself is over.
    assert overdue_from(terms("QUARTER", due_from="SIGNED"), quarter, PLAIN) == date(2026, 10, 1)


def test_what_must_always_be_there_is_missing_some_days_after_duty_and_unit_began() -> None:
    assert standing_since(terms("STANDING"), SINCE, PLAIN) == date(2025, 7, 9)
    assert standing_since(terms("STANDING", valid_from=date(2026, 7, 1)), SINCE, PLAIN) == date(2026, 7, 9)


# --- the seed ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_seeded_duties_are_whole() -> None:
    rows = list(DisclosureDuty.objects.all())
    assert sum(1 for row in rows if row.group == "COMMUNE") == 14
    for row in rows:
        row.full_clean()
        assert row.source
        assert row.explanation
        assert set(row.kinds) <= {"PROVINCE", "DEPARTMENT", "COMMUNE"}
        assert row.period in DisclosurePeriod.values
    codes = {(row.code, row.period) for row in rows}
    assert len(codes) == len({row.code for row in rows}), "a duty comes round the same way in all its rows"


@pytest.mark.django_db
def test_the_seed_can_be_taken_back() -> None:
    seed = import_module("news.migrations.0015_seed_disclosure_duties")
    apps = MigrationLoader(connection).project_state([("news", "0015_seed_disclosure_duties")]).apps
    number = DisclosureDuty.objects.count()
    seed.remove(apps, None)
    assert DisclosureDuty.objects.count() == 0
    seed.add(apps, None)
    seed.add(apps, None)
    assert DisclosureDuty.objects.count() == number
