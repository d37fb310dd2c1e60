"""From a parsed query to one page of answers: match all words, else similar sounds, else most of the words; then rank."""

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from portal.search.analyzers import Word, words_of
from portal.search.folding import folded_form, split_words
from portal.search.scoring import MAX_SCORED, Collection, Ranking, Segment, answered_slots, matching
from portal.search.spelling import sounds_like, without_keys
from portal.search.terms import Alternative, ParsedQuery, Slot

RERANKED = 40
"""Best answers whose text is read again to see whether the words stand side by side."""
MAX_DEPTH = 1_000
"""Answers that can be paged to; nobody reads the hundredth page, and robots must not make us sort for it."""
_PHRASE_TITLE, _PHRASE_TITLE_MARKED, _PHRASE_BODY = 0.4, 0.3, 0.2
_GUESS = 0.6
_MOST = 0.5
"""Share of the words that must be there when all of them nowhere are."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`total` documents answer; `documents` are the stored fields of one page of them, best first."""

    total: int
    documents: list[dict[str, Any]]
    partial: bool = False
    """Whether some of the words are missing from the answers."""


def find(collection: Collection, query: ParsedQuery, unit_ids: Sequence[int], offset: int, limit: int) -> Answer:
    """Answer `query` from the documents of `unit_ids` and from no others; offset and limit are bounded here."""
    offset = max(0, min(offset, MAX_DEPTH))
    limit = max(1, min(limit, 100))
    units = tuple(sorted(set(unit_ids)))
    if not query.slots or not units:
        return Answer(0, [])
    collection.cache.trim()
    slots = [_mended(slot, collection) for slot in query.slots]
    found, used, partial = _candidates(collection, slots, units)
    total = sum(map(len, found))
    if not total:
        return Answer(0, [])
    ranking = Ranking(collection, query)
    depth = min(max(RERANKED, offset + limit), MAX_DEPTH)
    best: list[tuple[float, int, int]] = []
    for number, (segment, documents) in enumerate(zip(collection.segments, found, strict=True)):
        if documents:
            scores = ranking.scores(segment, used, documents, max(100, MAX_SCORED * len(documents) // total))
            best.extend((score, number, document) for document, score in scores.items())
    # Later documents win ties: they were written later.
    top = heapq.nlargest(depth, best)
    ordered = _reranked(collection, query, top)
    return Answer(total, ordered[offset : offset + limit] if offset < MAX_DEPTH else [], partial)


def _candidates(
    collection: Collection, slots: list[Slot], units: tuple[int, ...]
) -> tuple[list[set[int]], list[Slot], bool]:
    """Matching documents for each segment, the slots they were matched with, and whether words are missing."""
    allowed = [segment.documents_of(units) for segment in collection.segments]
    pairs = list(zip(collection.segments, allowed, strict=True))
    found = [matching(segment, slots, documents) for segment, documents in pairs]
    if any(found):
        return found, slots, False
    similar = [_with_sounds(slot) for slot in slots]
    found = [matching(segment, similar, documents) for segment, documents in pairs]
    if any(found) or len(slots) == 1:
        return found, similar, False
    counts = [answered_slots(segment, slots, documents) for segment, documents in pairs]
    most = max((count for each in counts for count in each.values()), default=0)
    if most < max(1, math.ceil(len(slots) * _MOST)):
        return [set() for _ in pairs], slots, True
    # The most complete answers there are.
    return [{document for document, count in each.items() if count == most} for each in counts], slots, True


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
    if len(query.words) > 1:
        first = [(score * _phrase_factor(query, stored), stored) for score, stored in first]
        first.sort(key=lambda pair: pair[0], reverse=True)
    return [stored for _score, stored in first] + rest


def _stored(segment: Segment, document: int) -> dict[str, Any]:
    fields: dict[str, Any] = segment.reader.stored_fields(document)
    return fields


def _phrase_factor(query: ParsedQuery, stored: dict[str, Any]) -> float:
    """At least 1; more when the words stand side by side in the title, or at least at the start of the text."""
    folded = f" {' '.join(word.folded for word in query.words)} "
    title = words_of(stored.get("title", ""))
    factor = 1.0
    if folded in f" {' '.join(word.folded for word in title)} ":
        factor += _PHRASE_TITLE
        exact = f" {' '.join(word.exact for word in query.words)} "
        if query.marked and exact in f" {' '.join(word.exact for word in title)} ":
            factor += _PHRASE_TITLE_MARKED
    elif folded in f" {' '.join(map(folded_form, split_words(stored.get('extract', ''))))} ":
        factor += _PHRASE_BODY
    return factor
