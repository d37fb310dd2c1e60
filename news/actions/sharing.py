"""Sending a text to other units: offering it upwards, pushing it downwards, keeping the parcel true to its source."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.actions.share_files import attachments_of, pictures_of
from news.actions.visibility import tell_when_changed
from news.enums import ArticleStatus, PublicNoteKind
from news.enums.sharing import ShareDirection, ShareMode, ShareState
from news.models import Article, PublicNote, SharedArticle, ShareDelivery
from news.rules.prose_diff import words_changed
from news.rules.workflow import SMALL_EDIT_WORDS
from news.tasks.sharing import spread_parcel
from portal.core.audit import record
from portal.core.models import User
from portal.core.tasks import start_after_commit
from portal.core.tenancy import current_unit_id
from units.enums import UnitKind
from units.models import Unit

NOTES_KEPT: Final = 20
RECIPIENTS_LIMIT: Final = 400
MAY_BE_SENT_ANEW: Final = frozenset({ShareState.DECLINED, ShareState.RECALLED})


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: units it went to now, and units that had the text already."""

    sent: int
    known: int


# --- whom a text can be sent to ---------------------------------------------------------------------------------------


def unit_above(unit: Unit) -> Unit | None:
    """The province (or city) a unit offers its texts to; None for the province itself."""
    above = unit.parent
    while above is not None and above.kind != UnitKind.PROVINCE:
        above = above.parent
    return above if above is not None and not above.is_closed else None


def units_below(unit: Unit) -> list[Unit]:
    """Units that exist today below ``unit`` in the tree, by kind and name; bounded."""
    below = Unit.objects.descendants(unit).on(timezone.localdate()).defer("boundary")
    return list(below.order_by("kind", "sort_name", "pk")[:RECIPIENTS_LIMIT])


def has_units_below(unit: Unit) -> bool:
    """Whether there is anybody to push a text to."""
    return bool(Unit.objects.descendants(unit).on(timezone.localdate()).exists())


# --- the parcel -------------------------------------------------------------------------------------------------------


def _stored(article: Article) -> Article:
    return Article.objects.select_related("category", "picture").get(pk=article.pk)


def _text_of(article: Article) -> dict[str, Any]:
    """What the parcel holds of the article's text as it stands now."""
    unit_name = (
        article.source_name if article.origin_article_id else Unit.objects.only("name").get(pk=article.unit_id).name
    )
    return {
        "title": article.title, "slug": article.slug, "summary": article.summary, "body": article.body,
        "author_name": article.author_name, "source_name": unit_name, "category_slug": article.category.slug,
        "category_name": article.category.name, "pictures": pictures_of(article),
        "main_picture": str(article.picture.file.name) if article.picture else "",
        "attachments": attachments_of(article), "published_at": article.published_at,
        "expires_at": article.expires_at, "is_demo": article.is_demo,
    }  # fmt: skip


def _address(article: Article, address: str) -> str:
    """Where the text stands for good: a copy that is passed on names its own source."""
    if article.canonical_url:
        return article.canonical_url
    if address:
        return address
    host = Unit.objects.prefetch_related("domains").defer("boundary").get(pk=article.unit_id).canonical_host
    return f"{'https' if settings.HTTPS else 'http'}://{host}{article.get_absolute_url()}"


def _parcel_for(article: Article, address: str) -> SharedArticle:
    """The article's parcel, made now where there is none; raises ValidationError for what citizens can not read."""
    article = _stored(article)
    if article.status != ArticleStatus.PUBLISHED:
        raise ValidationError(_("Chỉ gửi được bài đang đăng. Đăng bài trước, rồi gửi."))
    parcel = SharedArticle.objects.of_article(article)
    if parcel is None:
        parcel = SharedArticle(
            from_unit_id=current_unit_id(), source_id=article.pk, source_version=article.version_number,
            canonical_url=_address(article, address), changed_at=timezone.now(), **_text_of(article),
        )  # fmt: skip
        parcel.save()
    return parcel


def may_go_anew(delivery: ShareDelivery) -> bool:
    """Whether a text may be sent to the same unit once more: recalled, or declined and corrected in substance since."""
    corrected = delivery.parcel.substantive_revision > delivery.sent_revision
    return delivery.state == ShareState.RECALLED or (delivery.state == ShareState.DECLINED and corrected)


def _send_anew(delivery: ShareDelivery, parcel: SharedArticle, sending: dict[str, Any]) -> None:
    again = {"state": ShareState.WAITING, "reason": "", "handled_by": None, "handled_at": None}
    rows = ShareDelivery.objects.outgoing().filter(pk=delivery.pk, state=delivery.state)
    rows.update(**again, **sending, sent_revision=parcel.revision)


# --- up ---------------------------------------------------------------------------------------------------------------


@transaction.atomic
def offer_upwards(*, article: Article, actor: User, message: str = "", address: str = "") -> ShareDelivery:
    """Offer one of the unit's own published articles to the province.

    Raises ValidationError when it is not the unit's own, not published, waiting already, taken, or declined and not
    corrected in substance since.
    """
    if article.origin_article_id is not None:
        raise ValidationError(_("Bài này lấy từ đơn vị khác. Chỉ đề nghị được bài của đơn vị mình."))
    above = unit_above(Unit.objects.select_related("parent").get(pk=current_unit_id()))
    if above is None:
        raise ValidationError(_("Đơn vị này không có cấp trên để gửi bài."))
    parcel = _parcel_for(article, address)
    sending: dict[str, Any] = {
        "direction": ShareDirection.UP, "mode": ShareMode.OFFERED, "message": message.strip(), "sent_by": actor,
        "sent_at": timezone.now(),
    }  # fmt: skip
    delivery, is_new = ShareDelivery.objects.get_or_create(
        parcel=parcel,
        to_unit=above,
        defaults={**sending, "from_unit_id": parcel.from_unit_id, "sent_revision": parcel.revision},
    )
    if not is_new:
        if not may_go_anew(delivery):
            raise ValidationError(_refusal(delivery))
        _send_anew(delivery, parcel, sending)
        delivery = ShareDelivery.objects.get(pk=delivery.pk)
    record(verb="share.offer", target=article, actor=actor, detail={"to_unit": above.pk})
    return delivery


def _refusal(delivery: ShareDelivery) -> str:
    if delivery.state == ShareState.DECLINED:
        return _("Bài này đã bị từ chối. Sửa bài đáng kể rồi mới đề nghị lại được.")
    return _("Bài này đã được đề nghị rồi.")


# --- down -------------------------------------------------------------------------------------------------------------


def recipients(unit: Unit, *, unit_ids: Collection[int], kinds: Collection[str], article: Article) -> list[Unit]:
    """The chosen units below, and all of the chosen kinds, as they exist now; never the one the text came from."""
    wanted, chosen = set(unit_ids), set(kinds)
    return [
        below
        for below in units_below(unit)
        if (below.pk in wanted or below.kind in chosen) and below.pk != article.origin_unit_id
    ]


@transaction.atomic
def push_down(
    *, article: Article, actor: User, mode: ShareMode, unit_ids: Collection[int] = (), kinds: Collection[str] = (),
    message: str = "", address: str = "",
) -> Pushed:  # fmt: skip
    """Send a published article to units below, as mandatory or as offered; the work is done in the background.

    Units that have it keep what they have; an offer that still waits becomes mandatory when it is sent as mandatory.
    Raises ValidationError when nobody below was chosen, or citizens can not read the article.
    """
    units = recipients(Unit.objects.get(pk=current_unit_id()), unit_ids=unit_ids, kinds=kinds, article=article)
    if not units:
        raise ValidationError(_("Chọn ít nhất một đơn vị nhận."))
    parcel = _parcel_for(article, address)
    now = timezone.now()
    sending: dict[str, Any] = {
        "direction": ShareDirection.DOWN, "mode": mode, "message": message.strip(), "sent_by": actor, "sent_at": now,
        "due_at": now if mode == ShareMode.MANDATORY else None,
    }  # fmt: skip
    known = {
        row.to_unit_id: row for row in ShareDelivery.objects.outgoing().filter(parcel=parcel).select_related("parcel")
    }
    fresh = [unit for unit in units if unit.pk not in known]
    common = {**sending, "from_unit_id": parcel.from_unit_id, "sent_revision": parcel.revision}
    ShareDelivery.objects.bulk_create(
        [ShareDelivery(parcel=parcel, to_unit=unit, **common) for unit in fresh], ignore_conflicts=True
    )
    anew = [row for unit in units if (row := known.get(unit.pk)) and _goes_down_anew(row, mode)]
    for delivery in anew:
        _send_anew(delivery, parcel, sending)
    sent = len(fresh) + len(anew)
    record(verb="share.push", target=article, actor=actor, detail={"units": sent, "mode": str(mode)})
    if mode == ShareMode.MANDATORY:
        start_after_commit(spread_parcel, unit_id=current_unit_id(), parcel_id=parcel.pk)
    return Pushed(sent=sent, known=len(units) - sent)


def _goes_down_anew(delivery: ShareDelivery, mode: ShareMode) -> bool:
    if mode == ShareMode.MANDATORY:
        is_offer_waiting = delivery.state == ShareState.WAITING and delivery.mode == ShareMode.OFFERED
        return is_offer_waiting or delivery.state in MAY_BE_SENT_ANEW
    return may_go_anew(delivery)


# --- the parcel follows its source ------------------------------------------------------------------------------------


def follow_source(article: Article) -> None:
    """Keep the parcel of a shared article true to what citizens of the source see now; copies follow in the background."""
    parcel = SharedArticle.objects.of_article(article)
    if parcel is None:
        return
    stored = _stored(article)
    if stored.status == ArticleStatus.PUBLISHED:
        _revise(parcel, stored)
    elif stored.status in {ArticleStatus.WITHDRAWN, ArticleStatus.EXPIRED}:
        _close(parcel, stored)


def _revise(parcel: SharedArticle, article: Article) -> None:
    text = _text_of(article)
    changed = [name for name, value in text.items() if getattr(parcel, name) != value]
    if not changed and not parcel.is_withdrawn:
        return
    notes = PublicNote.objects.filter(article=article, version__number__gt=parcel.source_version).order_by("at", "pk")
    if not article.canonical_url:
        root = urlsplit(parcel.canonical_url)
        parcel.canonical_url = f"{root.scheme}://{root.netloc}{article.get_absolute_url()}"
    before = _whole(parcel)
    for name, value in text.items():
        setattr(parcel, name, value)
    parcel.revision += 1
    if parcel.is_withdrawn or words_changed(before, _whole(parcel)) > SMALL_EDIT_WORDS:
        parcel.substantive_revision = parcel.revision
    parcel.is_withdrawn, parcel.withdrawal_kind, parcel.withdrawal_note = False, "", ""
    parcel.source_version = article.version_number
    parcel.notes = [*parcel.notes, *_as_json(notes, parcel.revision)][-NOTES_KEPT:]
    _spread(parcel)


def _whole(parcel: SharedArticle) -> str:
    return f"<p>{parcel.title}</p><p>{parcel.summary}</p>{parcel.body}"


def _as_json(notes: Iterable[PublicNote], revision: int) -> list[dict[str, Any]]:
    return [{"revision": revision, "kind": PublicNoteKind(note.kind).value, "text": note.text} for note in notes]


def _close(parcel: SharedArticle, article: Article) -> None:
    """What still waits is recalled; copies of a withdrawn text follow, those of an expired one keep their own clock."""
    waiting = ShareDelivery.objects.outgoing().filter(parcel=parcel, state=ShareState.WAITING)
    waiting.update(state=ShareState.RECALLED, due_at=None, handled_at=timezone.now())
    if article.status == ArticleStatus.WITHDRAWN and not parcel.is_withdrawn:
        parcel.is_withdrawn = True
        parcel.withdrawal_kind, parcel.withdrawal_note = article.withdrawal_kind, article.withdrawal_note
        parcel.revision += 1
        _spread(parcel)


def _spread(parcel: SharedArticle) -> None:
    now: datetime = timezone.now()
    parcel.changed_at = now
    parcel.save()
    taken = ShareDelivery.objects.outgoing().filter(parcel=parcel, state=ShareState.TAKEN)
    if taken.update(due_at=now):
        start_after_commit(spread_parcel, unit_id=parcel.from_unit_id, parcel_id=parcel.pk)


tell_when_changed(follow_source)
