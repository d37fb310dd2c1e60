"""Reads of the media library."""

from typing import TYPE_CHECKING

from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from news.models import Picture


class PictureQuerySet(TenantQuerySet["Picture"]):
    """Pictures of a unit."""
