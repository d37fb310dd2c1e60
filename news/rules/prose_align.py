"""Which parts of two sequences correspond: readable like difflib's answer, bounded whatever the input."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

STEPS: Final = 4_000_000
"""Comparisons that one whole diff may cost; what is left over is shown as taken out and put in."""
_DIRECT_COST: Final = 60_000
_DIRECT_LENGTH: Final = 3_000


@dataclass(slots=True)
class Budget:
    """What may still be spent."""

    left: int = STEPS

    def take(self, cost: int) -> bool:
        """Whether ``cost`` was still there; it is spent."""
        self.left -= cost
        return self.left >= 0


@dataclass(frozen=True, slots=True)
class Span:
    """``old`` of one sequence against ``new`` of the other, as half-open ranges; the same or not."""

    is_same: bool
    old: tuple[int, int]
    new: tuple[int, int]


Range = tuple[int, int, int, int]


def align(old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget) -> list[Span]:
    """Cut both sequences into spans that are the same and spans that differ, in order."""
    numbers: dict[Hashable, int] = {}
    a = [numbers.setdefault(item, len(numbers)) for item in old]
    b = [numbers.setdefault(item, len(numbers)) for item in new]
    pairs: list[tuple[int, int]] = []
    waiting: list[Range] = [(0, len(a), 0, len(b))]
    while waiting:
        rest = _trim(a, b, waiting.pop(), pairs)
        if rest[0] < rest[1] and rest[2] < rest[3] and budget.take(rest[1] - rest[0] + rest[3] - rest[2]):
            waiting += _look_inside(a, b, rest, pairs, budget)
    return list(_spans(sorted(pairs), len(a), len(b)))


def _trim(a: list[int], b: list[int], part: Range, pairs: list[tuple[int, int]]) -> Range:
    """Pair what is the same at both ends; the rest."""
    i, i_end, j, j_end = part
    while i < i_end and j < j_end and a[i] == b[j]:
        pairs.append((i, j))
        i, j = i + 1, j + 1
    while i < i_end and j < j_end and a[i_end - 1] == b[j_end - 1]:
        i_end, j_end = i_end - 1, j_end - 1
        pairs.append((i_end, j_end))
    return i, i_end, j, j_end


def _look_inside(a: list[int], b: list[int], part: Range, pairs: list[tuple[int, int]], budget: Budget) -> list[Range]:
    """Pair what corresponds, by difflib where it is cheap; else around what stands once in both. The gaps to look into."""
    i, i_end, j, j_end = part
    mine, yours = a[i:i_end], b[j:j_end]
    count, others = Counter(mine), Counter(yours)
    cost = sum(number * others[item] for item, number in count.items() if item in others)
    if not cost:
        return []
    if cost <= _DIRECT_COST and max(len(mine), len(yours)) <= _DIRECT_LENGTH and budget.take(8 * cost):
        for found in SequenceMatcher(None, mine, yours, autojunk=False).get_matching_blocks():
            pairs += [(i + found.a + step, j + found.b + step) for step in range(found.size)]
        return []
    once = {item for item, number in count.items() if number == 1 and others[item] == 1}
    place = {item: number for number, item in enumerate(yours) if item in once}
    anchors = _rising([(number, place[item]) for number, item in enumerate(mine) if item in once])
    gaps, before = [], (i, j)
    for mine_at, yours_at in anchors:
        pairs.append((i + mine_at, j + yours_at))
        gaps.append((before[0], i + mine_at, before[1], j + yours_at))
        before = (i + mine_at + 1, j + yours_at + 1)
    return [*gaps, (before[0], i_end, before[1], j_end)] if anchors else []


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rises in both numbers."""
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for number, (_mine, yours) in enumerate(pairs):
        at = bisect_left(tails, yours)
        back.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [yours]
        ends[at : at + 1] = [number]
    run, at = [], ends[-1] if ends else -1
    while at >= 0:
        run.append(pairs[at])
        at = back[at]
    return run[::-1]


def _spans(pairs: list[tuple[int, int]], old_end: int, new_end: int) -> Iterator[Span]:
    i = j = 0
    start = (0, 0)
    for at, other in [*pairs, (old_end, new_end)]:
        if (at, other) != (i, j):
            if start != (i, j):
                yield Span(is_same=True, old=(start[0], i), new=(start[1], j))
            yield Span(is_same=False, old=(i, at), new=(j, other))
            start = (at, other)
        i, j = at + 1, other + 1
    if start != (old_end, new_end):
        yield Span(is_same=True, old=(start[0], old_end), new=(start[1], new_end))
