"""What the words of a line's main cell are: title, details, named parts, put off or not."""

import re

from django.utils.translation import gettext as _

from units.schedule.importing.endings import words_of
from units.schedule.importing.lines import ReadLine
from units.schedule.importing.sentences import TITLE_LIMIT, begins_with_time, read_sentence, split_parts, split_place


def split_attendees(line: ReadLine) -> None:
    """“Chủ trì: CT; dự: các phòng” in one cell."""
    rest, parts = split_parts(line.attendees)
    if not parts:
        return
    line.attendees = "; ".join(one for one in (rest.strip(" \n;,"), parts.pop("attendees", "")) if one)
    line.chair = line.chair or parts.pop("chair", "")
    line.attendees = "; ".join([one for one in (line.attendees, *parts.values()) if one])


def write_title(line: ReadLine, text: str, *, is_sentence: bool = False) -> None:
    """The first line is the title, the others the details; parts that the text names go where they belong."""
    if is_sentence or begins_with_time(text):
        sentence = read_sentence(text)
        head, parts = sentence.title, sentence.parts
    else:
        head, parts = split_parts(text)
        head, more = _first_line(head)
        if more:
            parts["content"] = "\n".join(one for one in (more, parts.get("content", "")) if one)
    for name, value in parts.items():
        mine = getattr(line, name)
        setattr(line, name, "\n".join(one for one in (mine, value) if one) if name == "content" else mine or value)
    if len(head) > TITLE_LIMIT:
        cut = head.rfind(" ", 0, TITLE_LIMIT - 1)
        cut = cut if cut > 0 else TITLE_LIMIT - 1
        line.content = "\n".join(one for one in (f"… {head[cut:].strip()}", line.content) if one)
        head = f"{head[:cut]}…"
        line.doubt("title", _("Nội dung dài quá 300 ký tự; phần sau được chuyển sang ô Chi tiết."))
    line.title = head


def _first_line(text: str) -> tuple[str, str]:
    """The title and what follows; a line that goes on in small letters still belongs to the title."""
    lines = [line for line in text.strip(" \n;,").split("\n") if line]
    title = lines[:1]
    rest = lines[1:]
    while rest and rest[0][:1].islower():
        title.append(rest.pop(0))
    return re.sub(r"^\s*[-–+•*]\s+", "", " ".join(title)), "\n".join(rest)


def mark_cancelled(line: ReadLine, status: str = "") -> None:
    """“Hoãn” beside or before a title; moved to another day or taken off, in a file of ours."""
    beside = re.match(r"(?:hoan|tam hoan|huy)\b", words_of(line.notes)) or re.match(
        r"(?:hoan|tam hoan|huy|go|doi sang)\b", words_of(status)
    )
    if beside or re.match(r"\W*(?:hoãn|tạm hoãn)\s*[:)\]-]", line.title.lower()):
        line.is_cancelled = True
        line.doubt("title", _("Tệp ghi việc này đã hoãn, dời hoặc gỡ."))


def write_sentence(line: ReadLine, text: str) -> None:
    """Title, named parts, and the place at the end of the sentence."""
    write_title(line, text, is_sentence=True)
    if not line.place:
        title, place = split_place(line.title)
        if place and title:
            line.title, line.place = title, place
            line.doubt("place", _("Máy tách địa điểm từ câu “… tại …”."))
    line.title = f"{line.title[:1].upper()}{line.title[1:]}"
    mark_cancelled(line)
