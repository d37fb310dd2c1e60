"""The units room in the administration."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.admin_base import person_at
from portal.core.admin_site import MenuItem
from units.admin import (  # noqa: F401 - they register
    calendars,
    people,
    reception,
    reception_panel,
    schedule,
    schedule_desk,
    schedule_import,
    schedule_panel,
    schedule_screens,
    schedule_series,
)
from units.admin.alerts import AlertAdmin
from units.admin.redirects import RedirectAdmin
from units.admin.registry import DomainAdmin, UnitAdmin, UnitSuccessionAdmin, UserAdmin
from units.admin.site import MembershipAdmin, SiteAdmin, SiteLinkAdmin
from units.enums import Role
from units.permissions import role_here

__all__ = [
    "AlertAdmin",
    "DomainAdmin",
    "MembershipAdmin",
    "RedirectAdmin",
    "SiteAdmin",
    "SiteLinkAdmin",
    "UnitAdmin",
    "UnitSuccessionAdmin",
    "UserAdmin",
]


def role_label(request: HttpRequest) -> str:
    """The person's role on this unit's site, in words."""
    person = person_at(request)
    if person.is_operator:
        return _("Quản trị hệ thống")
    role = role_here(person)
    return str(Role(role).label) if role else ""


AUDIT_WORDS = {
    "unit.create": gettext_lazy("Tạo đơn vị"),
    "unit.update": gettext_lazy("Sửa đơn vị"),
    "unit.boundaries": gettext_lazy("Nạp ranh giới các phường, xã"),
    "unit.close": gettext_lazy("Kết thúc đơn vị"),
    "unit.succeed": gettext_lazy("Nhận việc của đơn vị cũ"),
    "alert.set": gettext_lazy("Đặt tin khẩn"),
    "alert.change": gettext_lazy("Sửa tin khẩn"),
    "alert.end": gettext_lazy("Ẩn tin khẩn"),
    "site.update": gettext_lazy("Sửa thông tin trang"),
    "redirect.save": gettext_lazy("Ghi địa chỉ cũ"),
    "redirect.load": gettext_lazy("Nạp bảng địa chỉ cũ"),
    "redirect.delete": gettext_lazy("Xóa địa chỉ cũ"),
    "sitelink.save": gettext_lazy("Lưu liên kết"),
    "sitelink.delete": gettext_lazy("Xóa liên kết"),
    "membership.grant": gettext_lazy("Giao vai trò"),
    "membership.change": gettext_lazy("Đổi vai trò"),
    "membership.revoke": gettext_lazy("Thôi vai trò"),
    "unit.rename": gettext_lazy("Đổi tên đơn vị"),
    "domain.save": gettext_lazy("Lưu tên miền"),
    "person.save": gettext_lazy("Sửa tài khoản"),
    "person.reset": gettext_lazy("Cấp mật khẩu mới"),
}
admin.site.audit_words.update(AUDIT_WORDS)  # type: ignore[attr-defined]  # PortalAdminSite's
admin.site.role_label = role_label  # type: ignore[attr-defined]  # likewise
SITE: Any = admin.site  # PortalAdminSite
SITE.add_to_menu(
    "care",
    MenuItem(
        gettext_lazy("Tin khẩn"), "admin:units_alert_changelist", "megaphone", "units.view_alert", "units.alert", 10
    ),
    MenuItem(
        gettext_lazy("Địa chỉ cũ"),
        "admin:units_redirect_changelist",
        "undo-2",
        "units.view_redirect",
        "units.redirect",
        60,
    ),
)
SITE.add_to_menu(
    "site",
    MenuItem(
        gettext_lazy("Thông tin đơn vị"), "admin:units_site_changelist", "settings", "units.view_site", "units.site", 10
    ),
    MenuItem(
        gettext_lazy("Liên kết website"),
        "admin:units_sitelink_changelist",
        "link",
        "units.view_sitelink",
        "units.sitelink",
        20,
    ),
    MenuItem(
        gettext_lazy("Ban biên tập"),
        "admin:units_membership_changelist",
        "users",
        "units.view_membership",
        "units.membership",
        30,
    ),
    MenuItem(
        gettext_lazy("Nhật ký"),
        "admin:core_auditentry_changelist",
        "history",
        "core.view_auditentry",
        "core.auditentry",
        90,
    ),
)
SITE.add_to_menu(
    "system",
    MenuItem(gettext_lazy("Đơn vị"), "admin:units_unit_changelist", "building-2", "", "units.unit", 10),
    MenuItem(gettext_lazy("Tên miền"), "admin:units_domain_changelist", "globe", "", "units.domain", 20),
    MenuItem(gettext_lazy("Tài khoản"), "admin:core_user_changelist", "user", "", "core.user", 30),
    MenuItem(
        gettext_lazy("Kế thừa"), "admin:units_unitsuccession_changelist", "list-tree", "", "units.unitsuccession", 40
    ),
)
