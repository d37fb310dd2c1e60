"""Recurring meetings: rules made from a clerk's choices, read aloud, and worked out day by day."""

from __future__ import annotations

import time
from datetime import date

import pytest
from django import forms

from units.forms.recurrence import RecurrenceFields, month_days_of
from units.rules.recurrence import Repeat, check_rule, make_rule, occurrences, read_rule, rule_words

START = date(2026, 11, 2)
YEAR_END = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", "Thứ Hai hằng tuần"),
        ("FREQ=WEEKLY;BYDAY=MO,TH,SU", "Thứ Hai, thứ Năm và Chủ nhật hằng tuần"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "Thứ Ba, hai tuần một lần"),
        ("FREQ=MONTHLY;BYMONTHDAY=10", "Ngày 10 hằng tháng"),
        ("FREQ=MONTHLY;BYMONTHDAY=10,25", "Ngày 10 và ngày 25 hằng tháng"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "Ngày cuối tháng"),
        ("FREQ=MONTHLY;BYDAY=1TH", "Thứ Năm tuần đầu của tháng"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "Thứ Sáu tuần cuối của tháng"),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231T000000Z", "Thứ Hai hằng tuần, đến hết ngày 31/12/2026"),
        ("FREQ=YEARLY;BYMONTH=1", "Lặp theo quy tắc FREQ=YEARLY;BYMONTH=1"),
    ],
)
def test_a_rule_is_read_aloud(rule: str, words: str) -> None:
    assert rule_words(rule) == words


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", ["11-23", "11-30", "12-07"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", ["11-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=10", ["12-10"]),
        ("FREQ=MONTHLY;BYDAY=1TH", ["12-03"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", ["11-27"]),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=4", ["11-23"]),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20261130T000000Z", ["11-23", "11-30"]),
    ],
)
def test_the_days_of_a_rule(rule: str, days: list[str]) -> None:
    found = occurrences(rule, START, date(2026, 11, 17), date(2026, 12, 13))
    assert [f"{day:%m-%d}" for day in found] == days


def test_every_two_weeks_counts_from_the_first_week() -> None:
    rule = make_rule(Repeat.BIWEEKLY, weekdays=["MO"])
    assert occurrences(rule, date(2026, 11, 4), START, YEAR_END)[0] == date(2026, 11, 16)


def test_a_month_without_the_day_is_passed_over() -> None:
    rule = make_rule(Repeat.MONTH_DAY, month_days=[31])
    assert occurrences(rule, START, START, YEAR_END) == [date(2026, 12, 31)]


def test_what_is_made_is_read_back() -> None:
    for repeat, options in (
        (Repeat.WEEKLY, {"weekdays": ("MO", "FR")}),
        (Repeat.BIWEEKLY, {"weekdays": ("WE",)}),
        (Repeat.MONTH_DAY, {"month_days": (5, 20, -1)}),
        (Repeat.MONTH_WEEKDAY, {"weekdays": ("TH",), "position": -1}),
    ):
        chosen = read_rule(make_rule(repeat, **options))
        assert chosen is not None
        assert chosen.repeat == repeat
        for name, value in options.items():
            assert getattr(chosen, name) == value


@pytest.mark.parametrize(
    "rule",
    ["", "Thứ Hai", "FREQ=SECONDLY", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;COUNT=99999",
     "FREQ=WEEKLY;BYDAY=MO\nDTSTART:20200101", "FREQ=WEEKLY;FREQ=DAILY", "FREQ=MONTHLY;BYMONTHDAY=99", "FREQ=MONTHLY;BYMONTHDAY=0",
     "FREQ=WEEKLY;BYHOUR=3", "FREQ=DAILY;INTERVAL=7;BYDAY=TU", "X" * 300, "FREQ=DAILY;UNTIL=20200101", "FREQ=WEEKLY;INTERVAL=-1"],
)  # fmt: skip
def test_no_rule_of_ours(rule: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        check_rule(rule, START)


def test_a_rule_that_never_comes_round_is_found_out_quickly() -> None:
    began = time.process_time()
    with pytest.raises(ValueError, match="never"):
        check_rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", START)
    with pytest.raises(ValueError, match="not supported"):
        check_rule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", START)
    assert occurrences("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", START, START, YEAR_END) == []
    assert time.process_time() - began < 3  # of the processor: the machine may be busy


@pytest.mark.parametrize(
    ("text", "days"),
    [("10", [10]), ("10, 25", [10, 25]), ("ngày 10 và 25", [10, 25]), ("cuối tháng", [-1]), ("5; ngày cuối", [5, -1])],
)
def test_days_of_a_month_as_people_write_them(text: str, days: list[int]) -> None:
    assert month_days_of(text) == days


class _Form(RecurrenceFields):
    starts_on = forms.DateField()


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"repeat": "WEEKLY", "weekdays": ["TH", "MO"]}, "FREQ=WEEKLY;BYDAY=MO,TH"),
        ({"repeat": "BIWEEKLY", "weekdays": ["MO"]}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ({"repeat": "MONTH_DAY", "month_days": "10, 25"}, "FREQ=MONTHLY;BYMONTHDAY=10,25"),
        ({"repeat": "MONTH_WEEKDAY", "weekdays": ["TH"], "position": "1"}, "FREQ=MONTHLY;BYDAY=1TH"),
    ],
)
def test_the_form_makes_the_rule_and_shows_it_again(values: dict[str, object], rule: str) -> None:
    form = _Form({"starts_on": "2026-11-02", **values})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["rule"] == rule
    again = _Form({"starts_on": "2026-11-02", **RecurrenceFields.rule_initial(rule)})
    assert again.is_valid()
    assert again.cleaned_data["rule"] == rule


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"repeat": "WEEKLY"}, "weekdays"),
        ({"repeat": "MONTH_DAY", "month_days": "32"}, "month_days"),
        ({"repeat": "MONTH_DAY", "month_days": "mùng mười"}, "month_days"),
        ({"repeat": "MONTH_DAY", "month_days": "²"}, "month_days"),
        ({"repeat": "MONTH_DAY"}, "month_days"),
        ({"repeat": "MONTH_WEEKDAY", "weekdays": ["TH"], "position": "7"}, "position"),
        ({"repeat": "EVERY_SECOND"}, "repeat"),
        ({"repeat": "WEEKLY", "weekdays": ["XX"]}, "weekdays"),
    ],
)
def test_the_form_says_which_field(values: dict[str, object], field: str) -> None:
    form = _Form({"starts_on": "2026-11-02", **values})
    assert not form.is_valid()
    assert list(form.errors) == [field]
