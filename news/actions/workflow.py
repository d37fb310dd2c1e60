"""Where an article stands: every transition is one conditional update, written down with who, when and why."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.actions.versions import Change, tell_citizens
from news.actions.visibility import show_changed
from news.enums import ArticleStatus
from news.models import Article, ArticleVersion
from portal.core.audit import record
from portal.core.models import User


@transaction.atomic
def publish_article(*, article: Article, actor: User | None, at: datetime | None = None) -> bool:
    """Put a draft or withdrawn article before citizens; False when it was published already (by somebody else).

    Raises ValidationError with a sentence for the clerk when title, summary or text is missing.
    """
    missing = [str(label) for label, value in _required(article).items() if not value]
    if missing:
        raise ValidationError(_("Chưa đăng được: còn thiếu %(fields)s.") % {"fields": ", ".join(missing)})
    now = timezone.now()
    first = article.published_at or at or now
    changed = Article.objects.filter(pk=article.pk).exclude(status=ArticleStatus.PUBLISHED).update(
        status=ArticleStatus.PUBLISHED, published_at=first, edited_at=now
    )  # fmt: skip
    if not changed:
        return False
    article.status, article.published_at = ArticleStatus.PUBLISHED, first
    record(verb="article.publish", target=article, actor=actor)
    show_changed(article)
    return True


def _required(article: Article) -> dict[str, Any]:
    return {_("tiêu đề"): article.title, _("tóm tắt"): article.summary, _("nội dung"): article.body}


@transaction.atomic
def withdraw_article(*, article: Article, actor: User | None) -> bool:
    """Take a published article away from citizens; False when it was not published any more."""
    changed = Article.objects.filter(pk=article.pk, status=ArticleStatus.PUBLISHED).update(
        status=ArticleStatus.WITHDRAWN, edited_at=timezone.now()
    )
    if not changed:
        return False
    article.status = ArticleStatus.WITHDRAWN
    record(verb="article.withdraw", target=article, actor=actor)
    show_changed(article)
    return True


def after_save(*, article: Article, version: ArticleVersion, change: Change, actor: User | None) -> None:
    """What a new version means for where the article stands; called inside the transaction of the save."""
    tell_citizens(article=article, version=version, change=change, actor=actor)
