"""Finding the head of a table in a grid: which rows it takes, which column holds the items, what stands above each value."""

import re
from dataclasses import dataclass
from typing import Final

from news.budgets.grid import Grid
from news.budgets.numbers import read_number
from portal.core.text import folded, one_line

_ITEM: Final = re.compile(
    r"^(?:noi dung|chi tieu|khoan muc|dien giai|danh muc|ten (?:don vi|du an|cong trinh|phuong|xa|nhiem vu|to chuc)|nhiem vu|linh vuc"
    r"|cac khoan|noi dung (?:thu|chi)|khoan (?:thu|chi)|don vi$|muc (?:thu|chi)|ten)\b"
)
_MARK: Final = re.compile(r"^(?:stt|tt|so tt|so thu tu|muc|ma so)$")
_NUMBERING: Final = re.compile(r"\(?\s*(?:\d{1,2}|[A-H])\s*(?:=\s*\(?\d{1,2}\)?\s*[/:+\-*x%\d() ]*)?\)?")
_RATIO: Final = re.compile(r"^\(?(\d{1,2})\)?=\(?(\d{1,2})\)?[/:]\(?(\d{1,2})\)?")
HEAD_ROWS: Final = 5
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class HeadOfTable:
    """Rows ``first`` to ``last`` are the head; ``mark`` is the column of “STT”; titles stand from the outside in."""

    first: int
    last: int
    mark: int | None
    items: tuple[int, ...]
    titles: dict[int, tuple[str, ...]]
    numbering: dict[int, str]


def head_of(grid: Grid) -> HeadOfTable | None:
    """The head; None where the grid holds no table."""
    first = next((row for row in range(len(grid.rows)) if _begins_here(grid, row)), None)
    if first is None:
        return None
    last = first
    numbering: dict[int, str] = {}
    for row in range(first + 1, min(first + HEAD_ROWS, len(grid.rows))):
        if _is_numbering(grid, row):
            numbering = {
                place: one_line(cell.text).replace(" ", "") for place, cell in enumerate(grid.rows[row]) if cell.text
            }
            last = row
            break
        if not _goes_on(grid, first, row):
            break
        last = row
    titles = {place: _titles(grid, place, first, last) for place in range(grid.width)}
    mark = next((place for place, words in titles.items() if words and _MARK.match(folded(words[-1]))), None)
    items = [place for place, words in titles.items() if words and place != mark and _ITEM.match(folded(words[0]))]
    if not items:
        return None
    return HeadOfTable(first, last, mark, tuple(_apart(grid, first, items)), titles, numbering)


def _apart(grid: Grid, first: int, items: list[int]) -> list[int]:
    """A merged “Nội dung” over two columns (mark and words) is one column of items: the last of them."""
    last: dict[tuple[int, int], int] = {}
    for place in items:
        last[grid.rows[first][place].anchor] = place
    return sorted(last.values())


def _begins_here(grid: Grid, row: int) -> bool:
    """A row with the word for items, short, and something beside it that is no number."""
    own = [grid.own(row, place).text for place in range(grid.width)]
    texts = [text for text in own if text]
    has_item = any(_ITEM.match(folded(text)) and len(text) <= _LONGEST for text in texts)
    beside = [text for text in texts if not _MARK.match(folded(text))]
    return has_item and len(beside) > 1


def _is_numbering(grid: Grid, row: int) -> bool:
    """“(1) (2) (3=2/1)” or “A B 1 2 3”."""
    texts = [cell.text for cell in grid.rows[row] if cell.text]
    return len(texts) > 1 and all(_NUMBERING.fullmatch(one_line(text)) for text in texts) and _counts_up(texts)


def _counts_up(texts: list[str]) -> bool:
    numbers = [int(found[0]) for text in texts if (found := re.search(r"\d+", text))]
    return numbers == sorted(numbers) and len(set(numbers)) == len(numbers) and bool(numbers) and numbers[0] <= 2  # noqa: PLR2004


def _goes_on(grid: Grid, first: int, row: int) -> bool:
    """A further row of heads: words only, and the items' cell goes on from above or is empty."""
    cells = [grid.own(row, place) for place in range(grid.width)]
    if any(cell.is_number or (cell.text and read_number(cell.text).value) for cell in cells if not _is_year(cell.text)):
        return False
    if any(cell.reading for cell in cells):
        return False
    item = next(place for place, cell in enumerate(grid.rows[first]) if _ITEM.match(folded(cell.text)))
    goes_on = grid.rows[row][item].anchor[0] <= first or not grid.rows[row][item].text
    return goes_on and any(cell.text for cell in cells)


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"20\d\d", text))


def _titles(grid: Grid, place: int, first: int, last: int) -> tuple[str, ...]:
    """The words above a column, each merged cell once, the row of numbering left out."""
    words, seen = [], set()
    for row in range(first, last + 1):
        cell = grid.rows[row][place]
        if not cell.text or cell.anchor in seen or _is_numbering(grid, row):
            continue
        seen.add(cell.anchor)
        words.append(cell.text)
    return tuple(words)


def ratio_in(numbering: dict[int, str], place: int) -> tuple[int, int] | None:
    """“5=3/1” → the grid's columns numbered 3 and 1; None where the head does not say."""
    found = _RATIO.match(numbering.get(place, "").strip("()"))
    if not found:
        return None
    at = {re.sub(r"\D.*", "", text.strip("()")): column for column, text in numbering.items()}
    done, plan = at.get(found[2]), at.get(found[3])
    return (done, plan) if done is not None and plan is not None else None
