"""Disclosures of the cast, with each house's marks in every text."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from news.actions.disclosure import publish_disclosure, save_disclosure
from news.models import DisclosureDuty, DisclosureEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import House
from units.enums import Role

QUARTERS = "danh-muc-quy"
BUDGET = "ngan-sach-xa-thuc-hien"
PLAN = "xa-01-ke-hoach"
EVENT = "xa-03-du-an"
STANDING = "xa-12-phi"


_PERIODS = {QUARTERS: "QUARTER", BUDGET: "YEAR_TO_DATE", PLAN: "YEAR", EVENT: "EVENT", STANDING: "STANDING"}


def duty_of(code: str) -> DisclosureDuty:
    """The newest dated row of a seeded duty; made where a test has emptied the tables."""
    duty = DisclosureDuty.objects.filter(code=code).order_by("-valid_from").first()
    return duty or make_duty(code, period=_PERIODS[code])


def make_duty(code: str, **more: Any) -> DisclosureDuty:
    """A duty of one's own: every quarter, within five working days, by every unit, unless said otherwise."""
    values: dict[str, Any] = {
        "group": "BUDGET", "title": f"Nội dung {code}", "period": "QUARTER", "due_days": 5, "in_working_days": True,
        "due_from": "PERIOD_END", "valid_from": date(2024, 1, 1), "source": "Luật thử Điều 1", "kinds": [],
    }  # fmt: skip
    return DisclosureDuty.objects.create(code=code, **{**values, **more})


def make_entry(
    house: House, code: str = BUDGET, *, at: datetime | None = None, draft: bool = False, **more: Any
) -> DisclosureEntry:
    """An entry with the house's words, published ``at`` unless it is a draft."""
    words = f"{house.marker} {house.word}"
    values: dict[str, Any] = {
        "title": f"Công khai {words}", "signer": f"Người ký {words}", "body": f"<p>Số liệu {words}</p>", **more,
    }  # fmt: skip
    with unit_scope(house.unit):
        entry = save_disclosure(entry=DisclosureEntry(duty=duty_of(code), **values), actor=house.admin)
        if not draft:
            approver = house.people[Role.APPROVER]
            publish_disclosure(entry=entry, actor=approver, secrecy_checked=True, at=at)
        return entry


def entry_of(house: House) -> DisclosureEntry:
    """The house's published entry, made when it is asked for first."""
    with unit_scope(house.unit):
        known = DisclosureEntry.objects.published().select_related("duty").first()
    return known or make_entry(house, year=2026, part=3)
