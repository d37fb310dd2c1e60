"""Whether a table's sums and percentages fit: warnings for the clerk, who may know better; nothing is ever refused here."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from news.budgets.figures import MONEY, PERCENT, Figures, Row
from news.budgets.numbers import number_of, rounded, vietnamese
from news.budgets.roles import is_of_which, is_total, ratio_of

WARNINGS_LIMIT: Final = 30


def warnings_of(figures: Figures) -> list[str]:
    """Sentences on what does not add up, in the order of the table, at most WARNINGS_LIMIT."""
    found = [*_sums(figures), *_percentages(figures)]
    kept = found[:WARNINGS_LIMIT]
    if len(found) > len(kept):
        kept.append(_("Và %(number)d chỗ khác.") % {"number": len(found) - len(kept)})
    return kept


def _sums(figures: Figures) -> Iterator[str]:
    rows = figures.rows
    for at, row in enumerate(rows):
        below = _children(rows, at)
        if not below and is_total(row):
            below = _above(rows, at)
        if len(below) < 2:  # noqa: PLR2004 - one line below is often a detail alone
            continue
        partial = is_of_which(below[0]) or any(is_of_which(one) for one in below)
        for place, column in enumerate(figures.columns):
            if column.kind == MONEY:
                yield from _sum(row, below, place, column.full_title, partial=partial)


def _children(rows: Sequence[Row], at: int) -> list[Row]:
    """The lines one step below; steps that a table leaves out are no steps."""
    inside: list[Row] = []
    for row in rows[at + 1 :]:
        if row.level <= rows[at].level:
            break
        inside.append(row)
    if not inside:
        return []
    step = min(row.level for row in inside)
    return [row for row in inside if row.level == step]


def _above(rows: Sequence[Row], at: int) -> list[Row]:
    """What a total at the end sums up: the lines on its own level since the last total."""
    begin = max((place + 1 for place in range(at) if is_total(rows[place])), default=0)
    return [row for row in rows[begin:at] if row.level == rows[at].level]


def _sum(row: Row, below: Sequence[Row], place: int, title: str, *, partial: bool) -> Iterator[str]:
    whole = number_of(row.cell(place))
    parts = [value for one in below if (value := number_of(one.cell(place))) is not None]
    if whole is None or not parts:
        return
    total = sum(parts, Decimal(0))
    if abs(whole - total) <= _tolerance(whole, parts) or (partial and abs(total) <= abs(whole)):
        return
    yield _("Cột “%(column)s”: %(row)s %(whole)s khác tổng các dòng con %(total)s") % {
        "column": title, "row": row.label, "whole": vietnamese(whole), "total": vietnamese(total),
    }  # fmt: skip


def _tolerance(whole: Decimal, parts: Sequence[Decimal]) -> Decimal:
    """What rounding can make of a sum: half of the last figure for each number."""
    finest = min(_exponent(value) for value in parts)
    return (Decimal(1).scaleb(_exponent(whole)) + Decimal(1).scaleb(finest) * len(parts)) / 2


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _percentages(figures: Figures) -> Iterator[str]:
    for place, column in enumerate(figures.columns):
        pair = ratio_of(figures.columns, place)
        if column.kind != PERCENT or pair is None:
            continue
        for row in figures.rows:
            done, plan = number_of(row.cell(pair[0])), number_of(row.cell(pair[1]))
            said = number_of(row.cell(place))
            if done is None or not plan or said is None:
                continue
            right = done * 100 / plan
            slack = Decimal(1).scaleb(_exponent(said))
            if abs(right - said) > max(slack, Decimal("0.1")):
                yield _("Cột “%(column)s”, dòng %(row)s: ghi %(said)s%%, tính ra %(right)s%%") % {
                    "column": column.full_title, "row": row.label, "said": vietnamese(said),
                    "right": vietnamese(rounded(right, 2)),
                }  # fmt: skip
