"""A table of figures as fields of a page: from a draft to names and values, and from what was posted back to a draft.

Small tables are a field for each cell; tables with more fields than a request may have are a text with tabs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from news.actions.budgets import checked_figures
from news.budgets.figures import COLUMN_LIMIT, DEEPEST, MONEY, ROW_LIMIT, TEXT, Column, Draft, Figures, Row
from news.budgets.levels import Mark, clean_mark, levels_of
from news.budgets.numbers import VIETNAMESE, is_nothing, read_number, typed
from news.budgets.reading import ReadTable
from news.forms.budgets import BudgetHeadForm
from portal.core.text import one_line

# A request may have 2,000 fields; the rest of the page needs some.
FIELDS_LIMIT: Final = 1_600
NEW_ROWS: Final = 5
ROW_FIELDS: Final = 3
_COLUMN_FIELDS: Final = 4


@dataclass(slots=True)
class EditColumn:
    """A column's fields."""

    title: str = ""
    kind: str = MONEY
    group: str = ""
    of: str = ""

    @property
    def full_title(self) -> str:
        """For labels of cells."""
        return " – ".join(part for part in (self.group, self.title) if part)


@dataclass(slots=True)
class EditRow:
    """A row's fields as typed; ``level`` “” lets its mark tell. ``doubts`` by column, -1 for the item."""

    number: str = ""
    label: str = ""
    level: str = ""
    cells: list[str] = field(default_factory=list)
    doubts: dict[int, str] = field(default_factory=dict)
    errors: dict[int, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Nothing typed."""
        return not one_line(self.number + self.label + "".join(self.cells))


@dataclass(slots=True)
class TableEditor:
    """One table on the page, told apart by ``prefix``."""

    prefix: str
    head: BudgetHeadForm
    columns: list[EditColumn] = field(default_factory=list)
    rows: list[EditRow] = field(default_factory=list)
    source: str = ""
    notes: Sequence[str] = ()
    is_text: bool = False
    errors: list[str] = field(default_factory=list)
    # What the fields were made from; None for what a browser sent.
    given: Draft | None = None

    @property
    def fields(self) -> int:
        """How many fields a grid of it takes."""
        return len(self.rows) * (ROW_FIELDS + len(self.columns)) + len(self.columns) * _COLUMN_FIELDS

    @property
    def doubts(self) -> int:
        """How many cells want a second look."""
        return sum(len(row.doubts) for row in self.rows)

    @property
    def text(self) -> str:
        """The rows as text: level, mark, item, cells, a tab between each."""
        return "\n".join("\t".join([row.level, row.number, row.label, *row.cells]) for row in self.rows)

    def doubt_lines(self) -> Iterator[tuple[int, str, str]]:
        """Row number, column and reason, for tables shown as text."""
        for at, row in enumerate(self.rows, start=1):
            for place, words in {**row.doubts, **row.errors}.items():
                yield at, self.columns[place].full_title if 0 <= place < len(self.columns) else _("Nội dung"), words

    def add_rows(self, after: int | None) -> None:
        """Empty rows behind row ``after`` (from 1), or at the end."""
        at = len(self.rows) if after is None or not 0 <= after <= len(self.rows) else after
        room = max(0, ROW_LIMIT - len(self.rows))
        self.rows[at:at] = [EditRow(cells=[""] * len(self.columns)) for _each in range(min(NEW_ROWS, room))]

    def add_column(self) -> None:
        """An empty column at the end."""
        if len(self.columns) < COLUMN_LIMIT:
            self.columns.append(EditColumn())
            for row in self.rows:
                row.cells.append("")

    def draft(self) -> Draft | None:
        """What was typed as a table that can be stored; None where something is wrong, which is then marked."""
        columns, kept = self._kept_columns()
        rows = [row for row in self.rows if not row.is_blank]
        levels = _levels(rows)
        read = [
            Row(clean_mark(row.number), one_line(row.label), level, tuple(self._cells(row, kept)))
            for row, level in zip(rows, levels, strict=True)
        ]
        for row in rows:
            if not one_line(row.label):
                row.errors[-1] = _("Dòng này chưa có nội dung")
        is_head_valid = self.head.is_valid()
        if any(row.errors for row in rows):
            self.errors.append(_("Có ô chưa đúng, được đánh dấu trong bảng."))
        if self.errors:
            return None
        try:
            figures = checked_figures(Figures(tuple(columns), tuple(read)))
        except ValidationError as error:
            self.errors += error.messages
            return None
        return Draft(**self.head.cleaned_data, figures=figures) if is_head_valid else None

    def _kept_columns(self) -> tuple[list[Column], list[int]]:
        """Columns with a name or with values, and where they stood; shares follow their columns."""
        kept = [
            place
            for place, one in enumerate(self.columns)
            if one_line(one.full_title) or any(one_line(row.cells[place]) for row in self.rows)
        ]
        at = {old: new for new, old in enumerate(kept)}
        columns = []
        for place in kept:
            one = self.columns[place]
            pair = (
                [at.get(int(old)) for old in one.of.split(":")] if re.fullmatch(r"\d{1,2}:\d{1,2}", one.of) else [None]
            )
            of = (pair[0], pair[1]) if len(pair) == 2 and pair[0] is not None and pair[1] is not None else None  # noqa: PLR2004
            columns.append(Column(one_line(one.title), one.kind, one_line(one.group), of))
        return columns, kept

    def _cells(self, row: EditRow, kept: Sequence[int]) -> Iterator[str]:
        for place in kept:
            text = row.cells[place]
            if self.columns[place].kind == TEXT:
                yield one_line(text)
                continue
            reading = read_number(text, style=VIETNAMESE)
            if not reading.value and not is_nothing(text):
                row.errors[place] = reading.doubt
            yield reading.value


def _levels(rows: Sequence[EditRow]) -> list[int]:
    """Chosen levels, and for the others what their marks tell."""
    guessed = levels_of([Mark(clean_mark(row.number), row.label) for row in rows])
    return [int(row.level) if row.level in LEVELS else guess for row, guess in zip(rows, guessed, strict=True)]


LEVELS: Final = frozenset(str(level) for level in range(DEEPEST + 1))


# --- From a draft -----------------------------------------------------------------------------------------------------


def editor_of(draft: Draft, *, prefix: str) -> TableEditor:
    """A table as fields."""
    initial = {name: getattr(draft, name) for name in ("title", "form_number", "money_unit", "note")}
    columns = draft.figures.columns
    return TableEditor(
        prefix=prefix,
        given=draft,
        head=BudgetHeadForm(prefix=prefix, initial=initial),
        columns=[
            EditColumn(one.title, one.kind, one.group, f"{one.of[0]}:{one.of[1]}" if one.of else "") for one in columns
        ],
        rows=[
            EditRow(
                row.number, row.label, str(row.level),
                [row.cell(at) if one.kind == TEXT else typed(row.cell(at)) for at, one in enumerate(columns)],
            )
            for row in draft.figures.rows
        ],
    )  # fmt: skip


def editor_of_read(read: ReadTable, *, prefix: str) -> TableEditor:
    """A table that was read, with its doubts, and the file's own words where no number could be read."""
    editor = editor_of(read.draft, prefix=prefix)
    editor.source, editor.notes = read.source, read.notes
    for (at, place), words in read.doubts.items():
        editor.rows[at].doubts[place] = words
    for (at, place), text in read.texts.items():
        editor.rows[at].cells[place] = text
    return editor


def fit(editors: Sequence[TableEditor]) -> None:
    """Let the largest tables be texts until the page has no more fields than a request may bring."""
    for editor in sorted(editors, key=lambda one: -one.fields):
        if sum(one.fields for one in editors if not one.is_text) <= FIELDS_LIMIT:
            return
        editor.is_text = True
