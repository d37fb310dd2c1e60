"""How two texts differ, as prose: paragraph beside paragraph, words put in and taken out, pictures, ways of setting."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.rules.prose_align import Budget, Span, align
from news.rules.prose_blocks import Block, Image, Word, blocks_of, words_of
from portal.core.richtext import plain_text

LONGEST: Final = 1_500_000
"""Characters of both texts together up to which words are compared; longer ones are only counted."""
MOST_LINES: Final = 3_000
"""Changed blocks that a person can still look through."""
_PAIR_CELLS: Final = 8_000
_ALIKE: Final = 0.4
_SHORT_RUN: Final = 3
_QUOTED: Final = 60
_KIND_NAMES: Final[dict[str, Any]] = {
    "p": gettext_lazy("đoạn văn"),
    "h2": gettext_lazy("tiêu đề mục"),
    "h3": gettext_lazy("tiêu đề mục nhỏ"),
    "h4": gettext_lazy("tiêu đề mục nhỏ nhất"),
    "li": gettext_lazy("mục có dấu đầu dòng"),
    "number": gettext_lazy("mục đánh số"),
    "quote": gettext_lazy("trích dẫn"),
    "pre": gettext_lazy("đoạn giữ nguyên khoảng trắng"),
    "row": gettext_lazy("dòng của bảng"),
    "caption": gettext_lazy("chú thích"),
}
_MARK_NAMES: Final[dict[str, Any]] = {
    "strong": gettext_lazy("chữ đậm"),
    "em": gettext_lazy("chữ nghiêng"),
    "u": gettext_lazy("gạch chân"),
    "s": gettext_lazy("gạch ngang chữ"),
    "sub": gettext_lazy("chỉ số dưới"),
    "sup": gettext_lazy("chỉ số trên"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed (``same``), came (``ins``) or went (``del``)."""

    op: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One block of the comparison: what it is, what became of it, its words, remarks in words, pictures before and after."""

    kind: str
    op: str
    pieces: tuple[Piece, ...] = ()
    notes: tuple[str, ...] = ()
    before: Image | None = None
    after: Image | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A whole comparison; ``is_whole`` is False where the texts were too long to be compared word by word."""

    lines: tuple[Line, ...]
    words: int
    is_whole: bool = True

    @property
    def has_changes(self) -> bool:
        """Whether anything at all differs."""
        return not self.is_whole or any(line.op != "same" for line in self.lines)


def words_changed(before: str, after: str) -> int:
    """Words of the HTML ``before`` that are gone plus words of ``after`` that are new; moving a word counts nothing.

    Cheap for texts of any length: what decides whether a correction changes a published text in substance.
    """
    old, new = Counter(plain_text(before).split()), Counter(plain_text(after).split())
    return sum((old - new).values()) + sum((new - old).values())


def compare_lines(before: str, after: str) -> tuple[Piece, ...]:
    """Two plain texts (a title, a summary), word by word."""
    old, new = [Word(text) for text in words_of(before)], [Word(text) for text in words_of(after)]
    return _pieces(old, new, _word_spans(old, new, Budget()))


def compare_bodies(before: str, after: str) -> Comparison:
    """Two cleaned HTML bodies, block by block, then word by word; bounded in time whatever stands in them."""
    words = words_changed(before, after)
    if before == after:
        return Comparison(tuple(_same(block) for block in blocks_of(after[:LONGEST])), 0)
    if len(before) + len(after) > LONGEST:
        return Comparison((), words, is_whole=False)
    old, new = blocks_of(before), blocks_of(after)
    budget = Budget()
    moved = {block.key for block in old} & {block.key for block in new}
    lines: list[Line] = []
    for span in align([block.key for block in old], [block.key for block in new], budget):
        left, right = old[slice(*span.old)], new[slice(*span.new)]
        if span.is_same:
            lines += [_unchanged(one, other) for one, other in zip(left, right, strict=True)]
        else:
            lines += [_line(one, other, moved, budget) for one, other in _pair(left, right)]
    if sum(line.op != "same" for line in lines) > MOST_LINES:
        return Comparison((), words, is_whole=False)
    return Comparison(tuple(lines), words)


# --- one block against another ------------------------------------------------------------------------------------------


def _same(block: Block) -> Line:
    if block.image:
        return Line("img", "same", after=block.image)
    return Line(block.kind, "same", (Piece("same", block.text),))


def _unchanged(old: Block, new: Block) -> Line:
    """The same words: said in words where they are set otherwise now."""
    if new.image:
        return _same(new)
    notes = _setting_notes(old.kind, new.kind, old.words, new.words)
    return Line(new.kind, "format" if notes else "same", (Piece("same", new.text),), notes)


def _line(old: Block | None, new: Block | None, moved: set[str], budget: Budget) -> Line:
    if (old and old.image) or (new and new.image):
        return _image_line(old.image if old else None, new.image if new else None)
    if old and new:
        spans = _word_spans(old.words, new.words, budget)
        stayed = [span for span in spans if span.is_same]
        was = [word for span in stayed for word in old.words[slice(*span.old)]]
        now = [word for span in stayed for word in new.words[slice(*span.new)]]
        notes = _setting_notes(old.kind, new.kind, was, now)
        return Line(new.kind, "changed", _pieces(old.words, new.words, spans), notes)
    block = new or old
    assert block is not None  # noqa: S101 - a pair has one side at least; told to the type checker
    op, word = ("added", "ins") if new else ("removed", "del")
    notes = (_("Chuyển chỗ, chữ không đổi"),) if block.key in moved else ()
    return Line(block.kind, op, (Piece(word, block.text),), notes)


def _image_line(old: Image | None, new: Image | None) -> Line:
    notes: tuple[str, ...] = ()
    if old and new and old.src == new.src:
        notes = (_("Đổi lời mô tả ảnh"),)
    return Line("img", "picture", notes=notes, before=old, after=new)


def _setting_notes(old_kind: str, new_kind: str, old: Sequence[Word], new: Sequence[Word]) -> tuple[str, ...]:
    """What changed about words that stayed: ``old`` and ``new`` are the same words, as they were and as they are set."""
    notes = []
    if old_kind != new_kind:
        names = {"before": _KIND_NAMES.get(old_kind, old_kind), "after": _KIND_NAMES.get(new_kind, new_kind)}
        notes.append(_("Đổi %(before)s thành %(after)s") % names)
    return (*notes, *_mark_notes(old, new), *_link_notes(old, new))


def _mark_notes(old: Sequence[Word], new: Sequence[Word]) -> list[str]:
    notes = []
    for mark, name in _MARK_NAMES.items():
        came = _quoted([word for was, word in zip(old, new, strict=True) if mark in word.marks - was.marks])
        went = _quoted([word for was, word in zip(old, new, strict=True) if mark in was.marks - word.marks])
        if came:
            notes.append(_("Thêm %(mark)s: %(words)s") % {"mark": name, "words": came})
        if went:
            notes.append(_("Bỏ %(mark)s: %(words)s") % {"mark": name, "words": went})
    return notes


def _link_notes(old: Sequence[Word], new: Sequence[Word]) -> list[str]:
    targets: dict[tuple[str, str], list[Word]] = {}
    for was, word in zip(old, new, strict=True):
        if was.link != word.link:
            targets.setdefault((was.link, word.link), []).append(word)
    nothing = _("không có")
    return [
        _("Liên kết ở %(words)s: %(before)s → %(after)s")
        % {"words": _quoted(words), "before": before or nothing, "after": after or nothing}
        for (before, after), words in targets.items()
    ]


def _quoted(words: list[Word]) -> str:
    text = "".join(word.text for word in words).strip()
    if not text:
        return ""
    return f"“{text[:_QUOTED]}…”" if len(text) > _QUOTED else f"“{text}”"


# --- words --------------------------------------------------------------------------------------------------------------


def _word_spans(old: Sequence[Word], new: Sequence[Word], budget: Budget) -> list[Span]:
    """What went, came and stayed; words that stayed alone between changes are taken into them, as a reader would."""
    return _without_islands(align([word.text for word in old], [word.text for word in new], budget))


def _pieces(old: Sequence[Word], new: Sequence[Word], spans: list[Span]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for span in spans:
        gone = "".join(word.text for word in old[slice(*span.old)])
        come = "".join(word.text for word in new[slice(*span.new)])
        if span.is_same:
            pieces.append(Piece("same", come))
        else:
            pieces += [piece for piece in (Piece("del", gone), Piece("ins", come)) if piece.text]
    return tuple(pieces)


def _size(span: Span) -> int:
    return max(span.old[1] - span.old[0], span.new[1] - span.new[0])


def _without_islands(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for number, span in enumerate(spans):
        between = span.is_same and 0 < number < len(spans) - 1 and _size(span) <= _SHORT_RUN
        is_island = between and 2 * _size(span) <= min(_size(spans[number - 1]), _size(spans[number + 1]))
        changed = Span(is_same=False, old=span.old, new=span.new) if is_island else span
        if kept and not changed.is_same and not kept[-1].is_same:
            last = kept.pop()
            changed = Span(is_same=False, old=(last.old[0], changed.old[1]), new=(last.new[0], changed.new[1]))
        kept.append(changed)
    return kept


# --- which old block became which new one -------------------------------------------------------------------------------


def _pair(old: list[Block], new: list[Block]) -> list[tuple[Block | None, Block | None]]:
    """Blocks of a stretch that changed, put side by side where they are alike, in the order of reading."""
    matches = _alike(old, new) if old and new and len(old) * len(new) <= _PAIR_CELLS else []
    rows: list[tuple[Block | None, Block | None]] = []
    for (i, j), (i_next, j_next) in pairwise([(-1, -1), *matches, (len(old), len(new))]):
        rows += [(block, None) for block in old[i + 1 : i_next]]
        rows += [(None, block) for block in new[j + 1 : j_next]]
        if i_next < len(old):
            rows.append((old[i_next], new[j_next]))
    return rows


def _likeness(old: tuple[Block, Counter[str]], new: tuple[Block, Counter[str]]) -> float:
    if old[0].image or new[0].image:
        return 1.0 if old[0].image and new[0].image else 0.0
    common = sum((old[1] & new[1]).values())
    total = len(old[0].words) + len(new[0].words)
    return 2 * common / total if total else 0.0


def _alike(old: list[Block], new: list[Block]) -> list[tuple[int, int]]:
    """The pairs, rising in both, whose likeness adds up to the most."""
    mine = [(block, Counter(word.text for word in block.words)) for block in old]
    yours = [(block, Counter(word.text for word in block.words)) for block in new]
    best = [[0.0] * (len(new) + 1) for _row in range(len(old) + 1)]
    like = [[0.0] * len(new) for _row in old]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            score = _likeness(mine[i], yours[j])
            like[i][j] = score if score >= _ALIKE else 0.0
            taken = like[i][j] + best[i + 1][j + 1] if like[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], taken)
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if like[i][j] and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
