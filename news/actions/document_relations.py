"""What a document does to earlier ones, and what earlier ones become by it.

An earlier document's ``expires_on`` and ``partly_from`` are never counted up step by step: they are computed anew from all
relations of published later documents, under a lock on the earlier one, whenever one of those changes. So two people who
publish, withdraw or rewrite relations at once leave what one after the other would have left.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from news.actions.document_parts import RelationDraft
from news.actions.document_rights import demand_change
from news.actions.document_sight import show_document
from news.enums.documents import DocumentStatus, RelationKind
from news.models import Document, DocumentRelation
from news.rules.documents import number_key
from portal.core.audit import record
from portal.core.models import User
from portal.core.text import one_line

RELATION_LIMIT: Final = 40
_ENDING: Final = frozenset({RelationKind.REPLACES, RelationKind.REPEALS})
_ACTING: Final = _ENDING | {RelationKind.AMENDS}
_SHOWN: Final = (
    "kind",
    "earlier_key",
    "what",
    "is_partial",
    "takes_effect_on",
    "earlier_id",
    "earlier_number",
    "earlier_title",
)


@transaction.atomic
def set_relations(*, document: Document, relations: Sequence[RelationDraft], actor: User | None) -> None:
    """Give a document exactly these relations, and earlier documents what follows from them.

    Raises ValidationError with a sentence for the clerk: a number without a letter or digit, the document itself, one
    relation twice, too many of them; PermissionDenied where the person may not change the document.
    """
    demand_change(document, actor)
    stored = Document.objects.select_for_update().get(pk=document.pk)
    rows = [_row(stored, draft) for draft in relations]
    _refuse_wrong(rows)
    before = list(DocumentRelation.objects.filter(document=stored))
    if _shapes(before) == _shapes(rows):
        return
    DocumentRelation.objects.filter(document=stored).delete()
    DocumentRelation.objects.bulk_create(rows)
    record(verb="document.relate", target=stored, actor=actor, detail={"relations": len(rows)})
    refresh_effects(row.earlier_id for row in [*before, *rows])
    if stored.status != DocumentStatus.DRAFT:
        show_document(stored)


def _row(document: Document, draft: RelationDraft) -> DocumentRelation:
    number = one_line(draft.earlier_number)[:80]
    key = number_key(number)
    if not key:
        raise ValidationError(_("Nhập số ký hiệu của văn bản trước."), code="number")
    earlier = draft.earlier or find_earlier(document, number)
    if (earlier is not None and earlier.pk == document.pk) or (key == document.key and earlier is None):
        raise ValidationError(_("Văn bản không có quan hệ với chính nó. Xem lại số “%(number)s”.") % {"number": number})
    return DocumentRelation(
        document=document, kind=draft.kind, earlier=earlier, earlier_number=number, earlier_key=key,
        earlier_title=one_line(draft.earlier_title)[:300], is_partial=draft.is_partial or draft.kind == RelationKind.AMENDS,
        what=one_line(draft.what)[:200], takes_effect_on=draft.takes_effect_on,
    )  # fmt: skip


def _refuse_wrong(rows: Sequence[DocumentRelation]) -> None:
    if len(rows) > RELATION_LIMIT:
        raise ValidationError(_("Một văn bản ghi nhiều nhất %(limit)d quan hệ.") % {"limit": RELATION_LIMIT})
    seen = set()
    for row in rows:
        name = (row.kind, row.earlier_key, row.what)
        if name in seen:
            raise ValidationError(
                _("Quan hệ với “%(number)s” ghi hai lần. Xóa một dòng.") % {"number": row.earlier_number}
            )
        seen.add(name)


def _shapes(rows: Iterable[DocumentRelation]) -> list[tuple[object, ...]]:
    return sorted((tuple(getattr(row, name) for name in _SHOWN) for row in rows), key=str)


def find_earlier(document: Document, number: str) -> Document | None:
    """The one document of the unit's register with this number, other than ``document``; None where two have it, or none."""
    found = list(Document.objects.with_number(number).exclude(pk=document.pk).order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


def adopt_relations(document: Document) -> None:
    """Link to a document the relations that named its number before it stood in the register, or no longer do.

    Called when a document is new or its number was changed; a number that several documents have links nothing by itself.
    """
    linked = DocumentRelation.objects.filter(earlier=document)
    linked.exclude(earlier_key=document.key).update(earlier=None)
    if document.key and Document.objects.filter(key=document.key).count() == 1:
        waiting = DocumentRelation.objects.filter(earlier__isnull=True, earlier_key=document.key)
        waiting.exclude(document=document).update(earlier=document)


def effects_of(document: Document) -> None:
    """Compute anew what this document does to earlier ones; called when it is published, withdrawn or its dates change."""
    acting = DocumentRelation.objects.filter(document=document, kind__in=_ACTING, earlier__isnull=False)
    refresh_effects(acting.values_list("earlier_id", flat=True))


def refresh_effects(keys: Iterable[int | None]) -> None:
    """Compute for these documents, in the unit in scope, how long they are in force and since when only partly."""
    wanted = sorted({key for key in keys if key is not None})
    # One order for everybody, and only then a look at what acts on them: what was committed meanwhile is seen.
    for earlier in Document.objects.select_for_update().filter(pk__in=wanted).order_by("pk"):
        ends, partly = _effects_on(earlier)
        if (ends, partly) == (earlier.expires_on, earlier.partly_from):
            continue
        Document.objects.filter(pk=earlier.pk).update(expires_on=ends, partly_from=partly)
        if earlier.status != DocumentStatus.DRAFT:
            show_document(earlier)


def _effects_on(earlier: Document) -> tuple[date | None, date | None]:
    rows = DocumentRelation.objects.filter(
        earlier=earlier, kind__in=_ACTING, document__status=DocumentStatus.PUBLISHED
    ).select_related("document")
    ends = [earlier.own_end] if earlier.own_end else []
    partly = []
    for row in rows:
        first = row.takes_effect_on or row.document.effective_from or row.document.issued_on
        if first is None:
            continue
        if row.kind in _ENDING and not row.is_partial:
            ends.append(first - timedelta(days=1))
        else:
            partly.append(first)
    return min(ends, default=None), min(partly, default=None)
