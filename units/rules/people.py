"""Rules about people that need no database: numbers to dial, hours between two moments, circles among divisions."""

import math
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

_NARROW: Final = frozenset(" .,:;'|!()[]ijlItrf-")
_BROAD: Final = frozenset("mwMW…%@")
_DIGITS: Final = re.compile(r"\+?\d(?:[ .\-]?\d){2,14}")


def dial(number: str) -> str:
    """A number as a ``tel:`` address, short ones such as 113 too; empty when there is none to dial."""
    match = _DIGITS.search(number)
    return f"tel:{re.sub(r'[^0-9+]', '', match.group())}" if match else ""


def whole_hours(start: datetime, end: datetime) -> int:
    """Hours from ``start`` to ``end``, a begun one counted whole; 0 when ``end`` is not later."""
    return max(0, math.ceil((end - start).total_seconds() / 3600))


def is_late(start: datetime, end: datetime, limit: int) -> bool:
    """Whether more than ``limit`` hours lie between the two moments."""
    return end - start > timedelta(hours=limit)


def leads_back(key: int, parent: int | None, parents: Mapping[int, int | None]) -> bool:
    """Whether putting ``key`` under ``parent`` would make a circle; ``parents`` is how things stand."""
    seen: set[int] = set()
    while parent is not None and parent not in seen:
        if parent == key:
            return True
        seen.add(parent)
        parent = parents.get(parent)
    return parent is not None


def text_width(text: str, size: int) -> int:
    """About how many pixels a line takes in Be Vietnam Pro at ``size`` pixels; rather too many than too few."""
    units = 0
    for char in text:
        if char in _NARROW:
            units += 32
        elif char in _BROAD:
            units += 90
        else:
            units += 74 if char.isupper() else 58
    return units * size // 100


def wrapped(text: str, width: int, size: int, most: int = 6) -> list[str]:
    """``text`` in lines of at most ``width`` pixels, broken between words, an endless word anywhere; at most ``most`` lines."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
            continue
        rest = word
        while text_width(rest, size) > width and len(rest) > 1:
            cut = next(end for end in range(len(rest) - 1, 0, -1) if end == 1 or text_width(rest[:end], size) <= width)
            lines.append(rest[:cut])
            rest = rest[cut:]
            if len(lines) > most:
                break
        lines.append(rest)
    if len(lines) > most:
        last = lines[most - 1]
        while len(last) > 1 and text_width(f"{last}…", size) > width:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last}…"]
    return lines
