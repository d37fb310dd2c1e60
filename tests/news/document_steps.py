"""Steps with documents that several tests take: keep, relate, publish, and what the audit trail says."""

from __future__ import annotations

from typing import Any

from news.actions.documents import (
    RelationDraft,
    publish_document,
    set_relations,
)
from news.enums.documents import RelationKind
from news.models import Document
from portal.core.models import AuditEntry
from tests.factories.cast import House
from units.enums import Role
from units.models import Unit

REPLACES, REPEALS, AMENDS, GUIDES = (
    RelationKind.REPLACES, RelationKind.REPEALS, RelationKind.AMENDS, RelationKind.GUIDES,
)  # fmt: skip


def verbs(document: Document) -> list[str]:
    return list(AuditEntry.objects.about(document).order_by("pk").values_list("verb", flat=True))


def publish(document: Document, house: House, role: Role = Role.APPROVER, **more: Any) -> Document:
    return publish_document(document=document, actor=house.people[role], **{"secrecy_checked": True, **more})


def relate(document: Document, *drafts: RelationDraft) -> None:
    set_relations(document=document, relations=drafts, actor=None)


def draft(kind: RelationKind, number: str, **more: Any) -> RelationDraft:
    return RelationDraft(kind=kind, earlier_number=number, **more)


def generation(unit: Unit) -> int:
    return int(Unit.objects.values_list("generation", flat=True).get(pk=unit.pk))
