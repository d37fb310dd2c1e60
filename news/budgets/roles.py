"""Which columns of a table are the plan, what was done, and the share of one in the other; told by their heads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from news.budgets.figures import MONEY, PERCENT, Column, Figures, Row
from portal.core.text import folded

_PLAN: Final = re.compile(r"\b(?:du toan|ke hoach|nhiem vu|giao dau nam|muc giao)\b")
_DONE: Final = re.compile(r"\b(?:thuc hien|quyet toan|da thu|da chi|luy ke|giai ngan|thanh toan)\b")
_OTHER_YEAR: Final = re.compile(r"\b(?:cung ky|nam truoc|tang|giam)\b")
_TOTAL: Final = re.compile(r"^(?:tong\b|cong\b|can doi\b)")
OF_WHICH: Final = re.compile(r"^(?:trong do|gom|bao gom)\b")


@dataclass(frozen=True, slots=True)
class Roles:
    """Places of columns, from 0; None where a table has no such column."""

    plan: int | None = None
    done: int | None = None
    share: int | None = None


def is_total(row: Row) -> bool:
    """Whether a row sums up others: “Tổng số thu”, “Cộng”."""
    return bool(_TOTAL.match(folded(row.label)))


def is_of_which(row: Row) -> bool:
    """Whether a row begins a list that need not add up: “Trong đó:”."""
    return bool(OF_WHICH.match(folded(row.label)))


def pairs_of(columns: Sequence[Column]) -> list[tuple[int, int]]:
    """Places of (done, plan) that belong together: the same words under two groups, or the only two there are."""
    plans = [place for place, one in enumerate(columns) if one.kind == MONEY and _is_plan(one)]
    dones = [place for place, one in enumerate(columns) if one.kind == MONEY and _is_done(one)]
    if len(plans) == 1 and len(dones) == 1:
        return [(dones[0], plans[0])]
    return [
        (done, plan)
        for plan in plans
        for done in dones
        if columns[plan].group and folded(columns[plan].title) == folded(columns[done].title)
    ]


def _is_plan(column: Column) -> bool:
    words = folded(column.full_title)
    plan, done = _PLAN.search(words), _DONE.search(words)
    # “Ước thực hiện dự toán” is done, “Dự toán thực hiện nhiệm vụ” a plan: what stands first counts.
    return bool(plan) and not (done and plan and done.start() < plan.start())


def _is_done(column: Column) -> bool:
    words = folded(column.full_title)
    return bool(_DONE.search(words)) and not _is_plan(column) and not _OTHER_YEAR.search(words)


def roles_of(figures: Figures) -> Roles:
    """The first pair that belongs together, and its percentage; of a table with a plan alone, that."""
    columns = figures.columns
    pairs = pairs_of(columns)
    if pairs:
        done, plan = pairs[0]
        shares = [
            place
            for place, one in enumerate(columns)
            if one.kind == PERCENT and ratio_of(columns, place) == (done, plan)
        ]
        return Roles(plan, done, shares[0] if shares else None)
    money = [place for place, one in enumerate(columns) if one.kind == MONEY]
    plans, dones = [at for at in money if _is_plan(columns[at])], [at for at in money if _is_done(columns[at])]
    return Roles(plans[-1] if plans and not dones else None, dones[-1] if dones and not plans else None)


def ratio_of(columns: Sequence[Column], place: int) -> tuple[int, int] | None:
    """Of which columns (done, plan) a percentage is the share: as its table says (“5=3/1”), or as its words tell."""
    column = columns[place]
    if column.kind != PERCENT:
        return None
    if column.of:
        inside = all(0 <= at < len(columns) and columns[at].kind == MONEY for at in column.of)
        return column.of if inside else None
    words = folded(column.full_title)
    if _OTHER_YEAR.search(words):
        return None
    pairs = pairs_of(columns)
    if len(pairs) == 1:
        return pairs[0]
    same = [pair for pair in pairs if folded(columns[pair[0]].title) == folded(column.title)]
    return same[0] if same else None
