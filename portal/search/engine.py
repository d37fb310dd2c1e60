"""The Haystack backend: our schema, our single writer, our own query instead of Whoosh's query language.

Haystack's own `search` stays for whoever uses SearchQuerySet in code; pages go through `find`, which is many times faster
and can only ever answer for the units it was given.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any

from haystack.backends.whoosh_backend import WhooshEngine, WhooshSearchBackend, WhooshSearchQuery
from haystack.constants import ID
from haystack.exceptions import SkipDocument
from haystack.utils import get_identifier
from whoosh.filedb.filestore import FileStorage
from whoosh.qparser import QueryParser

from portal.search.errors import SearchUnavailable
from portal.search.finding import Answer, find
from portal.search.folding import nfc
from portal.search.merging import merge_policy
from portal.search.options import PLAIN, SearchOptions
from portal.search.postings import Collection, PostingCache, Segment
from portal.search.schema import build_schema, to_document
from portal.search.store import IndexStore
from portal.search.terms import ParsedQuery

logger = logging.getLogger(__name__)

_LOCK_SECONDS = 10.0
_REBUILD_MEMORY_MB = 192
_COMMIT_EVERY = 10_000


class VietnameseWhooshBackend(WhooshSearchBackend):
    """One per thread (Haystack's connections are), holding one opened generation of the index."""

    def __init__(self, connection_alias: str, **connection_options: Any) -> None:
        super().__init__(connection_alias, **connection_options)
        self.silently_fail = False
        self.store = IndexStore(Path(self.path))
        self.content_field_name = "text"
        self.schema = build_schema()
        self.parser = QueryParser("text", schema=self.schema)
        self._generation: Path | None = None
        self._collection: Collection | None = None
        self._written = -1

    # --- opening -----------------------------------------------------------------------------------------------

    def setup(self) -> None:
        """Open the current generation, or make an empty one: only for Haystack's own calls and for writing."""
        if self.store.current() is None:
            generation = self.store.new_generation()
            FileStorage(str(generation)).create_index(self.schema)
            self.store.promote(generation)
        self._open()

    def _open(self) -> None:
        """Point `storage` and `index` at the current generation."""
        generation = self.store.current()
        if generation is None:
            raise SearchUnavailable("There is no index of this version: run manage.py reindex.")
        self.close()
        self.storage = FileStorage(str(generation))
        self.index = self.storage.open_index(schema=self.schema)
        self._generation = generation
        self.setup_complete = True

    def close(self) -> None:
        """Let go of the opened files."""
        if self._collection is not None:
            self._collection.reader.close()
        self._collection = None
        self._generation = None
        self.setup_complete = False

    def collection(self) -> Collection:
        """The newest state of the index, opened again only when somebody wrote. Raises SearchUnavailable."""
        if self._generation is None or self._generation != self.store.current():
            self._open()
        written = self.index.latest_generation()
        if self._collection is not None and written == self._written:
            return self._collection
        if self._collection is not None:
            self._collection.reader.close()
        reader = self.index.reader()
        cache = PostingCache()
        segments = [Segment(leaf, base, cache) for leaf, base in reader.leaf_readers() if leaf.doc_count_all()]
        documents = reader.doc_count_all()
        length = reader.field_length("text") if documents else 0
        self._written = written
        self._collection = Collection(segments, reader, documents, length / documents if documents else 0.0, cache)
        return self._collection

    # --- reading -----------------------------------------------------------------------------------------------

    def find(
        self, query: ParsedQuery, unit_ids: Sequence[int], offset: int, limit: int, options: SearchOptions = PLAIN
    ) -> Answer:
        """One page of answers from these units and what `options` adds. Raises SearchUnavailable when nothing can be read."""
        try:
            return find(self.collection(), query, unit_ids, offset, limit, options)
        except SearchUnavailable:
            raise
        except Exception:  # noqa: BLE001 - a damaged file may fail anywhere inside Whoosh
            # Once more with everything opened afresh: a rebuild may have removed what this thread still had open.
            self.close()
        try:
            return find(self.collection(), query, unit_ids, offset, limit, options)
        except SearchUnavailable:
            raise
        except Exception as error:
            self.close()
            logger.exception("The search index at %s cannot be read", self.path)
            raise SearchUnavailable("The index cannot be read.") from error

    def search(self, query_string: str, **kwargs: Any) -> dict[str, Any]:
        """Haystack's search, for code only, over the newest generation; never give it what a visitor typed."""
        if self._generation is None or self._generation != self.store.current():
            self.setup()
        results: dict[str, Any] = super().search(nfc(query_string), **kwargs)
        return results

    def build_schema(self, fields: Any) -> tuple[str, Any]:
        """Haystack's hook: the schema is ours whatever the rooms declare."""
        return self.content_field_name, self.schema

    # --- writing -----------------------------------------------------------------------------------------------

    @contextmanager
    def locked(self, timeout: float = _LOCK_SECONDS) -> Iterator[None]:
        """Hold the right to write. Raises IndexBusyError after `timeout` seconds."""
        with self.store.writing(timeout=timeout):
            yield

    def apply(self, documents: Iterable[dict[str, Any]], removed: Iterable[str] = ()) -> int:
        """Replace and remove documents in one commit, inside `locked()`; return how many were written.

        `documents` are Whoosh documents (`document_of`), `removed` Haystack identifiers ('news.article.7').
        """
        if self._generation is None or self._generation != self.store.current():
            self.setup()
        fresh = {document[ID]: document for document in documents}
        with self._writer() as writer:
            _delete(writer, [*removed, *fresh])
            for document in fresh.values():
                writer.add_document(**document)
        return len(fresh)

    def replace_unit(self, unit_id: int, documents: Iterable[dict[str, Any]]) -> int:
        """Replace everything one unit has in the index in one commit, inside `locked()`; return the count."""
        if self._generation is None or self._generation != self.store.current():
            self.setup()
        count = 0
        with self._writer() as writer:
            writer.delete_by_term("unit_id", unit_id)
            for document in documents:
                writer.add_document(**document)
                count += 1
        return count

    def build_generation(self, *streams: Iterable[dict[str, Any]]) -> int:
        """Build a whole new index beside the current one and swap, inside `locked()`; return the count.

        Each stream of documents gets segments of its own. Any error leaves the current index as it was.
        """
        generation = self.store.new_generation()
        try:
            built = FileStorage(str(generation)).create_index(self.schema)
            batches = chain.from_iterable(batched(documents, _COMMIT_EVERY) for documents in streams)
            count = sum(_write_all(built, batch) for batch in batches)
        except BaseException:
            self.store.discard(generation)
            raise
        self.store.promote(generation)
        return count

    @contextmanager
    def _writer(self) -> Iterator[Any]:
        writer = self.index.writer(timeout=_LOCK_SECONDS)
        try:
            yield writer
        except BaseException:
            writer.cancel()
            raise
        writer.commit(mergetype=merge_policy)

    # --- Haystack's own writing verbs --------------------------------------------------------------------------

    def update(self, index: Any, iterable: Iterable[Any], **_options: Any) -> None:
        """Write these objects (Haystack's verb; the portal itself goes through the outbox)."""
        with self.locked():
            self.apply(filter(None, (document_of(index, instance) for instance in iterable)))

    def remove(self, obj_or_string: Any, **_options: Any) -> None:
        """Remove one object."""
        with self.locked():
            self.apply((), [get_identifier(obj_or_string)])

    def clear(self, *_models: Any, **_options: Any) -> None:
        """Empty the index, whatever models are named: a rebuild follows in every use Haystack makes of it."""
        with self.locked():
            self.build_generation(())


def batched(documents: Iterable[dict[str, Any]], size: int) -> Iterator[Iterator[dict[str, Any]]]:
    """Split a stream into streams of `size`, holding one document at a time; use each up before asking for the next."""
    stream = iter(documents)
    for first in stream:
        yield chain((first,), islice(stream, size - 1))


def _delete(writer: Any, identifiers: Iterable[str]) -> None:
    """Mark the documents of these identifiers as gone, in one walk over the segments.

    Whoosh's `update_document` does the same for one document, and opens every segment anew for it: two thirds of the time.
    """
    with closing(writer.reader()) as reader:
        leaves = reader.leaf_readers()
        for identifier in identifiers:
            for leaf, base in leaves:
                if (ID, identifier) in leaf:
                    for number in leaf.postings(ID, identifier).all_ids():
                        writer.delete_document(base + number)


def _write_all(index: Any, documents: Iterable[dict[str, Any]]) -> int:
    writer = index.writer(limitmb=_REBUILD_MEMORY_MB)
    count = 0
    try:
        for document in documents:
            writer.add_document(**document)
            count += 1
    except BaseException:
        writer.cancel()
        raise
    writer.commit(merge=False)
    return count


def document_of(index: Any, instance: Any) -> dict[str, Any] | None:
    """The Whoosh document of one object, or None when its index says to skip it; call inside the object's scope."""
    try:
        return to_document(index.full_prepare(instance))
    except SkipDocument:
        return None


class VietnameseWhooshEngine(WhooshEngine):
    """Name this in HAYSTACK_CONNECTIONS: ENGINE, and PATH as an absolute directory."""

    backend = VietnameseWhooshBackend
    query = WhooshSearchQuery
