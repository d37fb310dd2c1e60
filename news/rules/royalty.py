"""How royalty is reckoned: whole đồng, exact decimals, parts that always sum to the whole. No database, no float."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from typing import Final, Protocol, TypeVar

HUNDRED: Final = Decimal(100)
# Seven factors of at most ten digits: enough that nothing is rounded before the last step.
PRECISION: Final = 80


class Dated(Protocol):
    """Anything that holds from a day to a day (None: without end)."""

    valid_from: date
    valid_to: date | None


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True, slots=True)
class Supplement:
    """One supplement of an article. ``is_portion``: only so many percent of the amount is paid (a translation)."""

    name: str
    percent: Decimal
    stacks: bool = True
    is_portion: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """What one work earns, and whether the ceiling has cut it."""

    value: int
    is_cut: bool


def newest_on(rows: Iterable[D], day: date) -> D | None:
    """The row that holds on ``day``; where several do, the one that began last."""
    holding = [row for row in rows if row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)]
    return max(holding, key=lambda row: row.valid_from, default=None)


def added_percent(supplements: Iterable[Supplement], ceiling: Decimal | None) -> Decimal:
    """What supplements add: those that stack are summed, of the others the highest counts, the sum stays below ``ceiling``."""
    adding = [item for item in supplements if not item.is_portion]
    stacked = sum((item.percent for item in adding if item.stacks), Decimal(0))
    highest = max((item.percent for item in adding if not item.stacks), default=Decimal(0))
    total = stacked + highest
    return total if ceiling is None else min(total, ceiling)


def paid_portion(supplements: Iterable[Supplement]) -> Decimal:
    """The percentage of the amount that is paid at all; the lowest where several are named."""
    return min((item.percent for item in supplements if item.is_portion), default=HUNDRED)


def work_amount(
    *,
    base: int,
    unit_percent: Decimal,
    coefficient: Decimal,
    quantity: int = 1,
    supplements: Sequence[Supplement] = (),
    supplement_ceiling: Decimal | None = None,
    ceiling: int | None = None,
) -> Amount:
    """Base × unit's part × coefficient × quantity × portion × (1 + supplements), in whole đồng, cut at ``ceiling``.

    Rounded once, at the end, half up.
    """
    _refuse_floats(unit_percent, coefficient)
    with localcontext() as context:
        context.prec = PRECISION
        exact = Decimal(base) * unit_percent * coefficient * quantity * paid_portion(supplements)
        exact *= HUNDRED + added_percent(supplements, supplement_ceiling)
        value = int((exact / HUNDRED**3).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if ceiling is not None and value > ceiling:
        return Amount(ceiling, is_cut=True)
    return Amount(value, is_cut=False)


def split(total: int, weights: Sequence[Decimal | int]) -> list[int]:
    """Divide ``total`` by ``weights`` into whole đồng that sum to it exactly (largest remainder; ties to who stands first)."""
    _refuse_floats(*weights)
    whole = sum((Decimal(weight) for weight in weights), Decimal(0))
    if whole <= 0:
        if total:
            raise ValueError("Nothing to divide by.")
        return [0 for _weight in weights]
    with localcontext() as context:
        context.prec = PRECISION
        quotas = [Decimal(total) * weight / whole for weight in weights]
        parts = [int(quota.to_integral_value(rounding=ROUND_FLOOR)) for quota in quotas]
        by_remainder = sorted(range(len(quotas)), key=lambda place: (parts[place] - quotas[place], place))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts


def within_budget(amounts: Sequence[int], budget: int | None) -> list[int]:
    """The amounts as they are, or reduced in proportion so that they sum to ``budget`` exactly."""
    if budget is None or sum(amounts) <= budget:
        return list(amounts)
    return split(budget, amounts)


def equal_shares(number: int) -> list[Decimal]:
    """Percentages for ``number`` people who named none: hundredths that sum to 100."""
    return [Decimal(part) / HUNDRED for part in split(10_000, [1] * number)]


def first_of(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def month_after(first: date) -> date:
    """The first day of the next month."""
    return (first + timedelta(days=32)).replace(day=1)


def month_before(first: date) -> date:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def _refuse_floats(*numbers: object) -> None:
    if any(isinstance(number, float) for number in numbers):
        raise TypeError("Money is never reckoned with floats.")
