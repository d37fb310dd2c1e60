"""Which column is which, by its heading, in any order."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from portal.core.text import folded
from units.schedule.importing.grid import Cell, Grid
from units.schedule.importing.whens import read_when


class Column(StrEnum):
    """What a column of a week's table holds."""

    ORDINAL = "ordinal"
    DAY = "day"
    SESSION = "session"
    TIME = "time"
    TITLE = "title"
    CONTENT = "content"
    CHAIR = "chair"
    ATTENDEES = "attendees"
    PLACE = "place"
    PREPARING = "preparing"
    VEHICLE = "vehicle"
    NOTES = "notes"
    VISIBILITY = "visibility"
    STATUS = "status"


WHEN: Final = frozenset({Column.DAY, Column.SESSION, Column.TIME})
# The word that stands first in a heading decides; the longer where two begin together.
_WORDS: Final = (
    (Column.ORDINAL, r"^stt|^so tt|^tt|so thu tu"),
    (Column.TIME, r"thoi gian|thoi diem|^gio"),
    # One short word heads a column only where it stands first: “Thu” and “Tài” are names, too.
    (Column.DAY, r"ngay thang|ngay thu|thu ngay|^ngay|^thu"),
    (Column.SESSION, r"^buoi"),
    (Column.CONTENT, r"chi tiet|noi dung chi tiet"),
    (Column.TITLE, r"noi dung|cong viec|ten cuoc hop|hoat dong|noi dung cong viec|^viec"),
    (Column.CHAIR, r"chu tri|nguoi chu tri|lanh dao|dong chi chu tri|chu toa|nguoi tiep"),
    (
        Column.ATTENDEES,
        r"thanh phan|tham du|nguoi du|du hop|cung du|moi du|thanh vien|lanh dao cung du|nguoi thuc hien|phan cong",
    ),
    (Column.PLACE, r"dia diem|noi hop|noi lam viec|^phong hop$|^tai$"),
    (
        Column.PREPARING,
        r"don vi chuan bi|chuan bi|co quan chuan bi|don vi tham muu|don vi thuc hien|phu trach noi dung",
    ),
    (Column.VEHICLE, r"phuong tien|^xe|lai xe|bo tri xe"),
    (Column.NOTES, r"ghi chu"),
    (Column.STATUS, r"^thay doi|^tinh trang|^trang thai"),
    (Column.VISIBILITY, r"pham vi|ai xem duoc|che do cong khai"),
)
_PATTERNS: Final = tuple((column, re.compile(rf"(?:\b|^)(?:{words})\b")) for column, words in _WORDS)
_LONGEST_HEADING: Final = 60
_SHORT: Final = 40


def columns_in(heading: str) -> list[Column]:
    """What a heading names, the main thing first: “Thời gian, địa điểm” → time and place. Nothing for data and long texts."""
    words = re.sub(r"[^\w]+", " ", folded(heading)).strip()
    if not words or len(words) > _LONGEST_HEADING or not read_when(heading).is_empty:
        return []
    found = []
    for column, pattern in _PATTERNS:
        if match := pattern.search(words):
            longest = max(pattern.finditer(words), key=lambda one: (-one.start(), len(one.group())))
            found.append((match.start(), -len(longest.group()), column))
    return [column for _start, _length, column in sorted(found)]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table: the row its data begin in, what each column is, and the heading's words."""

    first_row: int
    columns: dict[int, list[Column]] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)

    def has(self, column: Column) -> bool:
        """Whether some column is (mainly) that."""
        return any(names[0] == column for names in self.columns.values())


def find_head(grid: Grid) -> Head | None:
    """The first row that heads a table of entries, with the rows its cells are merged into; None where there is none."""
    for number, row in enumerate(grid.rows):
        # A row that tells a day, a time or a half of the day is an entry, whatever words stand in it.
        if any(len(cell.text) < _SHORT and not read_when(cell.text).is_empty for cell in _own(row)):
            continue
        kinds = {names[0] for cell in _own(row) if (names := columns_in(cell.text))}
        useful = kinds - {Column.ORDINAL}
        if len(useful) >= 3 or (len(useful) == 2 and Column.TITLE in useful):  # noqa: PLR2004 - three headings, or two with the main one
            return _head(grid, number)
    return None


def _own(row: list[Cell]) -> list[Cell]:
    """Each cell of a row once."""
    return list({cell.anchor: cell for cell in row if cell.text}.values())


def head_rows(grid: Grid, first: int) -> int:
    """The row after the head that begins in ``first``: cells merged downwards belong to it."""
    last = first
    while last + 1 < len(grid.rows) and any(
        first <= cell.anchor[0] <= last and cell.text for cell in grid.rows[last + 1]
    ):
        last += 1
    return last + 1


def _head(grid: Grid, first: int) -> Head:
    end = head_rows(grid, first)
    columns: dict[int, list[Column]] = {}
    words: dict[int, str] = {}
    for place in range(grid.width):
        texts = [grid.rows[row][place].text for row in range(first, end)]
        words[place] = next((text for text in reversed(texts) if text), "")
        found = next((names for text in reversed(texts) if (names := columns_in(text))), None)
        if found:
            columns[place] = found
    return Head(end, columns, words)
