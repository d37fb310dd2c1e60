"""From a parsed query to one page of answers: match all words, else similar sounds, else most of the words; then rank."""

import heapq
import math
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from portal.search.analyzers import Word
from portal.search.options import PLAIN, SearchOptions
from portal.search.phrases import Phrases
from portal.search.postings import Collection, Segment
from portal.search.scoring import MAX_SCORED, Ranking, answered_slots, matching, mostly_matching
from portal.search.spelling import sounds_like, without_keys
from portal.search.terms import Alternative, ParsedQuery, Slot

RERANKED = 40
"""Best answers whose text is read again to see whether the words stand side by side."""
MAX_DEPTH = 1_000
"""Answers that can be paged to; nobody reads the hundredth page, and robots must not make us sort for it."""
_GUESS = 0.6
_MOST = 0.5
"""Share of the words that must be there when all of them nowhere are."""
_FLOOR = 0.3
"""Share of the best score below which nothing is an answer that was found loosely."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`total` documents answer; `documents` are the stored fields of one page of them, best first."""

    total: int
    documents: list[dict[str, Any]]
    partial: bool = False
    """Whether some of the words are missing from the answers."""


def find(
    collection: Collection,
    query: ParsedQuery,
    unit_ids: Sequence[int],
    offset: int,
    limit: int,
    options: SearchOptions = PLAIN,
) -> Answer:
    """Answer `query` from the documents of `unit_ids`, and what `options` adds; offset and limit are bounded here."""
    offset = max(0, min(offset, MAX_DEPTH))
    limit = max(1, min(limit, 100))
    units = tuple(sorted(set(unit_ids)))
    if not query.slots or not (units or options.shared):
        return Answer(0, [])
    collection.cache.trim()
    slots = [_mended(slot, collection) for slot in query.slots]
    candidates = _candidates(collection, slots, query, units, options)
    if not any(candidates.found):
        return Answer(0, [])
    best = _scored(collection, query, candidates, options)
    depth = min(max(RERANKED, offset + limit), MAX_DEPTH)
    # Later documents win ties: they were written later.
    top = heapq.nlargest(depth, best)
    ordered = _reranked(collection, query, top)
    total = sum(map(len, candidates.found)) - candidates.left_out
    return Answer(total, ordered[offset : offset + limit] if offset < MAX_DEPTH else [], candidates.partial)


@dataclass(slots=True)
class _Candidates:
    """Documents that may be answers, for each segment; `sure` are those of them that answer every word or were named."""

    found: list[AbstractSet[int]]
    slots: list[Slot]
    partial: bool
    sure: list[AbstractSet[int]]
    left_out: int = 0


def _scored(
    collection: Collection, query: ParsedQuery, candidates: _Candidates, options: SearchOptions
) -> list[tuple[float, int, int]]:
    """Scores with the numbers of segment and document; what was found loosely and scores far below the best is left out."""
    ranking = Ranking(collection, query, options)
    total = sum(map(len, candidates.found))
    best: list[tuple[float, int, int]] = []
    for number, (segment, documents) in enumerate(zip(collection.segments, candidates.found, strict=True)):
        if documents:
            limit = max(100, MAX_SCORED * len(documents) // total)
            scores = ranking.scores(segment, candidates.slots, documents, limit)
            best.extend((score, number, document) for document, score in scores.items())
    floor = _FLOOR * max(score for score, _number, _document in best)
    kept = [entry for entry in best if entry[0] >= floor or entry[2] in candidates.sure[entry[1]]]
    candidates.left_out = len(best) - len(kept)
    return kept


def _candidates(
    collection: Collection, slots: list[Slot], query: ParsedQuery, units: tuple[int, ...], options: SearchOptions
) -> _Candidates:
    """Documents that answer every word, else alike words; with them what is named by its number, else what is found loosely."""
    pairs = [(segment, segment.documents_of(units, options)) for segment in collection.segments]
    found = [matching(segment, slots, documents) for segment, documents in pairs]
    used = slots
    if not any(found):
        used = [_with_sounds(slot) for slot in slots]
        found = [matching(segment, used, documents) for segment, documents in pairs]
    partial = not any(found)
    used = slots if partial else used
    named = [_named(segment, query, documents) for segment, documents in pairs]
    sure = [one | other for one, other in zip(found, named, strict=True)]
    found = sure
    if options.loose and not query.pairs:
        kinds = options.loose
        loose = [
            mostly_matching(collection, segment, query, used, documents & segment.of_kinds(kinds))
            for segment, documents in pairs
        ]
        found = [one | other for one, other in zip(sure, loose, strict=True)]
    if any(found) or len(slots) == 1:
        return _Candidates(found, used, partial, sure)
    found = _most_complete(slots, pairs)
    return _Candidates(found, slots, partial=True, sure=found)


def _most_complete(slots: list[Slot], pairs: list[tuple[Segment, frozenset[int]]]) -> list[AbstractSet[int]]:
    """Of the documents that answer half the words or more, those that answer most."""
    counts = [answered_slots(segment, slots, documents) for segment, documents in pairs]
    most = max((count for each in counts for count in each.values()), default=0)
    if most < max(1, math.ceil(len(slots) * _MOST)):
        return [set() for _ in pairs]
    return [{document for document, count in each.items() if count == most} for each in counts]


def _named(segment: Segment, query: ParsedQuery, allowed: AbstractSet[int]) -> set[int]:
    """The documents whose number was typed, in whatever spelling, whatever else was typed with it."""
    named = Counter(chain.from_iterable(allowed & segment.postings("numbers", pair).keys() for pair in query.pairs))
    most = max(named.values(), default=0)
    return {document for document, count in named.items() if count == most}


def _mended(slot: Slot, collection: Collection) -> Slot:
    """The slot, with a guess beside each typed word that stands nowhere in the index."""
    if len(slot.alternatives) != 1 or len(slot.alternatives[0].words) != 1:
        return slot
    word = slot.alternatives[0].words[0]
    if collection.frequency("text", word.folded):
        return slot
    guess = without_keys(word.folded)
    if not guess or not collection.frequency("text", guess):
        return slot
    return Slot((*slot.alternatives, Alternative((Word(guess, guess),), _GUESS)))


def _with_sounds(slot: Slot) -> Slot:
    typed = slot.alternatives[0]
    guesses = [
        replace(typed, words=(Word(other, other),), weight=_GUESS)
        for word in typed.words
        if len(typed.words) == 1
        for other in sounds_like(word.folded)
    ]
    return Slot((*slot.alternatives, *guesses))


def _reranked(collection: Collection, query: ParsedQuery, top: list[tuple[float, int, int]]) -> list[dict[str, Any]]:
    """Stored fields of the answers, those with the whole phrase moved up among the first RERANKED."""
    first = [(score, _stored(collection.segments[number], document)) for score, number, document in top[:RERANKED]]
    rest = [_stored(collection.segments[number], document) for _score, number, document in top[RERANKED:]]
    phrases = Phrases(query)
    first = [(score * phrases.factor(stored), stored) for score, stored in first]
    first.sort(key=lambda pair: pair[0], reverse=True)
    return [stored for _score, stored in first] + rest


def _stored(segment: Segment, document: int) -> dict[str, Any]:
    fields: dict[str, Any] = segment.reader.stored_fields(document)
    return fields
