"""The ground of each unit: rings in degrees for “which commune am I in”, outlines for the map on pages.

A ring is kept as whole ten-thousandths of a degree (11 m and less), the first point as it is, every other as its step from
the one before: about 30 KB for forty communes. A browser walks the same steps (static/js/place.js).
"""

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

SCALE: Final = 10_000
MAP_WIDTH: Final = 600
MAP_MARGIN: Final = 4
FILE_LIMIT: Final = 30_000_000
POINTS_LIMIT: Final = 200_000
_LEAST_POINTS: Final = 3

Point = tuple[int, int]
Ring = list[Point]


class BoundariesRefused(Exception):
    """The file can not be read as areas of units; the message says why. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Area:
    """One feature of the file: official code, rings (scaled degrees: longitude, latitude), a point known to lie inside."""

    code: str
    rings: list[Ring]
    inside: Point | None = None


def _scaled(raw: Any) -> Point:
    lon, lat = float(raw[0]), float(raw[1])
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):  # noqa: PLR2004 - degrees
        raise ValueError(raw)
    return round(lon * SCALE), round(lat * SCALE)


def _ring(raw: Any) -> Ring:
    points = [_scaled(point) for point in raw]
    kept = points[:1] + [point for before, point in pairwise(points) if point != before]
    # The last point repeats the first: the ring closes by itself.
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


def _area(feature: Any) -> Area:
    properties, geometry = feature["properties"], feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rings = [ring for polygon in polygons for raw in polygon if len(ring := _ring(raw)) >= _LEAST_POINTS]
    inside = _scaled((properties["lon"], properties["lat"])) if {"lon", "lat"} <= set(properties) else None
    return Area(str(properties["code"]), rings, inside)


def read_areas(path: Path) -> list[Area]:
    """The areas of a GeoJSON file (FeatureCollection of polygons with a ``code``); raises BoundariesRefused."""
    try:
        if path.stat().st_size > FILE_LIMIT:
            raise BoundariesRefused(_("Tệp lớn hơn %(limit)d MB.") % {"limit": FILE_LIMIT // 1_000_000})
        areas = [_area(feature) for feature in json.loads(path.read_text(encoding="utf-8"))["features"]]
    except OSError as error:
        raise BoundariesRefused(f"{path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise BoundariesRefused(
            _("Tệp không phải GeoJSON gồm các vùng có mã (code): %(error)r") % {"error": error}
        ) from error
    if sum(len(ring) for area in areas for ring in area.rings) > POINTS_LIMIT:
        raise BoundariesRefused(_("Ranh giới quá chi tiết: hơn %(limit)d điểm.") % {"limit": POINTS_LIMIT})
    return areas


def steps(ring: Ring) -> list[int]:
    """A ring as it is kept and served: first point, then steps."""
    found = [*ring[0]]
    for (from_x, from_y), (to_x, to_y) in pairwise(ring):
        found += (to_x - from_x, to_y - from_y)
    return found


def ring_of(kept: list[int]) -> Ring:
    """What ``steps`` made."""
    x = y = 0
    ring: Ring = []
    for step_x, step_y in zip(kept[::2], kept[1::2], strict=True):
        x, y = x + step_x, y + step_y
        ring.append((x, y))
    return ring


def holds(rings: Iterable[Ring], point: Point) -> bool:
    """Whether the point lies inside: a line from it to the right crosses the rings an odd number of times."""
    x, y = point
    crossings = 0
    for ring in rings:
        for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                crossings += 1
    return crossings % 2 == 1


@dataclass(frozen=True, slots=True)
class MapScale:
    """How scaled degrees become user units of the outline map: x to the right, y down, areas undistorted at their middle."""

    left: int
    top: int
    across: float
    down: float
    height: int

    @property
    def view_box(self) -> str:
        """The map's box, kept as the province's ``boundary`` (units.mapping)."""
        return f"0 0 {MAP_WIDTH} {self.height}"

    def path(self, rings: Iterable[Ring]) -> str:
        """SVG path data of whole numbers; points that fall together are one."""
        return "".join(
            f"M{' '.join(points)}Z" for ring in rings if len(points := list(self._points(ring))) >= _LEAST_POINTS
        )

    def _points(self, ring: Ring) -> Iterator[str]:
        last = ""
        for x, y in ring:
            point = (
                f"{round((x - self.left) * self.across + MAP_MARGIN)},{round((self.top - y) * self.down + MAP_MARGIN)}"
            )
            if point != last:
                yield point
            last = point


def map_scale(areas: Iterable[Area]) -> MapScale:
    """The scale at which all areas fill the map's width; raises BoundariesRefused where there are none."""
    points = [point for area in areas for ring in area.rings for point in ring]
    if not points:
        raise BoundariesRefused(_("Tệp không có vùng nào."))
    left, right = min(x for x, _y in points), max(x for x, _y in points)
    bottom, top = min(y for _x, y in points), max(y for _x, y in points)
    across = (MAP_WIDTH - 2 * MAP_MARGIN) / max(1, right - left)
    down = across / math.cos(math.radians((top + bottom) / 2 / SCALE))
    return MapScale(left, top, across, down, math.ceil((top - bottom) * down) + 2 * MAP_MARGIN)
