"""Where it happened, by what people call the place: today's communes under their names of today and of before."""

from dataclasses import dataclass
from typing import Final

from portal.core.text import nfc
from units.enums import Extent, UnitKind
from units.models import Unit
from units.naming import WORDS_LIMIT, Named, find_named

_GROUNDS: Final = (UnitKind.COMMUNE, UnitKind.DISTRICT)


@dataclass(frozen=True, slots=True)
class Way:
    """A commune of today that a name leads to; ``is_part`` where it took over a part only."""

    unit: Unit
    is_part: bool


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One unit that goes by what was typed, the unit above it, and the communes of today it leads to."""

    name: str
    above: str
    is_old: bool
    ways: list[Way]


def _place(named: Named) -> PlaceName:
    parts = {link.successor_id for link in named.successors if link.extent == Extent.PARTIAL}
    ways = [Way(unit, unit.pk in parts) for unit in named.today if unit.kind == UnitKind.COMMUNE]
    above = named.unit.parent.name if named.unit.parent else ""
    return PlaceName(named.unit.name, above, named.unit.is_closed, ways)


def places_named(words: str) -> list[PlaceName]:
    """“Quảng Thái cũ” → the commune of today; those called just so before those called alike; bounded by units.naming."""
    typed = nfc(words)[:WORDS_LIMIT].strip()
    found = find_named(typed, kinds=_GROUNDS) if typed else []
    rows = [row for row in found if row.is_exact] or found
    return [place for place in map(_place, rows) if place.ways]


def only_commune(places: list[PlaceName]) -> Unit | None:
    """The one commune that all of them lead to; None where there is a choice, or nothing."""
    units = {way.unit.pk: way.unit for place in places for way in place.ways}
    return next(iter(units.values())) if len(units) == 1 else None
