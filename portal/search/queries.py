"""What do these units have on these words: the one question pages ask."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.safestring import SafeString
from haystack import connections
from haystack.constants import DEFAULT_ALIAS, DJANGO_CT, DJANGO_ID
from haystack.exceptions import NotHandled

from portal.core.tenancy import units_scope
from portal.search.errors import SearchUnavailable
from portal.search.finding import MAX_DEPTH
from portal.search.highlight import excerpt, marked
from portal.search.models import Synonym
from portal.search.options import PLAIN, SearchOptions
from portal.search.rebuilding import backend
from portal.search.shared import SHARED, is_shared
from portal.search.terms import Expansion, ParsedQuery, bounded, candidate_keys, parse, query_words

__all__ = ["SearchHit", "SearchOptions", "SearchPage", "SearchUnavailable", "search_units"]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One answer. The two HTML strings are escaped except for <mark>; `url` is a path on the unit's own host."""

    model_label: str
    pk: int
    kind: str
    unit_id: int
    url: str
    title_html: SafeString
    extract_html: SafeString
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of answers; `page` is the one shown, moved into bounds, and `page_count` is 0 without answers.

    `expanded` names what was looked for besides the typed words; `is_partial` says that some typed words are missing
    from the answers because no document has them all.
    """

    query: str
    total: int
    hits: list[SearchHit]
    page: int
    page_count: int
    page_size: int
    expanded: str
    is_partial: bool


def search_units(
    unit_ids: Sequence[int], query: str, page: int = 1, page_size: int = 10, options: SearchOptions = PLAIN
) -> SearchPage:
    """Search the documents of `unit_ids`, and of no other unit unless `options` says so.

    Takes anything a visitor may type. One query for synonyms, and one for each kind of hit on the page, which also
    drops what was withdrawn a moment ago. Raises SearchUnavailable when there is no readable index.
    """
    page_size = max(1, min(page_size, 50))
    deepest = MAX_DEPTH // page_size
    page = max(1, min(page, deepest))
    parsed = parse(query, _expansions(query) if options.synonyms else {})
    answer = backend().find(parsed, unit_ids, (page - 1) * page_size, page_size, options)
    page_count = min(math.ceil(answer.total / page_size), deepest)
    if answer.total and page > page_count:
        page = page_count
        answer = backend().find(parsed, unit_ids, (page - 1) * page_size, page_size, options)
    hits = [_hit(stored, parsed) for stored in _readable(answer.documents, unit_ids, options)]
    return SearchPage(
        query=bounded(query),
        total=answer.total,
        hits=hits,
        page=page,
        page_count=page_count,
        page_size=page_size,
        expanded=parsed.expanded,
        is_partial=answer.partial,
    )


def _expansions(query: str) -> dict[str, list[Expansion]]:
    """Synonyms of any run of words in the query, by key, in one database query."""
    keys = candidate_keys(query_words(query))
    found: dict[str, list[Expansion]] = defaultdict(list)
    if not keys:
        return found
    wanted = Q(key__in=keys) | Q(expansion_key__in=keys, is_two_way=True)
    for row in Synonym.objects.filter(wanted).order_by("pk"):
        if row.key in keys:
            found[row.key].append(Expansion(row.term, row.expansion, is_name=not row.is_two_way))
        if row.is_two_way and row.expansion_key in keys:
            found[row.expansion_key].append(Expansion(row.expansion, row.term, is_name=False))
    return found


def _readable(documents: list[dict[str, Any]], unit_ids: Sequence[int], options: SearchOptions) -> list[dict[str, Any]]:
    """The documents whose rows may still be read here, in the same order.

    The engine filtered already; a stored foreign unit would mean a damaged index, and must still not be shown.
    """
    own = set(unit_ids)
    spaces: dict[str, set[int]] = {"own": own, "shared": {SHARED} if options.shared else set()}
    spaces["everywhere"] = set(options.everywhere_of) - own
    living: set[tuple[str, str]] = set()
    for space, units in spaces.items():
        keys: dict[str, set[int]] = defaultdict(set)
        for stored in documents:
            if stored["unit_id"] in units:
                keys[stored[DJANGO_CT]].add(int(stored[DJANGO_ID]))
        with units_scope(units - {SHARED}):
            for label, wanted in keys.items():
                living.update((label, str(key)) for key in _living(label, wanted, space))
    return [stored for stored in documents if (stored[DJANGO_CT], stored[DJANGO_ID]) in living]


def _living(label: str, keys: set[int], space: str) -> list[int]:
    try:
        index = connections[DEFAULT_ALIAS].get_unified_index().get_index(apps.get_model(label))
    except (LookupError, NotHandled):
        return []
    if is_shared(index) != (space == "shared"):
        return []
    rows = index.everywhere_queryset() if space == "everywhere" else index.read_queryset()
    return list(rows.filter(pk__in=keys).values_list("pk", flat=True))


def _hit(stored: dict[str, Any], parsed: ParsedQuery) -> SearchHit:
    words = [word for slot in parsed.slots for alternative in slot.alternatives for word in alternative.words]
    return SearchHit(
        model_label=stored[DJANGO_CT],
        pk=int(stored[DJANGO_ID]),
        kind=stored["kind"],
        unit_id=stored["unit_id"],
        url=stored["url"],
        title_html=marked(stored["title"], words),
        extract_html=excerpt(stored["extract"], words),
        published_at=stored.get("published_at"),
    )
