"""Links for looking at an unpublished article without an account: expiring, revocable, known to us by their hash only."""

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.enums import ArticleStatus
from news.models import Article, PreviewLink
from news.rules.workflow import SEEN_STATUSES
from portal.core.audit import record
from portal.core.models import User
from portal.core.text import one_line

PREVIEW_DAYS: Final = (1, 3, 7, 14)
LINKS_LIMIT: Final = 20
PREVIEW_STATUSES: Final = frozenset(ArticleStatus) - SEEN_STATUSES
"""What citizens can not read yet; once they can, the article's own address is the one to send."""
_NOTED_EVERY: Final = timedelta(minutes=1)


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def create_preview_link(*, article: Article, actor: User, label: str, days: int) -> tuple[PreviewLink, str]:
    """Make a link and give it back with its token, which nobody can read again afterwards.

    Raises ValidationError for an article that citizens can read already or that was withdrawn, for another number of days,
    and where the article has as many open links as one may have.
    """
    if article.status not in PREVIEW_STATUSES:
        raise ValidationError(_("Chỉ bài chưa đăng mới cần liên kết xem trước."))
    if days not in PREVIEW_DAYS:
        raise ValidationError(_("Chọn thời hạn trong danh sách."))
    if PreviewLink.objects.usable().filter(article=article).count() >= LINKS_LIMIT:
        raise ValidationError(
            _("Bài đã có %(count)d liên kết còn mở. Thu hồi bớt rồi tạo mới.") % {"count": LINKS_LIMIT}
        )
    token = secrets.token_urlsafe(32)
    link = PreviewLink.objects.create(
        article=article, token_hash=token_hash(token), label=one_line(label)[:120], created_by=actor,
        expires_at=timezone.now() + timedelta(days=days),
    )  # fmt: skip
    record(verb="article.preview_link", target=article, actor=actor, detail={"link": link.pk, "label": link.label})
    return link, token


@transaction.atomic
def revoke_preview_link(*, link: PreviewLink, actor: User) -> bool:
    """Close a link at once; False when it was revoked already."""
    if not PreviewLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=timezone.now()):
        return False
    record(verb="article.preview_revoke", target=link.article, actor=actor, detail={"link": link.pk})
    return True


def close_preview_links(article: Article) -> None:
    """Revoke every open link of an article: what was withdrawn is not shown by another door, nor when it is opened again."""
    PreviewLink.objects.filter(article=article, revoked_at__isnull=True).update(revoked_at=timezone.now())


def find_preview(token: str) -> PreviewLink | None:
    """The link of a token in this unit, open or not; None for a token that nobody gave out here."""
    return PreviewLink.objects.with_article().filter(token_hash=token_hash(token)).first()


def note_opened(link: PreviewLink) -> None:
    """Remember that the link was opened now, at most once a minute."""
    now = timezone.now()
    PreviewLink.objects.filter(pk=link.pk).not_opened_since(now - _NOTED_EVERY).update(last_opened_at=now)
