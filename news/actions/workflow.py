"""An article's way to citizens: submitted, sent back, approved, scheduled, published, looked at again.

Every verb is one conditional update (news.actions.steps). It returns False when the article stands elsewhere by now; raises
PermissionDenied for a role or category that does not allow it, ValidationError with a sentence for what the person must do.
``actor=None`` is the system: imports, the clock, another unit's mandatory text.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from news.actions import rights
from news.actions.share_locks import refuse_locked_copy
from news.actions.steps import NO_APPROVAL, clean_reason, demand_whole, take_step, write_transition
from news.actions.visibility import show_changed
from news.enums import ArticleStatus
from news.models import Article
from news.rules.workflow import SECOND_LOOK_WITHIN
from news.tasks.publishing import send_step_mail
from portal.core.models import User
from portal.core.tasks import start_after_commit

# What a withdrawal wrote; a text before citizens again has none of it.
NOT_WITHDRAWN: dict[str, Any] = {
    "withdrawal_kind": "",
    "withdrawal_note": "",
    "withdrawn_at": None,
    "merged_into": None,
}
STALE = "stale"
OWN = "own"


@transaction.atomic
def submit_article(*, article: Article, actor: User, due_at: datetime | None = None, remark: str = "") -> bool:
    """Hand a draft to the approvers, with a date by which it should be looked at and a word to them."""
    rights.demand(rights.may_change_text(actor, article))
    demand_whole(article, _("Chưa gửi duyệt được."))
    now = timezone.now()
    if due_at is not None and due_at <= now:
        raise ValidationError(_("Hạn duyệt phải sau lúc này."), code="due_at")
    fields = {**NO_APPROVAL, "submitted_by": actor, "submitted_at": now, "due_at": due_at}
    changed = take_step(article=article, verb="submit", actor=actor, reason=remark, fields=fields)
    return changed and _tell(article)


@transaction.atomic
def recall_article(*, article: Article, actor: User) -> bool:
    """Take a submitted text back to go on writing; by who wrote or submitted it."""
    rights.demand(actor.pk in {article.created_by_id, article.submitted_by_id})
    return take_step(article=article, verb="recall", actor=actor, fields={"due_at": None})


@transaction.atomic
def return_article(*, article: Article, actor: User, reason: str, seen_version: int | None = None) -> bool:
    """Send a text back to its author with what is to be mended; an approved one only by who may approve."""
    approves = rights.may_approve_in(actor, article.category_id)
    edits = actor.has_perm("news.change_any_article") and rights.may_write_in(actor, article.category_id)
    rights.demand(approves or (edits and article.status == ArticleStatus.SUBMITTED))
    where = None if approves else Q(status=ArticleStatus.SUBMITTED)
    if not clean_reason(reason):
        raise ValidationError(_("Viết một câu cho người viết biết cần sửa gì."), code="reason")
    fields = {**NO_APPROVAL, "due_at": None}
    changed = take_step(
        article=article,
        verb="return",
        actor=actor,
        reason=reason,
        seen_version=seen_version,
        where=where,
        fields=fields,
    )
    if not changed:
        _refuse_stale(article, seen_version)
    return changed and _tell(article)


@transaction.atomic
def approve_article(
    *,
    article: Article,
    actor: User,
    seen_version: int,
    secrecy_checked: bool,
    remark: str = "",
    publish: bool = False,
    at: datetime | None = None,
) -> bool:
    """Approve the version that was looked at; with ``publish`` it is published in the same stroke, with ``at`` scheduled.

    Raises ValidationError when the text is the person's own, has changed since it was looked at, is not whole, or when the
    state-secrecy check is not confirmed.
    """
    _demand_approval(article, actor, secrecy_checked=secrecy_checked)
    if rights.is_own_text(article, actor):
        raise ValidationError(_("Bài này do bạn viết: người khác duyệt."), code=OWN)
    demand_whole(article, _("Chưa duyệt được."))
    _demand_future(at)
    now = timezone.now()
    fields = {
        **NO_APPROVAL, "approved_by": actor, "approved_at": now, "due_at": None, "secrecy_checked_by": actor,
        "secrecy_checked_at": now,
    }  # fmt: skip
    changed = take_step(
        article=article, verb="approve", actor=actor, reason=remark, seen_version=seen_version, fields=fields
    )
    if not changed:
        _refuse_stale(article, seen_version)
        return False
    if at is not None:
        return take_step(article=article, verb="schedule", actor=actor, fields={"scheduled_for": at})
    return _publish(article, actor) if publish else True


@transaction.atomic
def schedule_article(*, article: Article, actor: User, at: datetime) -> bool:
    """Set or change the moment at which an approved text is published."""
    rights.demand(rights.may_approve_in(actor, article.category_id))
    _demand_future(at)
    return take_step(article=article, verb="schedule", actor=actor, fields={"scheduled_for": at})


@transaction.atomic
def unschedule_article(*, article: Article, actor: User) -> bool:
    """Forget the moment; the text stays approved."""
    rights.demand(rights.may_approve_in(actor, article.category_id))
    return take_step(article=article, verb="unschedule", actor=actor, fields={"scheduled_for": None})


@transaction.atomic
def publish_article(*, article: Article, actor: User | None, at: datetime | None = None) -> bool:
    """Put an approved text before citizens; False when it was published already (by somebody else).

    A person publishes only what another one has approved. The system (``actor=None``) publishes whatever is not published
    yet, ``at`` being its date. Raises ValidationError with a sentence for the clerk when title, summary or text is missing.
    """
    demand_whole(article, _("Chưa đăng được."))
    if actor is not None:
        rights.demand(rights.may_approve_in(actor, article.category_id))
        return _publish(article, actor)
    stored = Article.objects.filter(pk=article.pk).values_list("status", "version_number").first()
    if stored is None or stored[0] == ArticleStatus.PUBLISHED:
        return False
    values = _published_fields(article, at or timezone.now())
    values |= {"status": ArticleStatus.PUBLISHED, "edited_at": timezone.now()}
    if not Article.objects.filter(pk=article.pk, status=stored[0]).update(**values):
        return False
    for name, value in values.items():
        setattr(article, name, value)
    before, version = ArticleStatus(stored[0]), stored[1]
    write_transition(article=article, verb="publish", actor=None, before=before, reason="", version=version)
    show_changed(article)
    return True


@transaction.atomic
def publish_urgently(
    *, article: Article, actor: User, reason: str, secrecy_checked: bool, seen_version: int | None = None
) -> bool:
    """Publish alone what can not wait; another person looks at it within 24 hours."""
    _demand_approval(article, actor, secrecy_checked=secrecy_checked)
    if not clean_reason(reason):
        raise ValidationError(_("Viết vì sao không chờ người khác duyệt được."), code="reason")
    demand_whole(article, _("Chưa đăng được."))
    now = timezone.now()
    fields = {
        **NO_APPROVAL, **_published_fields(article, now), "is_urgent": True, "due_at": None, "second_look_by": None,
        "second_look_at": None, "second_look_due_at": now + SECOND_LOOK_WITHIN, "secrecy_checked_by": actor,
        "secrecy_checked_at": now,
    }  # fmt: skip
    changed = take_step(
        article=article, verb="publish-urgent", actor=actor, reason=reason, seen_version=seen_version, fields=fields
    )
    if not changed:
        _refuse_stale(article, seen_version)
        return False
    return _tell(article)


@transaction.atomic
def confirm_second_look(*, article: Article, actor: User, seen_version: int, remark: str = "") -> bool:
    """Say that another person has looked at what one person published or corrected alone; False when somebody has."""
    rights.demand(rights.may_approve_in(actor, article.category_id))
    if rights.is_own_change(article, actor):
        raise ValidationError(_("Phần này do bạn đăng hoặc sửa: người khác xem lại."), code=OWN)
    now = timezone.now()
    values = {"second_look_by": actor, "second_look_at": now, "second_look_due_at": None}
    rows = Article.objects.unseen().filter(pk=article.pk, version_number=seen_version)
    if not rows.order_by().update(**values):
        _refuse_stale(article, seen_version)
        return False
    for name, value in values.items():
        setattr(article, name, value)
    before = ArticleStatus(article.status)
    write_transition(
        article=article, verb="second-look", actor=actor, before=before, reason=remark, version=seen_version
    )
    return True


@transaction.atomic
def expire_article(*, article: Article) -> bool:
    """Let a published text run out whose last moment has passed; by the clock. False when that is not so (any more).

    Its page stays, with a notice; lists, feeds and search forget it.
    """
    return take_step(article=article, verb="expire", actor=None, where=Q(expires_at__lte=timezone.now()))


@transaction.atomic
def reopen_article(*, article: Article, actor: User, reason: str = "") -> bool:
    """Make an expired or withdrawn text a draft again; it goes the whole way anew and keeps its first date."""
    rights.demand(rights.may_approve_in(actor, article.category_id))
    refuse_locked_copy(article)
    fields = {**NO_APPROVAL, "is_urgent": False, "second_look_due_at": None, "expires_at": None}
    return take_step(article=article, verb="reopen", actor=actor, reason=reason, fields=fields)


@transaction.atomic
def publish_scheduled(*, article: Article) -> bool:
    """Publish a scheduled text whose moment has come; by the clock. False when somebody was faster or it is not yet time."""
    now = timezone.now()
    fields = _published_fields(article, now)
    due = Q(status=ArticleStatus.SCHEDULED, scheduled_for__lte=now)
    return take_step(article=article, verb="publish", actor=None, where=due, fields=fields)


def _publish(article: Article, actor: User) -> bool:
    return take_step(article=article, verb="publish", actor=actor, fields=_published_fields(article, timezone.now()))


def _published_fields(article: Article, moment: datetime) -> dict[str, Any]:
    """What a text before citizens carries; the date of its first publishing stays."""
    return {**NOT_WITHDRAWN, "published_at": article.published_at or moment, "scheduled_for": None}


def _demand_approval(article: Article, actor: User, *, secrecy_checked: bool) -> None:
    rights.demand(rights.may_approve_in(actor, article.category_id))
    if not secrecy_checked:
        raise ValidationError(_("Đọc bài, rồi đánh dấu đã kiểm tra bí mật nhà nước."), code="secrecy")


def _demand_future(at: datetime | None) -> None:
    if at is not None and at <= timezone.now():
        raise ValidationError(_("Giờ hẹn đăng phải sau lúc này."), code="at")


def _refuse_stale(article: Article, seen_version: int | None) -> None:
    """Raise when the text itself is a newer one than was looked at: the person must look again."""
    stands = Article.objects.filter(pk=article.pk).values_list("version_number", flat=True).first()
    if seen_version is not None and stands is not None and stands != seen_version:
        raise ValidationError(_("Bài vừa được sửa sau khi bạn mở. Đọc lại bản mới rồi quyết định."), code=STALE)


def _tell(article: Article) -> bool:
    """Let a worker write to whom the newest step concerns; what it loses, the sweep finds."""
    start_after_commit(send_step_mail, unit_id=article.unit_id, article_id=article.pk)
    return True
