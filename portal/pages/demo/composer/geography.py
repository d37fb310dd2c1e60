"""The map and geography page of a commune."""

from __future__ import annotations

from portal.pages.demo.sites import profile
from portal.pages.demo.units_facts import UnitFacts, all_units
from portal.pages.demo.wording import choose, listed, number

from .draft import paragraphs


def neighbours(unit: UnitFacts) -> list[UnitFacts]:
    """Communes of today that share a border with `unit`."""
    return [item for item in all_units() if item.code in unit.near and item.kind == unit.kind and item.valid_to is None]


def _rank(unit: UnitFacts) -> int:
    same = [item for item in all_units() if item.kind == unit.kind and item.valid_to is None]
    return 1 + sum((item.area or 0) > (unit.area or 0) for item in same)


def map_page(unit: UnitFacts) -> str:
    """Area, position, borders, ground and roads of a commune, in one of four orders."""
    facts = profile(unit)
    near = listed([item.low for item in neighbours(unit)])
    where = choose(
        (f"Tâm {unit.low} cách Ngọ Môn {number(unit.km)} km đường chim bay, về hướng {unit.heading}.",
         f"{unit.name} ở phía {unit.heading} thành phố; từ Ngọ Môn tới giữa địa bàn là {number(unit.km)} km tính thẳng.",
         f"Lấy Ngọ Môn làm gốc, {unit.low} nằm về hướng {unit.heading}, khoảng {number(unit.km)} km."), unit.slug, "where")  # fmt: skip
    size = choose(
        (f"Diện tích {number(unit.area or 0)} km², đứng thứ {_rank(unit)} trong 40 phường, xã.",
         f"Với {number(unit.area or 0)} km², {unit.low} xếp thứ {_rank(unit)} về diện tích trong 40 phường, xã.",
         f"{unit.name} rộng {number(unit.area or 0)} km² (thứ {_rank(unit)} trên 40)."), unit.slug, "size")  # fmt: skip
    border = f"Giáp ranh: {near}."
    point = f"Tọa độ giữa địa bàn: {number(unit.lat or 0)}° vĩ bắc, {number(unit.lon or 0)}° kinh đông."
    land, road = facts["land"], facts["road"]
    return choose(
        (paragraphs(where, size, f"## Đất và nước\n\n{land}", f"## Đường đi\n\n{road}", f"## Giáp ranh\n\n{border}", point),
         paragraphs(road, where, f"## Địa hình\n\n{land}", f"## Diện tích và ranh giới\n\n{size}\n\n{border}", point),
         paragraphs(size, border, f"## Vị trí\n\n{where}\n\n{point}", f"## Đến {unit.bare} bằng đường nào\n\n{road}", land),
         paragraphs(land, f"## Trên bản đồ\n\n{where}\n\n{border}", f"## Đường\n\n{road}", size, point)),
        unit.slug, "order")  # fmt: skip
