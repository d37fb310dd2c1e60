"""Dates, numbers, invented persons and deterministic choice: the small words every composer needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import blake2b
from random import Random
from typing import TypeVar

T = TypeVar("T")

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
SOURCE = "Dữ liệu mở thành phố Huế (data.hue.gov.vn)"
_PLACEHOLDER = re.compile(r"\{([dsnm])([+-]\d+)\}")
_FAMILY = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phan",
    "Hoàng",
    "Hồ",
    "Võ",
    "Đặng",
    "Trương",
    "Phạm",
    "Bùi",
    "Đỗ",
    "Huỳnh",
    "Văn",
    "Cao",
    "Tôn",
    "Mai",
    "Hà",
]
_MALE = [
    "Văn Minh",
    "Hữu Khang",
    "Quang Thiện",
    "Đình Phúc",
    "Viết Tường",
    "Thanh Bình",
    "Ngọc Sơn",
    "Xuân Hải",
    "Công Danh",
    "Bá Lộc",
]
_FEMALE = "Thị Diệu Lan|Thị Hoài An|Thị Mỹ Hạnh|Thị Thu Thủy|Thị Cẩm Vân|Thị Quỳnh Chi|Thị Ngọc Hà|Thị Xuân Mai"
_WOMEN = _FEMALE.split("|")
INVENTED_NAME, INVENTED_NUMBER, INVENTED = "(tên minh họa)", "(số minh họa)", "(minh họa)"


def rng(*parts: object) -> Random:
    """A random source that depends only on `parts`, the same on every machine and run."""
    seed = blake2b("|".join(map(str, parts)).encode(), digest_size=8).digest()
    return Random(int.from_bytes(seed, "big"))


def choose(options: Sequence[T], *parts: object) -> T:
    """One of `options`, always the same for the same `parts`."""
    return options[rng(*parts).randrange(len(options))]


def long_date(day: date) -> str:
    """`Thứ Hai, 23/11/2026`."""
    return f"{WEEKDAYS[day.weekday()]}, {numeric(day)}"


def numeric(day: date) -> str:
    """`23/11/2026`; the month keeps its zero only for January and February, as official documents write it."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def short(day: date) -> str:
    """`23/11`."""
    return numeric(day).rsplit("/", 1)[0]


def dated(text: str, published: date) -> str:
    """`text` with {d+3} (long), {n+3} (numeric), {s+3} (short) and {m+0} ("tháng 11") counted from `published`."""

    def replace(match: re.Match[str]) -> str:
        day = published + timedelta(days=int(match.group(2)))
        if match.group(1) == "m":
            return f"tháng {day.month}"
        return {"d": long_date, "n": numeric, "s": short}[match.group(1)](day)

    return _PLACEHOLDER.sub(replace, text)


def number(value: float) -> str:
    """`1.284` or `94,6`."""
    whole, _, rest = f"{value:,.2f}".replace(",", ".").rpartition(".")
    rest = rest.rstrip("0")
    return f"{whole},{rest}" if rest else whole


def dong(value: int) -> str:
    """`200.000 đồng`, or "miễn phí" for zero."""
    return f"{number(value)} đồng" if value else "miễn phí"


def listed(items: Sequence[str], last: str = "và") -> str:
    """`a, b và c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def capital(text: str) -> str:
    """First letter upper-case, the rest untouched."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """First letter lower-case, for a sentence put after a colon."""
    return text[:1].lower() + text[1:]


def person(*parts: object) -> str:
    """An invented person with the courtesy title, always marked as such: `Bà Hồ Thị Diệu Lan (tên minh họa)`."""
    chance = rng("person", *parts)
    family = chance.choice(_FAMILY)
    if chance.random() < 0.45:
        return f"Bà {family} {chance.choice(_WOMEN)} {INVENTED_NAME}"
    return f"Ông {family} {chance.choice(_MALE)} {INVENTED_NAME}"
