"""Building the index anew, for every unit or for one, while searches go on."""

import logging
from collections.abc import Callable, Iterator
from typing import Any, cast

from django.db import models
from haystack import connections
from haystack.constants import DEFAULT_ALIAS

from portal.search.engine import VietnameseWhooshBackend, document_of
from portal.search.models import IndexChange
from portal.search.shared import SHARED, is_shared, space_of

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
        counter = _Counter(progress, [SHARED, *units])
        # Apart from each other: a search reads its unit's stretch of the index, and the shared rows, and nothing between.
        count = engine.build_generation(_documents([SHARED], counter), _documents(units, counter))
        # What was waiting before the first row was read is in the new index already.
        for start in range(0, len(covered), 500):
            IndexChange.objects.filter(pk__in=covered[start : start + 500]).delete()
    return count


def rebuild_unit(unit_id: int, progress: Progress | None = None) -> int:
    """Replace one unit's documents in the present index in a single commit; return their number."""
    engine = backend()
    with engine.locked(timeout=_LOCK_SECONDS):
        return engine.replace_unit(unit_id, _documents([unit_id], _Counter(progress, [unit_id])))


def rebuild_shared(progress: Progress | None = None) -> int:
    """Replace the documents that all sites share, and no unit's, in a single commit; return their number."""
    return rebuild_unit(SHARED, progress)


def unit_ids() -> list[int]:
    """Every unit there is; asked through the outbox's link because this layer may not import units."""
    unit: type[models.Model] = IndexChange._meta.get_field("unit").related_model
    return list(unit._default_manager.order_by("pk").values_list("pk", flat=True))


def unit_id_of(slug: str) -> int | None:
    """The unit with this slug, or None."""
    unit: type[models.Model] = IndexChange._meta.get_field("unit").related_model
    found: int | None = unit._default_manager.filter(slug=slug).values_list("pk", flat=True).first()
    return found


def _indexes(unit_id: int) -> list[Any]:
    """The search indexes of units' rows, or for SHARED those of shared rows."""
    unified = connections[DEFAULT_ALIAS].get_unified_index()
    found = [unified.get_index(model) for model in unified.get_indexed_models()]
    return [index for index in found if is_shared(index) == (unit_id == SHARED)]


class _Counter:
    """Tells the caller's `progress` how many of these units' documents are done."""

    def __init__(self, progress: Progress | None, units: list[int]) -> None:
        self._progress = progress
        self._done = self._total = 0
        if progress is not None:
            for unit_id in units:
                with space_of(unit_id):
                    self._total += sum(index.index_queryset().count() for index in _indexes(unit_id))
            progress(0, self._total)

    def add(self, count: int) -> None:
        self._done += count
        if self._progress is not None:
            self._progress(self._done, self._total)


def _documents(units: list[int], counter: _Counter) -> Iterator[dict[str, Any]]:
    """Documents of these units, read in chunks by key."""
    for unit_id in units:
        for index in _indexes(unit_id):
            last = 0
            while True:
                # A list, not a generator: the scope must be closed again before anything is handed out.
                rows, documents = _chunk(unit_id, index, last)
                if not rows:
                    break
                last = rows[-1]
                yield from documents
                counter.add(len(rows))


def _chunk(unit_id: int, index: Any, last: int) -> tuple[list[int], list[dict[str, Any]]]:
    with space_of(unit_id):
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
