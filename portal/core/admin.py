"""Admin screens of the kernel: the audit trail, read only."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import admin as auth_admin  # noqa: F401 - registers Group, so that it can be taken out again
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.admin_base import TenantAdmin
from portal.core.models import AuditEntry
from portal.core.templatetags.portal_text import date_full


class VerbFilter(admin.SimpleListFilter):
    """By what was done, in words."""

    title = _("việc")
    parameter_name = "viec"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """All verbs that rooms have named."""
        return list(model_admin.admin_site.audit_words.items())

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Rows of the chosen verb."""
        return queryset.filter(verb=self.value()) if self.value() else queryset


# Rights come from Membership alone (units.permissions); a screen for groups would promise what they do not do.
admin.site.unregister(Group)


@admin.register(AuditEntry)
class AuditEntryAdmin(TenantAdmin):
    """Who did what on this unit's site; nobody can change it here."""

    purpose = _("Ai đã làm gì trên trang này. Nhật ký chỉ để xem, không ai sửa được.")
    list_display = ("moment", "who", "what", "target_name")
    list_filter = (VerbFilter,)
    list_display_links = None
    search_fields = ("target_name",)
    date_hierarchy = "at"
    list_select_related = ("actor",)
    fields = ("moment", "who", "what", "target_name")

    @admin.display(description=_("lúc"), ordering="at")
    def moment(self, entry: AuditEntry) -> str:
        """Time, then day."""
        return f"{timezone.localtime(entry.at):%H:%M}, {date_full(entry.at)}"

    @admin.display(description=_("người làm"), ordering="actor")
    def who(self, entry: AuditEntry) -> str:
        """The person, or the system itself."""
        return str(entry.actor or _("Hệ thống"))

    @admin.display(description=_("việc"), ordering="verb")
    def what(self, entry: AuditEntry) -> str:
        """The verb in words."""
        site: Any = self.admin_site
        return str(site.audit_words.get(entry.verb, entry.verb))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False
