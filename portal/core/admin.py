"""Admin screens of the kernel: the audit trail, read only; the working calendar, for operators."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import admin as auth_admin  # noqa: F401 - registers Group, so that it can be taken out again
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.core.admin_base import PlainAdmin, TenantAdmin, person_at
from portal.core.admin_site import MenuItem
from portal.core.holidays import FRIDAY, delete_holiday, save_holiday, years_without_tet
from portal.core.models import AuditEntry, Holiday
from portal.core.templatetags.portal_text import date_full, date_long


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


class HolidayForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """One exception of the calendar, with where it is written."""

    class Meta:
        model = Holiday
        fields = ("day", "name", "is_worked", "source")
        help_texts = {
            "name": _("Ví dụ: Nghỉ Tết Nguyên đán, Làm việc thay thứ Hai 31/8"),
            "is_worked": _("Đánh dấu cho thứ Bảy, Chủ Nhật phải đi làm."),
            "source": _("Luật, thông báo nào nói vậy"),
        }

    def clean(self) -> dict[str, Any]:
        """A working day that is worked is no exception."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("is_worked") and data.get("day") and data["day"].weekday() <= FRIDAY:
            words = gettext("Ngày này vốn là ngày làm việc. Làm bù chỉ ghi cho thứ Bảy, Chủ Nhật.")
            self.add_error("day", ValidationError(words))
        return data


@admin.register(Holiday)
class HolidayAdmin(PlainAdmin):
    """Days off, and Saturdays worked instead of another day."""

    form = HolidayForm
    purpose = _(
        "Ngày nghỉ lễ, Tết và ngày làm bù của cả hệ thống. Mọi thời hạn tính theo ngày làm việc dùng lịch này; "
        "hạn đăng văn bản được tính lại trong đêm."
    )
    add_label = _("Thêm ngày")
    list_display = ("day_words", "name", "kind", "source")
    list_display_links = ("day_words",)
    list_filter = ("is_worked",)
    search_fields = ("name", "source")
    date_hierarchy = "day"
    list_per_page = 60

    @admin.display(description=_("Ngày"), ordering="day")
    def day_words(self, row: Holiday) -> str:
        """With the day of the week."""
        return date_long(row.day)

    @admin.display(description=_("Là ngày"), ordering="is_worked")
    def kind(self, row: Holiday) -> SafeString:
        """Off or worked, as a word in its colour."""
        words = gettext("Đi làm") if row.is_worked else gettext("Nghỉ")
        return format_html('<span class="tag tag--{}">{}</span>', "draft" if row.is_worked else "published", words)

    def save_model(self, request: HttpRequest, obj: Holiday, form: Any, change: bool) -> None:
        """Save through the action."""
        save_holiday(holiday=obj, actor=person_at(request))

    def delete_model(self, request: HttpRequest, obj: Holiday) -> None:
        """Delete through the action."""
        delete_holiday(holiday=obj, actor=person_at(request))


def calendar_panel(request: HttpRequest) -> dict[str, Any]:
    """For operators: a year whose days off at Tết nobody has written yet."""
    if not person_at(request).is_operator:
        return {}
    years = years_without_tet(timezone.localdate())
    return {"template": "admin/core/calendar_panel.html", "years": years} if years else {}


SITE: Any = admin.site  # PortalAdminSite
SITE.audit_words.update(
    {
        "holiday.save": _("Lưu ngày nghỉ, ngày làm bù"),
        "holiday.delete": _("Xóa ngày nghỉ, ngày làm bù"),
    }
)
SITE.index_panels.append(calendar_panel)
SITE.add_to_menu(
    "system",
    MenuItem(_("Ngày nghỉ, làm bù"), "admin:core_holiday_changelist", "calendar-days", "", "core.holiday", 55),
)
