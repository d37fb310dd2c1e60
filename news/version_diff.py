"""Two versions of an article beside each other, in words; the screens of versions, approval and second look show it."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from news.models import Article, ArticleVersion, Picture
from news.rules.prose_blocks import Image
from news.rules.prose_diff import Comparison, Piece, compare_bodies, compare_lines
from news.rules.prose_html import comparison_html, picture_html, pieces_html


@dataclass(frozen=True, slots=True)
class Row:
    """One field that changed: its name, the change as HTML."""

    label: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two versions."""

    rows: tuple[Row, ...]
    body: Comparison

    @property
    def body_html(self) -> SafeString:
        """The body with words put in and taken out."""
        return comparison_html(self.body)

    @property
    def is_empty(self) -> bool:
        """Whether both say and show the same."""
        return not self.rows and not self.body.has_changes


def difference(before: ArticleVersion, after: ArticleVersion) -> Difference:
    """What ``after`` changed about ``before``; asks nothing of the database when category and picture are there."""
    rows = [
        _words(_("Tiêu đề"), before.title, after.title),
        _words(_("Tóm tắt"), before.summary, after.summary),
        _arrow(_("Chuyên mục"), before.category_name, after.category_name),
        _arrow(_("Thẻ"), _tags(before), _tags(after)),
        _arrow(_("Tác giả"), before.author_name, after.author_name),
        _arrow(_("Nguồn"), before.source_name, after.source_name),
        _picture(before.picture, after.picture),
    ]
    return Difference(tuple(row for row in rows if row), compare_bodies(before.body, after.body))


def version_of(article: Article, tag_names: list[str]) -> ArticleVersion:
    """The text that stands as an unsaved version: what an article that was never saved by hand is compared as."""
    return ArticleVersion(
        article=article, number=article.version_number, status=article.status, title=article.title,
        summary=article.summary, body=article.body, author_name=article.author_name, source_name=article.source_name,
        category=article.category, category_name=article.category.name, picture=article.picture, tag_names=tag_names,
    )  # fmt: skip


def _words(label: str, before: str, after: str) -> Row | None:
    return Row(label, pieces_html(compare_lines(before, after))) if before != after else None


def _arrow(label: str, before: str, after: str) -> Row | None:
    if before == after:
        return None
    nothing = _("(trống)")
    old, new = (pieces_html([Piece(op, text or nothing)]) for op, text in (("del", before), ("ins", after)))
    return Row(label, format_html("{} → {}", old, new))


def _tags(version: ArticleVersion) -> str:
    names: Any = version.tag_names
    return ", ".join(sorted(str(name) for name in names))


def _picture(before: Picture | None, after: Picture | None) -> Row | None:
    if before == after:
        return None
    old = picture_html(_image(before), _("Trước"), op="del")
    new = picture_html(_image(after), _("Sau"), op="ins")
    return Row(_("Ảnh chính"), format_html('<div class="diff__pair">{}{}</div>', old, new))


def _image(picture: Picture | None) -> Image | None:
    return Image(picture.small_url, picture.alt) if picture else None
