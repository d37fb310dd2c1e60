"""Weeks written without a table: a day as heading, entries as lines below it."""

import re
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from units.schedule.importing.endings import ends_table
from units.schedule.importing.lines import ReadLine
from units.schedule.importing.rows import Place
from units.schedule.importing.sentences import begins_with_time, read_sentence, split_parts, without_bullet
from units.schedule.importing.titles import write_sentence
from units.schedule.importing.whens import When, read_when

_DAY: Final = re.compile(
    r"^\W*(?:(?:[IVX]{1,4}|\d{1,2})[.)]\s*)?(?:(?:ngày\s+)?(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)\b|ngày\s+\d{1,2}\s*(?:[/.-]|tháng))",
    re.IGNORECASE,
)
_SESSION: Final = re.compile(r"^\W*(?:buổi\s+)?(?:sáng|chiều|tối|trưa|cả ngày)\b", re.IGNORECASE)
_DAY_HEADING: Final = re.compile(
    r"^\W*(?:(?:[IVX]{1,4}|\d{1,2})[.)]\s*)?(?P<day>(?:thứ\s+\S+|chủ\s+nhật|ngày)?[\s,(]*(?:ngày\s+)?[\d\s/.,()-]*(?:tháng\s+\d+(?:\s+năm\s+\d+)?)?[\s)]*):?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class ListReader:
    """Reads lines of text one after another."""

    texts: list[str]
    place: Place
    lines: list[ReadLine] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _opened_at: int = 0

    def read(self) -> list[ReadLine]:
        """All entries; none before the first day."""
        for number, text in enumerate(self.texts, 1):
            if self.place.day is not None and ends_table(text):
                self._close()
                self.left_out += self.texts[number - 1 :]
                return self.lines
            self._line(number, text)
        self._close()
        return self.lines

    def _line(self, number: int, text: str) -> None:
        if _DAY.match(text) and not begins_with_time(text):
            self._close()
            heading = _DAY_HEADING.match(text)
            end = heading.end() if heading else len(text)
            self.place.go(read_when(text[:end]))
            text = text[end:].strip(" :–-")
        if self.place.day is None or not text:
            return
        if (found := _SESSION.match(text)) and not begins_with_time(text):
            self._close()
            self.place.go(When(session=read_when(found.group()).session))
            text = text[found.end() :].strip(" :–-")
        elif found:
            self.place.go(When(session=read_when(found.group()).session))
        if text:
            self._piece(number, text)

    def _piece(self, number: int, text: str) -> None:
        """A new entry, or more of the one that is open."""
        title, parts = split_parts(text)
        adds = bool(parts) and not without_bullet(title).strip()
        is_new = begins_with_time(text) or (
            not adds and (text != without_bullet(text) and not text.lstrip().startswith("+"))
        )
        if is_new or not self._open:
            self._close()
            self._open, self._opened_at = [text], number
        else:
            self._open.append(text)

    def _close(self) -> None:
        if not self._open:
            return
        text = "\n".join(self._open)
        self._open = []
        line = self.place.line(_("Dòng chữ thứ %(number)d") % {"number": self._opened_at}, read_sentence(text).when)
        write_sentence(line, text)
        if line.title:
            self.lines.append(line)
