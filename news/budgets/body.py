"""The lines below a head: which they are, how deep each stands, and what its cells say."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from news.budgets.figures import MONEY, PERCENT, TEXT, Column, Row
from news.budgets.grid import Grid, GridCell, times_hundred
from news.budgets.heads import HeadOfTable, ratio_in
from news.budgets.levels import Mark, clean_mark, levels_of, split_label
from news.budgets.numbers import is_nothing, number_of, read_number, style_of
from news.budgets.roles import ratio_of
from news.budgets.words import is_note, is_signature, money_unit_in, sentence_case, without_unit
from news.enums.disclosure import MoneyUnit
from portal.core.text import folded

_PERCENT_WORDS: Final = re.compile(r"%|\b(?:ty le|ti le|tuong doi)\b")
_MONEY_WORDS: Final = re.compile(r"\b(?:du toan|thuc hien|quyet toan|so tien|kinh phi|von|giai ngan)\b")
_TEXT_WORDS: Final = re.compile(r"^(?:ghi chu|can cu|dia diem|thoi gian|chu dau tu|don vi thuc hien|nguon von)\b")
_MARK_TEXT: Final = re.compile(
    r"[A-ZĐ]|[IVXL]{1,6}|(?:[A-Z]{1,5}\.)?\d{1,3}(?:\.\d{1,3}){0,3}|[a-zđ](?:\.\d)?|[-–—•*+]"
)
_PERCENT_HIGHEST: Final = Decimal(2000)


@dataclass(slots=True)
class Body:
    """Columns, rows, doubts by (row, column; -1 is the item), where the table ends, and ratios its head tells."""

    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    doubts: dict[tuple[int, int], str] = field(default_factory=dict)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    ratios: dict[int, tuple[int, int]] = field(default_factory=dict)
    end: int = 0
    money_unit: MoneyUnit | None = None


def body_of(grid: Grid, head: HeadOfTable, values: Sequence[int], item: int, mark: int | None) -> Body:
    """Read everything below the head; ``values``, ``item`` and ``mark`` are columns of the grid."""
    body = Body(end=len(grid.rows))
    lines = _lines(grid, head, values, item, mark, body)
    labels = {row: _label(grid, row, item, mark) for row in lines}
    marks = [labels[row] for row in lines]
    for at, one in enumerate(marks):
        if not one.label:
            body.doubts[at, -1] = _("Dòng có số mà không có nội dung")
    levels = levels_of(marks)
    cells: list[list[str]] = [[] for _row in lines]
    style = style_of(cell.text for row in lines for column in values if (cell := grid.own(row, column)).reading is None)
    for place, column in enumerate(values):
        own = [grid.own(row, column) for row in lines]
        kind = _kind(head.titles[column], own)
        body.columns.append(_column(head.titles[column], kind, body))
        _read_column(own, kind, place, cells, body, style)
    body.rows = [
        Row(one.number, one.label or _("(thiếu nội dung)"), level, tuple(row))
        for one, level, row in zip(marks, levels, cells, strict=True)
    ]
    _set_ratios(head, values, body)
    _mend_shares(body)
    return body


def _lines(
    grid: Grid, head: HeadOfTable, values: Sequence[int], item: int, mark: int | None, body: Body
) -> list[int]:  # fmt: skip
    """Rows of the table: with a number, or a mark, or words among such; what stands below the last one is a note."""
    kept: list[int] = []
    waiting: list[int] = []
    for row in range(head.last + 1, len(grid.rows)):
        words = _label(grid, row, item, mark)
        has_values = any(_has_value(grid.own(row, column)) for column in values)
        if is_signature(words.label) or (is_note(words.label) and not has_values):
            body.end = row
            break
        if not words.label and not has_values:
            continue
        waiting.append(row)
        if has_values or words.number:
            kept += waiting
            waiting = []
    if not kept:
        kept, waiting = waiting, []
    if waiting:
        body.end = min(body.end, waiting[0])
    return kept


def _has_value(cell: GridCell) -> bool:
    return cell.reading is not None or (bool(cell.text) and bool(read_number(cell.text).value or is_nothing(cell.text)))


def _label(grid: Grid, row: int, item: int, mark: int | None) -> Mark:
    """The item of a row with its mark, whether they stand in one cell or two, or merged over both."""
    words, indent = grid.rows[row][item].text, grid.rows[row][item].indent
    number = grid.own(row, mark).text if mark is not None else ""
    if mark is not None and grid.rows[row][mark].anchor == grid.rows[row][item].anchor:
        number = ""
    elif mark is not None and number and not words and not _MARK_TEXT.fullmatch(clean_mark(number)):
        number, words = "", number
    if number:
        return Mark(clean_mark(number), sentence_case(words), indent)
    number, words = split_label(words)
    return Mark(number, sentence_case(words), indent)


def _kind(titles: Sequence[str], cells: Sequence[GridCell]) -> str:
    """Money, percent or words, by the head first and then by what stands below."""
    head = folded(" ".join(titles))
    if "tuyet doi" in head:
        return MONEY
    if _TEXT_WORDS.match(folded(titles[-1])):
        return TEXT
    filled = [cell for cell in cells if cell.text or cell.reading]
    is_money = bool(_MONEY_WORDS.search(head)) and not _PERCENT_WORDS.search(head)
    words = [cell for cell in filled if not _has_value(cell)]
    if filled and len(words) > len(filled) / 2 and not is_money:
        return TEXT
    if _PERCENT_WORDS.search(head):
        return PERCENT
    if "so sanh" in head:
        known = [
            value for cell in filled if (value := number_of(cell.reading.value if cell.reading else "")) is not None
        ]
        return PERCENT if known and all(abs(value) <= _PERCENT_HIGHEST for value in known) else MONEY
    return MONEY


def _column(titles: Sequence[str], kind: str, body: Body) -> Column:
    for words in titles:
        body.money_unit = body.money_unit or money_unit_in(words)
    bare = [sentence_case(words if money_unit_in(words) is None else without_unit(words)) for words in titles]
    kept = [words for words in bare if words] or [titles[-1]]
    return Column(kept[-1][:300], kind, " – ".join(kept[:-1])[:300])


def _read_column(
    own: Sequence[GridCell], kind: str, place: int, cells: list[list[str]], body: Body, style: str
) -> None:  # fmt: skip
    """``style`` is the whole table's; a column that shows one of its own is read in that."""
    style = style_of(cell.text for cell in own if cell.reading is None) or style
    for at, cell in enumerate(own):
        if kind == TEXT:
            cells[at].append(cell.text)
            continue
        reading = cell.reading if cell.reading is not None else read_number(cell.text, style=style)
        cells[at].append(reading.value)
        if reading.doubt:
            body.doubts[at, place] = reading.doubt
            if not reading.value and cell.text:
                body.texts[at, place] = cell.text


def _set_ratios(head: HeadOfTable, values: Sequence[int], body: Body) -> None:
    at = {column: place for place, column in enumerate(values)}
    for place, column in enumerate(values):
        found = ratio_in(head.numbering, column)
        if body.columns[place].kind == PERCENT and found and found[0] in at and found[1] in at:
            body.ratios[place] = (at[found[0]], at[found[1]])


def _mend_shares(body: Body) -> None:
    """Shares kept as 0.78 without Excel's percent sign: times a hundred where done and plan say so."""
    for place, column in enumerate(body.columns):
        pair = body.ratios.get(place) or ratio_of(body.columns, place)
        if column.kind != PERCENT or pair is None:
            continue
        votes = Counter(vote for row in body.rows if (vote := _is_share(row, place, pair)) is not None)
        if votes[True] <= votes[False]:
            continue
        for at, row in enumerate(body.rows):
            if row.cells[place]:
                mended = (*row.cells[:place], times_hundred(row.cells[place]), *row.cells[place + 1 :])
                body.rows[at] = Row(row.number, row.label, row.level, mended)
        body.notes.append(_("Cột “%(column)s” ghi phần của 1, đã đổi ra phần trăm.") % {"column": column.full_title})


def _is_share(row: Row, place: int, pair: tuple[int, int]) -> bool | None:
    """Whether a cell is nearer to the share of one than to percent; None where nothing can be said."""
    said, done, plan = number_of(row.cell(place)), number_of(row.cell(pair[0])), number_of(row.cell(pair[1]))
    if said is None or not done or not plan:
        return None
    share = done / plan
    return abs(said - share) < abs(said - share * 100)
