"""Show where the words stand: sentences around the first hits, marks kept, everything escaped except <mark>."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.search.analyzers import Word
from portal.search.folding import clean, exact_form, folded_form

_WORD = re.compile(r"[^\W_\u0300-\u036f][^\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W_\u0300-\u036f]*)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…;])\s+|\n+")
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a text."""

    start: int
    end: int


def spans_of(text: str, words: Sequence[Word]) -> list[Span]:
    """Where `words` stand in cleaned `text`.

    A word typed without marks matches whatever marks stand in the text. One typed with marks matches itself, and where
    the text does not have it, the same letters without marks: 'thủ' must not light up every 'thu', nor 'lễ' every 'Lê'.
    """
    places = [(match, match.group().lower()) for match in _WORD.finditer(text)]
    there = {exact_form(raw) for _match, raw in places}
    exact = {word.exact for word in words}
    bare = {word.folded for word in words if word.exact == word.folded}
    absent = {word.folded for word in words if word.exact not in there}
    return [
        Span(*match.span())
        for match, raw in places
        if exact_form(raw) in exact or folded_form(raw) in bare or exact_form(raw) in absent
    ]


def marked(text: str, words: Sequence[Word]) -> SafeString:
    """The whole of `text`, escaped, with <mark> around each of `words`."""
    text = clean(text)
    return _render(text, spans_of(text, words))


def _render(text: str, spans: Sequence[Span]) -> SafeString:
    parts: list[str] = []
    position = 0
    for span in _joined(text, spans):
        parts += [escape(text[position : span.start]), "<mark>", escape(text[span.start : span.end]), "</mark>"]
        position = span.end
    parts.append(escape(text[position:]))
    return mark_safe("".join(parts))  # noqa: S308 - every piece of text above went through escape()


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Neighbours with only spaces between them become one: 'thủ tục' is one mark, not two."""
    joined: list[Span] = []
    for span in spans:
        if joined and not text[joined[-1].end : span.start].strip(" "):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def excerpt(text: str, words: Sequence[Word], *, length: int = 240) -> SafeString:
    """About `length` characters of `text` around the sentence with the most different hits, escaped and marked."""
    text = clean(text)
    sentences = _sentences(text)
    if not sentences:
        return mark_safe("")
    spans = spans_of(text, words)
    chosen = max(sentences, key=lambda sentence: (_variety(text, spans, sentence), -sentence.start))
    window = _window(text, sentences, chosen, spans, length)
    inside = [Span(s.start - window.start, s.end - window.start) for s in spans if _within(s, window)]
    shown = _render(text[window.start : window.end], inside)
    before = _ELLIPSIS if any(not character.isspace() for character in text[: window.start]) else ""
    after = _ELLIPSIS if any(not character.isspace() for character in text[window.end :]) else ""
    return mark_safe(f"{before}{shown.strip()}{after}")  # noqa: S308 - two ellipses around escaped text


def _sentences(text: str) -> list[Span]:
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    ends = [*(match.start() for match in _SENTENCE_END.finditer(text)), len(text)]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True) if text[start:end].strip()]


def _within(span: Span, window: Span) -> bool:
    return window.start <= span.start and span.end <= window.end


def _variety(text: str, spans: Sequence[Span], sentence: Span) -> int:
    return len({folded_form(text[s.start : s.end].lower()) for s in spans if _within(s, sentence)})


def _window(text: str, sentences: Sequence[Span], chosen: Span, spans: Sequence[Span], length: int) -> Span:
    """The chosen sentence, with the following ones as long as they fit; cut at words when it is too long itself."""
    end = chosen.end
    for sentence in sentences:
        if sentence.start > chosen.start and sentence.end - chosen.start <= length:
            end = sentence.end
    if end - chosen.start <= length:
        return Span(chosen.start, end)
    first = next((span.start for span in spans if _within(span, chosen)), chosen.start)
    start = chosen.start if first - chosen.start < length // 2 else _word_start(text, first - length // 3)
    return Span(start, _word_end(text, start, min(chosen.end, start + length)))


def _word_start(text: str, position: int) -> int:
    space = text.find(" ", position)
    return space + 1 if 0 <= space < position + 40 else position


def _word_end(text: str, start: int, position: int) -> int:
    if position >= len(text) or text[position].isspace():
        return position
    space = text.rfind(" ", start, position)
    return space if space > start else position
