"""What somebody typed, as bounded terms: never as anybody's query language.

Quotes, brackets, stars, colons and tags are only signs between words here, so there is nothing to escape or to attack.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from portal.search.analyzers import Word, numbers_of, words_of
from portal.search.folding import has_marks, phrase_key
from portal.search.numbers import typed_pairs
from portal.search.questions import question_length

MAX_CHARACTERS = 200
MAX_TERMS = 16
_LONGEST_KEY = 6
"""Words in the longest synonym looked up."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Words that together answer one slot; `weight` is below 1 for what was not typed but guessed."""

    words: tuple[Word, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing looked for, in one or several ways; an optional one only helps to rank.

    `is_name` says that an everyday name was typed, and the other alternatives are what it means.
    """

    alternatives: tuple[Alternative, ...]
    optional: bool = False
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A bounded query; `slots` is empty when nothing searchable was typed.

    `expanded` tells the reader which words were looked for besides the typed ones, or is empty. `pairs` are the numbers of
    documents that may be meant (`numbers.typed_pairs`), `gist` the words without those that only make it a question.
    """

    words: tuple[Word, ...]
    slots: tuple[Slot, ...]
    numbers: tuple[str, ...]
    marked: bool
    expanded: str = ""
    pairs: tuple[str, ...] = ()
    gist: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Expansion:
    """A synonym found for some words of the query: the words as the table spells them, and what they stand for.

    An abbreviation, which stands for its words in both directions, is not a name of something.
    """

    term: str
    meaning: str
    is_name: bool = True


def bounded(query: str) -> str:
    """The part of `query` that is looked at: at most MAX_CHARACTERS."""
    return query[:MAX_CHARACTERS]


def query_words(query: str) -> tuple[Word, ...]:
    """The first MAX_TERMS words of the query."""
    return tuple(words_of(bounded(query))[:MAX_TERMS])


def candidate_keys(words: Sequence[Word]) -> set[str]:
    """Every run of words in the query, as synonym keys."""
    folded = [word.folded for word in words]
    return {
        " ".join(folded[start:end])
        for start in range(len(folded))
        for end in range(start + 1, min(start + _LONGEST_KEY, len(folded)) + 1)
    }


def _same(typed: Sequence[Word], term: Sequence[Word]) -> bool:
    """Whether the typed words mean the term: equal with marks, or typed without any."""
    return all(mine.exact in (its.exact, its.folded) for mine, its in zip(typed, term, strict=True))


def _matching(words: Sequence[Word], expansions: Mapping[str, Sequence[Expansion]]) -> list[Expansion]:
    key = " ".join(word.folded for word in words)
    return [found for found in expansions.get(key, ()) if _same(words, words_of(found.term))]


def parse(query: str, expansions: Mapping[str, Sequence[Expansion]] | None = None) -> ParsedQuery:
    """Split a query into slots, putting the longest known synonyms in place first."""
    words, text = query_words(query), bounded(query)
    known, marked, numbers = expansions or {}, has_marks(text), tuple(numbers_of(text))
    slots: list[Slot] = []
    notes: list[str] = []
    gist: list[Word] = []
    position = 0
    while position < len(words):
        rest = words[position:]
        length, found = _longest(rest[:_LONGEST_KEY], known)
        asking = question_length(rest, marked=marked)
        if asking and asking >= length + bool(found):
            slots.extend(Slot((Alternative((word,)),), optional=True) for word in rest[:asking])
            position += asking
            continue
        guesses = [Alternative(tuple(words_of(item.meaning)), 0.8) for item in found]
        slots.append(Slot((Alternative(rest[:length]), *guesses), is_name=any(item.is_name for item in found)))
        gist.extend(rest[:length])
        notes.extend(item.meaning for item in found)
        position += length
    return ParsedQuery(
        words, _unique(slots), numbers, marked, ", ".join(_longest_notes(notes)),
        typed_pairs(words, is_number=bool(numbers)), tuple(gist) or words,
    )  # fmt: skip


def _longest(words: Sequence[Word], known: Mapping[str, Sequence[Expansion]]) -> tuple[int, list[Expansion]]:
    """How many of the first words are one synonym, and what for; (1, []) when none is."""
    for length in range(len(words), 0, -1):
        if found := _matching(words[:length], known):
            return length, found
    return 1, []


def _longest_notes(notes: Sequence[str]) -> list[str]:
    """Each meaning once, and none that another one says with more words."""
    keys = {note: f" {phrase_key(note)} " for note in dict.fromkeys(notes)}
    return [note for note, key in keys.items() if not any(key in other and key != other for other in keys.values())]


def _unique(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """Without repeats: 'Phường Phường Đúc' asks for phường once. With nothing but words of a question, all are wanted."""
    found = tuple(dict.fromkeys(slots))
    return found if any(not slot.optional for slot in found) else tuple(replace(slot, optional=False) for slot in found)
