"""The register's verbs: keeping a document, putting it before citizens, taking it away.

``actor=None`` is the system: imports, the demo. A document stands in one of three states; each change of state is one
conditional update, so two people who press the same button write one story. What a form holds never writes the state.
"""

from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.actions.document_files import set_files
from news.actions.document_parts import FileDraft, RelationDraft
from news.actions.document_relations import adopt_relations, effects_of, refresh_effects, set_relations
from news.actions.document_rights import demand_change, demand_publish
from news.actions.document_sight import show_document
from news.actions.document_terms import measure
from news.enums.documents import DocumentReach, DocumentStatus
from news.models import Document, DocumentFile, DocumentRelation
from portal.core.audit import record
from portal.core.models import User
from portal.core.text import nfc, one_line
from units.enums import UnitKind

NOTES_LIMIT: Final = 2_000
NOTE_LIMIT: Final = 300
STALE: Final = "stale"
SECRECY: Final = "secrecy"
# What only actions write; everything else of the row is what a form or an import may say.
_STATE: Final = frozenset(
    {
        *("id", "unit", "status", "published_at", "secrecy_checked_by", "withdrawal_note", "due_on", "days_late"),
        *("expires_on", "partly_from", "created_by", "source_ref", "is_demo"),
    }
)
_ACTING_DATES: Final = ("issued_on", "effective_from")


def _written() -> list[str]:
    return [field.name for field in Document._meta.concrete_fields if field.name not in _STATE]


@transaction.atomic
def save_document(*, document: Document, actor: User | None, seen: datetime | None = None) -> Document:
    """Create or change a document, never its state; deadlines and effects follow.

    ``seen`` is the ``edited_at`` of the row the person looked at. Raises ValidationError with a sentence for the clerk (code
    "stale" where somebody saved since), PermissionDenied where a published document is not theirs to change.
    """
    demand_change(document, actor)
    _clean(document)
    before = None if document._state.adding else _locked(document)
    if before is not None and seen is not None and before.edited_at != seen:
        raise ValidationError(_("Người khác vừa lưu văn bản này. Mở lại trang để xem bản mới rồi sửa."), code=STALE)
    document.edited_at = timezone.now()
    if before is None:
        document.status, document.created_by = DocumentStatus.DRAFT, document.created_by or actor
        document.expires_on, document.partly_from = document.own_end, None
        _take(document, measure(document))
        document.save()
    else:
        _take(document, {name: getattr(before, name) for name in _STATE - {"id", "unit"}})
        if before.status == DocumentStatus.DRAFT or before.due_on is not None:
            _take(document, measure(document, published_at=before.published_at))
        document.save(update_fields=[*_written(), "due_on", "days_late"])
    detail = {"fields": _changed(before, document)} if before else {}
    record(verb="document.change" if before else "document.create", target=document, actor=actor, detail=detail)
    _follow(document, before)
    return document


def _follow(document: Document, before: Document | None) -> None:
    """What a saved row means for others: relations by number, days in force, pages and search."""
    if before is None or before.key != document.key:
        adopt_relations(document)
    if before is None or before.own_end != document.own_end or before.key != document.key:
        refresh_effects([document.pk])
        _reread(document, "expires_on", "partly_from")
    if before is not None and any(getattr(before, name) != getattr(document, name) for name in _ACTING_DATES):
        effects_of(document)
    if document.status != DocumentStatus.DRAFT:
        show_document(document, everywhere=before is not None and before.reach == DocumentReach.ALL)


def _clean(document: Document) -> None:
    """One spelling, and what no form or import may leave open; raises ValidationError by field."""
    document.abstract, document.issuer = nfc(document.abstract).strip(), one_line(document.issuer)
    document.notes = nfc(document.notes).strip()
    errors: dict[str, Any] = {}
    if not document.abstract:
        errors["abstract"] = _("Nhập trích yếu.")
    if not document.issuer:
        errors["issuer"] = _("Nhập cơ quan ban hành.")
    if len(document.notes) > NOTES_LIMIT:
        errors["notes"] = _("Viết ngắn hơn %(limit)d chữ cái.") % {"limit": NOTES_LIMIT}
    if document.own_end and document.effective_from and document.own_end < document.effective_from:
        errors["own_end"] = _("Ngày hết hiệu lực không thể trước ngày có hiệu lực.")
    if document.issued_on and document.effective_from and document.effective_from < document.issued_on:
        errors["effective_from"] = _("Ngày có hiệu lực không thể trước ngày ban hành.")
    if document.issued_on and document.issued_on > timezone.localdate():
        errors["issued_on"] = _("Ngày ban hành không thể sau hôm nay.")
    if errors:
        raise ValidationError(errors)


def _changed(before: Document, after: Document) -> list[str]:
    names = set(_written()) - {"edited_at", "search_text", "sort_on", "key", "year"}
    return sorted(name for name in names if getattr(before, name) != getattr(after, name))


@transaction.atomic
def publish_document(
    *,
    document: Document,
    actor: User | None,
    secrecy_checked: bool,
    at: datetime | None = None,
    is_timed: bool = True,
    seen: datetime | None = None,
) -> Document:
    """Put a draft, or a withdrawn document, before citizens; unchanged where somebody has done so already.

    Without ``secrecy_checked``: ValidationError (Luật Bảo vệ bí mật nhà nước). A person publishes what has a day of signing
    and a text to read; ``seen`` is the ``edited_at`` they looked at. ``at``: a moment in the past, for imports, the demo;
    ``is_timed=False`` measures no deadline. First moment and lateness stay when a withdrawn document comes back.
    """
    demand_publish(actor)
    _demand_checked(secrecy_checked=secrecy_checked)
    stored = _locked(document)
    if stored.status == DocumentStatus.PUBLISHED:
        return _stand(document, stored)
    if seen is not None and stored.edited_at != seen:
        raise ValidationError(_("Văn bản vừa được sửa sau khi bạn mở. Đọc lại bản mới rồi đăng."), code=STALE)
    _demand_whole(stored, by_person=actor is not None)
    values = _published_values(stored, actor, at, is_timed=is_timed)
    if Document.objects.filter(pk=stored.pk, status=stored.status).update(**values):
        detail = {"from": stored.status, "days_late": values.get("days_late", stored.days_late)}
        record(verb="document.publish", target=stored, actor=actor, detail=detail)
        effects_of(stored)
        show_document(stored)
    return _stand(document, Document.objects.get(pk=stored.pk))


def _demand_checked(*, secrecy_checked: bool) -> None:
    if not secrecy_checked:
        words = _("Văn bản chưa đăng: đọc văn bản và tệp, rồi đánh dấu đã kiểm tra bí mật nhà nước.")
        raise ValidationError(words, code=SECRECY)


def _published_values(stored: Document, actor: User | None, at: datetime | None, *, is_timed: bool) -> dict[str, Any]:
    """What the row of a document before citizens says; the first moment and its lateness stay."""
    moment = stored.published_at or min(at or timezone.now(), timezone.now())
    values: dict[str, Any] = {
        "status": DocumentStatus.PUBLISHED, "published_at": moment, "secrecy_checked_by": actor, "withdrawal_note": "",
    }  # fmt: skip
    if stored.published_at is None:
        unmeasured: dict[str, date | int | None] = {"due_on": None, "days_late": 0}
        values |= measure(stored, published_at=moment) if is_timed else unmeasured
    return values


def _demand_whole(document: Document, *, by_person: bool) -> None:
    """Raise a ValidationError that names what is missing; imports bring what there is."""
    missing = []
    if document.issued_on is None:
        missing.append(_("ngày ban hành"))
    if not document.source_url and not DocumentFile.objects.filter(document=document).exists():
        missing.append(_("tệp của văn bản"))
    if missing and by_person:
        raise ValidationError(_("Chưa đăng được. Còn thiếu: %(missing)s.") % {"missing": ", ".join(missing)})
    unit = document.unit
    if document.reach == DocumentReach.ALL and unit.kind != UnitKind.PROVINCE:
        raise ValidationError({"reach": _("Chỉ trang của tỉnh, thành phố đăng được văn bản cho mọi trang.")})


@transaction.atomic
def withdraw_document(*, document: Document, note: str, actor: User | None) -> Document:
    """Take a published document away; its page stays and shows ``note``. Unchanged where it was not published any more.

    Raises ValidationError without a note, PermissionDenied for who may not publish.
    """
    demand_publish(actor)
    words = one_line(note)[:NOTE_LIMIT]
    if not words:
        raise ValidationError({"note": _("Viết một câu để người đọc biết vì sao gỡ văn bản này.")})
    stored = _locked(document)
    rows = Document.objects.filter(pk=stored.pk, status=DocumentStatus.PUBLISHED)
    if rows.update(status=DocumentStatus.WITHDRAWN, withdrawal_note=words):
        record(verb="document.withdraw", target=stored, actor=actor, detail={"note": words})
        effects_of(stored)
        show_document(stored)
    return _stand(document, Document.objects.get(pk=stored.pk))


@transaction.atomic
def delete_document(*, document: Document, actor: User | None) -> None:
    """Throw a draft away for good; its files stay in the library. Raises ValidationError for what citizens have seen."""
    demand_change(document, actor)
    stored = _locked(document)
    if stored.status != DocumentStatus.DRAFT:
        raise ValidationError(_("Văn bản đã đăng không xóa được. Gỡ văn bản và ghi lý do."))
    record(verb="document.delete", target=stored, actor=actor)
    # What later documents say of it by its number stays true without it.
    DocumentRelation.objects.filter(earlier=stored).update(earlier=None)
    earlier = list(DocumentRelation.objects.filter(document=stored).values_list("earlier_id", flat=True))
    stored.delete()
    refresh_effects(earlier)


def _locked(document: Document) -> Document:
    """The stored row, held until the commit; raises ValidationError where it is gone."""
    stored = Document.objects.select_for_update().filter(pk=document.pk).first()
    if stored is None:
        raise ValidationError(_("Văn bản này không còn: người khác vừa xóa."), code=STALE)
    return stored


def _stand(document: Document, stored: Document) -> Document:
    """Let the row in hand know where the stored one stands."""
    _take(document, {name: getattr(stored, name) for name in _STATE - {"id", "unit"}})
    return document


def _reread(document: Document, *names: str) -> None:
    values = Document.objects.filter(pk=document.pk).values(*names).get()
    _take(document, values)


def _take(document: Document, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(document, name, value)


__all__ = [
    "FileDraft",
    "RelationDraft",
    "delete_document",
    "publish_document",
    "save_document",
    "set_files",
    "set_relations",
    "withdraw_document",
]
