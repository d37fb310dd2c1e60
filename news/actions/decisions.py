"""What a person may decide about an article now, why not more, and carrying it out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from news.actions import rights, workflow
from news.enums import ArticleStatus
from news.enums.workflow import Decision
from news.models import Article
from portal.core.models import User

APPROVALS = frozenset({Decision.PUBLISH, Decision.SCHEDULE, Decision.APPROVE})
_FIRST = [Decision.PUBLISH, Decision.SCHEDULE, Decision.APPROVE, Decision.RETURN]
_APPROVED = [Decision.PUBLISH_NOW, Decision.RESCHEDULE, Decision.RETURN]
_SCHEDULED = [Decision.RESCHEDULE, Decision.PUBLISH_NOW, Decision.UNSCHEDULE, Decision.RETURN]


@dataclass(frozen=True, slots=True)
class Standing:
    """What one person may decide about one article, and why not more, in sentences; may they publish it alone."""

    decisions: list[Decision]
    why_not: list[str]
    may_urgent: bool = False

    @property
    def only_recall(self) -> bool:
        """Whether taking the text back is all this person may do."""
        return self.decisions == [Decision.RECALL]


def standing_of(article: Article, user: User) -> Standing:
    """What this person may do with the article where it stands."""
    approves = rights.may_approve_in(user, article.category_id)
    if article.status == ArticleStatus.SUBMITTED:
        return _of_submitted(article, user, approves=approves)
    if article.second_look_due_at and article.status in {ArticleStatus.PUBLISHED, ArticleStatus.EXPIRED}:
        return _of_unseen(article, user, approves=approves)
    by_status = {
        ArticleStatus.APPROVED: _APPROVED,
        ArticleStatus.SCHEDULED: _SCHEDULED,
        ArticleStatus.EXPIRED: [Decision.REOPEN],
        ArticleStatus.WITHDRAWN: [Decision.REOPEN],
    }
    decisions = by_status.get(ArticleStatus(article.status), [])
    if decisions and not approves:
        return Standing([], [_not_approver(user)])
    is_urgent = article.status in {ArticleStatus.DRAFT, ArticleStatus.RETURNED}
    return Standing([*decisions], [], may_urgent=approves and is_urgent)


def _of_submitted(article: Article, user: User, *, approves: bool) -> Standing:
    is_mine = user.pk in {article.created_by_id, article.submitted_by_id}
    recall = [Decision.RECALL] if is_mine else []
    edits = user.has_perm("news.change_any_article") and rights.may_write_in(user, article.category_id)
    if not approves:
        returns = [Decision.RETURN] if edits and not is_mine else []
        return Standing([*returns, *recall], [_not_approver(user)])
    if rights.is_own_text(article, user):
        why = _("Bài này do bạn viết: người khác duyệt.")
        if not is_mine:
            why = _("Bạn đã sửa nhiều chữ trong bài này: người khác duyệt.")
        return Standing(recall or [Decision.RETURN], [why], may_urgent=True)
    return Standing([*_FIRST], [])


def _of_unseen(article: Article, user: User, *, approves: bool) -> Standing:
    if not approves:
        return Standing([], [_not_approver(user)])
    if rights.is_own_change(article, user):
        return Standing([], [_("Phần này do bạn đăng hoặc sửa: người khác xem lại.")])
    return Standing([Decision.LOOKED], [])


def _not_approver(user: User) -> str:
    if user.has_perm("news.publish_article"):
        return _("Chuyên mục này chỉ người được giao mới duyệt.")
    return _("Việc duyệt do người duyệt làm.")


def decide(
    *,
    article: Article,
    actor: User,
    decision: Decision,
    seen_version: int,
    secrecy_checked: bool = False,
    at: datetime | None = None,
    reason: str = "",
) -> bool:
    """Carry out one decision; False when somebody was faster. Raises what the verb raises."""
    if decision in {Decision.SCHEDULE, Decision.RESCHEDULE} and at is None:
        raise ValidationError(_("Chọn ngày và giờ đăng."), code="at")
    if decision in APPROVALS:
        return workflow.approve_article(
            article=article, actor=actor, seen_version=seen_version, secrecy_checked=secrecy_checked, remark=reason,
            publish=decision == Decision.PUBLISH, at=at if decision == Decision.SCHEDULE else None,
        )  # fmt: skip
    if decision == Decision.RETURN:
        return workflow.return_article(article=article, actor=actor, reason=reason, seen_version=seen_version)
    if decision == Decision.LOOKED:
        return workflow.confirm_second_look(article=article, actor=actor, seen_version=seen_version, remark=reason)
    if decision == Decision.RESCHEDULE and at is not None:
        return workflow.schedule_article(article=article, actor=actor, at=at)
    verbs: dict[Decision, Callable[..., bool]] = {
        Decision.REOPEN: workflow.reopen_article,
        Decision.PUBLISH_NOW: workflow.publish_article,
        Decision.UNSCHEDULE: workflow.unschedule_article,
        Decision.RECALL: workflow.recall_article,
    }
    return verbs[decision](article=article, actor=actor)
