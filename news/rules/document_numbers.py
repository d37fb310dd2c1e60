"""What people type when they look for a document: a number in any spelling, or words of its abstract."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from news.rules.documents import FIRST_YEAR
from portal.core.text import without_marks

# Abbreviations of types in numbers and their names without marks: Nghị định 30/2020/NĐ-CP, Phụ lục III; for legal documents
# Thông tư 01/2011/TT-BNV and the law on making them. Only to tell a number from other words; the types themselves are rows.
TYPE_NAMES: Final[dict[str, str]] = {
    "nq": "nghi quyet", "nd": "nghi dinh", "qd": "quyet dinh", "ct": "chi thi", "tt": "thong tu", "qc": "quy che",
    "ttlt": "thong tu lien tich", "nqlt": "nghi quyet lien tich", "vbhn": "van ban hop nhat", "l": "lenh",
    "tb": "thong bao", "hd": "huong dan", "ctr": "chuong trinh", "kh": "ke hoach", "pa": "phuong an", "da": "de an",
    "bc": "bao cao", "bb": "bien ban", "ttr": "to trinh", "cd": "cong dien", "gm": "giay moi", "qyd": "quy dinh",
    "luat": "luat", "pl": "phap lenh", "cv": "cong van",
}  # fmt: skip
_NAMES: Final = re.compile(rf"\b(?:{'|'.join(sorted(TYPE_NAMES.values(), key=len, reverse=True))})\b")
_GLUED: Final = re.compile(rf"^({'|'.join(sorted(TYPE_NAMES, key=len, reverse=True))})(\d{{1,6}})$")
_TOKEN: Final = re.compile(r"[0-9a-z]+")
_SERIAL: Final = re.compile(r"^\d{1,6}[a-z]?$")
_DAY: Final = re.compile(
    r"\bngay\s+\d{1,2}(?:\s*[/.-]\s*\d{1,2}|\s+thang\s+\d{1,2})(?:\s*[/.-]|\s+nam)?\s*((?:19|20)\d{2})?"
)
_AS_WRITTEN: Final = re.compile(r"\d\s*[/\u2044\u2215]|\d[a-z]?-[a-z0-9]")
# Said around a number, in no register: “văn bản số 54 năm 2023 của …”.
_FILLERS: Final = frozenset({"so", "nam", "cua", "vb"})
LAST_YEAR: Final = 2100
WORD_LIMIT: Final = 8
TEXT_LIMIT: Final = 4_000
QUERY_LIMIT: Final = 200


@dataclass(frozen=True, slots=True)
class NumberQuery:
    """A document asked for by number: its serial, the year if said, and what else must stand in number, type or abstract."""

    serial: str
    year: int | None
    words: tuple[str, ...]


def _folded(text: str) -> str:
    """Small letters without marks, wide and styled letters and every dash made plain."""
    plain = without_marks(unicodedata.normalize("NFKC", text)).lower()
    return re.sub(r"[\u2010-\u2015\u2212]", "-", plain)


def tokens(text: str) -> list[str]:
    """Words of letters and digits without marks, numbers without leading zeros: ``09/CT-UBND`` → 9, ct, ubnd."""
    return [found.lstrip("0") or "0" if found.isdigit() else found for found in _TOKEN.findall(_folded(text))]


def search_words(*parts: object) -> str:
    """What a document is searched in: all words of ``parts`` with a blank before and after each, so that whole words match."""
    return f" {' '.join(tokens(' '.join(map(str, parts))))[:TEXT_LIMIT]} "


def query_words(text: str) -> tuple[str, ...]:
    """The words to look for in :func:`search_words`, each once, in the order typed, bounded."""
    return tuple(dict.fromkeys(tokens(text[:QUERY_LIMIT])))[:WORD_LIMIT]


def key_serial(key: str) -> str:
    """The serial in a number's key, by which numbers are looked up: ``54.2023.qd.ubnd`` → 54; "" where there is none."""
    first = key.partition(".")[0]
    return (first.lstrip("0") or "0") if _SERIAL.match(first) else ""


def _is_year(token: str) -> bool:
    return token.isdigit() and FIRST_YEAR <= int(token) <= LAST_YEAR


def _unglued(found: list[str]) -> list[str]:
    """``qd54`` is two words; ``qh14`` is one, for it is no type."""
    parts: list[str] = []
    for token in found:
        glued = _GLUED.match(token)
        parts += [glued[1], glued[2].lstrip("0") or "0"] if glued else [token]
    return parts


def parse_number(text: str) -> NumberQuery | None:
    """Read ``54/2023/qd-ubnd``, ``QĐ 54/2023``, ``quyet dinh 54 2023``, ``54`` … as a number; None where it is none.

    A number alone is a serial, except a year alone. Among words a number is a serial where a type or a year stands with it,
    or where it is written as numbers of documents are (54/…, 54-QĐ). A day (ngày 5/3/2020) tells the year only.
    """
    folded = _folded(text[:QUERY_LIMIT])
    day = _DAY.search(folded)
    plain = _DAY.sub(" ", folded)
    found = [token for token in _unglued(tokens(plain)) if token not in _FILLERS]
    is_written = bool(_AS_WRITTEN.search(plain))
    numbers = [token for token in found if _SERIAL.match(token)]
    serial = next((token for token in numbers if not _is_year(token)), "")
    if is_written and numbers and plain.strip().startswith(numbers[0]):
        serial = numbers[0]  # 1975/QĐ-UBND: a serial that looks like a year
    if not serial:
        return None
    others = list(found)
    others.remove(serial)
    year = next((int(token) for token in others if _is_year(token)), None)
    year = year or (int(day[1]) if day and day[1] else None)
    has_type = bool(_NAMES.search(plain)) or any(token in TYPE_NAMES for token in others)
    if others and not (is_written or has_type or year):
        return None
    words = tuple(dict.fromkeys(token for token in others if not _is_year(token)))
    return NumberQuery(key_serial(serial), year, _without_van_ban(words)[:WORD_LIMIT])


def _without_van_ban(words: tuple[str, ...]) -> tuple[str, ...]:
    """“Văn bản” before a number is no word of it."""
    return words[2:] if words[:2] == ("van", "ban") and "hop" not in words else words
