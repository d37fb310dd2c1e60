"""Writing the audit trail."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from portal.core.models import AuditEntry, User

NAME_LIMIT = 200


def record(*, verb: str, target: models.Model, actor: User | None, detail: dict[str, Any] | None = None) -> AuditEntry:
    """Write one audit row in the unit in scope; call it inside the transaction of the change it tells of.

    ``actor`` is None for what the system did by itself (an import command, a beat task).
    """
    return AuditEntry.objects.create(
        actor=actor,
        verb=verb,
        target_model=target._meta.label,
        target_id=target.pk,
        target_name=str(target)[:NAME_LIMIT],
        detail=detail or {},
    )


def record_many(
    *, verb: str, targets: Iterable[models.Model], actor: User | None, detail: dict[str, Any] | None = None
) -> list[AuditEntry]:
    """The same for many rows that went one way together, in one query."""
    entries = [
        AuditEntry(
            actor=actor,
            verb=verb,
            target_model=target._meta.label,
            target_id=target.pk,
            target_name=str(target)[:NAME_LIMIT],
            detail=detail or {},
        )
        for target in targets
    ]
    return AuditEntry.objects.bulk_create(entries)
