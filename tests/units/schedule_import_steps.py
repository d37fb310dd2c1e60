"""Steps that the stories of importing a week share."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.core.tenancy import unit_scope
from tests.factories.cast import House
from tests.factories.schedule_layouts import LAYOUTS
from units.enums import Role
from units.models import ScheduleEntry, ScheduleImport

ADD = "/quan-tri/units/scheduleimport/add/"
LIST = "/quan-tri/units/scheduleimport/"


def client_of(house: House, role: Role = Role.EDITOR) -> Client:
    client = Client(headers={"host": house.host})
    client.force_login(house.people[role])
    return client


def layout(name: str) -> bytes:
    return next(one.build() for one in LAYOUTS if one.name == name)


def send(client: Client, content: bytes, name: str = "lich.docx", week: str = "2026-W48", **more: str) -> Any:
    data = {"file": SimpleUploadedFile(name, content), "week": week, "visibility": "PUBLIC", **more}
    return client.post(ADD, data)


def entries_of(house: House) -> list[ScheduleEntry]:
    with unit_scope(house.unit):
        return list(ScheduleEntry.objects.with_people().in_order())


def row_of(house: House) -> ScheduleImport:
    with unit_scope(house.unit):
        return ScheduleImport.objects.select_related("week").get()


def line_of(row: ScheduleImport, number: int) -> dict[str, Any]:
    line: dict[str, Any] = row.lines["lines"][number - 1]
    return line


def fields_of(page: Any) -> dict[str, str]:
    """What a browser would send of the preview as it stands."""
    form = page.context["form"]
    sent = {}
    for bound in form:
        value = bound.value()
        if bound.name.endswith("-use"):
            if value:
                sent[bound.html_name] = "on"
        else:
            sent[bound.html_name] = "" if value is None else str(value)
    return sent


def open_preview(client: Client, row: ScheduleImport, query: str = "") -> Any:
    return client.get(f"{LIST}{row.pk}/change/{query}")
