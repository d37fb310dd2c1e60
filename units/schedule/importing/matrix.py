"""Tables whose columns are leaders, days or halves of the day; each cell holds entries as running text."""

from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from units.schedule.importing.endings import ends_table, words_of
from units.schedule.importing.grid import Cell, Grid
from units.schedule.importing.headings import WHEN, Column, columns_in, head_rows
from units.schedule.importing.lines import ReadLine
from units.schedule.importing.rows import Place
from units.schedule.importing.sentences import read_sentence, split_entries
from units.schedule.importing.titles import write_sentence
from units.schedule.importing.whens import When, read_when

_NOTHING: Final = frozenset({"", "x", "0"})
_LONGEST_HEADING: Final = 90
# Columns beside the leaders' that are nobody's.
_BESIDE: Final = frozenset(
    {Column.NOTES, Column.PLACE, Column.PREPARING, Column.VEHICLE, Column.VISIBILITY, Column.STATUS, Column.ORDINAL}
)
_ATTENDING: Final = ("du ", "tham du ", "cung du ", "tham gia ", "cung tham du ")


@dataclass(frozen=True, slots=True)
class Frame:
    """Which columns head the rows, and what each other column stands for."""

    first_row: int
    row_heads: list[int]
    columns: dict[int, tuple[When, str]]  # time, leader


def find_frame(grid: Grid) -> Frame | None:
    """The heading of such a table; None where there is none."""
    for number, row in enumerate(grid.rows):
        if frame := _frame(grid, number, row):
            return frame
    return None


def _frame(grid: Grid, number: int, row: list[Cell]) -> Frame | None:
    if len({cell.anchor for cell in row if cell.text}) < 2 or any(len(cell.text) > _LONGEST_HEADING for cell in row):  # noqa: PLR2004 - a head of the rows, a column
        return None
    whens = {place: read_when(cell.text) for place, cell in enumerate(row) if cell.text}
    of_time = {place for place, when in whens.items() if (when.has_day or when.session) and when.starts_at is None}
    named = {place: columns_in(row[place].text) for place in whens}
    heads = [place for place, names in named.items() if names and names[0] in WHEN | {Column.ORDINAL}]
    if len({row[place].anchor for place in of_time}) >= 2 and min(of_time) > 0:  # noqa: PLR2004 - two days, two halves
        heads = heads or list(range(min(of_time)))
    elif not heads or heads[0] != 0 or any(names and names[0] == Column.TITLE for names in named.values()):
        return None
    places = [
        place
        for place in range(grid.width)
        if place not in heads and row[place].text and not (named[place] and named[place][0] in _BESIDE)
    ]
    if len({row[place].anchor for place in places}) < 2:  # noqa: PLR2004 - one column is no table of columns
        return None
    end = head_rows(grid, number) if _is_double(grid, number) else number + 1
    columns = {place: _column([grid.rows[one][place].text for one in range(number, end)]) for place in places}
    return Frame(end, heads, columns)


def _is_double(grid: Grid, number: int) -> bool:
    """Whether the heading has a second row; the cells that head the rows are merged over both."""
    return number + 1 < len(grid.rows) and grid.rows[number + 1][0].anchor == grid.rows[number][0].anchor


def _column(texts: list[str]) -> tuple[When, str]:
    when, leader = When(), ""
    for text in dict.fromkeys(texts):
        found = read_when(text)
        if found.is_empty:
            leader = leader or " ".join(text.split())
        else:
            when = when.joined(found)
    return when, leader


@dataclass(slots=True)
class MatrixReader:
    """Reads one grid in its frame."""

    grid: Grid
    frame: Frame
    place: Place
    lines: list[ReadLine] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def read(self) -> list[ReadLine]:
        """All entries, those that stand under several leaders once."""
        for number in range(self.frame.first_row, len(self.grid.rows)):
            row = self.grid.rows[number]
            own = list({cell.anchor: cell for cell in row if cell.text}.values())
            if self.lines and any(ends_table(cell.text) for cell in own):
                self.left_out += [
                    cell.text
                    for line in self.grid.rows[number:]
                    for cell in {one.anchor: one for one in line}.values()
                    if cell.text
                ]
                break
            self._row(number, row, own)
            beside = [
                place for place in range(self.grid.width) if place not in {*self.frame.row_heads, *self.frame.columns}
            ]
            self.left_out += [
                row[place].text for place in beside if row[place].begins_at(number, place) and row[place].text
            ]
        return self._joined()

    def _row(self, number: int, row: list[Cell], own: list[Cell]) -> None:
        if len(own) == 1 and not read_when(own[0].text).is_empty and len(own[0].text) < _LONGEST_HEADING:
            self.place.go(read_when(own[0].text))
            return
        when, leader = When(), ""
        for one in self.frame.row_heads:
            found = read_when(row[one].text, bare_number_is_hour=False)
            if found.is_empty:
                leader = leader or " ".join(row[one].text.split())
            when = when.joined(found)
        self.place.go(when)
        for place, (column_when, column_leader) in self.frame.columns.items():
            cell = row[place]
            if cell.text and cell.begins_at(number, place) and words_of(cell.text) not in _NOTHING:
                others = [
                    name
                    for one, (_when, name) in self.frame.columns.items()
                    if one != place and row[one].anchor == cell.anchor
                ]
                self._cell(number, cell.text, column_when.joined(when), [column_leader or _person(leader), *others])

    def _cell(self, number: int, text: str, when: When, leaders: list[str]) -> None:
        source = _("%(table)s, dòng %(row)d") % {"table": self.grid.name, "row": self.grid.number(number)}
        for one in split_entries(text):
            sentence = read_sentence(one)
            here = Place(self.place.days, self.place.day, self.place.day_doubt, self.place.session)
            here.go(When(when.weekday, when.day, when.month, when.year, when.session))
            line = here.line(source, sentence.when if sentence.when.starts_at else sentence.when.joined(when))
            write_sentence(line, one)
            _seat(line, [name for name in leaders if name])
            self.lines.append(line)

    def _joined(self) -> list[ReadLine]:
        joined: dict[tuple[object, ...], ReadLine] = {}
        for line in self.lines:
            key = (line.day, line.session, line.starts_at, words_of(line.title))
            first = joined.setdefault(key, line)
            if first is not line:
                others = [line.chair, line.attendees]
                known = f"{first.chair}; {first.attendees}"
                first.attendees = "; ".join(
                    [
                        one
                        for one in (first.attendees, *others)
                        if (one and one not in known) or (one == first.attendees and one)
                    ]
                )
        return list(joined.values())


def _person(text: str) -> str:
    """The head of a row that is no number and no time."""
    return "" if text.isdigit() else text


def _seat(line: ReadLine, leaders: list[str]) -> None:
    """Whose column it is chairs, or attends where the text says so; further columns attend."""
    if not leaders:
        return
    if line.chair or f"{words_of(line.title)} ".startswith(_ATTENDING):
        line.attendees = "; ".join([*leaders, *([line.attendees] if line.attendees else [])])
    else:
        line.chair = leaders[0]
        line.attendees = "; ".join([*leaders[1:], *([line.attendees] if line.attendees else [])])
