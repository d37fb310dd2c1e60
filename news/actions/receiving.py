"""Receiving another unit's text: taking it as a copy of one's own, declining it, letting the copy follow its source."""

import hashlib
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.actions import rights
from news.actions.articles import save_article
from news.actions.share_files import copy_attachments, copy_pictures, with_own_pictures
from news.actions.steps import write_transition
from news.actions.visibility import show_changed, tell_when_changed
from news.enums import ArticleStatus
from news.enums.sharing import ShareState
from news.models import Article, Category, SharedArticle, ShareDelivery
from portal.core.audit import record
from portal.core.models import User
from portal.core.tenancy import current_unit_id

_COPIED: Final = ("title", "summary", "body", "author_name", "source_name")


def text_hash(article: Article) -> str:
    """Fingerprint of what a person could have edited."""
    return hashlib.sha256("\0".join(getattr(article, name) for name in _COPIED).encode()).hexdigest()


# --- taking -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def take_share(*, delivery: ShareDelivery, actor: User, category: Category, publish: bool) -> Article:
    """Take an offered text into the unit in scope: before citizens at once, or as a draft that is edited first.

    Raises ValidationError when it is not waiting here any more (decided by somebody else, recalled, another unit's), PermissionDenied for a category that
    is kept to other people.
    """
    claimed = ShareDelivery.objects.incoming().waiting().filter(pk=delivery.pk)
    if not claimed.update(state=ShareState.TAKEN, handled_by=actor, handled_at=timezone.now()):
        raise ValidationError(_("Bài này không còn chờ ở đây: đã có người xử lý, hoặc nơi gửi đã gỡ."))
    fresh = ShareDelivery.objects.incoming().select_related("parcel").get(pk=delivery.pk)
    article = make_copy(fresh, category, actor)
    record(verb="share.take", target=article, actor=actor, detail={"from_unit": fresh.parcel.from_unit_id})
    if publish:
        rights.demand(rights.may_approve_in(actor, category.pk))
        publish_copy(article, actor)
    note_made(fresh, article)
    return article


def make_copy(delivery: ShareDelivery, category: Category, actor: User | None) -> Article:
    """A draft of the unit in scope with the parcel's text, pictures and files; its source keeps it company."""
    parcel = delivery.parcel
    article = Article(
        category=category, slug=parcel.slug, origin_unit_id=parcel.from_unit_id, origin_article_id=parcel.source_id,
        canonical_url=parcel.canonical_url, follows_origin=True, is_demo=parcel.is_demo,
    )  # fmt: skip
    fill_from(article, parcel)
    save_article(article=article, tags=[], actor=actor)
    copy_attachments(article, parcel.attachments)
    return article


def fill_from(article: Article, parcel: SharedArticle) -> None:
    """Put the parcel's text onto an article of the unit in scope, with this unit's own copies of the pictures."""
    copies = copy_pictures(parcel.pictures)
    article.title, article.summary, article.author_name = parcel.title, parcel.summary, parcel.author_name
    article.source_name, article.expires_at = parcel.source_name, parcel.expires_at
    article.body = with_own_pictures(parcel.body, copies)
    article.picture = copies.get(parcel.main_picture)
    article.canonical_url = parcel.canonical_url


def publish_copy(article: Article, actor: User | None) -> None:
    """Before citizens with this site's own date: the text was approved where it comes from, and here by who took it."""
    now = timezone.now()
    step: dict[str, Any] = {"status": ArticleStatus.PUBLISHED, "published_at": now, "edited_at": now}
    approval = {"approved_by": actor, "approved_at": now} if actor else {}
    if not Article.objects.filter(pk=article.pk, status=ArticleStatus.DRAFT).update(**step, **approval):
        return
    article.status, article.published_at = ArticleStatus.PUBLISHED, now
    write_transition(
        article=article, verb="publish-shared", actor=actor, before=ArticleStatus.DRAFT,
        reason=_("Bài lấy từ %(source)s") % {"source": article.source_name}, version=article.version_number,
    )  # fmt: skip
    show_changed(article)


def note_made(delivery: ShareDelivery, article: Article) -> None:
    """Tie the delivery to the copy that was made of it."""
    ShareDelivery.objects.incoming().filter(pk=delivery.pk).update(
        local_article_id=article.pk, taken_revision=delivery.parcel.revision, copy_hash=text_hash(article), due_at=None,
        **_visible_facts(article),
    )  # fmt: skip


def _visible_facts(article: Article) -> dict[str, Any]:
    """What the sender may know of the copy."""
    return {
        "local_status": article.status,
        "local_published_at": article.published_at,
        "local_path": article.get_absolute_url(),
    }


@transaction.atomic
def decline_share(*, delivery: ShareDelivery, actor: User, reason: str) -> None:
    """Say no to an offered text; the sender reads the reason. Raises ValidationError without one, or when it is decided."""
    if not reason.strip():
        raise ValidationError({"reason": _("Ghi lý do để nơi gửi biết cần sửa gì.")})
    rows = ShareDelivery.objects.incoming().waiting().filter(pk=delivery.pk)
    done = rows.update(
        state=ShareState.DECLINED, reason=reason.strip(), handled_by=actor, handled_at=timezone.now()
    )  # fmt: skip
    if not done:
        raise ValidationError(_("Bài này không còn chờ ở đây: đã có người xử lý, hoặc nơi gửi đã gỡ."))
    record(verb="share.decline", target=delivery, actor=actor, detail={"reason": reason.strip()})


@transaction.atomic
def place_copy(*, article: Article, category: Category, is_pinned: bool, actor: User) -> None:
    """Move a copy into another category of this site, pin it or take the pin off; its text stays as it is."""
    rows = Article.objects.filter(pk=article.pk, origin_article_id__isnull=False)
    if not rows.update(category=category, is_notice=category.is_notice, is_pinned=is_pinned):
        raise ValidationError(_("Bài này không phải bài lấy từ đơn vị khác."))
    article.category, article.is_pinned = category, is_pinned
    record(verb="share.place", target=article, actor=actor, detail={"category": category.slug, "pinned": is_pinned})
    show_changed(article)


@transaction.atomic
def dismiss_alert(*, delivery: ShareDelivery, actor: User) -> bool:
    """Note that somebody has looked at what changed in the source; False when it was noted already."""
    done = ShareDelivery.objects.incoming().alerting().filter(pk=delivery.pk).update(alert="")
    if done:
        record(verb="share.seen", target=delivery, actor=actor)
    return bool(done)


# --- what the sender may know follows the copy ------------------------------------------------------------------------


def note_copy(article: Article) -> None:
    """Tell the delivery where its copy stands now, and whether somebody has edited it here."""
    if article.origin_article_id is None:
        return
    row = ShareDelivery.objects.incoming().filter(local_article_id=article.pk).first()
    if row is None:
        return
    stored = Article.objects.select_related("category").get(pk=article.pk, unit_id=current_unit_id())
    is_edited = bool(row.copy_hash) and row.copy_hash != text_hash(stored)
    ShareDelivery.objects.incoming().filter(pk=row.pk).update(**_visible_facts(stored), is_edited=is_edited)
    if stored.follows_origin == is_edited:
        Article.objects.filter(pk=stored.pk).update(follows_origin=not is_edited)


tell_when_changed(note_copy)
