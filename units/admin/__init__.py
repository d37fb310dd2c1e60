"""The units room in the administration."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.admin_base import person_at
from units.admin.registry import DomainAdmin, UnitAdmin, UnitSuccessionAdmin, UserAdmin
from units.admin.site import MembershipAdmin, SiteAdmin, SiteLinkAdmin
from units.enums import Role
from units.models import Membership

__all__ = [
    "DomainAdmin",
    "MembershipAdmin",
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
    role = Membership.objects.role_of(person.pk)
    return str(Role(role).label) if role else ""


AUDIT_WORDS = {
    "unit.create": gettext_lazy("Tạo đơn vị"),
    "unit.update": gettext_lazy("Sửa đơn vị"),
    "unit.close": gettext_lazy("Kết thúc đơn vị"),
    "unit.succeed": gettext_lazy("Nhận việc của đơn vị cũ"),
    "site.update": gettext_lazy("Sửa thông tin trang"),
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
