"""What is done without a person: publishing mandatory texts, letting copies follow their sources.

A copy follows corrections, withdrawals, coming back. What was edited here is left alone, and said.
"""

import logging
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.actions.articles import save_article
from news.actions.receiving import fill_from, make_copy, note_made, publish_copy, text_hash
from news.actions.sections import save_category
from news.actions.share_files import copy_attachments
from news.actions.steps import write_transition
from news.actions.versions import Change
from news.actions.visibility import show_changed
from news.actions.withdrawal import withdraw_article
from news.enums import ArticleStatus, PublicNoteKind, VersionReason, WithdrawalKind
from news.enums.sharing import ShareAlert, ShareMode, ShareState
from news.models import Article, Category, SharedArticle, ShareDelivery
from units.models import Unit

logger = logging.getLogger(__name__)
DUE_AT_ONCE: Final = 50
TRY_AGAIN_AFTER: Final = timedelta(minutes=5)
# Where shared news goes that fits no category of the unit. The unit may rename it; the label of its address stays.
SHARED_CATEGORY: Final = "tin-tu-tinh"


def receive_due() -> tuple[int, bool]:
    """Do what is due in the unit in scope, each in a transaction of its own; how many were done, and whether more wait.

    One that fails is tried again later and does not keep the others waiting.
    """
    rows = ShareDelivery.objects.incoming().due(timezone.now()).order_by("due_at", "pk")
    keys = list(rows.values_list("pk", flat=True)[: DUE_AT_ONCE + 1])
    done = 0
    for key in keys[:DUE_AT_ONCE]:
        try:
            done += handle_due(delivery_id=key)
        except Exception:  # whatever one text does, the others go on
            logger.exception("delivery %d failed and is tried again", key)
            later = timezone.now() + TRY_AGAIN_AFTER
            ShareDelivery.objects.incoming().filter(pk=key, due_at__isnull=False).update(due_at=later)
    return done, len(keys) > DUE_AT_ONCE


@transaction.atomic
def handle_due(*, delivery_id: int) -> bool:
    """Publish one mandatory text, or let one copy follow its source; False when somebody else has done it.

    The claim is in the same transaction as the work: a worker killed in between leaves it due.
    """
    claim = ShareDelivery.objects.incoming().due(timezone.now()).filter(pk=delivery_id)
    if not claim.update(due_at=None):
        return False
    delivery = ShareDelivery.objects.incoming().select_related("parcel").get(pk=delivery_id)
    if delivery.state == ShareState.TAKEN:
        follow_parcel(delivery)
    elif delivery.state == ShareState.WAITING and delivery.mode == ShareMode.MANDATORY:
        _place_mandatory(delivery)
    return True


def _place_mandatory(delivery: ShareDelivery) -> None:
    article = make_copy(delivery, _category_for(delivery.parcel), None)
    publish_copy(article, None)
    rows = ShareDelivery.objects.incoming().filter(pk=delivery.pk)
    rows.update(state=ShareState.TAKEN, handled_at=timezone.now())
    note_made(delivery, article)


def _category_for(parcel: SharedArticle) -> Category:
    """The unit's category of the same address, else the one for shared news, made where it is missing."""
    found = {row.slug: row for row in Category.objects.filter(slug__in=[parcel.category_slug, SHARED_CATEGORY])}
    if known := found.get(parcel.category_slug) or found.get(SHARED_CATEGORY):
        return known
    sender = Unit.objects.only("type_name").get(pk=parcel.from_unit_id)
    name = _("Tin từ thành phố") if "thành phố" in sender.type_name.lower() else _("Tin từ tỉnh")
    last = Category.objects.order_by("-order").values_list("order", flat=True).first() or 0
    return save_category(category=Category(name=name, slug=SHARED_CATEGORY, order=last + 1))


# --- following ---


def follow_parcel(delivery: ShareDelivery) -> None:
    """Bring the copy of one delivery to the parcel's newest revision; called inside a transaction in the copy's unit."""
    parcel = delivery.parcel
    article = Article.objects.select_related("category", "picture").filter(pk=delivery.local_article_id).first()
    if article is None or delivery.taken_revision >= parcel.revision:
        _write(delivery, taken_revision=parcel.revision)
    elif delivery.mode != ShareMode.MANDATORY and text_hash(article) != delivery.copy_hash:
        alert = ShareAlert.WITHDRAWN if parcel.is_withdrawn else ShareAlert.CORRECTED
        _write(delivery, taken_revision=parcel.revision, alert=alert, is_edited=True)
    elif parcel.is_withdrawn:
        _follow_withdrawal(delivery, article)
    else:
        _follow_text(delivery, article)


def _write(delivery: ShareDelivery, **values: Any) -> None:
    ShareDelivery.objects.incoming().filter(pk=delivery.pk).update(**values)


def _follow_text(delivery: ShareDelivery, article: Article) -> None:
    parcel = delivery.parcel
    fill_from(article, parcel)
    save_article(article=article, actor=None, change=_change_of(delivery))
    # Before the step below: it tells the listeners, and they compare the copy with this fingerprint.
    _write(
        delivery, taken_revision=parcel.revision, copy_hash=text_hash(article), withdrawn_by_source=False, is_edited=False
    )  # fmt: skip
    Article.objects.filter(pk=article.pk).update(canonical_url=parcel.canonical_url, follows_origin=True)
    copy_attachments(article, parcel.attachments)
    if delivery.withdrawn_by_source and article.status == ArticleStatus.WITHDRAWN:
        _come_back(article)


def _change_of(delivery: ShareDelivery) -> Change:
    """The source's public notes since this copy was last brought up to date, as one."""
    notes = [note for note in delivery.parcel.notes if note["revision"] > delivery.taken_revision]
    is_correction = any(note["kind"] == PublicNoteKind.CORRECTION for note in notes)
    return Change(
        public_note="\n".join(note["text"] for note in notes),
        kind=PublicNoteKind.CORRECTION if is_correction else PublicNoteKind.CHANGE,
        reason=VersionReason.FOLLOW,
    )


def _follow_withdrawal(delivery: ShareDelivery, article: Article) -> None:
    parcel = delivery.parcel
    kind, note = WithdrawalKind(parcel.withdrawal_kind or WithdrawalKind.ERROR), parcel.withdrawal_note
    if kind != WithdrawalKind.ERROR:
        # What it was merged into stands on the source's site: here the page stays, with a line and the link to the source.
        kind = WithdrawalKind.NOTICE
        note = note or _("Bài này đã được nhập vào bài khác của %(unit)s.") % {"unit": parcel.source_name}
    if withdraw_article(article=article, actor=None, kind=kind, note=note):
        _write(delivery, taken_revision=parcel.revision, withdrawn_by_source=True)
    else:
        alert = "" if article.status == ArticleStatus.WITHDRAWN else ShareAlert.WITHDRAWN
        _write(delivery, taken_revision=parcel.revision, alert=alert)


def _come_back(article: Article) -> None:
    """Publish a copy again that was withdrawn because its source was; by nobody here."""
    values = {"withdrawal_kind": "", "withdrawal_note": "", "withdrawn_at": None, "edited_at": timezone.now()}
    rows = Article.objects.filter(pk=article.pk, status=ArticleStatus.WITHDRAWN)
    if not rows.update(status=ArticleStatus.PUBLISHED, **values):
        return
    article.status = ArticleStatus.PUBLISHED
    write_transition(
        article=article, verb="publish-shared", actor=None, before=ArticleStatus.WITHDRAWN,
        reason=_("Bài gốc đăng lại"), version=article.version_number,
    )  # fmt: skip
    show_changed(article)
