"""What a browser sent back of a table's fields: read into an editor again, bounded, whatever it says."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from news.budgets.figures import COLUMN_LIMIT, KINDS, MONEY, ROW_LIMIT
from news.forms.budget_editor import LEVELS, ROW_FIELDS, EditColumn, EditRow, TableEditor
from news.forms.budgets import BudgetHeadForm
from portal.core.text import one_line

# Between what a cell said and why that is doubted, in a hidden field.
DOUBT_BORDER: Final = " || "
_CELL_LIMIT: Final = 300
_DOUBT_LIMIT: Final = 200


def editor_of_post(data: Mapping[str, Any], *, prefix: str) -> TableEditor:
    """What a browser sent back; counts are bounded, whatever they say."""
    editor = TableEditor(
        prefix=prefix,
        head=BudgetHeadForm(data, prefix=prefix),
        source=one_line(str(data.get(f"{prefix}-source", "")))[:60],
        is_text=f"{prefix}-text" in data,
    )
    width = _count(data.get(f"{prefix}-columns"), COLUMN_LIMIT)
    editor.columns = [_posted_column(data, f"{prefix}-c{place}") for place in range(width)]
    if editor.is_text:
        editor.rows = _rows_of_text(str(data.get(f"{prefix}-text", "")), width, editor)
    else:
        height = _count(data.get(f"{prefix}-rows"), ROW_LIMIT)
        kept = [at for at in range(height) if f"{prefix}-r{at}-drop" not in data]
        editor.rows = [_posted_row(data, f"{prefix}-r{at}", width) for at in kept]
    dropped = [place for place in range(width) if f"{prefix}-c{place}-drop" in data]
    _drop_columns(editor, dropped)
    return editor


def _count(raw: Any, most: int) -> int:
    text = str(raw or "")
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) <= 6 else 0  # noqa: PLR2004


def _posted_column(data: Mapping[str, Any], name: str) -> EditColumn:
    kind = str(data.get(f"{name}-kind", MONEY))
    return EditColumn(
        title=str(data.get(f"{name}-title", ""))[:_CELL_LIMIT],
        kind=kind if kind in KINDS else MONEY,
        group=str(data.get(f"{name}-group", ""))[:_CELL_LIMIT],
        of=str(data.get(f"{name}-of", ""))[:5],
    )


def _posted_row(data: Mapping[str, Any], name: str, width: int) -> EditRow:
    level = str(data.get(f"{name}-level", ""))
    row = EditRow(
        number=str(data.get(f"{name}-number", ""))[:20],
        label=str(data.get(f"{name}-label", ""))[:_CELL_LIMIT],
        level=level if level in LEVELS else "",
        cells=[str(data.get(f"{name}-{place}", ""))[:_CELL_LIMIT] for place in range(width)],
    )
    for place in range(-1, width):
        # A doubt holds as long as its cell says what it said then.
        before, _border, words = str(data.get(f"{name}-doubt{place}", "")).partition(DOUBT_BORDER)
        if words and before == (row.label if place < 0 else row.cells[place]):
            row.doubts[place] = words[:_DOUBT_LIMIT]
    return row


def _rows_of_text(text: str, width: int, editor: TableEditor) -> list[EditRow]:
    rows = []
    lines = [line for line in text.replace("\r", "").split("\n") if line.strip()]
    if len(lines) > ROW_LIMIT:
        editor.errors.append(_("Bảng có nhiều nhất %(most)d dòng.") % {"most": ROW_LIMIT})
    for line in lines[:ROW_LIMIT]:
        parts = [part[:_CELL_LIMIT] for part in line.split("\t")]
        parts += [""] * (ROW_FIELDS + width - len(parts))
        level = parts[0].strip()
        row = EditRow(parts[1], parts[2], level if level in LEVELS else "", parts[ROW_FIELDS : ROW_FIELDS + width])
        if any(part.strip() for part in parts[ROW_FIELDS + width :]):
            row.errors[-1] = _("Dòng này có nhiều ô hơn số cột")
        rows.append(row)
    return rows


def _drop_columns(editor: TableEditor, places: Sequence[int]) -> None:
    """Leave columns out; shares that spoke of them stop doing so, others follow their columns."""
    gone = set(places)
    kept = [place for place in range(len(editor.columns)) if place not in gone]
    at = {str(old): str(new) for new, old in enumerate(kept)}
    for one in editor.columns:
        pair = [at.get(old, "") for old in one.of.split(":")]
        one.of = ":".join(pair) if all(pair) else ""
    editor.columns = [editor.columns[place] for place in kept]
    for row in editor.rows:
        row.cells = [row.cells[place] for place in kept]
        row.doubts = {
            kept.index(place) if place >= 0 else -1: words for place, words in row.doubts.items() if place not in gone
        }
