"""The Vietnamese lunar calendar, against days and moments that are known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from time import perf_counter

import pytest

from units.rules import lunar

# Mùng Một Tết as the State's calendars give it; 1985, 2007 and 2030 are not China's days.
TET = {
    1968: "01-29", 1969: "02-16", 1975: "02-11", 1976: "01-31", 1984: "02-02", 1985: "01-21", 1986: "02-09",
    1990: "01-27", 1995: "01-31", 1999: "02-16", 2000: "02-05", 2001: "01-24", 2002: "02-12", 2003: "02-01",
    2004: "01-22", 2005: "02-09", 2006: "01-29", 2007: "02-17", 2008: "02-07", 2009: "01-26", 2010: "02-14",
    2011: "02-03", 2012: "01-23", 2013: "02-10", 2014: "01-31", 2015: "02-19", 2016: "02-08", 2017: "01-28",
    2018: "02-16", 2019: "02-05", 2020: "01-25", 2021: "02-12", 2022: "02-01", 2023: "01-22", 2024: "02-10",
    2025: "01-29", 2026: "02-17", 2027: "02-06", 2028: "01-26", 2029: "02-13", 2030: "02-02",
}  # fmt: skip
LEAP_MONTHS = {
    1985: 2, 1987: 7, 1990: 5, 1993: 3, 1995: 8, 1998: 5, 2001: 4, 2004: 2, 2006: 7, 2009: 5, 2012: 4, 2014: 9, 2017: 6,
    2020: 4, 2023: 2, 2025: 6, 2028: 5, 2031: 3,
}  # fmt: skip
MID_AUTUMN = ("2020-10-01", "2021-09-21", "2022-09-10", "2023-09-29", "2024-09-17", "2025-10-06", "2026-09-25")
DAYS = {
    "2026-11-23": (15, 10, 2026, False),
    "2026-11-09": (1, 10, 2026, False),
    "2026-02-16": (29, 12, 2025, False),  # the last day of the year before Tết
    "2025-07-25": (1, 6, 2025, True),
    "2025-08-22": (29, 6, 2025, True),
    "2025-08-23": (1, 7, 2025, False),
    "2023-03-22": (1, 2, 2023, True),
    "2020-05-23": (1, 4, 2020, True),
    "2025-09-02": (11, 7, 2025, False),
    "2026-04-26": (10, 3, 2026, False),  # Giỗ Tổ Hùng Vương
    "2000-01-01": (25, 11, 1999, False),
}
SOLSTICES = {
    "2000-12-21T13:37": 270, "2020-03-20T03:50": 0, "2025-12-21T15:03": 270, "2026-03-20T14:46": 0, "2026-06-21T08:24": 90,
}  # fmt: skip
NEW_MOONS = ("2007-02-17T16:14", "2024-04-08T18:21", "2025-01-29T12:36", "2026-08-12T17:37", "2030-02-02T16:07")


def _julian(text: str) -> float:
    moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return (moment - datetime(2000, 1, 1, 12, tzinfo=UTC)) / timedelta(days=1) + 2451545


@pytest.mark.parametrize("year", TET)
def test_tet(year: int) -> None:
    assert lunar.new_year(year) == date.fromisoformat(f"{year}-{TET[year]}")
    assert lunar.lunar_date(lunar.new_year(year)) == lunar.LunarDate(1, 1, year)


def test_leap_months() -> None:
    found: dict[int, int] = {}
    for number in range((date(2031, 12, 31) - date(1985, 1, 21)).days):
        day = lunar.lunar_date(date(1985, 1, 21) + timedelta(days=number))
        assert day
        if day.is_leap:
            found[day.year] = day.month
    assert found == LEAP_MONTHS


@pytest.mark.parametrize("text", MID_AUTUMN)
def test_mid_autumn(text: str) -> None:
    found = lunar.lunar_date(date.fromisoformat(text))
    assert found
    assert (found.day, found.month) == (15, 8)


@pytest.mark.parametrize("text", DAYS)
def test_single_days(text: str) -> None:
    assert lunar.lunar_date(date.fromisoformat(text)) == lunar.LunarDate(*DAYS[text])


def test_every_day_follows_the_one_before() -> None:
    """Over all years there are: months of 29 or 30 days, twelve or thirteen to a year, no day twice, none left out."""
    before = lunar.lunar_date(date(lunar.FIRST_YEAR, 1, 1))
    assert before
    lengths: set[int] = set()
    for number in range(1, (date(lunar.LAST_YEAR, 12, 31) - date(lunar.FIRST_YEAR, 1, 1)).days + 1):
        day = lunar.lunar_date(date(lunar.FIRST_YEAR, 1, 1) + timedelta(days=number))
        assert day
        if day.day == 1:
            lengths.add(before.day)
            same = (day.month, day.year) == (before.month, before.year)
            assert day.is_leap if same else day.month == before.month % 12 + 1
            assert day.year == before.year + (day.month == 1 and not same)
        else:
            assert (day.day, day.month, day.year, day.is_leap) == (
                before.day + 1, before.month, before.year, before.is_leap,
            )  # fmt: skip
        before = day
    assert lengths == {29, 30}


@pytest.mark.parametrize("text", SOLSTICES)
def test_the_suns_longitude_is_right_to_two_minutes(text: str) -> None:
    off = (lunar.sun_longitude(_julian(text)) - SOLSTICES[text] + 180) % 360 - 180
    assert abs(off) / (360 / 365.25) * 24 * 60 < 2


@pytest.mark.parametrize("text", NEW_MOONS)
def test_new_moons_are_right_to_two_minutes(text: str) -> None:
    count = round((_julian(text) - 2451550.1) / 29.530588861)
    assert abs(lunar.new_moon(count) - _julian(text)) * 24 * 60 < 2


def test_words() -> None:
    assert lunar.lunar_words(date(2026, 11, 23)) == "15/10 âm lịch"
    assert lunar.lunar_words(date(2025, 8, 1)) == "8/6 nhuận âm lịch"


@pytest.mark.parametrize("day", [date(1967, 12, 31), date(2101, 1, 1), date.min, date.max])
def test_outside_the_years_nothing_is_claimed(day: date) -> None:
    assert lunar.lunar_date(day) is None
    assert lunar.lunar_words(day) == ""
    with pytest.raises(ValueError, match="no lunar calendar"):
        lunar.new_year(day.year)


def test_a_year_is_fast() -> None:
    lunar.lunar_date.cache_clear()
    lunar._months.cache_clear()
    begin = perf_counter()
    for number in range(365):
        lunar.lunar_date(date(2026, 1, 1) + timedelta(days=number))
    assert perf_counter() - begin < 0.5
