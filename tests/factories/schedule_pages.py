"""Addresses of the schedule's pages, with rows of the house to show there."""

from __future__ import annotations

from portal.core.tenancy import unit_scope
from tests.factories.cast import House
from tests.factories.schedule import leader_of, week_of
from units.models import Person

WEEK = "/lich-cong-tac/2026/W48/"


def schedule_path(house: House, path: str = WEEK) -> str:
    """An address that every unit has, with a published week to show there."""
    week_of(house)
    return path


def leader_path(house: House) -> str:
    """The schedule of the house's leader in that week."""
    week_of(house)
    person = leader_of(house)
    with unit_scope(house.unit):
        # An address is repeated on the page that says there is nothing: it must not carry the house's marks itself.
        Person.objects.filter(pk=person.pk).update(slug="chu-tich")
    return f"/lich-cong-tac/cua/chu-tich-{person.pk}/?tuan=2026-W48"


SCHEDULE_PAGES = (
    *("schedule", "schedule week", "schedule reception", "schedule leader", "schedule day", "schedule month"),
    *("schedule archive", "schedule print", "schedule print leaders", "schedule board", "schedule empty"),
)
CACHED_SCHEDULE = (
    *("schedule", "schedule week", "schedule day", "schedule month", "schedule archive", "schedule print"),
    "schedule empty",
)


def schedule_paths(house: House) -> dict[str, str]:
    """Every page type of the schedule, by a name for reports."""
    return {
        "schedule": "/lich-cong-tac/",
        "schedule week": schedule_path(house),
        "schedule reception": f"{WEEK}?loc=tiep-cong-dan",
        "schedule leader": leader_path(house),
        "schedule day": "/lich-cong-tac/ngay/2026/11/23/",
        "schedule month": "/lich-cong-tac/thang/2026/11/",
        "schedule archive": "/lich-cong-tac/luu-tru/",
        "schedule print": f"{WEEK}in/",
        "schedule print leaders": f"{WEEK}in/?kieu=lanh-dao",
        "schedule board": "/lich-cong-tac/bang/",
        "schedule empty": "/lich-cong-tac/2026/W52/",
    }
