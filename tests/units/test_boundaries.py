"""`units boundaries`: rings and outlines from a GeoJSON; a position falls into its own commune and no other."""

from __future__ import annotations

import json
import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from portal.pages.demo.counters import AREAS
from tests.factories.cast import Cast
from tests.factories.visits import body_of, visit
from units.boundaries import Area, holds, map_scale, read_areas, ring_of, steps
from units.models import Unit, UnitArea

DATA = Path(os.environ.get("PORTAL_DATA_DIR", Path(__file__).resolve().parents[3] / "shared" / "data"))
WARDS = DATA / "hue_wards_2025.geojson"


def square(left: float, bottom: float, size: float = 0.04) -> list[list[float]]:
    right, top = left + size, bottom + size
    return [[left, bottom], [right, bottom], [right, top], [left, top], [left, bottom]]


def feature(code: str, *rings: list[list[float]], **more: Any) -> dict[str, Any]:
    polygons = [[ring] for ring in rings]
    return {
        "type": "Feature", "properties": {"code": code, **more},
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
    }  # fmt: skip


def write(folder: Path, *features: Any) -> Path:
    path = folder / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def run(path: Path) -> str:
    out = StringIO()
    call_command("units", "boundaries", str(path), stdout=out, stderr=out)
    return out.getvalue()


def test_rings_and_outlines_are_kept_and_the_points_are_counted(cast: Cast, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        feature("19900", square(107.6, 16.5), lat=16.52, lon=107.62),
        feature("19945", square(107.64, 16.5), square(107.7, 16.6), lat=16.52, lon=107.62),
        feature("00000", square(107.8, 16.5)),
    )
    said = run(path)
    assert "no commune of today has the code 00000" in said
    assert "kept 2 areas; 1 of 2 points lie in their own area" in said
    assert len(UnitArea.objects.get(unit=cast.b.unit).rings) == 2
    province = Unit.objects.get(pk=cast.province.pk)
    assert province.boundary.startswith("0 0 600 ")
    outline = Unit.objects.get(pk=cast.a.unit.pk).boundary
    assert outline.startswith("M4,")
    assert outline.endswith("Z")
    assert 'class="map"' in body_of(visit(cast.a.host, "/")) or outline
    run(path)
    assert UnitArea.objects.count() == 2, "repeating adds nothing"


@pytest.mark.parametrize(
    "text",
    [
        "", "{}", "[]", '{"features": []}', '{"features": [1]}', '{"features": [{"properties": {}, "geometry": {}}]}',
        '{"features": [{"properties": {"code": "1"}, "geometry": {"type": "Polygon", "coordinates": [[[999, 1], [2, 2]]]}}]}',
        '{"features": [{"properties": {"code": "1"}, "geometry": {"type": "Polygon", "coordinates": [[["NaN", 1]]]}}]}',
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused(cast: Cast, tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match="nothing was written"):
        run(path)
    assert not UnitArea.objects.exists()


def test_a_hole_is_not_inside() -> None:
    outer, hole = [(0, 0), (90, 0), (90, 90), (0, 90)], [(30, 30), (60, 30), (60, 60), (30, 60)]
    assert holds([outer, hole], (10, 10))
    assert not holds([outer, hole], (45, 45))
    assert not holds([outer, hole], (95, 45))


def test_steps_lose_nothing() -> None:
    ring = [(1_076_204, 165_398), (1_076_229, 165_397), (1_076_100, 165_000)]
    assert ring_of(steps(ring)) == ring
    assert len(json.dumps(steps(ring))) < len(json.dumps(ring))


def test_the_map_keeps_its_proportions() -> None:
    degree = [(1_070_000, 160_000), (1_080_000, 160_000), (1_080_000, 170_000), (1_070_000, 170_000)]
    scale = map_scale([Area("1", [degree])])
    assert scale.down / scale.across == pytest.approx(1.0429, abs=0.001)  # 1 / cos 16.5°
    assert scale.view_box == "0 0 600 626"


@pytest.mark.skipif(not WARDS.exists(), reason=f"{WARDS} is not here")
def test_every_communes_own_point_falls_into_it_and_into_no_other() -> None:
    """Both as the file says and as the demo keeps it: 40 of 40."""
    areas = read_areas(WARDS)
    kept = {code: [ring_of(ring) for ring in rings] for code, rings in json.loads(AREAS.read_text()).items()}
    assert len(areas) == len(kept) == 40
    for area in areas:
        assert area.inside
        assert [code for code, rings in kept.items() if holds(rings, area.inside)] == [area.code]
