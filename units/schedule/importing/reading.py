"""From a file to the lines of a week: finds which of the usual layouts it has. Needs no database."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import IO, Final

from django.utils.translation import gettext as _

from units.enums.schedule import DaySession
from units.rules.schedule import monday_of, session_of
from units.schedule.importing.excel import ROW_LIMIT, sheets_of_xlsx
from units.schedule.importing.grid import Block, Grid, Paragraph, lines_of
from units.schedule.importing.headings import Head, find_head
from units.schedule.importing.lines import ReadFile, ReadLine
from units.schedule.importing.matrix import MatrixReader, find_frame
from units.schedule.importing.packages import kind_of_file
from units.schedule.importing.plain_list import ListReader
from units.schedule.importing.refusals import (
    ScheduleFileRefusedError,
    nothing_found,
    nothing_written,
    other_week,
)
from units.schedule.importing.rows import Place, RowReader
from units.schedule.importing.whens import Days, read_when
from units.schedule.importing.word import blocks_of_docx

LINE_LIMIT: Final = 300
_RANGE: Final = re.compile(
    r"(\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?)\s*(?:-|–|—|đến|tới)\s*(?:hết\s+)?(?:ngày\s+)?(\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4})",
    re.IGNORECASE,
)
_LEFT_OUT_SHOWN: Final = 12
_LONGEST_DAY: Final = 80


def read_schedule_file(upload: IO[bytes], *, size: int, monday: date, sheet: str = "") -> ReadFile:
    """The lines of the week that begins on ``monday``. Raises ScheduleFileRefusedError, SheetNotNamedError."""
    kind = kind_of_file(upload, size=size)
    blocks: list[Block]
    if kind == "docx":
        blocks = blocks_of_docx(upload)
        if (
            sum(len(block.rows) for block in blocks if isinstance(block, Grid)) > ROW_LIMIT
            or len(blocks) > 4 * ROW_LIMIT
        ):
            raise ScheduleFileRefusedError(
                _("Tệp có hơn %(most)d dòng trong bảng. Chép riêng lịch của một tuần sang tệp mới rồi nạp.")
                % {"most": ROW_LIMIT}
            )
    else:
        blocks = [_sheet_for(sheets_of_xlsx(upload), monday, sheet)]
    reader = _Reader(blocks, monday)
    lines = reader.read()
    reader.check_week()
    if len(lines) > LINE_LIMIT:
        raise ScheduleFileRefusedError(
            _("Tệp có %(lines)d việc; một tuần không quá %(most)d. Chép riêng lịch của một tuần sang tệp mới rồi nạp.")
            % {"lines": len(lines), "most": LINE_LIMIT}
        )
    return ReadFile([_settled(line) for line in lines], list(dict.fromkeys(reader.left_out))[:_LEFT_OUT_SHOWN])


class SheetNotNamedError(ScheduleFileRefusedError):
    """Several sheets look like a week; the person says which. ``names`` are the sheets."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            _("Tệp có nhiều trang giống lịch tuần. Chọn trang cần nạp ở ô bên dưới, chọn lại tệp rồi bấm nạp.")
        )
        self.names = names


def _sheet_for(grids: list[Grid], monday: date, chosen: str) -> Grid:
    """The chosen sheet, the only one that looks like a schedule, or the only one whose dates lie in the week."""
    likely = [grid for grid in grids if find_head(grid) or find_frame(grid)] or grids
    if chosen:
        likely = [grid for grid in grids if _tab(grid) == chosen] or likely
    if not likely:
        raise ScheduleFileRefusedError(_("Trang tính trống. Điền lịch vào tệp mẫu rồi nạp lại."))
    if len(likely) == 1:
        return likely[0]
    counts = {grid.name: _days_in_week([grid], monday) for grid in likely}
    best = [grid for grid in likely if counts[grid.name]]
    if len(best) != 1:
        raise SheetNotNamedError([_tab(grid) for grid in likely])
    return best[0]


def _tab(grid: Grid) -> str:
    return grid.name.split("“", 1)[-1].removesuffix("”")


def _days_in_week(blocks: list[Block] | list[Grid], monday: date) -> int:
    """How many dates of the week stand in short texts."""
    days = Days(monday, [])
    for block in blocks:
        for line in lines_of(block):
            if len(line) < _LONGEST_DAY:
                when = read_when(line)
                if when.day is not None and when.month is not None:
                    days.date_of(when)
    return sum(monday <= day <= monday + timedelta(days=6) for day in days.named)


@dataclass(slots=True)
class _Reader:
    """Walks through a file's blocks once."""

    blocks: list[Block]
    monday: date
    left_out: list[str] = field(default_factory=list)
    has_table: bool = False
    place: Place = field(init=False)

    def __post_init__(self) -> None:
        self.place = Place(Days(self.monday, []))

    def read(self) -> list[ReadLine]:
        """By tables; where there is none of ours, by lines of text. Raises ScheduleFileRefusedError."""
        lines = self._tables()
        if not lines and self.has_table:
            raise nothing_written()
        lines = lines or self._list()
        if not lines:
            raise nothing_found()
        return lines

    def _tables(self) -> list[ReadLine]:
        lines: list[ReadLine] = []
        head: Head | None = None
        width = 0
        for block in self.blocks:
            if isinstance(block, Paragraph):
                self._heading(block.text)
                continue
            found = find_head(block)
            if found is not None:
                head, width = found, block.width
            elif head is not None and block.width == width and not find_frame(block):
                found = Head(0, head.columns, head.words)  # the table goes on, or one table for each day
            self.has_table = self.has_table or found is not None
            if found is not None:
                rows = RowReader(block, found, self.place)
                lines += rows.read()
                self.left_out += rows.left_out
            elif frame := find_frame(block):
                matrix = MatrixReader(block, frame, self.place)
                lines += matrix.read()
                self.left_out += matrix.left_out
        return lines

    def _heading(self, text: str) -> None:
        """A day written above its own table."""
        when = read_when(text)
        if when.weekday is not None and len(text) < _LONGEST_DAY and when.starts_at is None:
            self.place.go(when)

    def _list(self) -> list[ReadLine]:
        self.place = Place(Days(self.monday, []))
        reader = ListReader([line for block in self.blocks for line in lines_of(block)], self.place)
        lines = reader.read()
        self.left_out = reader.left_out
        return lines

    def check_week(self) -> None:
        """Refuse a file all of whose dates, or whose “từ ngày … đến ngày …”, lie in another week."""
        named = self.place.days.named
        week = range(7)
        inside = [day for day in named if (day - self.monday).days in week]
        if named and not inside:
            raise other_week(self.monday, Counter(named).most_common(1)[0][0])
        stated = None if named else self._stated()
        if stated is not None and monday_of(stated) != self.monday:
            raise other_week(self.monday, stated)

    def _stated(self) -> date | None:
        """The first day of “Từ ngày 23/11 đến ngày 29/11/2026” above the table."""
        for block in self.blocks:
            for line in lines_of(block):
                if found := _RANGE.search(line):
                    last = read_when(f"ngày {found[2]}")
                    first = read_when(f"ngày {found[1]}")
                    days = Days(self.monday, [])
                    days.date_of(replace(first, year=first.year or last.year))
                    return days.named[0] if days.named else None
        return None


def _settled(line: ReadLine) -> ReadLine:
    """With a half of the day, always."""
    if line.starts_at is not None:
        line.session = session_of(line.starts_at)
    elif not line.session:
        line.session = DaySession.ALL_DAY
        line.doubt("time", _("Tệp không ghi giờ hay buổi; máy để cả ngày."))
    return line
