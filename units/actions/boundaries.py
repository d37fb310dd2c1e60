"""Keeping the ground of units."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_every_generation
from portal.core.tenancy import unit_scope
from units.boundaries import Area, holds, map_scale, steps
from units.enums import UnitKind
from units.models import Unit, UnitArea


@dataclass(slots=True)
class BoundariesReport:
    """How many areas were kept, the codes nobody has today, how many of the points given lie in their own area."""

    kept: int = 0
    unknown: list[str] = field(default_factory=list)
    points: int = 0
    points_inside: int = 0


def keep_rings(*, unit: Unit, rings: list[list[int]]) -> bool:
    """Keep the rings of one unit (units.boundaries.steps); says whether anything changed."""
    area = UnitArea.objects.filter(unit=unit).first()
    if area and area.rings == rings:
        return False
    UnitArea(unit=unit, rings=rings).save(force_insert=area is None)
    return True


@transaction.atomic
def keep_boundaries(*, areas: Iterable[Area], actor: User | None = None) -> BoundariesReport:
    """Keep rings and outlines of the communes of today that the areas name by code; the province gets the map's box.

    Repeating changes nothing. Raises BoundariesRefused where there is no area at all.
    """
    rows = list(areas)
    scale, report = map_scale(rows), BoundariesReport()
    units = {unit.code: unit for unit in Unit.objects.current().filter(kind=UnitKind.COMMUNE)}
    for area in rows:
        unit = units.get(area.code)
        if unit is None:
            report.unknown.append(area.code)
            continue
        keep_rings(unit=unit, rings=[steps(ring) for ring in area.rings])
        unit.boundary = scale.path(area.rings)
        unit.save(update_fields=["boundary"])
        report.kept += 1
        if area.inside:
            report.points += 1
            report.points_inside += [row.code for row in rows if holds(row.rings, area.inside)] == [area.code]
    province = Unit.objects.current().provinces().first()
    if province and report.kept:
        province.boundary = scale.view_box
        province.save(update_fields=["boundary"])
        with unit_scope(province):
            record(verb="unit.boundaries", target=province, actor=actor, detail={"areas": report.kept})
    bump_every_generation()
    return report
