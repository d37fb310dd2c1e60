"""Procedures found by whatever citizens type."""

from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from portal.search.options import SearchOptions
from portal.search.queries import search_units
from services.models import Procedure
from services.search_indexes import CENTRAL, COMMUNE, FAR, PEOPLE, PROVINCE, ProcedureIndex
from units.enums import UnitKind
from units.models import Unit

KIND: Final = ProcedureIndex.kind
# By what factor the score of a procedure with a tag is multiplied, by the kind of the unit that is asked.
_EVERYWHERE: Final = ((FAR, 0.8), (CENTRAL, 0.6), (PEOPLE, 1.1))
BOOSTS: Final = {
    UnitKind.COMMUNE: (*_EVERYWHERE, (COMMUNE, 1.25)),
    UnitKind.DISTRICT: (*_EVERYWHERE, (COMMUNE, 1.25)),
    UnitKind.DEPARTMENT: (*_EVERYWHERE, (PROVINCE, 1.25)),
    UnitKind.PROVINCE: (*_EVERYWHERE, (COMMUNE, 1.1)),
}


@dataclass(frozen=True, slots=True)
class FoundProcedure:
    """One procedure found: the row (light, with its field) and its name with <mark> around the words found."""

    procedure: Procedure
    title_html: SafeString

    @property
    def everyday_names(self) -> list[str]:
        """What people call it."""
        return self.procedure.everyday_list


@dataclass(frozen=True, slots=True)
class FoundProcedures:
    """One page of procedures, best first; `page` is the one shown, moved into bounds, `page_count` is 0 without any.

    `expanded` names what was looked for besides the typed words; `is_partial` says that no procedure has them all.
    """

    query: str
    hits: list[FoundProcedure]
    total: int
    page: int
    page_count: int
    expanded: str
    is_partial: bool


def procedure_options(unit: Unit, kinds: tuple[str, ...] = ()) -> SearchOptions:
    """How procedures take part in a search on this unit's site: found loosely, what it handles first."""
    return SearchOptions(shared=True, kinds=kinds, loose=(KIND,), boosts=BOOSTS.get(UnitKind(unit.kind), _EVERYWHERE))


def find_procedures(words: str, *, unit: Unit, page: int = 1, page_size: int = 10) -> FoundProcedures:
    """Procedures for what a citizen typed on this unit's site; takes anything.

    Three queries whatever is found: synonyms, which rows are still in force, the rows. Raises SearchUnavailable
    (portal.search.queries) when there is no index to read.
    """
    found = search_units((), words, page, page_size, procedure_options(unit, (KIND,)))
    rows = Procedure.objects.published().light().in_bulk([hit.pk for hit in found.hits])
    return FoundProcedures(
        query=found.query,
        hits=[FoundProcedure(rows[hit.pk], hit.title_html) for hit in found.hits if hit.pk in rows],
        total=found.total,
        page=found.page,
        page_count=found.page_count,
        expanded=found.expanded,
        is_partial=found.is_partial,
    )
