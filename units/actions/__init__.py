"""Business verbs of the units room: each atomic, each leaving an audit row."""

from units.actions.importing import ImportReport, import_units
from units.actions.members import change_role, grant_membership, revoke_membership
from units.actions.sites import delete_site_link, save_site, save_site_link
from units.actions.units import close_unit, create_unit, default_host, link_successor

__all__ = [
    "ImportReport",
    "change_role",
    "close_unit",
    "create_unit",
    "default_host",
    "delete_site_link",
    "grant_membership",
    "import_units",
    "link_successor",
    "revoke_membership",
    "save_site",
    "save_site_link",
]
