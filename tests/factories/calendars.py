"""Secret calendar addresses of the cast."""

from __future__ import annotations

from portal.core.tenancy import unit_scope
from tests.factories.cast import House
from tests.factories.schedule import leader_of
from units.actions.calendars import make_address, token_of


def secret_path(house: House) -> str:
    """The live secret address of the house's leader."""
    leader = leader_of(house)
    with unit_scope(house.unit):
        return f"/lich-cong-tac/rieng/{token_of(make_address(person=leader, actor=house.admin))}/lich.ics"


def leader_calendar_path(house: House) -> str:
    """The public feed of the house's leader."""
    leader = leader_of(house)
    # The words before the key are not looked at, and would stand in the 404 page.
    return f"/lich-cong-tac/cua/lanh-dao-{leader.pk}/lich.ics"
