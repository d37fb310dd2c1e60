"""Business verbs of the units room: each atomic, each leaving an audit row."""

from units.actions.alerts import end_alert, save_alert
from units.actions.boundaries import BoundariesReport, keep_boundaries, keep_rings
from units.actions.importing import ImportReport, import_units
from units.actions.members import change_role, grant_membership, revoke_membership, save_person
from units.actions.redirects import (
    AddressReport,
    check_address,
    delete_redirect,
    follow_address,
    free_address,
    keep_address,
    keep_addresses,
    load_addresses,
    move_address,
    save_redirect,
    unknown_addresses,
)
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
    "AddressReport",
    "BoundariesReport",
    "ImportReport",
    "change_role",
    "check_address",
    "close_unit",
    "create_unit",
    "default_host",
    "delete_redirect",
    "delete_site_link",
    "end_alert",
    "follow_address",
    "free_address",
    "grant_membership",
    "import_units",
    "keep_address",
    "keep_addresses",
    "keep_boundaries",
    "keep_rings",
    "link_successor",
    "load_addresses",
    "move_address",
    "rename_unit",
    "revoke_membership",
    "save_alert",
    "save_domain",
    "save_person",
    "save_redirect",
    "save_site",
    "save_site_link",
    "save_succession",
    "unknown_addresses",
]
