"""What a save means for where the article stands, and for what citizens are told."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from news.actions import rights
from news.actions.share_locks import refuse_locked_copy
from news.actions.steps import NO_APPROVAL, take_step, write_transition
from news.actions.versions import COPIED, Change, tell_citizens
from news.enums import ArticleStatus, CategoryRightKind
from news.models import Article, ArticleVersion
from news.rules.workflow import SECOND_LOOK_WITHIN, SMALL_EDIT_WORDS, targets_of
from news.tasks.publishing import send_step_mail
from portal.core.models import User
from portal.core.tasks import start_after_commit

_TO_APPROVE_AGAIN = frozenset({ArticleStatus.APPROVED, ArticleStatus.SCHEDULED})


def demand_may_write(*, article: Article, before: Article | None, actor: User | None) -> None:
    """Refuse a save that role, category or the article's place on its way does not allow; the system may always write.

    ``before`` is the row as it stands now, locked: somebody may have published it since the form was opened. Raises
    PermissionDenied for what the person could never do here, ValidationError for what has changed meanwhile.
    """
    if actor is None:
        return
    if before is not None:
        refuse_locked_copy(before)
    if not actor.has_perm("news.add_article" if before is None else "news.change_article"):
        raise PermissionDenied
    closed = rights.closed_categories(actor, CategoryRightKind.WRITE)
    if article.category_id in closed:
        raise ValidationError({"category": _("Chuyên mục này chỉ người được giao mới viết. Chọn chuyên mục khác.")})
    if before is not None and not rights.may_change_text(actor, before, closed):
        status = before.get_status_display()
        raise ValidationError(_("Bài đang ở bước “%(status)s” nên bạn không sửa được.") % {"status": status})


def after_save(
    *, article: Article, before: Article, version: ArticleVersion, change: Change, actor: User | None
) -> None:
    """What a new version means for where the article stands; called inside the transaction of the save.

    An approved text that changed goes back to the approver. A published one that a person changed in substance needs a public
    note (ValidationError) and another person's look within 24 hours.
    """
    if actor is not None and article.status == ArticleStatus.PUBLISHED:
        _follow_correction(article, before, version, change, actor)
    elif article.status in _TO_APPROVE_AGAIN and _is_changed(article, before):
        _approve_again(article, actor)
    tell_citizens(article=article, version=version, change=change, actor=actor)


def _is_changed(article: Article, before: Article) -> bool:
    """Whether the text itself changed, not only how long it is pinned."""
    names = [f"{name}_id" if name in {"category", "picture"} else name for name in COPIED]
    return any(getattr(article, name) != getattr(before, name) for name in names)


def _approve_again(article: Article, actor: User | None) -> None:
    if actor is None:
        return  # what follows its origin was approved there
    take_step(article=article, verb="unapprove", actor=actor, fields=NO_APPROVAL)
    start_after_commit(send_step_mail, unit_id=article.unit_id, article_id=article.pk)


def _follow_correction(article: Article, before: Article, version: ArticleVersion, change: Change, actor: User) -> None:
    is_large = version.words_changed > SMALL_EDIT_WORDS
    if is_large and not change.public_note.strip():
        raise ValidationError({"public_note": _("Ghi một câu cho người đọc biết đã sửa gì")})
    swapped = article.picture_id != before.picture_id or targets_of(article.body) != targets_of(before.body)
    if is_large or swapped or _adds_up(article, actor):
        _ask_second_look(article, actor, since=version.made_at, reason=change.public_note or change.remark)


def follow_files(*, article: Article, actor: User | None) -> None:
    """What other attached files mean: as other words do, they are approved again or looked at a second time."""
    if actor is None:
        return
    if article.status in _TO_APPROVE_AGAIN:
        _approve_again(article, actor)
    elif article.status == ArticleStatus.PUBLISHED:
        _ask_second_look(article, actor, since=timezone.now(), reason=_("Đổi tệp đính kèm."))


def _ask_second_look(article: Article, actor: User, *, since: datetime, reason: str) -> None:
    # A second correction does not push the first one's date further away.
    due_at = article.second_look_due_at or since + SECOND_LOOK_WITHIN
    values = {"second_look_due_at": due_at, "second_look_by": None, "second_look_at": None}
    Article.objects.filter(pk=article.pk).update(**values)
    for name, value in values.items():
        setattr(article, name, value)
    write_transition(
        article=article, verb="correct", actor=actor, before=ArticleStatus(article.status), reason=reason,
        version=article.version_number,
    )  # fmt: skip
    start_after_commit(send_step_mail, unit_id=article.unit_id, article_id=article.pk)


def _adds_up(article: Article, actor: User) -> bool:
    """Whether many small corrections of one person since anybody else looked make a large one."""
    looks = [at for at in (article.second_look_at, article.approved_at, article.published_at) if at]
    words = ArticleVersion.objects.words_of(article, actor.pk, since=max(looks, default=timezone.now()))
    return article.second_look_due_at is None and words > SMALL_EDIT_WORDS
