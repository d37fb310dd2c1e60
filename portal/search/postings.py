"""Posting lists of Whoosh as sets and dictionaries: which documents hold a word, and whose documents they are.

Whoosh's matchers step from document to document in Python, which takes a quarter of a second for a common word; reading
a posting list block by block and intersecting sets takes a few milliseconds.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from portal.search.options import PLAIN, SearchOptions
from portal.search.shared import EVERYWHERE, SHARED

_CACHED_POSTINGS = 100_000
"""Entries of posting lists that one thread keeps for its next search, over all segments: some 10 MB at most."""
_CACHED_SETS = 64

Postings = dict[int, float]


class PostingCache:
    """Posting lists read lately, shared by the segments of one opened index."""

    def __init__(self) -> None:
        self._lists: dict[tuple[int, str, str, int, int], Postings] = {}
        self._size = 0

    def trim(self) -> None:
        """Empty it when it is full; called between searches, so that one search never reads a list twice."""
        if self._size > _CACHED_POSTINGS:
            self._lists.clear()
            self._size = 0

    def read(self, segment: "Segment", name: str, word: str | int, low: int, high: int) -> Postings:
        """The posting list of `word` from document `low` to `high` (others may be in it)."""
        key = (segment.base, name, str(word), low, high)
        found = self._lists.get(key)
        if found is None:
            found = _read_postings(segment.reader, name, word, low, high)
            self._size += len(found) + 1
            self._lists[key] = found
        return found


@dataclass
class Segment:
    """One immutable part of the index: posting lists as dictionaries of document number to frequency."""

    reader: Any
    base: int
    cache: PostingCache
    low: int = 0
    high: int = 0
    _sets: dict[tuple[Any, ...], frozenset[int]] = field(default_factory=dict)

    def postings(self, name: str, word: str | int) -> Postings:
        """Documents holding `word` in field `name`, among those last asked for by `documents_of` and perhaps more."""
        return self.cache.read(self, name, word, self.low, self.high)

    def documents_of(self, unit_ids: tuple[int, ...], options: SearchOptions = PLAIN) -> frozenset[int]:
        """Living documents of these units, and what `options` adds; what is read afterwards is limited to their range.

        A rebuild writes unit after unit, and the shared rows apart, so the range of one unit is short and most of each
        posting list is skipped.
        """
        key = (unit_ids, options.shared, options.everywhere_of, options.kinds)
        found = self._sets.get(key)
        if found is None:
            found = self._keep(key, self._allowed(unit_ids, options))
        self.low, self.high = (min(found), max(found)) if found else (0, 0)
        return found

    def of_kinds(self, kinds: tuple[str, ...]) -> frozenset[int]:
        """Documents of these kinds, of whatever unit: only to be intersected with `documents_of`."""
        found = self._sets.get(("kind", *kinds))
        return self._keep(("kind", *kinds), self._holding("kind", kinds)) if found is None else found

    def _keep(self, key: tuple[Any, ...], found: frozenset[int]) -> frozenset[int]:
        if len(self._sets) > _CACHED_SETS:
            self._sets.clear()
        self._sets[key] = found
        return found

    def _allowed(self, unit_ids: tuple[int, ...], options: SearchOptions) -> frozenset[int]:
        parts = [self._living("unit_id", unit_ids)]
        if options.shared:
            parts.append(self._shared())
        if options.everywhere_of:
            parts.append(self._living("unit_id", options.everywhere_of) & self._holding("tags", (EVERYWHERE,)))
        parts = [part for part in parts if part]
        # One part alone is handed on as it is: sixty units must not keep sixty copies of the shared rows.
        found = parts[0] if len(parts) == 1 else frozenset().union(*parts)
        return found & self.of_kinds(options.kinds) if options.kinds else found

    def _shared(self) -> frozenset[int]:
        found = self._sets.get((SHARED,))
        return self._keep((SHARED,), self._living("unit_id", (SHARED,))) if found is None else found

    def _living(self, name: str, words: Iterable[str | int]) -> frozenset[int]:
        return self._holding(name, words).difference(self.reader.segment().deleted_docs())

    def _holding(self, name: str, words: Iterable[str | int]) -> frozenset[int]:
        everything = self.reader.doc_count_all()
        return frozenset().union(*(self.cache.read(self, name, word, 0, everything) for word in words))


def _read_postings(reader: Any, name: str, word: str | int, low: int, high: int) -> Postings:
    """A posting list, block by block; this uses internals of Whoosh 2.7.4, which is frozen and pinned."""
    if (name, word) not in reader:
        return {}
    matcher = reader.postings(name, word)
    while hasattr(matcher, "child"):
        matcher = matcher.child
    found: Postings = {}
    if not hasattr(matcher, "_next_block"):
        while matcher.is_active():
            found[matcher.id()] = matcher.weight()
            matcher.next()
        return found
    while not matcher._atend:
        if matcher.block_max_id() >= low:
            matcher._read_data()
            if matcher._data[0][0] > high:
                break
            matcher._read_weights()
            # Document numbers are stored as differences.
            found.update(zip(accumulate(matcher._data[0]), matcher._weights, strict=True))
        matcher._next_block()
    return found


@dataclass
class Collection:
    """All segments of one opened index, and the statistics BM25 needs."""

    segments: list[Segment]
    reader: Any
    documents: int
    average_length: float
    cache: PostingCache

    def frequency(self, name: str, word: str) -> int:
        """In how many documents `word` stands in field `name`."""
        return int(self.reader.doc_frequency(name, word))

    def rarity(self, name: str, word: str) -> float:
        """Inverse document frequency, never negative."""
        count = self.frequency(name, word)
        return math.log(1 + (self.documents - count + 0.5) / (count + 0.5)) if count else 0.0
