"""Entries written as running text: “- 8h00: Họp giao ban – Chủ trì: Chủ tịch – Địa điểm: Phòng họp số 1”."""

import re
from dataclasses import dataclass, field
from datetime import time
from itertools import zip_longest
from typing import Final

from units.schedule.importing.whens import SPAN, When, read_when

_KEYS: Final = {
    "chair": r"(?:người |đồng chí |đ/c )?chủ trì|chủ tọa|chủ toạ",
    "attendees": r"thành phần(?: tham dự| dự họp| dự| tham gia| mời)?|tham dự|cùng dự|dự họp|mời dự|dự",
    "place": r"địa điểm|nơi họp|tại",
    "preparing": r"đơn vị chuẩn bị|chuẩn bị(?: nội dung)?|đơn vị tham mưu",
    "vehicle": r"phương tiện|xe|lái xe",
    "notes": r"ghi chú",
    "content": r"nội dung chi tiết|chi tiết|nội dung",
}
_KEYED: Final = re.compile(
    r"(?:^|[\n;.,–—]|\s-|\()[ \t]*(?:[-–+•*][ \t]*)?(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _KEYS.items())
    + r")\s*:[ \t]*",
    re.IGNORECASE,
)
_BULLET: Final = re.compile(r"^\s*(?:[-–—*•●▪+]|\d{1,2}[.)](?!\d))\s*")
_STRONG_BULLET: Final = re.compile(r"^\s*(?:[-–—*•●▪]|\d{1,2}[.)](?!\d))\s*")
_PLACE: Final = re.compile(r"[,;.]?\s+(?:tại|ở)\s+(?P<place>(?:(?! tại ).){2,100})$", re.IGNORECASE)
# A place ends where the sentence goes on about something else.
_GOES_ON: Final = re.compile(r"\b(?:về|để|nhằm|và làm việc|do|theo|với)\b|[.;]\s", re.IGNORECASE)
# Says nothing without its place: “Làm việc tại trụ sở”.
_NEEDS_PLACE: Final = frozenset({"", "làm việc", "công tác", "đi công tác", "trực", "nghỉ", "học", "đi học"})
# “Chiều: họp Ban Chỉ đạo” begins an entry without a clock time.
_SESSION: Final = re.compile(r"(?:buổi\s+)?(?:sáng|chiều|tối|cả ngày)\s*[:–-]", re.IGNORECASE)
_EDGES: Final = " \t\n:;,–—-"
TITLE_LIMIT: Final = 300


@dataclass(slots=True)
class Sentence:
    """One entry of a text."""

    when: When
    title: str = ""
    parts: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)

    @property
    def starts_at(self) -> time | None:
        """Its beginning."""
        return self.when.starts_at


def without_bullet(line: str) -> str:
    """The line without what stands in front of it."""
    return _BULLET.sub("", line, count=1)


def split_entries(text: str) -> list[str]:
    """Texts of single entries: each begins with a clock time, or with a bullet that names no part of the one before."""
    entries: list[list[str]] = []
    timed = any(begins_with_time(line) for line in text.split("\n"))
    for line in text.split("\n"):
        is_new = (
            begins_with_time(line)
            or _SESSION.match(without_bullet(line)) is not None
            or (bool(_STRONG_BULLET.match(line)) and not _names_part(line))
        )
        if (
            not entries
            or is_new
            or (not timed and not _names_part(line) and not _BULLET.match(line) and not entries[-1])
        ):
            entries.append([line])
        else:
            entries[-1].append(line)
    return ["\n".join(lines) for lines in entries]


def begins_with_time(line: str) -> bool:
    """Whether a clock time stands first, perhaps after a bullet, “Lúc”, “Từ” or “Sáng”."""
    start = re.sub(r"^(?:(?:lúc|từ|buổi|sáng|chiều|tối)\s*[:,]?\s*)+", "", without_bullet(line), flags=re.IGNORECASE)
    return SPAN.match(start) is not None


def _names_part(line: str) -> bool:
    return _KEYED.match(line) is not None


def read_sentence(text: str) -> Sentence:
    """Time, title and named parts of one entry's text."""
    first, _break, more = without_bullet(text).partition("\n")
    head, first = _leading_when(first)
    body = f"{first}\n{more}" if more else first
    title, parts = split_parts(body)
    title, _break, content = title.partition("\n")
    if content.strip(_EDGES):
        parts.setdefault("content", content.strip())
    return Sentence(head, title.strip(_EDGES), parts)


def _leading_when(line: str) -> tuple[When, str]:
    """The time a line begins with, and the line after it."""
    opening = re.match(
        rf"(?:(?:lúc|từ|buổi|sáng|chiều|tối|cả ngày)\s*[:,(]?\s*)*(?:{SPAN.pattern})?\)?", line, re.IGNORECASE
    )
    length = opening.end() if opening else 0
    words = line[:length]
    if not words.strip() or not (
        SPAN.search(words) or re.match(r"\s*[:–-]", line[length:]) or words.rstrip().endswith(":")
    ):
        return When(), line
    return read_when(words), line[length:].lstrip(_EDGES)


def split_parts(text: str) -> tuple[str, dict[str, str]]:
    """The text before the first named part, and the parts."""
    found = list(_KEYED.finditer(text))
    parts: dict[str, str] = {}
    for match, following in zip_longest(found, found[1:]):
        end = following.start() if following else len(text)
        value = text[match.end() : end].strip(f"{_EDGES}")
        value = value.removesuffix(")") if "(" not in value else value
        name = match.lastgroup or "content"
        parts[name] = "; ".join(one for one in (parts.get(name, ""), " ".join(value.split())) if one)
    return text[: found[0].start()] if found else text, parts


def split_place(title: str) -> tuple[str, str]:
    """“Họp giao ban tại Phòng họp số 1” → title and place; no place where the sentence goes on after it."""
    found = _PLACE.search(title)
    if found is None or _GOES_ON.search(found["place"]):
        return title, ""
    rest = title[: found.start()].rstrip(_EDGES)
    if rest.lower() in _NEEDS_PLACE:
        return title, ""
    return rest, found["place"].strip(" .,;")
