"""Verbs of the index: remember a change, catch up with the changes, build everything anew."""

import logging
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db.models import F, Q
from django.utils import timezone
from haystack import connections
from haystack.constants import DEFAULT_ALIAS
from haystack.exceptions import NotHandled

from portal.search.engine import document_of
from portal.search.errors import IndexBusyError
from portal.search.models import IndexChange
from portal.search.rebuilding import backend, rebuild_index, rebuild_shared, rebuild_unit
from portal.search.shared import SHARED, is_shared, shared_label, space_of
from portal.search.tasks import enqueue_drain_on_commit

__all__ = [
    "catch_up",
    "drain_changes",
    "index_is_ready",
    "mark_changed",
    "mark_many_changed",
    "mark_shared_changed",
    "rebuild_index",
    "rebuild_shared",
    "rebuild_unit",
]

logger = logging.getLogger(__name__)

BATCH = 500
MAX_ATTEMPTS = 5
"""After so many failures a change is left alone (a full rebuild clears it)."""
STALE_AFTER = timedelta(minutes=5)
"""A claim older than this belongs to a worker that died, or failed; it is taken again."""


# --- remembering -----------------------------------------------------------------------------------------------------


def mark_changed(unit_id: int, model_label: str, object_id: int) -> None:
    """Remember, inside the caller's transaction, that a row was written, published, withdrawn or deleted.

    `model_label` is `Model._meta.label`. The index follows after commit, usually within a second.
    """
    mark_many_changed(unit_id, model_label, (object_id,))


def mark_many_changed(unit_id: int, model_label: str, object_ids: Iterable[int]) -> None:
    """The same for many rows of one unit and model."""
    label = model_label.lower()
    IndexChange.objects.bulk_create(
        [IndexChange(unit_id=unit_id, model_label=label, object_id=key) for key in object_ids], batch_size=BATCH
    )
    enqueue_drain_on_commit()


def mark_shared_changed(model_label: str, object_ids: Iterable[int]) -> None:
    """The same for rows that all sites share; raises ValueError for a model that is not in GLOBAL_MODELS.

    Thousands of ids at once are meant: a few inserts for each thousand, one message.
    """
    label = shared_label(model_label)
    IndexChange.objects.bulk_create(
        [IndexChange(unit_id=None, model_label=label, object_id=key) for key in dict.fromkeys(object_ids)],
        batch_size=BATCH,
    )
    enqueue_drain_on_commit()


# --- catching up -----------------------------------------------------------------------------------------------------


def index_is_ready() -> bool:
    """Whether searches can be answered; False on a fresh machine and after an update that changed the schema."""
    return backend().store.current() is not None


def catch_up(*, batches: int) -> int:
    """Drain up to `batches` batches; build the index first when there is none. Returns how many changes were done."""
    done = 0
    try:
        if not index_is_ready():
            rebuild_index()
        for _ in range(batches):
            drained = drain_changes()
            done += drained
            if not drained:
                break
    except IndexBusyError:
        logger.info("Somebody else is writing the index; the outbox waits.")
    return done


@dataclass
class _Batch:
    documents: list[dict[str, Any]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: dict[tuple[str, int], str] = field(default_factory=dict)


def drain_changes(limit: int = BATCH) -> int:
    """Take one batch of changes into the index in one commit; return how many rows of the outbox are done.

    Raises IndexBusyError when somebody else writes. A change that cannot be prepared keeps its row, counts the attempt and
    is tried again later; it never holds up the others.
    """
    engine = backend()
    with engine.locked(timeout=2.0):
        claimed = _claim(limit)
        if not claimed:
            return 0
        try:
            batch = _prepare(claimed)
            engine.apply(batch.documents, batch.removed)
        except BaseException:
            _release(claimed)
            raise
    return _settle(claimed, batch)


def _claim(limit: int) -> list[IndexChange]:
    """Take rows for this worker by one conditional update; two workers never get the same row."""
    now = timezone.now()
    free = IndexChange.objects.filter(
        Q(claimed_at=None) | Q(claimed_at__lt=now - STALE_AFTER), attempts__lt=MAX_ATTEMPTS
    )
    keys = list(free.order_by("attempts", "pk").values_list("pk", flat=True)[:limit])
    claim = uuid.uuid4()
    free.filter(pk__in=keys).update(claim=claim, claimed_at=now, attempts=F("attempts") + 1)
    return list(IndexChange.objects.filter(claim=claim))


def _release(claimed: list[IndexChange]) -> None:
    """Give rows back uncounted: the index failed, not they."""
    IndexChange.objects.filter(pk__in=[change.pk for change in claimed]).update(
        claim=None, claimed_at=None, attempts=F("attempts") - 1
    )


def _settle(claimed: list[IndexChange], batch: _Batch) -> int:
    """Delete what is done; leave the failed rows claimed, so that they come again when the claim is stale."""
    done = [change.pk for change in claimed if (change.model_label, change.object_id) not in batch.failed]
    IndexChange.objects.filter(pk__in=done).delete()
    for (label, key), error in batch.failed.items():
        IndexChange.objects.filter(claim=claimed[0].claim, model_label=label, object_id=key).update(
            last_error=error[:200]
        )
    return len(done)


def _prepare(claimed: list[IndexChange]) -> _Batch:
    groups: dict[tuple[int, str], set[int]] = defaultdict(set)
    for change in claimed:
        groups[change.unit_id or SHARED, change.model_label].add(change.object_id)
    batch = _Batch()
    for (unit_id, label), keys in groups.items():
        try:
            _prepare_group(batch, unit_id, label, keys)
        except Exception:  # noqa: BLE001 - one bad row must not cost the others: find it by taking them singly
            for key in keys:
                _prepare_single(batch, unit_id, label, key)
    return batch


def _prepare_group(batch: _Batch, unit_id: int, label: str, keys: set[int]) -> None:
    index = _index_for(label)
    documents: list[dict[str, Any]] = []
    found: set[int] = set()
    if index is not None and is_shared(index) != (unit_id == SHARED):
        raise ValueError(f"{label} was marked as {'shared' if unit_id == SHARED else 'of one unit'}, which it is not.")
    if index is not None:
        with space_of(unit_id):
            for row in index.index_queryset().filter(pk__in=keys):
                if (document := document_of(index, row)) is not None:
                    documents.append(document)
                    found.add(row.pk)
    batch.documents.extend(documents)
    batch.removed.extend(f"{label}.{key}" for key in keys - found)


def _prepare_single(batch: _Batch, unit_id: int, label: str, key: int) -> None:
    try:
        _prepare_group(batch, unit_id, label, {key})
    except Exception as error:  # whatever it was, it is written down with the row
        logger.exception("%s %s cannot be indexed", label, key)
        batch.failed[label, key] = repr(error)


def _index_for(label: str) -> Any | None:
    """The search index of a model, or None when the model or its index is gone."""
    try:
        return connections[DEFAULT_ALIAS].get_unified_index().get_index(apps.get_model(label))
    except (LookupError, ValueError, NotHandled):
        return None
