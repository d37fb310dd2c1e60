"""Taking an article away from citizens, and saying honestly which of: in error, merged into another, no longer true."""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.actions import rights
from news.actions.previews import close_preview_links
from news.actions.share_locks import refuse_locked_copy
from news.actions.steps import take_step
from news.enums import ArticleStatus, WithdrawalKind
from news.models import Article
from portal.core.models import User
from portal.core.text import nfc

NOTE_LIMIT: Final = 1000


@transaction.atomic
def withdraw_article(
    *,
    article: Article,
    actor: User | None,
    kind: WithdrawalKind = WithdrawalKind.ERROR,
    note: str = "",
    merged_into: Article | None = None,
) -> bool:
    """Withdraw a published or expired article; False when it was not there any more for citizens.

    ``note`` is what citizens read; NOTICE needs one. MERGED needs ``merged_into``, a published article of the same unit;
    articles merged into this one earlier lead there from now on. Raises ValidationError with a sentence for the clerk,
    PermissionDenied for who may not publish in the category. Links for looking at it without an account are closed.
    """
    if actor is not None:
        rights.demand(rights.may_approve_in(actor, article.category_id))
        refuse_locked_copy(article)
    note = nfc(note).strip()[:NOTE_LIMIT]
    if kind == WithdrawalKind.NOTICE and not note:
        raise ValidationError({"note": _("Viết một câu để người đọc biết vì sao bài không còn đúng.")})
    target = _locked_target(article, merged_into) if kind == WithdrawalKind.MERGED else None
    fields = {
        "withdrawal_kind": kind, "withdrawal_note": note, "withdrawn_at": timezone.now(), "merged_into": target,
        "second_look_due_at": None,
    }  # fmt: skip
    if not take_step(article=article, verb="withdraw", actor=actor, reason=note, fields=fields):
        return False
    if target:
        Article.objects.filter(merged_into_id=article.pk).update(merged_into=target)
    close_preview_links(article)
    return True


def _locked_target(article: Article, wanted: Article | None) -> Article:
    """Where a merged article leads, locked with it until the commit: never itself, never the middle of a chain."""
    if wanted is None:
        raise ValidationError({"merged_into": _("Chọn bài mà bài này nhập vào.")})
    found = Article.objects.filter(pk=wanted.pk).only("status", "merged_into_id").first()
    if found and found.status == ArticleStatus.WITHDRAWN and found.merged_into_id:
        found = Article.objects.filter(pk=found.merged_into_id).only("pk").first()
    if found and found.pk == article.pk:
        raise ValidationError({"merged_into": _("Bài không nhập vào chính nó được. Chọn bài khác.")})
    # Both rows, always in one order: two people who merge two articles into each other wait for one another.
    keys = [article.pk, found.pk] if found else []
    locked = {row.pk: row for row in Article.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    target = locked.get(found.pk) if found else None
    if target is None or target.status != ArticleStatus.PUBLISHED:
        raise ValidationError({"merged_into": _("Chỉ nhập được vào một bài đang đăng của đơn vị này.")})
    return target
