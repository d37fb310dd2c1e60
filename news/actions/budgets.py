"""Budget tables of a disclosure: storing what was entered or read from a file, changing, deleting."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.actions.disclosure import may_change, show_disclosure
from news.budgets.figures import (
    COLUMN_LIMIT,
    DEEPEST,
    KINDS,
    ROW_LIMIT,
    TEXT,
    Draft,
    Figures,
    Row,
    columns_json,
    figures_from,
    rows_json,
)
from news.budgets.numbers import number_of
from news.budgets.roles import ratio_of
from news.enums.disclosure import MoneyUnit
from news.enums.documents import DocumentStatus
from news.models import BudgetTable, DisclosureEntry
from portal.core.audit import record
from portal.core.models import User
from portal.core.text import one_line
from units.models import Unit

TABLES_LIMIT: Final = 20
LABEL_LIMIT: Final = 300
_TITLE_LIMIT: Final = 300
_NUMBER_LIMIT: Final = 20


def _locked(entry: DisclosureEntry, actor: User | None) -> DisclosureEntry:
    """The stored entry, held until the commit; raises PermissionDenied when the actor may not change it (any more)."""
    stored = DisclosureEntry.objects.select_for_update().filter(pk=entry.pk).first()
    if stored is None:
        raise ValidationError(_("Mục công khai này không còn: người khác vừa xóa."))
    if actor is not None and not may_change(actor, stored):
        raise PermissionDenied
    return stored


@transaction.atomic
def add_tables(
    *, entry: DisclosureEntry, drafts: Sequence[Draft], actor: User | None, by: str = "hand"
) -> list[BudgetTable]:
    """Store new tables behind those of the entry, all or none; ``by`` (hand, paste, xlsx) is kept in the audit trail.

    Raises ValidationError for a table that can not be stored, and PermissionDenied.
    """
    stored = _locked(entry, actor)
    if Unit.objects.defer("boundary").get(pk=stored.unit_id).is_closed:
        raise ValidationError(_("Đơn vị đã kết thúc hoạt động, không công khai thêm."))
    known = list(BudgetTable.objects.of(stored).values_list("order", flat=True))
    if len(known) + len(drafts) > TABLES_LIMIT:
        raise ValidationError(_("Một mục công khai có nhiều nhất %(most)d bảng.") % {"most": TABLES_LIMIT})
    made = []
    for order, draft in enumerate(drafts, start=max(known, default=0) + 1):
        table = BudgetTable(entry=stored, order=order)
        _fill(table, draft, is_seen=stored.status == DocumentStatus.PUBLISHED)
        table.save()
        detail = {"entry": stored.pk, "rows": len(table.rows), "columns": len(table.columns), "by": by}
        record(verb="budget_table.add", target=table, actor=actor, detail=detail)
        made.append(table)
    _show(stored)
    return made


@transaction.atomic
def save_table(*, table: BudgetTable, draft: Draft, actor: User | None, seen: datetime | None = None) -> BudgetTable:
    """Change a table. ``seen`` is its ``edited_at`` when the form was opened.

    Raises ValidationError when somebody else has changed it since, or where the draft can not be stored; PermissionDenied.
    """
    entry = _locked(DisclosureEntry(pk=table.entry_id), actor)
    stored = BudgetTable.objects.select_for_update().filter(pk=table.pk, entry=entry).first()
    if stored is None:
        raise ValidationError(_("Bảng này không còn: người khác vừa xóa."))
    if seen is not None and stored.edited_at != seen:
        raise ValidationError(
            _("Người khác vừa sửa bảng này. Mở lại bảng ở thẻ khác để so, rồi sửa tiếp trên bản mới."), code="stale"
        )
    changed = _fill(stored, draft, is_seen=entry.status == DocumentStatus.PUBLISHED)
    stored.save()
    record(verb="budget_table.save", target=stored, actor=actor, detail={"entry": entry.pk, "changed": changed})
    _show(entry)
    return stored


@transaction.atomic
def delete_table(*, table: BudgetTable, actor: User | None) -> None:
    """Delete a table; raises ValidationError while citizens see it, PermissionDenied as above."""
    entry = _locked(DisclosureEntry(pk=table.entry_id), actor)
    if entry.status == DocumentStatus.PUBLISHED:
        raise ValidationError(
            _("Bảng người dân đang xem thì không xóa, chỉ sửa số liệu. Cần xóa thì gỡ mục công khai trước.")
        )
    stored = BudgetTable.objects.filter(pk=table.pk, entry=entry).first()
    if stored is None:
        return
    record(verb="budget_table.delete", target=stored, actor=actor, detail={"entry": entry.pk, "rows": len(stored.rows)})
    stored.delete()


@transaction.atomic
def move_table(*, table: BudgetTable, actor: User | None, up: bool) -> None:
    """Let a table change places with the one before or behind it."""
    entry = _locked(DisclosureEntry(pk=table.entry_id), actor)
    rows = list(BudgetTable.objects.of(entry))
    at = next((place for place, one in enumerate(rows) if one.pk == table.pk), None)
    other = None if at is None else at - 1 if up else at + 1
    if at is None or other is None or not 0 <= other < len(rows):
        return
    rows[at], rows[other] = rows[other], rows[at]
    for order, row in enumerate(rows, start=1):
        row.order = order
    BudgetTable.objects.bulk_update(rows, ["order"])
    record(verb="budget_table.move", target=table, actor=actor, detail={"entry": entry.pk, "up": up})
    _show(entry)


def _show(entry: DisclosureEntry) -> None:
    if entry.status == DocumentStatus.PUBLISHED:
        show_disclosure(entry)


def _fill(table: BudgetTable, draft: Draft, *, is_seen: bool) -> list[str]:
    """Take over a draft; returns what of it is new. Changed figures that citizens have seen are marked with the time."""
    figures = checked_figures(draft.figures)
    values: dict[str, Any] = {
        "title": one_line(draft.title)[:_TITLE_LIMIT],
        "form_number": one_line(draft.form_number)[:60],
        "money_unit": draft.money_unit,
        "note": one_line(draft.note)[:300],
        "columns": columns_json(figures.columns),
        "rows": rows_json(figures.rows),
    }
    if not values["title"]:
        raise ValidationError(_("Nhập tên bảng."))
    if values["money_unit"] not in MoneyUnit.values:
        raise ValidationError(_("Chọn đơn vị tính."))
    changed = [name for name, value in values.items() if getattr(table, name) != value]
    for name in changed:
        setattr(table, name, values[name])
    table.edited_at = timezone.now()
    if is_seen and {"columns", "rows", "money_unit"} & set(changed):
        table.figures_changed_at = table.edited_at
    return changed


def checked_figures(figures: Figures) -> Figures:
    """The figures as they may be stored; raises ValidationError with a sentence for each thing that is wrong."""
    figures = figures_from(columns_json(figures.columns), rows_json(figures.rows))
    columns = tuple(
        type(one)(one_line(one.title)[:LABEL_LIMIT], one.kind, one_line(one.group)[:LABEL_LIMIT], one.of)
        for one in figures.columns
    )
    wrong = _wrong_shape(figures)
    if wrong:
        raise ValidationError(wrong)
    rows = tuple(_checked_row(row, len(columns)) for row in figures.rows)
    for at, row in enumerate(rows, start=1):
        for column, cell in zip(columns, row.cells, strict=True):
            if column.kind != TEXT and cell and number_of(cell) is None:
                where = {"row": at, "column": column.full_title, "text": cell[:40]}
                raise ValidationError(_("Dòng %(row)d, cột “%(column)s”: “%(text)s” không phải là số.") % where)
    kept = tuple(
        one if one.of is None or ratio_of(columns, place) else type(one)(one.title, one.kind, one.group)
        for place, one in enumerate(columns)
    )
    return Figures(kept, rows)


def _wrong_shape(figures: Figures) -> list[str]:
    wrong = []
    if not figures.columns:
        wrong.append(_("Bảng cần ít nhất một cột số liệu."))
    if not figures.rows:
        wrong.append(_("Bảng chưa có dòng nào."))
    if len(figures.columns) > COLUMN_LIMIT:
        wrong.append(_("Bảng có nhiều nhất %(most)d cột số liệu.") % {"most": COLUMN_LIMIT})
    if len(figures.rows) > ROW_LIMIT:
        wrong.append(_("Bảng có nhiều nhất %(most)d dòng.") % {"most": ROW_LIMIT})
    if any(not one_line(column.full_title) or column.kind not in KINDS for column in figures.columns):
        wrong.append(_("Mỗi cột cần một tên."))
    if any(not one_line(row.label) for row in figures.rows):
        wrong.append(_("Mỗi dòng cần một nội dung."))
    return wrong


def _checked_row(row: Row, width: int) -> Row:
    """A row as wide as the head."""
    cells = tuple(one_line(row.cell(place))[:LABEL_LIMIT] for place in range(width))
    level = min(DEEPEST, max(0, row.level))
    return Row(one_line(row.number)[:_NUMBER_LIMIT], one_line(row.label)[:LABEL_LIMIT], level, cells)
