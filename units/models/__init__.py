"""Units, the hosts they answer on, the face of their sites, and who works on them."""

from units.models.addresses import QueryShape, Redirect
from units.models.alerts import Alert
from units.models.areas import UnitArea
from units.models.registry import Domain, Unit, UnitSuccession
from units.models.sites import Membership, Site, SiteLink, all_modules

__all__ = [
    "Alert",
    "Domain",
    "Membership",
    "QueryShape",
    "Redirect",
    "Site",
    "SiteLink",
    "Unit",
    "UnitArea",
    "UnitSuccession",
    "all_modules",
]
