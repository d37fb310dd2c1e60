"""Dates and numbers as look.md words them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from portal.core.templatetags import portal_text as tags


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 11, 23), "Thứ Hai, 23/11/2026"),
        (date(2026, 2, 1), "Chủ Nhật, 01/02/2026"),
        (date(2026, 3, 9), "Thứ Hai, 09/3/2026"),
        (datetime(2026, 11, 21, 17, 0, tzinfo=UTC), "Chủ Nhật, 22/11/2026"),
        (datetime(2026, 11, 21, 16, 59, tzinfo=UTC), "Thứ Bảy, 21/11/2026"),
        (None, ""),
    ],
)
def test_long_dates_are_vietnamese_days(value: date | None, text: str) -> None:
    with translation.override("vi"):
        assert tags.date_long(value) == text


def test_other_forms() -> None:
    moment = datetime(2026, 11, 21, 17, 5, tzinfo=UTC)
    with translation.override("vi"):
        assert tags.datetime_long(moment) == "Chủ Nhật, 22/11/2026, 00:05"
        assert tags.date_short(moment) == "22/11"
        assert tags.date_full(moment) == "22/11/2026"
        assert tags.month_name(moment) == "Tháng 11"
        assert tags.day_number(date(2026, 1, 5)) == "05"
        assert tags.number_vi(1284) == "1.284"
        assert tags.number_vi(94.6) == "94,6"
        assert tags.number_vi(None) == ""


def test_an_icon_is_hidden_from_screen_readers_and_escapes_its_name() -> None:
    assert 'aria-hidden="true"' in tags.icon("search")
    assert "<script>" not in tags.icon("<script>")
