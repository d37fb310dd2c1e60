"""One step of an article: a conditional update, written down with who, when, from where to where and why."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from news.actions.visibility import show_changed
from news.enums import ArticleStatus
from news.models import Article, ArticleTransition
from news.rules.workflow import SEEN_STATUSES, STEPS, VERB_WORDS
from portal.core.audit import record
from portal.core.models import User
from portal.core.text import nfc

REASON_LIMIT = 2_000

# What one approval of one text wrote; it ends when the text goes back, and when it begins its way anew.
NO_APPROVAL: dict[str, Any] = {
    "approved_by": None,
    "approved_at": None,
    "secrecy_checked_by": None,
    "secrecy_checked_at": None,
    "scheduled_for": None,
}


def take_step(
    *,
    article: Article,
    verb: str,
    actor: User | None,
    reason: str = "",
    seen_version: int | None = None,
    where: Q | None = None,
    fields: dict[str, Any] | None = None,
) -> bool:
    """Take the step ``verb`` from where the article stands; False when it does not start there (any more).

    ``seen_version`` is the text that was looked at: False as well when another one stands there; ``where`` is what else must
    still be true of the row in the moment of the update. Must run in a transaction.
    On success the row in hand knows its new status and ``fields``.
    """
    allowed, target = STEPS[verb]
    stored = Article.objects.filter(pk=article.pk).values_list("status", "version_number").first()
    if stored is None or stored[0] not in allowed:
        return False
    before = ArticleStatus(stored[0])
    rows = Article.objects.filter(pk=article.pk, status=before)
    if seen_version is not None:
        rows = rows.filter(version_number=seen_version)
    if where is not None:
        rows = rows.filter(where)
    values = {**(fields or {}), "status": target, "edited_at": timezone.now()}
    if not rows.update(**values):
        return False
    for name, value in values.items():
        setattr(article, name, value)
    write_transition(article=article, verb=verb, actor=actor, before=before, reason=reason, version=stored[1])
    if {before, target} & SEEN_STATUSES:
        show_changed(article)
    return True


def write_transition(
    *, article: Article, verb: str, actor: User | None, before: ArticleStatus, reason: str, version: int
) -> ArticleTransition:
    """Write a step that was taken: one row for the article's way, one for the audit trail."""
    transition = ArticleTransition.objects.create(
        article=article, actor=actor, verb=verb, from_status=before, to_status=article.status,
        reason=clean_reason(reason), version_number=version,
    )  # fmt: skip
    detail = {"from": before, "to": article.status, "version": version}
    record(verb=f"article.{verb}", target=article, actor=actor, detail=detail)
    return transition


def clean_reason(reason: str) -> str:
    """What a person gave as the reason, in one spelling, bounded."""
    return nfc(reason).replace("\x00", "").strip()[:REASON_LIMIT]


def demand_whole(article: Article, words: str) -> None:
    """Raise ValidationError with ``words`` and what is missing when title, summary or text is empty."""
    required = {_("tiêu đề"): article.title, _("tóm tắt"): article.summary, _("nội dung"): article.body}
    missing = [str(label) for label, value in required.items() if not value.strip()]
    if missing:
        raise ValidationError(f"{words} " + _("Còn thiếu %(fields)s.") % {"fields": ", ".join(missing)})


def who_was_faster(article: Article) -> str:
    """Why a step was not possible any more, in a sentence: the last step of the article, and by whom."""
    last = ArticleTransition.objects.of_article(article).first()
    if last is None:
        return _("Bài không còn ở bước này. Mở lại trang để xem bài đang ở đâu.")
    done = VERB_WORDS.get(last.verb, last.verb)
    facts = {"name": last.actor or _("Hệ thống"), "done": done, "time": f"{timezone.localtime(last.at):%H:%M}"}
    return _("%(name)s đã làm bước “%(done)s” lúc %(time)s. Xem lại bài rồi làm tiếp.") % facts
