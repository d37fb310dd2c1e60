"""Setting the source's long plain text so that a person can read it: lines with their depth, long parts folded.

Every character is kept; nothing here makes HTML.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from portal.core.text import nfc

T = TypeVar("T")
_DEPTHS: Final = ((re.compile(r"[-–—•*]\s*\S"), 1), (re.compile(r"[+o]\s+\S|\+\S"), 2))
_NOTHING: Final = frozenset({"", "không có thông tin", "không có", "không", "không quy định", "--", "-"})
# Where a long line is cut: behind a sentence or half a sentence, else between words.
_ENDS: Final = re.compile(r"[.;:]\s|,\s")
_SHORTEST_HEAD: Final = 0.4


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source; ``depth`` 1 begins with a dash, 2 with a plus."""

    text: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Folded:
    """What stands open and what is folded behind one press; both empty for an empty text."""

    shown: tuple[Any, ...]
    hidden: tuple[Any, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.shown)


def says_nothing(text: str) -> bool:
    """Whether a column says only that it says nothing."""
    return " ".join(nfc(text).split()).strip(" .;").casefold() in _NOTHING


def lines_of(text: str) -> tuple[Line, ...]:
    """The text's lines without empty ones."""
    lines = (" ".join(line.split()) for line in nfc(text).replace("\r", "\n").split("\n"))
    return tuple(Line(line, _depth(line)) for line in lines if line)


def _depth(line: str) -> int:
    return next((depth for pattern, depth in _DEPTHS if pattern.match(line)), 0)


def fold(items: Sequence[T], limit: int, size: Callable[[T], int], most: int = 1_000) -> Folded:
    """The first items up to ``limit`` characters and ``most`` pieces, at least one; the rest folded.

    A rest that would not be worth a press (less than a fifth of the limit) stays open.
    """
    total, number = 0, 0
    for item in items:
        total += size(item)
        if number and (total > limit or number >= most):
            break
        number += 1
    rest = sum(size(item) for item in items[number:])
    if rest <= limit // 5 and len(items) <= most:
        return Folded(tuple(items))
    return Folded(tuple(items[:number]), tuple(items[number:]))


def fold_lines(text: str, limit: int) -> Folded:
    """A text's lines, the first ``limit`` characters open; one endless line is cut as well."""
    lines: list[Line] = []
    for line in lines_of(text):
        head, rest = cut(line.text, limit)
        lines += [Line(head, line.depth), *([Line(rest, line.depth)] if rest else [])]
    return fold(lines, limit, lambda line: len(line.text))


def cut(text: str, limit: int) -> tuple[str, str]:
    """Head and rest of a long line; ``head + " " + rest`` is the line again."""
    if len(text) <= limit * 1.2:
        return text, ""
    head = text[:limit]
    ends = [match.end() - 1 for match in _ENDS.finditer(head)]
    place = ends[-1] if ends and ends[-1] >= limit * _SHORTEST_HEAD else head.rfind(" ")
    place = place if place > 0 else limit
    return text[:place].rstrip(), text[place:].lstrip()
