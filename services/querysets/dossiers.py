"""Reads of dossiers, their feeds and their monthly counts."""

from typing import TYPE_CHECKING

from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from services.models import Dossier, DossierFeed, DossierMonth


class DossierFeedQuerySet(TenantQuerySet["DossierFeed"]):
    """Feeds."""


class DossierQuerySet(TenantQuerySet["Dossier"]):
    """Dossiers."""


class DossierMonthQuerySet(TenantQuerySet["DossierMonth"]):
    """Monthly counts."""
