"""Demo data: figures of the budgets that the lively sites disclose. All invented, and each table says so.

Sums and percentages are right: lines are shared out of a total, parents add up their lines, and both sides of a plan are equal.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from news.budgets.figures import MONEY, PERCENT, Column, Figures, Row, columns_json, rows_json
from news.budgets.roles import is_total
from news.budgets.sentences import when_of
from news.budgets.starts import start_named
from news.models import BudgetTable, DisclosureEntry
from portal.core.tenancy import unit_scope
from portal.pages.demo.wording import rng
from units.models import Unit

# Of a whole year, in million đồng.
SIZE: Final = {"hue": 14_850_000, "thuan-an": 62_400, "phu-xuan": 118_300}
START_OF: Final = (
    ("-du-toan-trinh", "du-toan"), ("-du-toan", "du-toan"), ("-thuc-hien-nam", "thuc-hien"), ("-thuc-hien", "thuc-hien"),
    ("-quyet-toan", "quyet-toan"), ("ke-hoach-dau-tu-cong", "du-an"),
)  # fmt: skip
# How much of its side a line takes, by words in it; others take 4.
WEIGHTS: Final = (
    ("bổ sung cân đối", 46), ("phân chia", 14), ("có mục tiêu", 12), ("giáo dục", 26), ("đầu tư phát triển", 22),
    ("quản lý nhà nước", 17), ("bảo đảm xã hội", 8), ("quốc phòng", 6), ("thuế", 10), ("kết dư", 2), ("dự phòng", 2),
)  # fmt: skip
ASSETS: Final = ("Nhà làm việc, nhà văn hóa", "Xe ô tô", "Máy móc, thiết bị", "Tài sản khác")
PROJECTS: Final = ("Nâng cấp đường liên tổ", "Trường mầm non số 2", "Hệ thống thoát nước khu trung tâm")


def load_budget_tables() -> int:
    """Fill the entries of the lively sites that want figures and have none; returns how many tables were made."""
    made = 0
    for unit in Unit.objects.filter(slug__in=SIZE, valid_to__isnull=True).defer("boundary"):
        with unit_scope(unit), transaction.atomic():
            entries = DisclosureEntry.objects.filter(duty__has_table=True, is_demo=True, nothing_arose=False)
            empty = list(entries.filter(tables__isnull=True).select_related("duty"))
            made += len(BudgetTable.objects.bulk_create([_table(unit.slug, entry) for entry in empty]))
    return made


def _table(slug: str, entry: DisclosureEntry) -> BudgetTable:
    figures = _figures(slug, entry)
    when = when_of(entry.duty.period, entry.year, entry.part)
    start = start_named(_code(entry))
    return BudgetTable(
        entry=entry,
        order=1,
        title=f"{start.name if start else _('Tài sản theo nhóm')}, {when[:1].lower()}{when[1:]}",
        columns=columns_json(figures.columns),
        rows=rows_json(figures.rows),
        note=_("Số liệu minh họa của bản dựng thử, không phải số thật."),
    )


def _figures(slug: str, entry: DisclosureEntry) -> Figures:
    code = _code(entry)
    start = start_named(code)
    if start is None:
        return _assets(slug, entry)
    draft = start.draft().figures
    rows = [_renamed(row) for row in draft.rows]
    plan = _shared_out(rows, SIZE[slug] // (40 if code == "du-an" else 1), slug, entry.year)
    done = _done(rows, plan, slug, entry)
    return Figures(draft.columns, tuple(_filled(rows, draft.columns, plan, done)))


def _code(entry: DisclosureEntry) -> str:
    return next((start for words, start in START_OF if words in entry.duty.code), "")


def _renamed(row: Row) -> Row:
    """Invented works instead of the form's empty ones."""
    if row.label.startswith("Công trình") and row.number:
        return Row(row.number, PROJECTS[int(row.number) - 1], row.level, row.cells)
    return row


def _shared_out(rows: Sequence[Row], total: int, slug: str, year: int | None) -> list[int]:
    """Each total's lines share it exactly; parents hold the sum of theirs."""
    chance = rng(slug, year or 0, len(rows))
    values = [0] * len(rows)
    begin = 0
    for end in [at for at, row in enumerate(rows) if is_total(row) and at] + [len(rows)]:
        leaves = [at for at in range(begin, end) if at + 1 >= end or rows[at + 1].level <= rows[at].level]
        weights = [_weight(rows[at].label) * chance.uniform(0.85, 1.15) for at in leaves]
        for at, weight in zip(leaves, weights, strict=True):
            values[at] = round(total * weight / sum(weights))
        values[leaves[0]] += total - sum(values[at] for at in leaves)
        begin = end
    return _summed(rows, values)


def _weight(label: str) -> int:
    return next((weight for words, weight in WEIGHTS if words in label.lower()), 4)


def _summed(rows: Sequence[Row], values: Sequence[int]) -> list[int]:
    """Parents hold what their lines add up to."""
    summed = list(values)
    for at in reversed(range(len(rows))):
        below = _below(rows, at)
        if below:
            summed[at] = sum(summed[one] for one in below)
    return summed


def _below(rows: Sequence[Row], at: int) -> list[int]:
    found = []
    for place in range(at + 1, len(rows)):
        if rows[place].level <= rows[at].level:
            break
        if rows[place].level == rows[at].level + 1:
            found.append(place)
    return found


def _done(rows: Sequence[Row], plan: Sequence[int], slug: str, entry: DisclosureEntry) -> list[int]:
    """What came in and went out by the end of the period."""
    chance = rng(slug, entry.year or 0, entry.part, "done")
    share = (entry.part or 12) / 12
    return _summed(rows, [round(value * share * chance.uniform(0.82, 1.12)) for value in plan])


def _filled(rows: Sequence[Row], columns: Sequence[Column], plan: Sequence[int], done: Sequence[int]) -> list[Row]:
    money = [at for at, one in enumerate(columns) if one.kind == MONEY]
    filled = []
    for at, row in enumerate(rows):
        cells = [""] * len(columns)
        # A plan for next year stands behind this year's estimate; everywhere else the plan comes first.
        first, second = (done, plan) if columns[money[0]].title.startswith("Ước") else (plan, done)
        cells[money[0]], cells[money[1]] = str(first[at]), str(second[at])
        for place, column in enumerate(columns):
            if column.kind == PERCENT and column.of:
                cells[place] = _share(cells[column.of[0]], cells[column.of[1]])
            elif column.kind == PERCENT:
                cells[place] = str(100 + (done[at] % 23) - 8) if done[at] else ""
        filled.append(Row(row.number, row.label, row.level, tuple(cells)))
    return filled


def _share(done: str, plan: str) -> str:
    if not Decimal(plan):
        return ""
    return str((Decimal(done) * 100 / Decimal(plan)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def _assets(slug: str, entry: DisclosureEntry) -> Figures:
    chance = rng(slug, entry.year or 0, "assets")
    rows = [Row("", "Tổng số", 0), *(Row(str(at), name, 1) for at, name in enumerate(ASSETS, start=1))]
    bought = _summed(rows, [0, *(chance.randint(400, 9_000) for _name in ASSETS)])
    left = _summed(rows, [0, *(round(value * chance.uniform(0.3, 0.8)) for value in bought[1:])])
    columns = (Column("Nguyên giá"), Column("Giá trị còn lại"))
    filled = [
        Row(row.number, row.label, row.level, (str(first), str(second)))
        for row, first, second in zip(rows, bought, left, strict=True)
    ]
    return Figures(columns, tuple(filled))
