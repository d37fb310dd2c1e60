"""Life events in the administration: one menu for all sites, kept on the province's, readable everywhere."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from portal.core.admin_base import TenantAdmin, person_at
from portal.core.admin_site import MenuItem
from portal.core.models import User
from portal.core.templatetags.portal_text import icon
from services.actions.menu import delete_life_event, save_life_event
from services.forms.menu import LifeEventForm
from services.models import LifeEvent
from units.enums import UnitKind
from units.middleware import unit_of


def keeps_the_menu(request: HttpRequest) -> bool:
    """Operators anywhere, members on the province's site: what all sites show alike is not a commune's to change."""
    user = request.user
    return isinstance(user, User) and (user.is_operator or unit_of(request).kind == UnitKind.PROVINCE)


@admin.register(LifeEvent)
class LifeEventAdmin(TenantAdmin):
    """The events of a life or a business."""

    form = LifeEventForm
    purpose = gettext_lazy(
        "Việc trong đời hiện ở trang Dịch vụ công của mọi đơn vị. Tỉnh, thành phố sửa; nơi khác chỉ xem."
    )
    add_label = gettext_lazy("Thêm việc")
    change_form_template = "admin/services/lifeevent/change_form.html"
    list_display = ("name", "picture", "audience", "number_words", "order")
    list_filter: ClassVar = ["audience"]
    search_fields = ("name", "summary")
    ordering: ClassVar = ["-audience", "order", "pk"]
    fieldsets = (
        (None, {"fields": ("name", "summary", "intro", "audience", "order")}),
        (gettext_lazy("Thủ tục"), {"fields": ("entries",)}),
        (gettext_lazy("Hình"), {"fields": ("icon",)}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the number of procedures."""
        return super().get_queryset(request).annotate(number=Count("entries"))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who may only look sees the words and, instead of the controls, the list."""
        if self.has_change_permission(request, obj):
            return self.fieldsets
        return ((None, {"fields": ("name", "summary", "intro", "audience", "order", "entry_list")}),)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The list, for those who may only look."""
        return () if self.has_change_permission(request, obj) else ("entry_list",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Where the menu is kept."""
        return keeps_the_menu(request) and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Where the menu is kept."""
        return keeps_the_menu(request) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Where the menu is kept."""
        return keeps_the_menu(request) and super().has_delete_permission(request, obj)

    @admin.display(description=gettext_lazy("Hình"))
    def picture(self, event: LifeEvent) -> SafeString:
        """The icon; its name stands beside it in the row."""
        return icon(event.icon)

    @admin.display(description=gettext_lazy("Số thủ tục"))
    def number_words(self, event: Any) -> str:
        """How many procedures."""
        return str(event.number)

    @admin.display(description=gettext_lazy("Thủ tục"))
    def entry_list(self, event: LifeEvent) -> SafeString:
        """Codes, names and notes, in order."""
        rows = [
            format_html("{} {}{}", row.procedure.code, row.procedure.short_name, f" ({row.note})" if row.note else "")
            for row in event.entries.all().of_event(event)
        ]
        return format_html("{}" + "<br>{}" * (len(rows) - 1), *rows) if rows else format_html("–")

    def save_model(self, request: HttpRequest, obj: LifeEvent, form: Any, change: bool) -> None:
        """Save through the action."""
        save_life_event(event=obj, entries=form.cleaned_data["entries"], actor=person_at(request))

    def delete_model(self, request: HttpRequest, obj: LifeEvent) -> None:
        """Delete through the action."""
        delete_life_event(event=obj, actor=person_at(request))


def register(site: Any) -> None:
    """Menu and words; called by the package."""
    site.audit_words.update(
        {
            "menu.arrange": gettext_lazy("Bổ sung menu dịch vụ công"),
            "life_event.save": gettext_lazy("Lưu việc trong đời"),
            "life_event.delete": gettext_lazy("Xóa việc trong đời"),
        }
    )
    site.add_to_menu(
        "services",
        MenuItem(
            gettext_lazy("Việc trong đời"), "admin:services_lifeevent_changelist", "list-tree",
            "services.view_lifeevent", "services.lifeevent", 20,
        ),
    )  # fmt: skip
