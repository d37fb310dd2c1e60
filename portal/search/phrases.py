"""Whether what was typed stands side by side in a title, in another name of the thing, or at the start of the text."""

from collections.abc import Sequence
from typing import Any, Final

from portal.search.analyzers import Word, words_of
from portal.search.folding import folded_form, split_words
from portal.search.terms import ParsedQuery

TITLE: Final = 0.4
TITLE_MARKED: Final = 0.3
BODY: Final = 0.2
MEANT: Final = 0.4
"""An everyday name that was typed, or the official words it means, stand side by side in the title."""
WHOLE: Final = 0.6
"""Every word of the title was typed or meant: 'Đăng ký khai tử' before 'Đăng ký khai tử lưu động'."""
NAMED: Final = 0.8
"""The other name is what was typed, no more and no less (but for words of a question)."""
NAMED_WITHIN: Final = 0.4
"""The other name stands among what was typed, or the other way round."""


def _folded(words: Sequence[Word]) -> str:
    return f" {' '.join(word.folded for word in words)} "


def _exact(words: Sequence[Word]) -> str:
    return f" {' '.join(word.exact for word in words)} "


class Phrases:
    """The phrases of one query; `factor` is at least 1 and multiplies a document's score."""

    def __init__(self, query: ParsedQuery) -> None:
        self._marked = query.marked
        self._typed = [words for words in dict.fromkeys((query.words, query.gist)) if len(words) > 1]
        self._gist = query.gist
        self._words = {
            word.folded for slot in query.slots for alternative in slot.alternatives for word in alternative.words
        }
        self._meant = [
            _folded(alternative.words)
            for slot in query.slots
            for alternative in slot.alternatives[0 if slot.is_name else 1 :]
            if len(alternative.words) > 1
        ]

    def factor(self, stored: dict[str, Any]) -> float:
        """How much the document gains by phrases."""
        title = words_of(stored.get("title", ""))
        found = 1.0 + max((self._of_text(words, title, stored) for words in self._typed), default=0.0)
        folded = _folded(title)
        if any(meant in folded for meant in self._meant):
            found += MEANT
        own = {word.folded for word in title}
        found += WHOLE * len(own & self._words) / max(len(own), 1)
        return found + max((self._of_name(words_of(name)) for name in stored.get("aliases", ())), default=0.0)

    def _of_text(self, words: Sequence[Word], title: Sequence[Word], stored: dict[str, Any]) -> float:
        folded = _folded(words)
        if folded in _folded(title):
            return TITLE + (TITLE_MARKED if self._marked and _exact(words) in _exact(title) else 0.0)
        return BODY if folded in f" {' '.join(map(folded_form, split_words(stored.get('extract', ''))))} " else 0.0

    def _of_name(self, name: Sequence[Word]) -> float:
        """A name spelled as typed: with marks when any were typed, or without all."""
        typed, own = (_exact(self._gist), _exact(name)) if self._marked else (_folded(self._gist), _folded(name))
        if typed == own:
            return NAMED
        return NAMED_WITHIN if len(name) > 1 and (own in typed or (len(self._gist) > 1 and typed in own)) else 0.0
