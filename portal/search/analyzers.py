"""Words of a text as the index keeps them: exact and folded forms, and whole document numbers.

There are no stop words, no minimum length and no stemming: 'y tế', 'A Lưới 2' and 'an' are all real words here.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from whoosh.analysis import Token, Tokenizer

from portal.search.folding import exact_form, folded_form, normalise_dashes, split_words

# 1675/NQ-UBTVQH15, 45/2026/QĐ-UBND, 01/CT-TTg: digits, perhaps a year, then letters joined by hyphens.
_NUMBER = re.compile(r"\b\d{1,9}(?:/\d{4})?/[^\W\d_][^\W_]*(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word in both spellings."""

    exact: str
    folded: str


def words_of(text: str) -> list[Word]:
    """The words of `text` in reading order."""
    return [Word(exact_form(raw), folded_form(raw)) for raw in split_words(text)]


def numbers_of(text: str) -> list[str]:
    """Whole document numbers in `text`, folded: ['1675/nq-ubtvqh15']."""
    if "/" not in text:
        return []
    found = _NUMBER.findall(normalise_dashes(text))
    return [re.sub(r"[^\W_]+", lambda part: folded_form(part.group()), match) for match in found]


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each word occurs, in both spellings; `folded` also holds whole document numbers."""

    exact: dict[str, int]
    folded: dict[str, int]


def count_words(text: str) -> Counts:
    """Count the words of `text` in one pass; forms are worked out once per distinct word."""
    exact: Counter[str] = Counter()
    folded: Counter[str] = Counter()
    for raw, count in Counter(split_words(text)).items():
        exact[exact_form(raw)] += count
        folded[folded_form(raw)] += count
    folded.update(numbers_of(text))
    return Counts(exact, folded)


class VietnameseTokenizer(Tokenizer):
    """A Whoosh tokenizer (and so a whole analyzer) over `words_of`, used where Whoosh itself is handed text."""

    def __init__(self, *, folded: bool) -> None:
        self.folded = folded

    def __call__(self, value: str, *, positions: bool = False, mode: str = "", **options: Any) -> Iterator[Token]:
        """Yield one token for each word; character offsets are not kept (the highlighter finds its own)."""
        token = Token(positions=positions, mode=mode)
        for position, word in enumerate(words_of(value), options.get("start_pos", 0)):
            token.text = word.folded if self.folded else word.exact
            token.boost = 1.0
            token.original = token.text
            token.stopped = False
            if positions:
                token.pos = position
            yield token


def exact_analyzer() -> VietnameseTokenizer:
    """Marks kept: 'Má' and 'mã' differ, 'hoà' and 'hòa' do not."""
    return VietnameseTokenizer(folded=False)


def folded_analyzer() -> VietnameseTokenizer:
    """Marks dropped: 'Đăng ký', 'dang ky' and 'đăng kí' are all the same."""
    return VietnameseTokenizer(folded=True)
