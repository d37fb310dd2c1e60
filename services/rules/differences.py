"""How one column of a procedure changed, for people: lines that went and came, words inside a changed line, the rest left out."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.rules.source_text import lines_of

LONGEST: Final = 120_000
"""Characters of both texts up to which they are compared; longer ones stand side by side as a whole."""
MOST_WORDS: Final = 400
"""Words of a line up to which it is compared word by word."""
_ALIKE: Final = 0.4


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed (``same``), came (``ins``) or went (``del``); a space stands between two pieces."""

    op: str
    text: str


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """One line of the comparison; ``skipped`` counts the unchanged lines left out before it."""

    pieces: tuple[Piece, ...]
    skipped: int = 0


def compare(before: str, after: str) -> tuple[ChangedLine, ...]:
    """What ``after`` changed about ``before``: changed lines only; a text that is too long is not compared."""
    old, new = ([line.text for line in lines_of(text)] for text in (before, after))
    if len(before) + len(after) > LONGEST:
        return _whole(old, new)
    rows: list[ChangedLine] = []
    skipped = 0
    for op, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            skipped = i2 - i1
            continue
        lines = _changed(old[i1:i2], new[j1:j2])
        rows += [ChangedLine(pieces, skipped if number == 0 else 0) for number, pieces in enumerate(lines)]
        skipped = 0
    return tuple(rows)


def _whole(old: Sequence[str], new: Sequence[str]) -> tuple[ChangedLine, ...]:
    gone, come = frozenset(old), frozenset(new)
    rows = [("del", line) for line in old if line not in come] + [("ins", line) for line in new if line not in gone]
    return tuple(ChangedLine((Piece(op, line),)) for op, line in rows)


def _changed(old: Sequence[str], new: Sequence[str]) -> list[tuple[Piece, ...]]:
    """Lines in pairs while they are alike, then what is left over on either side."""
    lines: list[tuple[Piece, ...]] = []
    pairs = min(len(old), len(new)) if len(old) == len(new) else 0
    for before, after in zip(old[:pairs], new[:pairs], strict=True):
        lines += _words(before, after)
    lines += [(Piece("del", line),) for line in old[pairs:]]
    lines += [(Piece("ins", line),) for line in new[pairs:]]
    return lines


def _words(before: str, after: str) -> list[tuple[Piece, ...]]:
    """One line with its words put in and taken out; two lines where they have little in common."""
    old, new = before.split(), after.split()
    apart: list[tuple[Piece, ...]] = [(Piece("del", before),), (Piece("ins", after),)]
    if max(len(old), len(new)) > MOST_WORDS:
        return apart
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return apart
    pieces: list[Piece] = []
    for op, i1, i2, j1, j2 in matcher.get_opcodes():
        if op == "equal":
            pieces.append(Piece("same", " ".join(old[i1:i2])))
            continue
        gone, come = " ".join(old[i1:i2]), " ".join(new[j1:j2])
        pieces += [Piece(kind, text) for kind, text in (("del", gone), ("ins", come)) if text]
    return [tuple(pieces)]
