"""When small segments become one: Whoosh's own policy lets them pile up, and every segment costs each search."""

import math
from collections import defaultdict
from typing import Any

from whoosh.reading import SegmentReader

_FANOUT = 6
"""Segments of one size class that are merged; classes grow sixfold, so 100,000 documents live in about 20 segments."""
_WASTE = 0.4
"""Share of deleted documents from which a segment is rewritten."""


def merge_policy(writer: Any, segments: list[Any]) -> list[Any]:
    """A Whoosh merge type: copy what should be merged into `writer`, return the segments that stay."""
    classes: dict[int, list[Any]] = defaultdict(list)
    merged: list[Any] = []
    for segment in segments:
        living = segment.doc_count_all() - segment.deleted_count()
        if living < segment.doc_count_all() * (1 - _WASTE):
            merged.append(segment)
        else:
            classes[int(math.log(max(living, 1), _FANOUT))].append(segment)
    for same_size in classes.values():
        if len(same_size) >= _FANOUT:
            merged.extend(same_size)
    for segment in merged:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    gone = set(map(id, merged))
    return [segment for segment in segments if id(segment) not in gone]
