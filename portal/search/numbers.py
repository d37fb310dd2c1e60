"""Numbers of documents in any spelling: ``54/2023/QĐ-UBND``, ``QĐ 54/2023``, ``54 2023 qd ubnd``, ``quyết định số 54``.

A number is kept as pairs of its serial and each of its other parts (``54~2023``, ``54~qd``, ``54~ubnd``). What is typed makes
pairs the same way, from whatever words stand beside a number, so their order and the signs between them do not matter;
pairs that no document has fall away.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from portal.search.analyzers import Word, words_of

_PARTS: Final = 8
"""Parts of one number that count, and serials looked for in one query; real ones have five at most."""
# Types of documents in words, as they are typed before a number (NĐ 30/2020/NĐ-CP, phụ lục III).
_TYPES: Final = {
    ("quyet", "dinh"): "qd",
    ("nghi", "quyet"): "nq",
    ("nghi", "dinh"): "nd",
    ("thong", "tu"): "tt",
    ("chi", "thi"): "ct",
    ("ke", "hoach"): "kh",
    ("thong", "bao"): "tb",
    ("bao", "cao"): "bc",
    ("to", "trinh"): "ttr",
    ("huong", "dan"): "hd",
    ("phuong", "an"): "pa",
    ("de", "an"): "da",
    ("ket", "luan"): "kl",
    ("giay", "moi"): "gm",
    ("cong", "dien"): "cd",
}
_SHORT: Final = frozenset((*_TYPES.values(), "cv", "ttlt", "vbhn"))
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
# How many words may stand between a serial and its type (“quyết định của ủy ban nhân dân số 54”), its year (“54 năm 2023”).
_NEAR_TYPE, _NEAR_YEAR = 6, 2
_CODE_DIGITS: Final = 5


def number_tokens(number: str, year: int | None = None) -> list[str]:
    """The pairs of one number; `year` is the document's own where the number has none. Empty without a serial."""
    parts = [word.folded for word in words_of(number)][:_PARTS]
    if not parts or not parts[0].isdigit():
        return []
    others = [*parts[1:], *([str(year)] if year else [])]
    return [_pair(parts[0], other) for other in dict.fromkeys(others)]


def typed_pairs(words: Sequence[Word], *, is_number: bool = False) -> tuple[str, ...]:
    """The pairs that a query may mean; empty where nothing says that its digits are a document's number.

    That is said by a type or a year beside them, by a long row of digits (codes of procedures) or by `is_number`: the text
    holds a whole number. “Căn cước cho con 14 tuổi” names no document.
    """
    folded = [word.folded for word in words]
    short = _with_types(folded)
    serials = [place for place, word in enumerate(folded) if word.isdigit()][:_PARTS]
    years = {place for place in serials if _YEAR.fullmatch(folded[place])}
    found: dict[str, None] = {}
    for place in [each for each in serials if each not in years] or serials:
        near = [(abs(at - place), at, word) for at, word in short if at != place]
        if is_number or any(_says_number(word, distance, at in years) for distance, at, word in near):
            found.update(
                dict.fromkeys(_pair(folded[place], word) for distance, _at, word in near if distance <= _PARTS)
            )
    return tuple(found)


def _with_types(folded: Sequence[str]) -> list[tuple[int, str]]:
    """The words with their places, and after two that name a type its abbreviation."""
    found = list(enumerate(folded))
    for place, pair in enumerate(pairwise(folded)):
        if short := _TYPES.get(pair):
            found.append((place + 1, short))
    return found


def _says_number(word: str, distance: int, is_year: bool) -> bool:  # noqa: FBT001 - a word, its distance, and whether it is a year
    if word in _SHORT:
        return distance <= _NEAR_TYPE
    return distance <= _NEAR_YEAR and (is_year or (word.isdigit() and len(word) >= _CODE_DIGITS))


def _pair(serial: str, other: str) -> str:
    return f"{serial.lstrip('0') or '0'}~{other}"
