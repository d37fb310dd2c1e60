"""Tables with one entry in a row, columns found by their headings."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from units.enums.schedule import DaySession
from units.schedule.importing.endings import ends_table, words_of
from units.schedule.importing.grid import FORMULA, Cell, Grid
from units.schedule.importing.headings import WHEN, Column, Head
from units.schedule.importing.lines import ReadLine
from units.schedule.importing.sentences import begins_with_time, read_sentence, split_entries
from units.schedule.importing.titles import mark_cancelled, split_attendees, write_title
from units.schedule.importing.whens import WEEKDAY_WORDS, Days, When, read_when

_TEXTS: Final = {
    Column.CONTENT: "content", Column.CHAIR: "chair", Column.ATTENDEES: "attendees", Column.PLACE: "place",
    Column.PREPARING: "preparing", Column.VEHICLE: "vehicle", Column.NOTES: "notes",
}  # fmt: skip
_MANY: Final = 3
_LONGEST_DAY_HEADING: Final = 60


@dataclass(slots=True)
class Place:
    """Where in the week the reader is: a day or half of a day named once holds for the rows below."""

    days: Days
    day: date | None = None
    day_doubt: str = ""
    session: str = ""

    def go(self, when: When) -> None:
        """Take over what a heading or a cell names."""
        if when.has_day:
            day, doubt = self.days.date_of(when)
            if day != self.day:
                self.session = ""
            self.day, self.day_doubt = day, doubt
        if when.session:
            self.session = when.session

    def line(self, source: str, when: When) -> ReadLine:
        """An entry begun here."""
        line = ReadLine(source, day=self.day, starts_at=when.starts_at, ends_at=when.ends_at)
        line.session = when.session or ("" if when.starts_at else self.session)
        line.doubt("day", self.day_doubt if self.day else self.day_doubt or _("Tệp không ghi ngày của việc này."))
        line.doubt("time", when.problem)
        return line


@dataclass(slots=True)
class RowReader:
    """Reads one grid under a head."""

    grid: Grid
    head: Head
    place: Place
    lines: list[ReadLine] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    # Which entry a title cell made, by where the cell begins: rows merged into it add to that entry.
    made: dict[tuple[int, int], ReadLine] = field(default_factory=dict)

    def read(self) -> list[ReadLine]:
        """All entries of the table."""
        for number in range(self.head.first_row, len(self.grid.rows)):
            row = self.grid.rows[number]
            own = list({cell.anchor: cell for cell in row if cell.text}.values())
            if not own or self._is_head_again(row):
                continue
            if self.lines and self._is_end(row, own):
                self._leave_out(number)
                break
            if self._is_banner(row, own):
                self._banner(own[0].text)
            else:
                self._row(number, row)
        self._tell_unknown_columns()
        return self.lines

    def _tell_unknown_columns(self) -> None:
        """Columns nobody knows are left out, but not silently."""
        for place, words in self.head.words.items():
            texts = {row[place].text for row in self.grid.rows[self.head.first_row :]} - {"", words}
            if words and texts and place not in self.head.columns:
                self.left_out.append(_("Cả cột “%(heading)s”: máy không biết cột này là gì.") % {"heading": words})

    def _leave_out(self, first: int) -> None:
        for number, row in enumerate(self.grid.rows[first:], first):
            self.left_out += [
                cell.text for place, cell in enumerate(row) if cell.text and cell.begins_at(number, place)
            ]

    def _is_end(self, row: list[Cell], own: list[Cell]) -> bool:
        """A note or a signature: it stands alone, or in a row without day and time."""
        return any(ends_table(cell.text) for cell in own) and (len(own) == 1 or self._when(row).is_empty)

    def _is_head_again(self, row: list[Cell]) -> bool:
        """The head repeated on a new page: the same words in the same columns."""
        same = [
            place for place, words in self.head.words.items() if words and words_of(row[place].text) == words_of(words)
        ]
        return len(same) >= min(_MANY, len(self.head.columns))

    def _is_banner(self, row: list[Cell], own: list[Cell]) -> bool:
        """One text across the table: a day, a half of a day, a remark."""
        if len(own) != 1:
            return False
        places = [place for place, cell in enumerate(row) if cell.text]
        titles = [place for place, names in self.head.columns.items() if names[0] == Column.TITLE]
        return places[0] not in titles and (len(places) > 1 or self._names_when(own[0].text) or places[0] == 0)

    @staticmethod
    def _names_when(text: str) -> bool:
        when = read_when(text)
        return (when.has_day or bool(when.session)) and len(text) < _LONGEST_DAY_HEADING

    def _banner(self, text: str) -> None:
        when = read_when(text) if self._names_when(text) else None
        if when is not None:
            self.place.go(when)
        if when is None or when.rest:
            self.left_out.append(text)

    # --- one row --------------------------------------------------------------------------------------------------

    def _when(self, row: list[Cell]) -> When:
        when = When()
        for place, names in self.head.columns.items():
            if names[0] in WHEN and row[place].text and not (place and row[place].anchor == row[place - 1].anchor):
                found = _when_of(row[place].text, names[0])
                if found.session == DaySession.ALL_DAY:
                    when = replace(when, session=found.session)  # “Cả ngày” in the time's cell of a morning's row
                when = when.joined(found)
        return when

    def _text(self, row: list[Cell], column: Column) -> str:
        """What stands in the (first) column of a kind; a cell merged over several columns counts in its first only."""
        texts = []
        for place, names in self.head.columns.items():
            cell = row[place]
            if names[0] == column and cell.text and not self._spread_from_before(row, place):
                texts.append(cell.text)
        return "\n".join(dict.fromkeys(texts))

    def _spread_from_before(self, row: list[Cell], place: int) -> bool:
        return any(row[one].anchor == row[place].anchor for one in range(place) if one in self.head.columns)

    def _row(self, number: int, row: list[Cell]) -> None:
        when = self._when(row)
        going = self.place.session if when.session == DaySession.ALL_DAY and not when.has_day else when.session
        self.place.go(When(when.weekday, when.day, when.month, when.year, going))
        title = self._text(row, Column.TITLE)
        if not title:
            self._without_title(row)
            return
        anchor = self._title_anchor(row)
        if anchor in self.made and self._time_goes_on(number, row):
            self._add_to(self.made[anchor], number, row)
            return
        source = _("%(table)s, dòng %(row)d") % {"table": self.grid.name, "row": self.grid.number(number)}
        for text, clock in self._entries(title, when, row):
            line = self.place.line(source, clock)
            self._fill(line, text, clock, row)
            self.lines.append(line)
            self.made[anchor] = line

    def _without_title(self, row: list[Cell]) -> None:
        texts = [self._text(row, column) for column in _TEXTS]
        self.left_out += [text for text in texts if text]

    def _title_anchor(self, row: list[Cell]) -> tuple[int, int]:
        return next(
            row[place].anchor
            for place, names in self.head.columns.items()
            if names[0] == Column.TITLE and row[place].text
        )

    def _time_goes_on(self, number: int, row: list[Cell]) -> bool:
        places = [place for place, names in self.head.columns.items() if names[0] == Column.TIME]
        return all(not row[place].text or row[place].anchor[0] < number for place in places)

    def _add_to(self, line: ReadLine, number: int, row: list[Cell]) -> None:
        """More of an entry whose title goes over several rows."""
        for column, name in _TEXTS.items():
            places = [place for place, names in self.head.columns.items() if names[0] == column]
            texts = [row[place].text for place in places if row[place].begins_at(number, place) and row[place].text]
            if texts:
                setattr(line, name, "\n".join([one for one in (getattr(line, name), *texts) if one]))

    def _entries(self, title: str, when: When, row: list[Cell]) -> list[tuple[str, When]]:
        """Texts with their times: several where the cells hold several."""
        times = [
            line
            for line in self._text(row, Column.TIME).split("\n")
            if read_when(line, bare_number_is_hour=True).starts_at
        ]
        if when.starts_at is None or begins_with_time(title):
            texts = split_entries(title)
            if begins_with_time(texts[0]) or (len(texts) > 1 and any(begins_with_time(one) for one in texts)):
                return [(text, read_sentence(text).when) for text in texts]
        texts = title.split("\n")
        if len(times) > 1 and len(texts) == len(times):
            pairs = zip(texts, times, strict=True)
            return [(text, read_when(clock, bare_number_is_hour=True)) for text, clock in pairs]
        if when.spans > 1:
            words = _("Ô giờ có nhiều giờ: “%(text)s”. Tách thành nhiều việc nếu cần.")
            when = _with_problem(when, words % {"text": " ".join(times)})
        return [(title, when)]

    def _fill(self, line: ReadLine, text: str, when: When, row: list[Cell]) -> None:
        for column, name in _TEXTS.items():
            setattr(line, name, self._text(row, column))
        split_attendees(line)
        write_title(line, text)
        line.is_internal = "noi bo" in words_of(self._text(row, Column.VISIBILITY))
        rest = when.rest if any(names[0] == Column.TIME for names in self.head.columns.values()) else ""
        clock = self._text(row, Column.TIME)
        if rest and not line.place and self._head_names_place():
            line.place = _as_written(clock, rest)
        elif rest and when.starts_at and len(rest) > _MANY:
            line.content = "\n".join(one for one in (line.content, f"({_as_written(clock, rest)})") if one)
        elif clock and when.starts_at is None and not when.problem and not read_when(clock).session:
            line.doubt("time", _("Không đọc được giờ “%(text)s”.") % {"text": " ".join(clock.split())})
            line.notes = "\n".join(one for one in (line.notes, clock) if one)
        for place, names in self.head.columns.items():
            if row[place].mark == FORMULA:
                name = _TEXTS.get(names[0], "title" if names[0] == Column.TITLE else "time" if names[0] in WHEN else "")
                line.doubt(
                    name or "title", _("Ô này là công thức, tệp không giữ kết quả. Máy không tính; ghi lại bằng chữ.")
                )
        mark_cancelled(line, self._text(row, Column.STATUS))

    def _head_names_place(self) -> bool:
        return any(names[0] == Column.TIME and Column.PLACE in names for names in self.head.columns.values())


def _with_problem(when: When, words: str) -> When:
    return When(
        when.weekday, when.day, when.month, when.year, when.session, when.starts_at, when.ends_at, when.rest,
        when.problem or words, when.spans,
    )  # fmt: skip


def _as_written(text: str, rest: str) -> str:
    """The part of ``text`` that ``rest`` (in small letters) is."""
    line = " ".join(text.split())
    found = line.lower().find(rest)
    return line[found : found + len(rest)] if found >= 0 else rest


def _when_of(text: str, column: Column) -> When:
    if column == Column.DAY and words_of(text) in WEEKDAY_WORDS and not text.isdigit():
        return When(weekday=WEEKDAY_WORDS[words_of(text)])
    if column == Column.DAY and re.fullmatch(r"\d{1,2}", text):
        return When(day=int(text))
    return read_when(text, bare_number_is_hour=column == Column.TIME)
