"""Several lines of a schedule pasted at once, from Excel or typed: which cell is what; needs no database.

Nothing is guessed silently: what is not understood stays as it was written, with an empty time or day for the clerk to fill in.
"""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from portal.core.text import folded, nfc, one_line
from units.rules.schedule_typing import NotATime, day_in_week, read_when, session_word, split_day

MOST_LINES: Final = 120
MOST_CHARACTERS: Final = 60_000
_CELLS: Final = ("title", "chair", "place", "attendees")
_HEADS: Final = {
    "time": ("gio", "thoi gian", "thoi diem"),
    "title": ("noi dung", "noi dung cong viec", "cong viec", "ten viec"),
    "chair": ("chu tri", "nguoi chu tri", "lanh dao", "chu tri, tham du"),
    "place": ("dia diem", "noi hop", "tai", "phong hop"),
    "attendees": ("thanh phan", "thanh phan tham du", "thanh phan du", "tham du"),
    "": ("stt", "tt", "so tt", "ghi chu"),
    "day": ("ngay", "thu", "thu, ngay", "thu ngay"),
    "session": ("buoi",),
}
_HEAD_OF: Final = {words: name for name, found in _HEADS.items() for words in found}
# “8h00: Họp giao ban. Chủ trì: CT. Địa điểm: Phòng họp 1”: a line that is no row of a table.
_LABELS: Final = re.compile(r"[.;,\s–-]*\b(chủ trì|địa điểm|thành phần)\s*:\s*", re.IGNORECASE)
_LABEL_OF: Final = {"chủ trì": "chair", "địa điểm": "place", "thành phần": "attendees"}
_LEAD: Final = re.compile(
    r"^(?P<time>(?:sáng|chiều|tối)?[\s,]*\d{1,2}\s*(?:h|g|giờ|:)\s*(?:\d{1,2})?(?:\s*(?:-|–|đến)\s*\d{1,2}\s*(?:h|g|giờ|:)\s*(?:\d{1,2})?)?)"
    r"[\s:,.–-]+(?P<rest>\S.*)$",
    re.IGNORECASE,
)


class LinesRefused(ValueError):
    """The paste as a whole cannot be read; its text says why and what to do."""


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One line as it was understood; ``day`` is None and ``time`` empty where nothing said them."""

    day: date | None = None
    time: str = ""
    title: str = ""
    chair: str = ""
    place: str = ""
    attendees: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class _Place:
    """Where in the week the reading has come to."""

    monday: date
    day: date | None = None
    half: str = ""
    heads: list[str] | None = None
    problem: str = ""

    def takes(self, cell: str) -> bool:
        """Whether the cell names a day or a half and nothing else; it then holds for what follows."""
        weekday, named, rest = split_day(cell)
        if (weekday is not None or named is not None) and (not rest or session_word(rest)):
            self.stand(weekday, named)
            self.half = rest
            return True
        if session_word(cell):
            self.half = one_line(cell).lower().strip(" :.,")
            return True
        return False

    def stand(self, weekday: int | None, named: tuple[int, int] | None) -> None:
        """Go to a day; one of another week leaves the day open and says so."""
        try:
            self.day, self.problem = day_in_week(self.monday, weekday, named), ""
        except NotATime as problem:
            self.day, self.problem = None, str(problem)


def read_lines(text: str, monday: date, day: date | None = None) -> list[PastedLine]:
    """Every line that says something; ``day`` is meant where the lines name none.

    Raises LinesRefused for nothing, and for more than a week can hold.
    """
    clean = nfc(text).strip("\r\n")
    if not clean.strip():
        raise LinesRefused(_("Chưa dán dòng nào. Chọn các dòng trong Excel, sao chép rồi dán vào ô."))
    if len(clean) > MOST_CHARACTERS or clean.count("\n") > MOST_LINES * 5:
        raise LinesRefused(_("Dán nhiều quá. Mỗi lần nhiều nhất %(number)d dòng.") % {"number": MOST_LINES})
    place, found = _Place(monday, day), list[PastedLine]()
    for cells in _rows(clean):
        line = _line(cells, place)
        if line is not None:
            found.append(line)
    if len(found) > MOST_LINES:
        raise LinesRefused(
            _("Có %(found)d dòng. Mỗi lần dán nhiều nhất %(number)d dòng, chia làm nhiều lần.")
            % {"found": len(found), "number": MOST_LINES}
        )
    if not found:
        raise LinesRefused(_("Không thấy việc nào trong phần đã dán. Mỗi dòng cần có giờ và nội dung."))
    return found


def _rows(text: str) -> list[list[str]]:
    delimiter = "\t" if "\t" in text else "|" if "|" in text else ""
    if not delimiter:
        return [_split_plain(line) for line in text.splitlines()]
    # Excel puts a cell of several lines between quotation marks; one mark alone is a letter like any other.
    is_quoted = delimiter == "\t" and text.count('"') % 2 == 0
    try:
        source = io.StringIO(text)
        plain = csv.reader(source, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        rows = list(csv.reader(source, delimiter=delimiter) if is_quoted else plain)
    except csv.Error:
        rows = [line.split(delimiter) for line in text.splitlines()]
    return [[one_line(cell) for cell in row] for row in rows]


def _split_plain(text: str) -> list[str]:
    line = one_line(text)
    found = _LEAD.match(line)
    time, rest = (found["time"], found["rest"]) if found else ("", line)
    first, *labelled = _LABELS.split(rest)
    said = {_LABEL_OF[word.lower()]: value for word, value in zip(labelled[::2], labelled[1::2], strict=True)}
    cells = [first, *(said.get(name, "") for name in _CELLS[1:])] if said else [first]
    return [time, *cells] if time else cells


def _line(cells: list[str], place: _Place) -> PastedLine | None:
    if not any(cells):
        return None
    heads = [_HEAD_OF.get(folded(cell).strip(" .:"), "?") for cell in cells]
    if "title" in heads:
        place.heads = ["" if head == "?" else head for head in heads]
        return None
    said = _by_heads(cells, place) if place.heads else _by_order(cells, place)
    if not any(said.values()):
        return None
    said["time"] = said.get("time") or place.half
    doubts = () if place.day else (place.problem or _("Chưa rõ ngày nào."),)
    cells_said = {name: said.get(name, "") for name in ("time", *_CELLS)}
    return PastedLine(day=place.day, doubts=doubts, **cells_said)


def _by_heads(cells: list[str], place: _Place) -> dict[str, str]:
    said: dict[str, str] = {}
    for name, cell in zip(place.heads or [], cells, strict=False):
        if name in {"day", "session"}:
            if cell:
                place.takes(cell)
        elif name and cell:
            said[name] = cell
    # A row across the table with nothing but a day in it.
    if set(said) <= {"title", "time"} and len([cell for cell in cells if cell]) == 1:
        only = next(iter(said.values()), "")
        if only and place.takes(only):
            return {}
    return said


def _by_order(cells: list[str], place: _Place) -> dict[str, str]:
    """Days and halves of the day first, then a time, then what it is, who and where."""
    at = 0
    while at < len(cells) and (not cells[at] or place.takes(cells[at])):
        at += 1
    if at == len(cells):
        return {}
    try:
        when = read_when(cells[at])
    except NotATime:
        # Words where a time should be: the title, unless something like a time was meant.
        looks_like_time = (
            len(cells) > at + 1 and cells[at][:1].isdigit() and len(cells[at]) < len("14 giờ 30 – 16 giờ 30")
        )
        return {"time": cells[at], **_left(cells, at + 1)} if looks_like_time else _left(cells, at)
    if when.weekday is not None or when.named is not None:
        place.stand(when.weekday, when.named)
    return {"time": split_day(cells[at])[2], **_left(cells, at + 1)}


def _left(cells: list[str], at: int) -> dict[str, str]:
    rest = cells[at:]
    said = dict(zip(_CELLS, rest, strict=False))
    more = [cell for cell in rest[len(_CELLS) :] if cell]
    if more:
        said["attendees"] = ", ".join(filter(None, [said.get("attendees", ""), *more]))
    return said
