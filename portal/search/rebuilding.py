"""Building the index anew, for every unit or for one, while searches go on."""

import logging
from collections.abc import Callable, Iterator
from typing import Any, cast

from django.db import models
from haystack import connections
from haystack.constants import DEFAULT_ALIAS

from portal.core.tenancy import unit_scope
from portal.search.engine import VietnameseWhooshBackend, document_of
from portal.search.models import IndexChange

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called with (done, total) documents."""

_CHUNK = 200
_LOCK_SECONDS = 60.0


def backend() -> VietnameseWhooshBackend:
    """This thread's engine."""
    return cast("VietnameseWhooshBackend", connections[DEFAULT_ALIAS].get_backend())


def rebuild_index(progress: Progress | None = None) -> int:
    """Build a whole new index beside the present one, then swap; return the number of documents.

    Searches use the old index until the swap. Changes made meanwhile wait in the outbox, since the writer's lock is
    held, and are drained into the new index afterwards. Raises IndexBusyError when another writer does not end in a minute.
    """
    engine = backend()
    with engine.locked(timeout=_LOCK_SECONDS):
        covered = list(IndexChange.objects.values_list("pk", flat=True))
        units = unit_ids()
        count = engine.build_generation(_documents(units, _reporter(progress, units)))
        # What was waiting before the first row was read is in the new index already.
        for start in range(0, len(covered), 500):
            IndexChange.objects.filter(pk__in=covered[start : start + 500]).delete()
    return count


def rebuild_unit(unit_id: int, progress: Progress | None = None) -> int:
    """Replace one unit's documents in the present index in a single commit; return their number."""
    engine = backend()
    with engine.locked(timeout=_LOCK_SECONDS):
        return engine.replace_unit(unit_id, _documents([unit_id], _reporter(progress, [unit_id])))


def unit_ids() -> list[int]:
    """Every unit there is; asked through the outbox's link because this layer may not import units."""
    unit: type[models.Model] = IndexChange._meta.get_field("unit").related_model
    return list(unit._default_manager.order_by("pk").values_list("pk", flat=True))


def unit_id_of(slug: str) -> int | None:
    """The unit with this slug, or None."""
    unit: type[models.Model] = IndexChange._meta.get_field("unit").related_model
    found: int | None = unit._default_manager.filter(slug=slug).values_list("pk", flat=True).first()
    return found


def _indexes() -> list[Any]:
    unified = connections[DEFAULT_ALIAS].get_unified_index()
    return [unified.get_index(model) for model in unified.get_indexed_models()]


def _reporter(progress: Progress | None, units: list[int]) -> Callable[[int], None]:
    if progress is None:
        return lambda _done: None
    total = 0
    for unit_id in units:
        with unit_scope(unit_id):
            total += sum(index.index_queryset().count() for index in _indexes())
    return lambda done: progress(done, total)


def _documents(units: list[int], report: Callable[[int], None]) -> Iterator[dict[str, Any]]:
    """Documents of these units, read in chunks by key."""
    done = 0
    report(done)
    for unit_id in units:
        for index in _indexes():
            last = 0
            while True:
                # A list, not a generator: the scope must be closed again before anything is handed out.
                rows, documents = _chunk(unit_id, index, last)
                if not rows:
                    break
                last = rows[-1]
                yield from documents
                done += len(rows)
                report(done)


def _chunk(unit_id: int, index: Any, last: int) -> tuple[list[int], list[dict[str, Any]]]:
    with unit_scope(unit_id):
        rows = list(index.index_queryset().filter(pk__gt=last).order_by("pk")[:_CHUNK])
        prepared = [_prepared(index, row) for row in rows]
    return [row.pk for row in rows], [document for document in prepared if document is not None]


def _prepared(index: Any, row: Any) -> dict[str, Any] | None:
    """The document, or None for a row that cannot be prepared: one bad row must not stop the whole rebuild."""
    try:
        return document_of(index, row)
    except Exception:
        logger.exception("%s %s cannot be indexed", row._meta.label, row.pk)
        return None
