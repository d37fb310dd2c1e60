"""How deep each line of a table stands, told by its mark (“A”, “I”, “1”, “1.1”, “a”, “-”, “+”), totals and indentation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from news.budgets.figures import DEEPEST
from news.budgets.roles import OF_WHICH
from portal.core.text import folded, one_line

_ROMAN: Final = re.compile(r"[IVXL]+")
_LETTER: Final = re.compile(r"[A-ZĐ]")
_NUMBERED: Final = re.compile(r"(?:(?:[A-Z]|[IVXL]+)\.)?\d{1,3}(?:\.\d{1,3}){0,3}")
_SMALL: Final = re.compile(r"[a-zđ](?:\.\d{1,2})?")
_DASHES: Final = "-–—•*"
_TOTAL: Final = re.compile(r"^(?:tong\b|cong\b|can doi\b)")
# Kinds of mark, from the outside in.
_TOTAL_KIND, _LETTERED, _ROMAN_KIND, _ARABIC, _DOTTED, _DOTTED_TWICE, _SMALL_KIND, _DASH, _PLUS = range(9)
_POINTS: Final = {"+": _PLUS} | dict.fromkeys(_DASHES, _DASH)
_LEADING: Final = re.compile(
    r"^(?P<mark>[IVXL]{1,6}|[A-HĐ]|\d{1,3}(?:\.\d{1,3}){0,3}|[a-h])\s*[.)/]\s+(?P<rest>\S.*)$|^(?P<dash>[-–—•+*])\s*(?P<item>[^\d\s].*)$"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before an item, and how far the cell is set in, in whatever the sheet counts."""

    number: str
    label: str
    indent: int = 0


def split_label(text: str) -> tuple[str, str]:
    """An item with its mark in one cell: ``I. Thu nội địa`` → ``("I", "Thu nội địa")``, ``- Phí`` → ``("–", "Phí")``."""
    words = one_line(text)
    found = _LEADING.match(words)
    if not found:
        return "", words
    if found["dash"]:
        return clean_mark(found["dash"]), found["item"]
    return found["mark"], found["rest"]


def clean_mark(text: str) -> str:
    """A mark as it is kept: no dot or bracket behind it, one kind of dash."""
    mark = one_line(text)
    if mark and all(letter in _DASHES for letter in mark):
        return "–"
    return mark.rstrip(".)/: ")[:20]


def levels_of(marks: Sequence[Mark]) -> list[int]:
    """The level of each line, 0 to DEEPEST; lines without a mark stand under the marked one above them."""
    kinds = _kinds(marks)
    totals = [at for at, kind in enumerate(kinds) if kind == _TOTAL_KIND]
    # A total at the end sums up what stands above it and is no line over it.
    leads = bool(totals) and (min(totals) == 0 or any(_has_more_below(kinds, at) for at in totals))
    present = sorted({kind for kind in kinds if kind is not None and (leads or kind != _TOTAL_KIND)})
    rank = {kind: place for place, kind in enumerate(present)} | ({} if leads else {_TOTAL_KIND: 0})
    if not present or present == [_TOTAL_KIND]:
        return _by_indent(marks, kinds)
    levels: list[int] = []
    last = 0
    for kind in kinds:
        # Nothing stands more than one step below the line above it, whatever marks other parts of the table use.
        deepest = min(DEEPEST, levels[-1] + 1) if levels else 0
        if kind is None:
            levels.append(min(deepest, last + 1))
        else:
            last = min(deepest, rank[kind])
            levels.append(last)
    return levels


def _has_more_below(kinds: Sequence[int | None], at: int) -> bool:
    return any(kind is not None and kind != _TOTAL_KIND for kind in kinds[at + 1 :])


def _kinds(marks: Sequence[Mark]) -> list[int | None]:
    has_letters = any(mark.number in {"A", "B"} for mark in marks)
    return [_kind(mark, has_letters=has_letters) for mark in marks]


def _kind(mark: Mark, *, has_letters: bool) -> int | None:
    number = mark.number
    if not number:
        return _TOTAL_KIND if _TOTAL.match(folded(mark.label)) else None
    if number in _POINTS:
        return _POINTS[number]
    # “C” and “D” are Roman numbers too; a table that counts A, B goes on with C.
    if _ROMAN.fullmatch(number) and not (has_letters and number in {"C", "D", "L"}):
        return _ROMAN_KIND
    if _LETTER.fullmatch(number):
        return _LETTERED
    if _NUMBERED.fullmatch(number):
        dots = re.sub(r"^(?:[A-Z]|[IVXL]+)\.", "", number).count(".")
        return (_ARABIC, _DOTTED, _DOTTED_TWICE)[min(dots, 2)]
    return _SMALL_KIND if _SMALL.fullmatch(number) else None


def _by_indent(marks: Sequence[Mark], kinds: Sequence[int | None]) -> list[int]:
    """A table without marks: how far its cells are set in tells; else all lines stand under the total on top."""
    steps = {indent: place for place, indent in enumerate(sorted({mark.indent for mark in marks}))}
    top = 1 if kinds and kinds[0] == _TOTAL_KIND and len(steps) == 1 else 0
    levels, inside = [], 0
    for at, (mark, kind) in enumerate(zip(marks, kinds, strict=True)):
        if kind == _TOTAL_KIND:
            inside = 0
            # A total further down ends what the one on top began, or sums up the lines above.
            levels.append(0)
            continue
        levels.append(min(DEEPEST, top + inside + steps[mark.indent]))
        if OF_WHICH.match(folded(mark.label)) and at + 1 < len(marks):
            inside = 1
    return levels
