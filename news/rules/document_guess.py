"""What a document's number tells: its own spelling, its type, its group. Guesses are offered; a clerk's own word stands."""

import re
from collections.abc import Collection, Mapping
from typing import Final

from news.enums.documents import DocumentGroup
from news.rules.documents import number_year
from portal.core.text import one_line, without_marks

_DASHES: Final = re.compile(r"[‐‑‒–—−]")
_PREFIX: Final = re.compile(r"^(?:số|so)\s*[:.]?\s+", re.IGNORECASE)
_AROUND: Final = re.compile(r"\s*([/-])\s*")
_PART: Final = re.compile(r"[^\W\d_]+")
# Issuers as numbers spell them, by how they are typed without marks and capitals (Nghị định 30/2020/NĐ-CP, Phụ lục III).
_SPELLED: Final = {
    "ubnd": "UBND", "hdnd": "HĐND", "ubtvqh": "UBTVQH", "ttg": "TTg", "qh": "QH", "cp": "CP", "vpcp": "VPCP",
}  # fmt: skip


def tidy_number(number: str, abbreviations: Collection[str] = ()) -> str:
    """One spelling of a number: ``số 54 / 2023/qd–ubnd`` → ``54/2023/QĐ-UBND``; what is unknown stays as it was typed.

    ``abbreviations`` are those of the document types; one typed without marks gets its own spelling when no other is meant.
    """
    plain = _AROUND.sub(r"\1", _PREFIX.sub("", _DASHES.sub("-", one_line(number))))
    known = {folded: own for folded, own in _by_folded(abbreviations).items() if own}

    def spelled(found: re.Match[str]) -> str:
        part = found.group()
        if part in abbreviations:
            return part
        folded = without_marks(part).lower()
        own = _SPELLED.get(folded) or known.get(folded)
        return own or (part.upper() if part.islower() else part)

    return _PART.sub(spelled, plain)


def _by_folded(abbreviations: Collection[str]) -> dict[str, str]:
    """Without marks and capitals → own spelling; "" where two abbreviations look alike then (ĐA, DA)."""
    found: dict[str, str] = {}
    for own in abbreviations:
        folded = without_marks(own).lower()
        found[folded] = "" if folded in found else own
    return found


def type_in_number(number: str, types: Mapping[str, int]) -> int | None:
    """The key of the type whose abbreviation stands in the number; ``types`` is abbreviation → key. None when none, or two."""
    parts = _PART.findall(tidy_number(number, types))
    keys = {types[part] for part in parts[:1] if part in types}
    return keys.pop() if keys else None


def group_of(number: str, usual: str) -> str:
    """The group a number speaks for where its type's ``usual`` one is not enough.

    Numbers of legal documents carry the year, those of administrative ones do not (Luật Ban hành văn bản quy phạm pháp luật;
    Nghị định 30/2020/NĐ-CP): 54/2023/QĐ-UBND is law, 1289/QĐ-UBND is steering.
    """
    if usual not in (DocumentGroup.NORMATIVE, DocumentGroup.STEERING) or not number:
        return usual
    return DocumentGroup.NORMATIVE if number_year(number) else DocumentGroup.STEERING
