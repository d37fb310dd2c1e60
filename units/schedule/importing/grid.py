"""What a Word or Excel file comes down to before it is understood: paragraphs and grids of cells, merged ones filled out."""

from dataclasses import dataclass, field
from typing import Final

from portal.core.text import nfc

# Marks on a cell, not words of it.
FORMULA: Final = "formula"


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a grid. A merged cell stands in each of its places with the same ``anchor``: where it begins."""

    text: str = ""
    anchor: tuple[int, int] = (0, 0)
    mark: str = ""

    def begins_at(self, row: int, column: int) -> bool:
        """Whether this place is the first of the (perhaps merged) cell."""
        return self.anchor == (row, column)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of equal length, and how its file calls it (“Bảng 2”, “Trang “Tuần 48””)."""

    rows: list[list[Cell]] = field(default_factory=list)
    name: str = ""
    # The number a person sees beside each row; Excel's rows may begin further down.
    numbers: list[int] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Columns."""
        return len(self.rows[0]) if self.rows else 0

    def number(self, row: int) -> int:
        """What a person would call the row."""
        return self.numbers[row] if row < len(self.numbers) else row + 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside of tables."""

    text: str


Block = Paragraph | Grid


def clean(text: str) -> str:
    """One spelling; single spaces; lines kept, empty ones dropped."""
    lines = (" ".join(line.split()) for line in nfc(text).replace("\x0b", "\n").splitlines())
    return "\n".join(line for line in lines if line)


def lines_of(block: Block) -> list[str]:
    """All lines of a paragraph or a grid in reading order, merged cells once."""
    if isinstance(block, Paragraph):
        return block.text.split("\n")
    return [
        line
        for row, cells in enumerate(block.rows)
        for column, cell in enumerate(cells)
        if cell.text and cell.begins_at(row, column)
        for line in cell.text.split("\n")
    ]
