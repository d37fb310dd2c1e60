"""What each role may do in the services room; the catalogue's own words only on the province's site (services.admin)."""

from typing import Final

from units.enums import Role

_READ: Final = frozenset(
    {
        *("services.view_procedure", "services.view_localanswer", "services.view_counter", "services.view_localfee"),
        *("services.view_lifeevent", "services.view_mistakereport", "services.view_satisfactionanswer"),
    }
)
_EDIT: Final = _READ | {
    *("services.add_localanswer", "services.change_localanswer", "services.delete_localanswer"),
    *("services.add_counter", "services.change_counter", "services.change_mistakereport"),
    *("services.add_localfee", "services.change_localfee"),
    *("services.change_procedure", "services.add_lifeevent", "services.change_lifeevent"),
}
_ADMIN: Final = _EDIT | {
    *("services.delete_counter", "services.delete_localfee", "services.delete_lifeevent"),
    *("services.view_dossierfeed", "services.add_dossierfeed", "services.change_dossierfeed"),
    *("services.delete_dossierfeed", "services.view_cataloguerun", "services.add_cataloguerun"),
}
ROLE_PERMISSIONS: Final[dict[Role, frozenset[str]]] = {
    Role.AUTHOR: _READ,
    Role.EDITOR: _EDIT,
    Role.APPROVER: _EDIT,
    Role.UNIT_ADMIN: _ADMIN,
}
