"""Reading the column of steps: divided only where the source itself numbers, letters or bullets them; else one step."""

import itertools
import re
from collections.abc import Callable
from typing import Final

from services.rules.shapes import Step

MOST_STEPS: Final = 60
MOST_TITLE: Final = 90
_NUMBERED: Final = re.compile(
    r"\A(?:[-–—•*+]+\s*|[a-zđ]\s*[).]\s*|\(?\d{1,2}\)\s*|\d{1,2}(?:\.\d{1,2})*\.?\s+)?Bước\s+(\d{1,2})\b\s*[:.\-–)]?\s*",
    re.IGNORECASE,
)
_LETTERED: Final = re.compile(r"\A([a-eđghik])\s*[).]\s+")
_COUNTED: Final = re.compile(r"\A(\d{1,2})\s*[.)]\s*(?=[^\W\d_])")
_BULLETS: Final = ("-", "+", "*", "•", "–")
_LETTERS: Final = "abcdđeghik"
_HEADING: Final = re.compile(r"\A(?:trình tự thực hiện|các bước thực hiện|trình tự)\s*:?\s*\Z", re.IGNORECASE)
_OPENING: Final = re.compile(r"\A(?:[-–—•*+(“\"]|[a-zđ]\)|\d)")
_ENDED: Final = (".", ";", ":", "!", "?", ")", "”", '"')
_CASE: Final = re.compile(
    r"\A(?:\*|[IVX]{1,4}[.)]|\d{1,2}[.)]|[a-zđ][.)])?\s*(?:Trường hợp|Đối với|Nộp hồ sơ)", re.IGNORECASE
)

Start = Callable[[str], bool]


def steps(text: str) -> list[Step]:
    """The steps of a cell in NFC, with a short heading where the source has one."""
    lines = joined(text)
    if lines and _HEADING.match(lines[0]):
        lines = lines[1:]
    for read in (_by_word, _by_count, _by_bullet):
        found = read(lines)
        if 1 < len(found) <= MOST_STEPS:
            return found
    words = "\n".join(lines)
    return [Step(words=words)] if words else []


def joined(text: str) -> list[str]:
    """Lines without empty ones; a line that goes on in small letters belongs to the unfinished one before it."""
    lines: list[str] = []
    for raw in text.replace("\r", "\n").split("\n"):
        line = " ".join(raw.split())
        if not line.strip("-+*•–. "):
            continue
        goes_on = lines and line[0].islower() and not _OPENING.match(line) and not lines[-1].endswith(_ENDED)
        if goes_on:
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return lines


def _divided(lines: list[str], starts: list[int]) -> list[list[str]]:
    return [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _by_word(lines: list[str]) -> list[Step]:
    """“Bước 1”, “- Bước 2:”, “c) Bước 3.” …; the word alone is dropped where the numbers simply count up from one."""
    starts = [
        number
        for number, line in enumerate(lines)
        if _NUMBERED.match(line) and (number == 0 or _begins_anew(lines[number - 1]))
    ]
    if not starts:
        return []
    numbers = [int(found[1]) for number in starts if (found := _NUMBERED.match(lines[number]))]
    counts_up = numbers == list(range(1, len(numbers) + 1)) and starts[0] == 0
    parts = _divided(lines, starts if starts[0] == 0 else [0, *starts])
    if counts_up:
        return [_step([_NUMBERED.sub("", part[0]), *part[1:]]) for part in parts]
    return [_labelled(part) for part in _cases_moved(parts)]


def _begins_anew(before: str) -> bool:
    return before.endswith(_ENDED) or bool(_CASE.match(before)) or len(before) <= MOST_TITLE


def _cases_moved(parts: list[list[str]]) -> list[list[str]]:
    """“Trường hợp nộp trực tuyến:” right before a new “Bước 1” belongs to what follows, not to the step it stands under."""
    for before, part in itertools.pairwise(parts):
        found = _NUMBERED.match(part[0])
        if found and found[1] == "1" and len(before) > 1 and (_CASE.match(before[-1]) or before[-1].endswith(":")):
            part.insert(0, before.pop())
    return parts


def _labelled(part: list[str]) -> Step:
    """A step that keeps the source's own number, because the numbers do not simply count up."""
    place = next((number for number, line in enumerate(part) if _NUMBERED.match(line)), None)
    if place is None:
        return _step(part)
    found = _NUMBERED.match(part[place])
    assert found is not None  # noqa: S101 - chosen for that just above
    rest = _step([part[place][found.end() :], *part[place + 1 :]])
    label = f"Bước {found[1]}"
    title = f"{label}: {rest.title}" if rest.title else label
    words = "\n".join([*part[:place], *([rest.words] if rest.words else [])])
    return Step(words=words, title=title)


def _by_count(lines: list[str]) -> list[Step]:
    """“a)”, “b)” … or “1.”, “2.” …, when the first line has one and they count up without a gap."""
    for pattern, row in ((_LETTERED, _LETTERS), (_COUNTED, [str(number) for number in range(1, MOST_STEPS)])):
        marks = [(number, found[1]) for number, line in enumerate(lines) if (found := pattern.match(line))]
        if not marks or marks[0][0] != 0 or [mark for _n, mark in marks] != list(row[: len(marks)]):
            continue
        parts = _divided(lines, [number for number, _mark in marks])
        return [_step([pattern.sub("", part[0]), *part[1:]]) for part in parts]
    return []


def _by_bullet(lines: list[str]) -> list[Step]:
    """Lines with the bullet of the first line."""
    if not lines or lines[0][0] not in _BULLETS or lines[0][:2] in ("++", "**"):
        return []
    bullet = lines[0][0]
    starts = [number for number, line in enumerate(lines) if line[0] == bullet and line[1:2] != bullet]
    return [_step([part[0][1:].lstrip(") "), *part[1:]]) for part in _divided(lines, starts)]


def _step(part: list[str]) -> Step:
    """Title and text of one step: its first line is a title when it is short and more follows."""
    head, rest = part[0].strip(), part[1:]
    if not head and rest:
        head, rest = rest[0], rest[1:]
    is_title = bool(rest) and len(head) <= MOST_TITLE and not head.endswith((".", ";", ","))
    if is_title and not head.startswith(_BULLETS):
        return Step(words="\n".join(rest), title=head.rstrip(": "))
    return Step(words="\n".join([head, *rest]).strip())
