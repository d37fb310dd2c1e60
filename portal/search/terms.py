"""What somebody typed, as bounded terms: never as anybody's query language.

Quotes, brackets, stars, colons and tags are only signs between words here, so there is nothing to escape or to attack.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portal.search.analyzers import Word, numbers_of, words_of
from portal.search.folding import has_marks

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
    """One thing looked for, in one or several ways."""

    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A bounded query; `slots` is empty when nothing searchable was typed.

    `expanded` tells the reader which words were looked for besides the typed ones, or is empty.
    """

    words: tuple[Word, ...]
    slots: tuple[Slot, ...]
    numbers: tuple[str, ...]
    marked: bool
    expanded: str = ""


@dataclass(frozen=True, slots=True)
class Expansion:
    """A synonym found for some words of the query: the words as the table spells them, and what they stand for."""

    term: str
    meaning: str


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
    words = query_words(query)
    known = expansions or {}
    slots: list[Slot] = []
    notes: list[str] = []
    position = 0
    while position < len(words):
        length, found = _longest(words[position : position + _LONGEST_KEY], known)
        typed = words[position : position + length]
        guesses = [Alternative(tuple(words_of(item.meaning)), 0.8) for item in found]
        slots.append(Slot((Alternative(typed), *guesses)))
        notes.extend(item.meaning for item in found)
        position += length
    text = bounded(query)
    return ParsedQuery(words, _unique(slots), tuple(numbers_of(text)), has_marks(text), ", ".join(dict.fromkeys(notes)))


def _longest(words: Sequence[Word], known: Mapping[str, Sequence[Expansion]]) -> tuple[int, list[Expansion]]:
    """How many of the first words are one synonym, and what for; (1, []) when none is."""
    for length in range(len(words), 0, -1):
        if found := _matching(words[:length], known):
            return length, found
    return 1, []


def _unique(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """Without repeats: 'Phường Phường Đúc' asks for phường once."""
    return tuple(dict.fromkeys(slots))
