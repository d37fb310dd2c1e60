"""Ranking: BM25 over whole posting lists, with Python's own sets and dictionaries doing the loops.

Whoosh's matchers step from document to document in Python, which takes a quarter of a second for a common word; reading
a posting list block by block and intersecting sets takes a few milliseconds. Only the order of answers is decided here.
"""

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from portal.search.analyzers import Word
from portal.search.terms import Alternative, ParsedQuery, Slot

K1 = 1.2
B = 0.7
# Weight of an occurrence in each field. Exact beats folded, the title beats the body.
TEXT, EXACT, TITLE, TITLE_EXACT, NUMBER = 1.0, 1.2, 2.2, 2.0, 6.0
UNMARKED_EXACT = 0.15
"""Without marks only the folded fields find; a title written without marks as well breaks ties ('thu' before 'thủ')."""
MAX_SCORED = 6_000
"""Documents ranked one by one; beyond it those with most of the words in the title are, and the newest."""
_CACHED_POSTINGS = 100_000
"""Entries of posting lists that one thread keeps for its next search, over all segments: some 10 MB at most."""
_CACHED_UNIT_SETS = 64

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
    _units: dict[tuple[int, ...], set[int]] = field(default_factory=dict)

    def postings(self, name: str, word: str | int) -> Postings:
        """Documents holding `word` in field `name`, among those last asked for by `documents_of` and perhaps more."""
        return self.cache.read(self, name, word, self.low, self.high)

    def documents_of(self, unit_ids: tuple[int, ...]) -> set[int]:
        """Living documents of these units and of no other; what is read afterwards is limited to their range.

        A rebuild writes unit after unit, so the range of one unit is short and most of each posting list is skipped.
        """
        found = self._units.get(unit_ids)
        if found is None:
            everything = self.reader.doc_count_all()
            lists = (self.cache.read(self, "unit_id", unit_id, 0, everything) for unit_id in unit_ids)
            found = set().union(*lists)
            found.difference_update(self.reader.segment().deleted_docs())
            if len(self._units) > _CACHED_UNIT_SETS:
                self._units.clear()
            self._units[unit_ids] = found
        self.low, self.high = (min(found), max(found)) if found else (0, 0)
        return found


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


def matching(segment: Segment, slots: Sequence[Slot], allowed: set[int]) -> set[int]:
    """Documents among `allowed` that answer every slot."""
    found = allowed
    for slot in slots:
        found = found & _answering(segment, slot, found)
        if not found:
            break
    return found


def answered_slots(segment: Segment, slots: Sequence[Slot], allowed: set[int]) -> Counter[int]:
    """How many slots each document among `allowed` answers; those that answer none are left out."""
    answered: Counter[int] = Counter()
    for slot in slots:
        answered.update(_answering(segment, slot, allowed))
    return answered


def _answering(segment: Segment, slot: Slot, allowed: set[int]) -> set[int]:
    found: set[int] = set()
    for alternative in slot.alternatives:
        having = allowed
        for word in alternative.words:
            having = having & segment.postings("text", word.folded).keys()
        if alternative.words:
            found |= having
    return found


class Ranking:
    """Scores of documents for one query over a collection."""

    def __init__(self, collection: Collection, query: ParsedQuery) -> None:
        self.collection = collection
        self.query = query

    def scores(self, segment: Segment, slots: Sequence[Slot], documents: set[int], limit: int) -> dict[int, float]:
        """Scores of at most `limit` of the documents, keyed by their number in the segment."""
        chosen = self._bounded(segment, slots, documents, limit)
        norms = self._norms(segment, chosen)
        total = dict.fromkeys(chosen, 0.0)
        for slot in slots:
            parts = [self._alternative(segment, each, chosen, norms) for each in slot.alternatives]
            best = parts[0]
            for part in parts[1:]:
                for document, score in part.items():
                    best[document] = max(score, best.get(document, 0.0))
            for document, score in best.items():
                total[document] += score
        self._add_numbers(segment, total)
        return total

    def _bounded(self, segment: Segment, slots: Sequence[Slot], documents: set[int], limit: int) -> set[int]:
        if len(documents) <= limit:
            return documents
        titled: Counter[int] = Counter()
        for slot in slots:
            for word in slot.alternatives[0].words:
                titled.update(documents & segment.postings("title_folded", word.folded).keys())
        return set(heapq.nlargest(limit, documents, key=lambda document: (titled[document], document)))

    def _norms(self, segment: Segment, documents: Iterable[int]) -> dict[int, float]:
        average = self.collection.average_length or 1.0
        length = segment.reader.doc_field_length
        return {doc: K1 * (1 - B + B * (length(doc, "text") or 1) / average) for doc in documents}

    def _alternative(
        self, segment: Segment, alternative: Alternative, chosen: set[int], norms: dict[int, float]
    ) -> dict[int, float]:
        """Score of the documents that hold some of the alternative's words."""
        found: dict[int, float] = {}
        # A synonym of four common words must not outweigh the one word that was typed.
        share = alternative.weight / math.sqrt(len(alternative.words) or 1) if alternative.weight < 1 else 1.0
        for word in dict.fromkeys(alternative.words):
            for name, spelled, weight in self._fields(word):
                postings = segment.postings(name, spelled)
                rarity = share * weight * self.collection.rarity(name, spelled)
                for document in chosen & postings.keys() if rarity else ():
                    count = postings[document]
                    gain = rarity * count * (K1 + 1) / (count + norms[document])
                    found[document] = found.get(document, 0.0) + gain
        return found

    def _fields(self, word: Word) -> tuple[tuple[str, str, float], ...]:
        if not self.query.marked:
            return (
                ("text", word.folded, TEXT),
                ("title_folded", word.folded, TITLE),
                ("title_exact", word.exact, UNMARKED_EXACT),
            )
        return (
            ("text", word.folded, TEXT),
            ("title_folded", word.folded, TITLE),
            ("exact", word.exact, EXACT),
            ("title_exact", word.exact, TITLE_EXACT),
        )

    def _add_numbers(self, segment: Segment, total: dict[int, float]) -> None:
        for number in self.query.numbers:
            for document in total.keys() & segment.postings("text", number).keys():
                total[document] += NUMBER * self.collection.rarity("text", number)
