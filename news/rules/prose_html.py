"""A comparison as HTML: everything escaped, changes said also to who does not see colours."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from news.rules.prose_blocks import Image
from news.rules.prose_diff import Comparison, Line, Piece

_CONTEXT: Final = 1
_FOLD_FROM: Final = 4
_FOLDED_LIMIT: Final = 400_000
_LABELS: Final[dict[str, Any]] = {"added": "thêm", "removed": "bỏ"}


def pieces_html(pieces: Iterable[Piece]) -> SafeString:
    """Words with ``ins`` and ``del``; without the words for screen readers they read as the new and the old text."""
    return format_html_join("", "{}", ((_piece(piece),) for piece in pieces))


def _piece(piece: Piece) -> SafeString:
    if piece.op == "same":
        return format_html("{}", piece.text)
    tag, said = ("ins", _("thêm")) if piece.op == "ins" else ("del", _("bỏ"))
    words = piece.text.lstrip()
    space = piece.text[: len(piece.text) - len(words)]
    # A space of its own stands outside, so that the colour begins with the first word.
    return format_html(
        '<{}>{}<span class="visually-hidden">[{}: </span>{}<span class="visually-hidden">]</span></{}>',
        tag, space, said, words, tag,
    )  # fmt: skip


def comparison_html(comparison: Comparison) -> SafeString:
    """The whole body; long stretches without a change are folded, and left out where they would be too long to send."""
    parts: list[SafeString] = []
    groups = [(is_same, list(lines)) for is_same, lines in groupby(comparison.lines, lambda line: line.op == "same")]
    for number, (is_same, lines) in enumerate(groups):
        if is_same:
            parts += _stretch(lines, starts=number == 0, ends=number == len(groups) - 1)
        else:
            parts += [_line(line) for line in lines]
    return format_html_join("\n", "{}", ((part,) for part in parts))


def _stretch(lines: Sequence[Line], *, starts: bool, ends: bool) -> Iterator[SafeString]:
    """Unchanged lines: the ones beside a change in the open, the others folded."""
    first = 0 if starts else _CONTEXT
    last = len(lines) if ends else len(lines) - _CONTEXT
    if last - first < _FOLD_FROM:
        yield from (_line(line) for line in lines)
        return
    yield from (_line(line) for line in lines[:first])
    yield _fold(lines[first:last])
    yield from (_line(line) for line in lines[last:])


def _fold(lines: Sequence[Line]) -> SafeString:
    count = len(lines)
    words = ngettext("%(count)s đoạn không đổi", "%(count)s đoạn không đổi", count) % {"count": count}
    if sum(len(piece.text) for line in lines for piece in line.pieces) > _FOLDED_LIMIT:
        return format_html('<p class="diff__fold meta">{}</p>', words)
    inside = format_html_join("\n", "{}", ((_line(line),) for line in lines))
    return format_html('<details class="diff__fold"><summary>{}</summary>{}</details>', words, inside)


def _line(line: Line) -> SafeString:
    notes = format_html_join("", '<span class="diff__note">{}</span>', ((note,) for note in line.notes))
    if line.kind == "img":
        return _pictures(line, notes)
    label = _LABELS.get(line.op, "")
    return format_html(
        '<div class="diff__line diff__line--{} diff__line--{}"{}>{}<p>{}</p></div>',
        line.kind, line.op, format_html(' data-label="{}"', label) if label else "", notes, pieces_html(line.pieces),
    )  # fmt: skip


def _pictures(line: Line, notes: SafeString) -> SafeString:
    if line.op == "same" and line.after:
        return format_html('<div class="diff__line diff__line--img">{}</div>', picture_html(line.after, ""))
    before = picture_html(line.before, _("Trước"), op="del")
    after = picture_html(line.after, _("Sau"), op="ins")
    return format_html('<div class="diff__line diff__line--picture">{}<div class="diff__pair">{}{}</div></div>', notes,
                       before, after)  # fmt: skip


def picture_html(image: Image | None, label: str, op: str = "") -> SafeString:
    """One picture of a pair with what it says of itself; only files of this site are shown."""
    caption = format_html("<strong>{}</strong> ", label) if label else ""
    frame = format_html("diff__pic diff__pic--{}", op) if op else "diff__pic"
    if image is None:
        none = _("không có ảnh")
        return format_html(
            '<figure class="{} diff__pic--none"><figcaption>{}{}</figcaption></figure>', frame, caption, none
        )
    shown = format_html('<img src="{}" alt="" loading="lazy">', image.src) if image.src.startswith("/media/") else ""
    words = _("Mô tả: %(alt)s") % {"alt": image.alt} if image.alt else _("Ảnh trang trí, không có mô tả")
    return format_html('<figure class="{}">{}<figcaption>{}{}</figcaption></figure>', frame, shown, caption, words)
