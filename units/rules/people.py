"""Rules about people that need no database: numbers to dial, hours between two moments, circles among divisions."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

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


def wrapped(text: str, width: int, most: int = 6) -> list[str]:
    """``text`` in lines of at most ``width`` letters, broken between words, an endless word anywhere; at most ``most`` lines."""
    lines: list[str] = []
    for word in text.split():
        rest = word
        if lines and len(lines[-1]) + 1 + len(rest) <= width:
            lines[-1] += f" {rest}"
            continue
        while len(rest) > width:
            lines.append(rest[:width])
            rest = rest[width:]
        if rest:
            lines.append(rest)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][: width - 1]}…"]
    return lines


def search_words(text: Sequence[str], most: int = 8) -> list[str]:
    """The different words of a question, the first ``most``."""
    return list(dict.fromkeys(text))[:most]
