"""Lines of a preview as they are kept until somebody takes them over: what was read, who is meant, what is doubtful.

A line is a dictionary (it is stored as JSON): n, source, day, session, starts, ends, title, content, chair_id, chair,
person_ids, division_ids, unit_ids, attendees, guess (pieces that may mean somebody), room_id, place, preparing_id,
preparing, vehicle, notes, visibility, skip, same, doubts (field → sentence), likely (field → ids), read (field → words of
the file, for going back to them).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from portal.core.text import one_line
from units.enums.schedule import Visibility
from units.rules.schedule import time_words
from units.schedule.importing.directory import Directory, Match, is_leaderlike, plain
from units.schedule.importing.lines import ReadLine

Line = dict[str, Any]
_LIMITS: Final = {"title": 300, "chair": 160, "attendees": 500, "place": 200, "preparing": 160, "vehicle": 120}
_CONTENT_LIMIT: Final = 4_000


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that stands in the week already."""

    day: date
    session: str
    starts: str
    title: str
    is_reception: bool = False


def make_lines(
    read: Sequence[ReadLine], directory: Directory, standing: Iterable[Standing], *, visibility: str
) -> list[Line]:
    """Lines of a preview in the file's order."""
    known = list(standing)
    lines: list[Line] = []
    for number, one in enumerate(read, 1):
        line = _line(number, one, directory, visibility)
        mark_same(line, known, lines)
        lines.append(line)
    return lines


def _line(number: int, read: ReadLine, directory: Directory, visibility: str) -> Line:
    line: Line = {
        "n": number, "source": read.source, "day": read.day.isoformat() if read.day else "", "session": str(read.session),
        "starts": time_words(read.starts_at) if read.starts_at else "",
        "ends": time_words(read.ends_at) if read.ends_at else "", "title": one_line(read.title),
        "content": read.content[:_CONTENT_LIMIT], "vehicle": one_line(read.vehicle), "notes": read.notes[:_CONTENT_LIMIT],
        "visibility": str(Visibility.INTERNAL) if read.is_internal else visibility,
        "skip": read.is_cancelled, "same": "", "doubts": dict(read.doubts), "likely": {},
    }  # fmt: skip
    seat_chair(line, read.chair, directory)
    seat_guests(line, read.attendees, directory)
    seat_place(line, read.place, directory)
    seat_preparing(line, read.preparing, directory)
    _check_lengths(line)
    return line


def _take(line: Line, field: str, match: Match, text: str) -> None:
    """The one who is meant surely, or the only likely one; otherwise the words stay."""
    pk = match.sure if match.sure is not None else (match.likely[0] if len(match.likely) == 1 else None)
    line[f"{field}_id"] = pk
    line["likely"][field] = list(match.likely)
    key = {"room": "place"}.get(field, field)
    line[key] = "" if pk is not None else one_line(text)
    line.setdefault("read", {})[key] = one_line(text)
    line["doubts"].pop(field, None)
    if match.sure is None and match.likely:
        line["doubts"][field] = _("Tệp ghi “%(text)s”. Chọn, hoặc giữ nguyên chữ.") % {"text": one_line(text)}


def seat_chair(line: Line, text: str, directory: Directory) -> None:
    """Who chairs; further people of the same cell attend."""
    match = directory.person(text)
    if match.sure is None and not match.likely:
        pieces = [piece for piece in text.replace(";", "\n").replace(",", "\n").split("\n") if piece.strip()]
        if len(pieces) > 1 and (first := directory.person(pieces[0])).sure is not None:
            _take(line, "chair", first, pieces[0])
            line["also"] = "; ".join(pieces[1:])
            return
    _take(line, "chair", match, text)
    if line["chair_id"] is None and text and not match.likely:
        if directory.has_left(text):
            line["doubts"]["chair"] = _("“%(text)s” không giữ chức vụ nào trong tuần này.") % {"text": one_line(text)}
        elif is_leaderlike(text):
            line["doubts"]["chair"] = _("Chưa nhận ra “%(text)s”. Chọn người, hoặc giữ nguyên chữ.") % {
                "text": one_line(text)
            }


def seat_guests(line: Line, text: str, directory: Directory) -> None:
    """Who takes part."""
    also = line.pop("also", "")
    guests = directory.guests("\n".join(one for one in (also, text) if one))
    line["person_ids"] = [pk for pk in guests.persons if pk != line["chair_id"]]
    line["division_ids"], line["unit_ids"], line["attendees"] = guests.divisions, guests.units, guests.text
    line["guess"] = [{"text": piece, "likely": list(likely)} for piece, likely in guests.doubtful]
    line["doubts"].pop("attendees", None)
    if guests.doubtful:
        words = "; ".join(piece for piece, _likely in guests.doubtful)
        line["doubts"]["attendees"] = _("Chọn người cho: %(words)s. Hoặc giữ nguyên chữ.") % {"words": words}


def seat_place(line: Line, text: str, directory: Directory) -> None:
    """In which room, or where else."""
    split = line["doubts"].get("place", "")
    match = directory.room(text)
    _take(line, "room", match, text)
    if (line["room_id"] is not None and match.sure is not None) or not text:
        line["doubts"].pop("place", None)
    elif split:
        line["doubts"]["place"] = split
    if words := line["doubts"].pop("room", ""):
        line["doubts"]["place"] = words


def seat_preparing(line: Line, text: str, directory: Directory) -> None:
    """Which division prepares."""
    _take(line, "preparing", directory.division(text), text)


def _check_lengths(line: Line) -> None:
    for name, most in _LIMITS.items():
        if len(line[name]) > most:
            line["content"] = "\n".join(one for one in (line["content"], line[name]) if one)[:_CONTENT_LIMIT]
            line[name] = f"{line[name][: most - 1].rsplit(' ', 1)[0]}…"
            line["doubts"].setdefault(name, _("Chữ dài quá %(most)d ký tự; bản đầy đủ ở ô Chi tiết.") % {"most": most})


def mark_same(line: Line, standing: Iterable[Standing], before: Iterable[Line] = ()) -> bool:
    """Leave a line out where the same stands in the week already, or earlier in the file; whether it does."""
    line["same"] = _same_in_week(line, standing) or _same_in_file(line, before)
    line["skip"] = line["skip"] or bool(line["same"])
    return bool(line["same"])


def _same_in_week(line: Line, standing: Iterable[Standing]) -> str:
    title = plain(line["title"])
    for one in standing:
        if one.day.isoformat() != line["day"] or not _same_time((one.session, one.starts), line):
            continue
        if one.is_reception and title.startswith("tiep cong dan"):
            return _("Lịch tiếp công dân đã có buổi này.")
        if plain(one.title) == title:
            return _("Lịch tuần đã có việc này.")
    return ""


def _same_in_file(line: Line, before: Iterable[Line]) -> str:
    title = plain(line["title"])
    for other in before:
        same_time = other["day"] == line["day"] and _same_time((other["session"], other["starts"]), line)
        if same_time and plain(other["title"]) == title:
            return _("Trùng với việc số %(number)d trong tệp này.") % {"number": other["n"]}
    return ""


def _same_time(mine: tuple[str, str], line: Line) -> bool:
    session, starts = mine
    return starts == line["starts"] and (bool(starts) or session == line["session"])
