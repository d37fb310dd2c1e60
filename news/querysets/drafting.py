"""Reads around a text while somebody writes."""

from typing import TYPE_CHECKING

from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from news.models import DraftAutosave, EditingSession, PreviewLink


class AutosaveQuerySet(TenantQuerySet["DraftAutosave"]):
    """Unsaved words."""


class SessionQuerySet(TenantQuerySet["EditingSession"]):
    """Who has what open."""


class PreviewLinkQuerySet(TenantQuerySet["PreviewLink"]):
    """Addresses for looking without an account."""
