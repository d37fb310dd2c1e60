"""Document numbers in any spelling, and whether a document is in force."""

import re
from datetime import date
from typing import Final

from news.enums.documents import Effect
from portal.core.text import nfc, without_marks

_NOISE: Final = re.compile(r"[^0-9a-z]+")
_WORDS_BEFORE: Final = re.compile(r"^(?:so|van ban|vb)\s*:?\s+")
_YEAR: Final = re.compile(r"/\s*((?:19|20)\d{2})\s*/")
FIRST_YEAR: Final = 1945


def number_key(number: str) -> str:
    """What two spellings of one number share: ``54/2023/QĐ-UBND``, ``54/2023/qd-ubnd``, ``54/2023/QĐ‑UBND`` → ``54.2023.qd.ubnd``.

    Letters without marks, everything between words of letters and digits one dot, leading zeros of the serial dropped.
    """
    folded = _WORDS_BEFORE.sub("", without_marks(nfc(number)).lower().strip())
    parts = [part for part in _NOISE.split(folded) if part]
    if parts and parts[0].isdigit():
        parts[0] = parts[0].lstrip("0") or "0"
    return ".".join(parts)[:80]


def number_year(number: str) -> int | None:
    """The year inside a number that has one: 2023 in ``54/2023/QĐ-UBND``."""
    found = _YEAR.search(number)
    return int(found.group(1)) if found and int(found.group(1)) >= FIRST_YEAR else None


def effect_on(day: date, *, starts: date | None, ends: date | None, partly: date | None) -> Effect:
    """In force or not on ``day``; ``ends`` is the last day in force, ``partly`` the first on which parts are over."""
    if ends is not None and day > ends:
        return Effect.OVER
    if starts is None:
        return Effect.UNSTATED if partly is None or day < partly else Effect.PARTLY
    if day < starts:
        return Effect.COMING
    return Effect.PARTLY if partly is not None and day >= partly else Effect.IN_FORCE
