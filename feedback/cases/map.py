"""The communes of the province as a map in which each area leads to its reports, and the same as a list."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from units.enums import UnitKind
from units.models import Unit

LEVELS: Final = 4
SHOWN_FIRST: Final = 8


@dataclass(frozen=True, slots=True)
class Area:
    """One commune: its outline ("" where none is known), how many reports, and how dark it is drawn (0 to LEVELS)."""

    name: str
    path: str
    number: int
    level: int
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class CommuneMap:
    """``view_box`` is empty where no outlines are known: then there is the list alone."""

    view_box: str
    areas: list[Area]

    @property
    def most(self) -> list[Area]:
        """The first of them."""
        return self.with_reports[:SHOWN_FIRST]

    @property
    def rest(self) -> list[Area]:
        """What is folded away."""
        return self.with_reports[SHOWN_FIRST:]

    @property
    def with_reports(self) -> list[Area]:
        """For the list: most reports first, then by name."""
        return sorted((area for area in self.areas if area.number), key=lambda area: -area.number)


def map_units() -> list[Unit]:
    """The communes of today by name, and the province for the view box; one query."""
    rows = Unit.objects.current().filter(kind__in=(UnitKind.COMMUNE, UnitKind.PROVINCE))
    return list(rows.only("pk", "name", "slug", "kind", "boundary", "sort_name").order_by("sort_name", "pk"))


def communes_of(units: Iterable[Unit]) -> list[Unit]:
    """Of these, the communes."""
    return [unit for unit in units if unit.kind == UnitKind.COMMUNE]


def commune_map(
    units: Iterable[Unit], numbers: Mapping[int, int], url_of: Callable[[Unit], str], chosen: Unit | None = None
) -> CommuneMap | None:
    """The map; None where nothing is to be compared (reports of no commune, or of one alone)."""
    units = list(units)
    communes = communes_of(units)
    most = max((numbers.get(unit.pk, 0) for unit in communes), default=0)
    if sum(bool(numbers.get(unit.pk)) for unit in communes) <= 1 and chosen is None:
        return None
    areas = [_area(unit, numbers.get(unit.pk, 0), most, url_of(unit), chosen) for unit in communes]
    box = next((unit.boundary for unit in units if unit.kind == UnitKind.PROVINCE), "")
    return CommuneMap(box if any(area.path for area in areas) else "", areas)


def _area(unit: Unit, number: int, most: int, url: str, chosen: Unit | None) -> Area:
    level = -(-LEVELS * number // most) if most else 0
    return Area(unit.name, unit.boundary, number, level, url, chosen is not None and unit.pk == chosen.pk)


def legend(found: CommuneMap) -> list[dict[str, Any]]:
    """What the shades mean: “1–3”, “4–6” … by the most of any commune."""
    most = max((area.number for area in found.areas), default=0)
    bounds = [(most * level) // LEVELS for level in range(LEVELS + 1)]
    rows = []
    for level in range(1, LEVELS + 1):
        first, last = bounds[level - 1] + 1, bounds[level]
        if first <= last:
            rows.append({"level": level, "text": str(last) if first == last else f"{first}–{last}"})
    return rows
