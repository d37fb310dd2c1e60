"""A clerk at the week's grid, without a browser: reading it, sending lines, what was written."""

from __future__ import annotations

from typing import Any

from django.test import Client

from portal.core.tenancy import unit_scope
from tests.factories.cast import House
from units.enums import Role
from units.models import ScheduleEntry

GRID = "/quan-tri/units/scheduleentry/tuan/2026/W48/"
JSON = {"accept": "application/json"}


def seat(house: House, role: Role = Role.EDITOR) -> Client:
    client = Client()
    client.force_login(house.people[role])
    return client


def read(house: House, path: str = GRID, role: Role = Role.EDITOR, **more: Any) -> Any:
    return seat(house, role).get(path, headers={"host": house.host}, **more)


def send(
    house: House, data: dict[str, Any], path: str = GRID, role: Role = Role.EDITOR, *, as_script: bool = False
) -> Any:
    whole = {"day": "2026-11-23", "title": "Họp giao ban", "time": "8h", **data} if path == GRID else data
    return seat(house, role).post(path, whole, headers={"host": house.host, **(JSON if as_script else {})})


def entries(house: House) -> list[ScheduleEntry]:
    with unit_scope(house.unit):
        return list(ScheduleEntry.objects.select_related("room", "chair").order_by("pk"))


def only(house: House) -> ScheduleEntry:
    found = entries(house)
    assert len(found) == 1
    return found[0]


def text_of(response: Any) -> str:
    return str(response.content.decode())
