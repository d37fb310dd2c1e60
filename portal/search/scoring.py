"""Ranking: BM25 over whole posting lists, with Python's own sets and dictionaries doing the loops.

Only the order of answers is decided here; which documents may be answers is `postings` and `finding`.
"""

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from portal.search.analyzers import Word
from portal.search.options import PLAIN, SearchOptions
from portal.search.postings import Collection, Segment
from portal.search.terms import Alternative, ParsedQuery, Slot

K1 = 1.2
B = 0.7
# Weight of an occurrence in each field: the title beats the body, and where marks were typed exact beats folded by far.
TEXT, TITLE, NUMBER = 1.0, 2.2, 6.0
MARKED_TEXT, EXACT, MARKED_TITLE, TITLE_EXACT = 0.5, 1.7, 1.0, 3.2
ALIAS, MARKED_ALIAS, ALIAS_EXACT = 2.2, 1.0, 3.2
"""Other names of a thing; that one was typed in full counts more, but only among the first (`finding`)."""
PAIR = 10.0
"""A number of a document, in whatever spelling: whoever types one means that document."""
UNMARKED_EXACT = 0.15
"""Without marks only the folded fields find; a title written without marks as well breaks ties ('thu' before 'thủ')."""
_ALIKE = 0.3
"""What a word counts for that was typed with marks and is found with others: 'mô' is not 'mở'."""
_ENOUGH, _ONE_WORD, _EACH_WORD = 0.35, 1.2, 0.2
"""Share of a query that is enough for kinds found loosely: nearly all of two words, a third of a sentence."""
_RAREST, _NAME = 5.0, 2.5
_TOLD, _APART = 1.5, 0.6
"""How many times more what a name means adds to a score, and how much less its own words, wherever they stand."""
"""Rarity beyond which a word says no more, and how many times more an everyday name of the table says."""
MAX_SCORED = 6_000
"""Documents ranked one by one; beyond it those with most of the words in the title are, and the newest."""


def matching(segment: Segment, slots: Sequence[Slot], allowed: AbstractSet[int]) -> AbstractSet[int]:
    """Documents among `allowed` that answer every slot that must be answered."""
    found = allowed
    for slot in slots:
        if not slot.optional:
            found = found & _answering(segment, slot, found)
        if not found:
            break
    return found


def mostly_matching(
    collection: Collection, segment: Segment, query: ParsedQuery, slots: Sequence[Slot], allowed: AbstractSet[int]
) -> set[int]:
    """Documents among `allowed` that answer enough of the query, each slot counting by how much it says.

    The words that a known name stands for are enough alone: “ông ngoại mới mất, báo tử ở mô” is about “đăng ký khai tử”.
    """
    weights = [slot_weight(collection, slot) for slot in slots]
    wanted = max(_ENOUGH, _ONE_WORD - _EACH_WORD * sum(map(bool, weights))) * sum(weights)
    named: set[int] = set()
    answered: dict[int, float] = {}
    for slot, weight in zip(slots, weights, strict=True):
        if not weight:
            continue
        alike = _answering(segment, slot, allowed)
        same = _answering(segment, slot, alike, "exact") if query.marked else alike
        if slot.is_name:
            named |= same
        for document in alike:
            answered[document] = answered.get(document, 0.0) + (weight if document in same else weight * _ALIKE)
    return named | {document for document, weight in answered.items() if weight >= wanted > 0}


def slot_weight(collection: Collection, slot: Slot) -> float:
    """How much a slot says: nothing when it is optional or stands nowhere, most when it is a known name of something."""
    if slot.optional:
        return 0.0
    words = [word for alternative in slot.alternatives for word in alternative.words]
    rarity = max((collection.rarity("text", word.folded) for word in words), default=0.0)
    return min(rarity, _RAREST) * (_NAME if slot.is_name else 1.0)


def answered_slots(segment: Segment, slots: Sequence[Slot], allowed: AbstractSet[int]) -> Counter[int]:
    """How many slots each document among `allowed` answers; those that answer none are left out."""
    answered: Counter[int] = Counter()
    for slot in slots:
        answered.update(_answering(segment, slot, allowed))
    return answered


def _answering(segment: Segment, slot: Slot, allowed: AbstractSet[int], name: str = "text") -> set[int]:
    found: set[int] = set()
    for alternative in slot.alternatives:
        if alternative.words:
            found |= _holding(segment, alternative, allowed, name)
    return found


def _holding(
    segment: Segment, alternative: Alternative, allowed: AbstractSet[int], name: str = "text"
) -> AbstractSet[int]:
    """Documents among `allowed` that hold every word of the alternative."""
    for word in alternative.words:
        allowed = allowed & segment.postings(name, word.exact if name == "exact" else word.folded).keys()
    return allowed


def _share(slot: Slot, alternative: Alternative) -> float:
    """What the words of an alternative count beside the typed ones.

    A meaning of four common words must not outweigh the one word that was typed. But the words of a name may stand apart and
    mean nothing of the kind (“báo tử” in “báo cáo mất tem điện tử”): side by side they count by `phrases`.
    """
    if alternative.weight == 1 or not alternative.words:
        return _APART if slot.is_name and len(alternative.words) > 1 else 1.0
    typed = len(slot.alternatives[0].words) if slot.is_name else 1
    return alternative.weight * math.sqrt(min(1.0, typed / len(alternative.words)))


class Ranking:
    """Scores of documents for one query over a collection."""

    def __init__(self, collection: Collection, query: ParsedQuery, options: SearchOptions = PLAIN) -> None:
        self.collection = collection
        self.query = query
        self.options = options

    def scores(
        self, segment: Segment, slots: Sequence[Slot], documents: AbstractSet[int], limit: int
    ) -> dict[int, float]:
        """Scores of at most `limit` of the documents, keyed by their number in the segment."""
        chosen = self._bounded(segment, slots, documents, limit)
        norms = self._norms(segment, chosen)
        total = dict.fromkeys(chosen, 0.0)
        for slot in slots:
            parts = [self._alternative(segment, each, _share(slot, each), chosen, norms) for each in slot.alternatives]
            best = parts[0]
            for part in parts[1:]:
                for document, score in part.items():
                    best[document] = max(score, best.get(document, 0.0))
            told = _TOLD if slot.is_name else 1.0
            for document, score in best.items():
                total[document] += score * told
        self._add_numbers(segment, total)
        self._prefer(segment, total)
        return total

    def _bounded(
        self, segment: Segment, slots: Sequence[Slot], documents: AbstractSet[int], limit: int
    ) -> AbstractSet[int]:
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
        self,
        segment: Segment,
        alternative: Alternative,
        share: float,
        chosen: AbstractSet[int],
        norms: dict[int, float],
    ) -> dict[int, float]:
        """Score of the documents that hold some of the alternative's words."""
        found: dict[int, float] = {}
        if len(alternative.words) > 1:
            # Several words mean something together only.
            chosen = _holding(segment, alternative, chosen)
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
                ("alias_folded", word.folded, ALIAS),
            )
        return (
            ("text", word.folded, MARKED_TEXT),
            ("title_folded", word.folded, MARKED_TITLE),
            ("exact", word.exact, EXACT),
            ("title_exact", word.exact, TITLE_EXACT),
            ("alias_folded", word.folded, MARKED_ALIAS),
            ("alias_exact", word.exact, ALIAS_EXACT),
        )

    def _add_numbers(self, segment: Segment, total: dict[int, float]) -> None:
        for number in self.query.numbers:
            for document in total.keys() & segment.postings("text", number).keys():
                total[document] += NUMBER * self.collection.rarity("text", number)
        for pair in self.query.pairs:
            for document in total.keys() & segment.postings("numbers", pair).keys():
                total[document] += PAIR * self.collection.rarity("numbers", pair)

    def _prefer(self, segment: Segment, total: dict[int, float]) -> None:
        for tag, factor in self.options.boosts:
            for document in total.keys() & segment.postings("tags", tag).keys():
                total[document] *= factor
