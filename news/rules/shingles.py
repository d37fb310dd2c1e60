"""Which words of a text another text has too: sequences of eight words, hashed.

A changed word spoils the eight sequences it stands in and no others, so small edits do not make a copied text one's own.
"""

import hashlib
import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from portal.core.text import nfc, without_marks
from units.rules import bare_name

SHINGLE: Final = 8
WORD_LIMIT: Final = 6_000
MARK_EVERY: Final = 16
MARKS_LIMIT: Final = 64
ALWAYS_MARKED: Final = 4
COPIED_FROM: Final = 0.5
"""A text counts as copied when more than this share of its words stands in sequences that were published before."""
_WORD: Final = re.compile(r"\w+")
# How offices name themselves, and what facts are taken from without any text being copied: no other publisher.
_NO_PUBLISHER: Final = (
    *("ban bien tap", "bbt", "van phong", "phong van hoa", "cong thong tin dien tu", "trang thong tin", "can bo"),
    *("cong chuc", "tin bai", "tong hop", "nghi quyet", "quyet dinh", "nghi dinh", "thong tu", "chi thi", "ke hoach"),
    *("cong van", "thong bao so", "luat ", "bo luat", "du lieu"),
)


@dataclass(frozen=True, slots=True)
class Share:
    """How many words of a text are its own, and how many were published before by somebody else."""

    own: int
    copied: int

    @property
    def is_copied(self) -> bool:
        """Whether more than half of it was there before."""
        return self.copied > COPIED_FROM * (self.own + self.copied)


def words_of(text: str) -> list[str]:
    """The words of a plain text as they are compared: no capitals, no punctuation; bounded."""
    return _WORD.findall(nfc(text).lower())[:WORD_LIMIT]


def shingles_of(words: list[str]) -> list[int]:
    """A 32-bit hash for each sequence of eight words, in order; a shorter text has one, of all its words."""
    starts = range(max(1, len(words) - SHINGLE + 1)) if words else range(0)
    return [_hash(" ".join(words[start : start + SHINGLE])) for start in starts]


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big")


def marks_of(shingles: Iterable[int]) -> list[int]:
    """The few hashes a text is found by: the same of every sequence wherever it stands, and always some; bounded."""
    ordered = sorted(set(shingles))
    # Multiples of 16 are the same choice in every text; the smallest ones make sure that a short text has some.
    chosen = [value for value in ordered if value % MARK_EVERY == 0][:MARKS_LIMIT]
    return sorted({*chosen, *ordered[:ALWAYS_MARKED]})


def pack(shingles: Iterable[int]) -> bytes:
    """Hashes as bytes for the database."""
    return array("I", sorted(set(shingles))).tobytes()


def unpack(packed: bytes) -> set[int]:
    """What :func:`pack` packed."""
    return set(array("I", packed))


def share_of(words: list[str], shingles: list[int], known: set[int]) -> Share:
    """Words inside sequences that stand in ``known`` are copied, the others own."""
    copied = bytearray(len(words))
    for start, value in enumerate(shingles):
        if value in known:
            end = min(start + SHINGLE, len(words))
            copied[start:end] = b"\x01" * (end - start)
    number = sum(copied)
    return Share(own=len(words) - number, copied=number)


def names_other_publisher(source: str, unit_name: str) -> bool:
    """Whether the line “Nguồn” names somebody other than the unit itself who wrote the text.

    The unit's whole name counts wherever it stands (“UBND phường Thuận An”); without its type word only by itself, for
    newspapers are named after places too (“Báo Huế”).
    """
    folded, own = _folded(source), _folded(unit_name)
    if not folded or folded.startswith(_NO_PUBLISHER):
        return False
    return own not in folded and folded != _folded(bare_name(unit_name))


def _folded(text: str) -> str:
    return " ".join(without_marks(text).lower().split())
