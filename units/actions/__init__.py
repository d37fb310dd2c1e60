"""Business verbs of the units room: each atomic, each leaving an audit row."""

from units.actions.importing import ImportReport, import_units
from units.actions.members import change_role, grant_membership, revoke_membership, save_person
from units.actions.sites import delete_site_link, save_site, save_site_link
from units.actions.units import (
    close_unit,
    create_unit,
    default_host,
    link_successor,
    rename_unit,
    save_domain,
    save_succession,
)

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
    "rename_unit",
    "revoke_membership",
    "save_domain",
    "save_person",
    "save_site",
    "save_site_link",
    "save_succession",
]
