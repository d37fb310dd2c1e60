"""What units add to the catalogue, in tests: counters, answers, fees, and where the communes lie."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.core.tenancy import unit_scope
from services.actions.local import save_answer, save_counter, save_fee
from services.models import Counter, LocalAnswer, LocalFee, Procedure
from tests.factories.cast import Cast, House
from units.actions import create_unit, keep_rings, link_successor
from units.boundaries import steps
from units.enums import Extent, UnitKind
from units.models import Unit

NEW_YEAR = date(2027, 1, 1)


def counter_at(house: House, name: str = "Trung tâm một cửa", **more: Any) -> Counter:
    """A counter whose every word carries the house's mark."""
    words = f"{house.marker} {house.word}"
    columns = {"address": f"Số 2 {words}", "hours": f"Sáng 7:30 – 11:30 {words}", "phone": "0234 300 0001", **more}
    with unit_scope(house.unit):
        return save_counter(counter=Counter(name=f"{name} {words}", **columns))


def answer_at(house: House, procedure: Procedure | None = None, **more: Any) -> LocalAnswer:
    """The house's own words on a procedure (or on ``field``)."""
    words = f"{house.marker} {house.word}"
    columns = {"officer_post": f"Công chức tư pháp {words}", "notes": f"Mang bản gốc {words}", **more}
    with unit_scope(house.unit):
        return save_answer(answer=LocalAnswer(procedure=procedure, **columns))


def fee_at(
    unit: Unit, procedure: Procedure, amount: int, since: date, until: date | None = None, **more: Any
) -> LocalFee:
    """A fee of the unit from a day on."""
    columns = {"resolution": f"01/{since.year}/NQ-HĐND", "valid_from": since, "valid_to": until, **more}
    with unit_scope(unit):
        return save_fee(fee=LocalFee(procedure=procedure, amount=amount, **columns))


def old_unit(
    cast: Cast, name: str, successors: list[Unit], *, code: str, above: str = "", extent: Extent = Extent.FULL
) -> Unit:
    """A unit of before July 2025 in a district of that name, and who took over from it."""
    parent = cast.province
    if above:
        parent = Unit.objects.filter(name=above).first() or create_unit(
            code=f"d{code}", valid_from=date(2025, 1, 1), valid_to=date(2025, 6, 30), kind=UnitKind.DISTRICT,
            type_name="Huyện", name=above, parent=cast.province,
        )  # fmt: skip
    old = create_unit(
        code=code, valid_from=date(2025, 1, 1), valid_to=date(2025, 6, 30), kind=UnitKind.COMMUNE,
        type_name=name.split(maxsplit=1)[0], name=name, parent=parent,
    )  # fmt: skip
    for successor in successors:
        link_successor(predecessor=old, successor=successor, extent=extent)
    return old


def lay_out(cast: Cast) -> None:
    """Thuận An is the square 107.60–107.64 °E, 16.50–16.54 °N; Phú Vinh touches it in the east."""
    for unit, left in ((cast.a.unit, 1_076_000), (cast.b.unit, 1_076_400)):
        right = left + 400
        keep_rings(unit=unit, rings=[steps([(left, 165_000), (right, 165_000), (right, 165_400), (left, 165_400)])])
