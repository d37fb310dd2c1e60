"""Versions: every save keeps the text as it stood."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from news.enums import PublicNoteKind, VersionReason
from news.models import Article, ArticleVersion, PublicNote
from news.rules.prose_diff import words_changed
from portal.core.models import User

COPIED = ("title", "summary", "body", "author_name", "source_name", "category", "picture")


class EditConflict(ValidationError):
    """Somebody saved the article since this text was opened; nothing was written. ``version`` is theirs."""

    def __init__(self, version: ArticleVersion | None) -> None:
        self.version = version
        name = (version.made_by if version else None) or _("Người khác")
        super().__init__(_("%(name)s vừa lưu bài này. Bài của bạn chưa được lưu.") % {"name": name}, code="conflict")


@dataclass(frozen=True, slots=True)
class Change:
    """What is said of one save: the public note with its kind, whether it is only a slip of the pen, a remark inside."""

    public_note: str = ""
    kind: PublicNoteKind = PublicNoteKind.CHANGE
    is_minor: bool = False
    remark: str = ""
    reason: VersionReason = VersionReason.SAVE


def stored_text(article: Article) -> Article:
    """The article's row as the database holds it now."""
    return Article.objects.select_related("category", "picture").get(pk=article.pk)


def whole_text(article: Article | ArticleVersion) -> str:
    """Title, summary and body as one HTML text, for comparing."""
    return f"<p>{article.title}</p><p>{article.summary}</p>{article.body}"


def claim_version(article: Article, base_version: int | None) -> int:
    """Raise the article's version number by one and return it; raises EditConflict when ``base_version`` is not the newest.

    The conditional update locks the row for the rest of the transaction, so two savers never get one number.
    """
    rows = Article.objects.filter(pk=article.pk)
    if base_version is not None:
        rows = rows.filter(version_number=base_version)
    if not rows.update(version_number=F("version_number") + 1):
        raise EditConflict(ArticleVersion.objects.select_related("made_by").latest_of(article))
    number: int = Article.objects.values_list("version_number", flat=True).get(pk=article.pk)
    article.version_number = number
    return number


def keep_version(
    *, article: Article, number: int, actor: User | None, change: Change, tag_names: list[str], before: Article | None
) -> ArticleVersion:
    """Write the article's text as version ``number``; ``before`` is the text it replaces."""
    texts = {name: getattr(article, name) for name in COPIED}
    return ArticleVersion.objects.create(
        article=article, number=number, made_by=actor, reason=change.reason, status=article.status, **texts,
        category_name=article.category.name, tag_names=tag_names, is_minor=change.is_minor, remark=change.remark[:250],
        words_changed=words_changed(whole_text(before), whole_text(article)) if before else 0,
    )  # fmt: skip


def tell_citizens(*, article: Article, version: ArticleVersion, change: Change, actor: User | None) -> None:
    """Write the public note of a change, where there is one to tell."""
    if change.public_note.strip():
        PublicNote.objects.create(
            article=article, kind=change.kind, at=timezone.now(), text=change.public_note.strip(), version=version,
            made_by=actor,
        )  # fmt: skip
