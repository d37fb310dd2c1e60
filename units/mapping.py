"""“You are here”: the outline map of the province's communes, from outlines kept with the units."""

import re
from dataclasses import dataclass
from typing import Any, Final

from units.enums import UnitKind
from units.models import Unit

_NUMBERS: Final = re.compile(r"(-?\d+),(-?\d+)")
LABEL_GAP: Final = 26


@dataclass(frozen=True, slots=True)
class Outline:
    """One unit's area in user units of the map."""

    name: str
    path: str
    is_current: bool


def _label(path: str, name: str, width: int) -> dict[str, Any]:
    """Where the name stands: beside the area, on the side with more room, a short line leading to it."""
    points = [(int(x), int(y)) for x, y in _NUMBERS.findall(path)]
    middle_x = sum(x for x, _y in points) // len(points)
    middle_y = sum(y for _x, y in points) // len(points)
    # About nine units a letter: the words must end inside the map.
    room = len(name) * 9
    x = middle_x + LABEL_GAP if middle_x + LABEL_GAP + room < width else max(4, middle_x - LABEL_GAP - room)
    return {"x": x, "y": max(16, middle_y - LABEL_GAP), "text": name, "from_x": middle_x, "from_y": middle_y}


def outline_map(current: Unit) -> dict[str, Any] | None:
    """The map for a page of ``current`` (highlighted when it is a commune); None where no outlines are known.

    One query. The province's own ``boundary`` holds the map's view box, the communes' hold path data.
    """
    units = list(Unit.objects.with_outline().only("name", "kind", "boundary"))
    box = next((unit.boundary for unit in units if unit.kind == UnitKind.PROVINCE), "")
    areas = [
        Outline(unit.name, unit.boundary, unit.pk == current.pk) for unit in units if unit.kind == UnitKind.COMMUNE
    ]
    if not box or not areas:
        return None
    here = next((area for area in areas if area.is_current), None)
    width = int(box.split()[2])
    return {"view_box": box, "areas": areas, "label": _label(here.path, here.name, width) if here else None}
