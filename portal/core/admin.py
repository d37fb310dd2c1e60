"""Admin screens of the kernel: the audit trail, read only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal.core.admin_base import TenantAdmin
from portal.core.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(TenantAdmin):
    """Who did what on this unit's site; nobody can change it here."""

    list_display = ("at", "actor", "verb", "target_name")
    list_filter = ("verb",)
    date_hierarchy = "at"
    list_select_related = ("actor",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False
