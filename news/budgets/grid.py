"""What an Excel sheet or a pasted text comes down to before it is understood: rows of cells, merged ones filled out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from news.budgets.numbers import Reading
from portal.core.text import nfc


@dataclass(frozen=True, slots=True)
class GridCell:
    """One place. A merged cell stands in each of its places with the same ``anchor``.

    ``reading`` is set for what the sheet itself keeps as a number, and for a formula or an error that has none.
    """

    text: str = ""
    anchor: tuple[int, int] = (0, 0)
    reading: Reading | None = None
    indent: int = 0

    @property
    def is_number(self) -> bool:
        """Kept by the sheet as a number."""
        return self.reading is not None and bool(self.reading.value)


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: rows of equal length, its name, and what the clerk should know of it (hidden rows)."""

    rows: list[list[GridCell]] = field(default_factory=list)
    name: str = ""
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Columns."""
        return len(self.rows[0]) if self.rows else 0

    def own(self, row: int, column: int) -> GridCell:
        """The cell when it begins here; an empty one within a merged area."""
        cell = self.rows[row][column]
        return cell if cell.anchor == (row, column) else GridCell(anchor=(row, column))

    def without(self, columns: Sequence[int]) -> "Grid":
        """The same without some columns."""
        gone = set(columns)
        kept = [place for place in range(self.width) if place not in gone]
        at = {old: new for new, old in enumerate(kept)}
        rows = [
            [
                GridCell(cell.text, (cell.anchor[0], at.get(cell.anchor[1], at[place])), cell.reading, cell.indent)
                for place in kept
                for cell in [row[place]]
            ]
            for row in self.rows
        ]
        return Grid(rows, self.name, self.notes)


def clean(text: str) -> str:
    """One spelling, single spaces."""
    return " ".join(nfc(text).split())


def grid_of_text(text: str) -> Grid:
    """A text copied from Excel: tabs between cells, a line each; quoted cells with line breaks are put together."""
    lines = [
        line for line in _lines(text.replace("\r\n", "\n").replace("\r", "\n")) if any(part.strip() for part in line)
    ]
    width = max((len(line) for line in lines), default=0)
    rows = []
    for at, line in enumerate(lines):
        cells = [*line, *[""] * (width - len(line))]
        rows.append(
            [
                GridCell(clean(part), (at, place), indent=len(part) - len(part.lstrip(" \u00a0")))
                for place, part in enumerate(cells)
            ]
        )
    return Grid(rows)


def _lines(text: str) -> list[list[str]]:
    """Excel puts a cell with a line break in quotes, its own quotes doubled; a quote within words is a quote."""
    lines: list[list[str]] = [[]]
    cell, is_quoted = "", False
    at = 0
    while at < len(text):
        letter = text[at]
        if is_quoted and letter == '"':
            if text[at + 1 : at + 2] == '"':
                cell, at = cell + '"', at + 1
            else:
                is_quoted = False
        elif not is_quoted and letter == '"' and not cell and _closes(text, at):
            is_quoted = True
        elif not is_quoted and letter in "\t\n":
            lines[-1].append(cell)
            cell = ""
            if letter == "\n":
                lines.append([])
        else:
            cell += letter
        at += 1
    lines[-1].append(cell)
    return lines


def _closes(text: str, at: int) -> bool:
    """Whether a quote that opens a cell is closed before a tab or a line's end."""
    end = at + 1
    while (end := text.find('"', end)) != -1:
        if text[end + 1 : end + 2] == '"':
            end += 2
            continue
        return text[end + 1 : end + 2] in {"", "\t", "\n"}
    return False


def times_hundred(value: str) -> str:
    """A share that Excel shows in percent: ``0.785`` → ``78.5``, exactly."""
    number = Decimal(value) * 100
    return format(number.normalize() if number else Decimal(0), "f")
