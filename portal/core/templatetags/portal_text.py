"""Dates, numbers and icons as look.md words them."""

import re
from datetime import date, datetime
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

register = template.Library()
PHONE_DIGITS = re.compile(r"\+?\d[\d .]{6,}")

WEEKDAYS = [
    gettext_lazy("Thứ Hai"),
    gettext_lazy("Thứ Ba"),
    gettext_lazy("Thứ Tư"),
    gettext_lazy("Thứ Năm"),
    gettext_lazy("Thứ Sáu"),
    gettext_lazy("Thứ Bảy"),
    gettext_lazy("Chủ Nhật"),
]


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def _day(value: date) -> str:
    # 0 before days under 10 and before months 1 and 2, as official documents write (Nghị định 30/2020/NĐ-CP).
    month = f"{value.month:02d}" if value.month <= 2 else str(value.month)  # noqa: PLR2004 - January and February
    return f"{value.day:02d}/{month}"


@register.filter
def date_long(value: date | datetime | None) -> str:
    """``Thứ Hai, 23/11/2026``; empty for None."""
    if not value:
        return ""
    local = _local(value)
    return f"{WEEKDAYS[local.weekday()]}, {_day(local)}/{local.year}"


@register.filter
def weekday_name(value: date | datetime | None) -> str:
    """``Thứ Hai``; empty for None."""
    return str(WEEKDAYS[_local(value).weekday()]) if value else ""


@register.filter
def date_full(value: date | datetime | None) -> str:
    """``23/11/2026``; empty for None."""
    if not value:
        return ""
    local = _local(value)
    return f"{_day(local)}/{local.year}"


@register.filter
def date_short(value: date | datetime | None) -> str:
    """``23/11``; empty for None."""
    return _day(_local(value)) if value else ""


@register.filter
def datetime_long(value: datetime | None) -> str:
    """``Thứ Hai, 23/11/2026, 08:40``; empty for None."""
    return f"{date_long(value)}, {_local(value):%H:%M}" if value else ""


@register.filter
def datetime_short(value: datetime | None) -> str:
    """``08:40, 23/11/2026``; empty for None."""
    return f"{_local(value):%H:%M}, {date_full(value)}" if value else ""


@register.filter
def month_name(value: date | datetime | None) -> str:
    """``Tháng 11``; empty for None."""
    return _("Tháng %(number)d") % {"number": _local(value).month} if value else ""


@register.filter
def day_number(value: date | datetime | None) -> str:
    """Day of the month in two digits, for date tiles; empty for None."""
    return f"{_local(value).day:02d}" if value else ""


@register.filter
def number_vi(value: float | None) -> str:
    """``1.284`` and ``94,6``: grouped by the active language; empty for None."""
    return "" if value is None else number_format(value, use_l10n=True, force_grouping=True)


@register.filter
def file_size(size: int | None) -> str:
    """``1,4 MB``, ``320 KB``; empty for None."""
    if size is None:
        return ""
    if size < 1000 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{number_format(round(size / (1024 * 1024), 1), use_l10n=True)} MB"


@register.filter
def tel(phone: str) -> str:
    """A phone number as a ``tel:`` address: its first run of digits, without what is written around it."""
    match = PHONE_DIGITS.search(str(phone))
    return f"tel:{re.sub(r'[^0-9+]', '', match.group())}" if match else ""


@lru_cache(maxsize=1)
def _sprite() -> str:
    return static("icons/icons.svg")


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing from the sprite, always beside a word, hence hidden from screen readers."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false" width="24" height="24"><use href="{}#{}"/></svg>',
        _sprite(),
        name,
    )
