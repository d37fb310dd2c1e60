"""The middle of many waiting times."""

from collections.abc import Iterable
from decimal import Decimal


def median_of(spread: Iterable[tuple[int, int]]) -> Decimal | None:
    """The middle of days that come so and so often, [(days, number), …]; of an even number the mean of both middles."""
    pairs = sorted((int(days), int(number)) for days, number in spread)
    whole = sum(number for _days, number in pairs)
    if not whole:
        return None
    middles: list[int] = []
    seen = 0
    for days, number in pairs:
        middles += [days for place in ((whole - 1) // 2, whole // 2) if seen <= place < seen + number]
        seen += number
    return Decimal(sum(middles)) / 2
