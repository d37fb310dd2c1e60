"""The royalty screens in the menu, on “Việc hôm nay” and in the audit trail's words."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy

from news.admin.royalty_sheets import RoyaltySheetAdmin
from news.admin.royalty_tables import ContributorAdmin, RoyaltyFactorAdmin, RoyaltyTableAdmin

__all__ = ["ContributorAdmin", "RoyaltyFactorAdmin", "RoyaltySheetAdmin", "RoyaltyTableAdmin"]

AUDIT_WORDS = {
    "royalty.set": gettext_lazy("Chấm nhuận bút"),
    "royalty.open": gettext_lazy("Mở bảng nhuận bút"),
    "royalty.compute": gettext_lazy("Tính bảng nhuận bút"),
    "royalty.check": gettext_lazy("Kiểm tra bảng nhuận bút"),
    "royalty.lock": gettext_lazy("Khóa bảng nhuận bút"),
    "royalty.reopen": gettext_lazy("Mở lại bảng nhuận bút"),
    "royalty.paid": gettext_lazy("Ghi ngày trả nhuận bút"),
    "contributor.save": gettext_lazy("Lưu người viết"),
    "contributor.delete": gettext_lazy("Xóa người viết"),
    "royaltytable.template": gettext_lazy("Lấy bảng mẫu nhuận bút"),
    "royaltytable.copy": gettext_lazy("Sao bảng mức nhuận bút"),
    "royaltytable.save": gettext_lazy("Sửa bảng mức nhuận bút"),
    "royaltytable.confirm": gettext_lazy("Ban hành bảng mức nhuận bút"),
    "royaltytable.end": gettext_lazy("Kết thúc bảng mức nhuận bút"),
    "royaltytable.withdraw": gettext_lazy("Đưa bảng mức về bản nháp"),
    "royaltytable.delete": gettext_lazy("Xóa bảng mức nhuận bút"),
    "royaltyfactor.save": gettext_lazy("Lưu tỷ lệ nhuận bút của đơn vị"),
    "royaltyfactor.delete": gettext_lazy("Xóa tỷ lệ nhuận bút của đơn vị"),
}

SITE: Any = admin.site  # PortalAdminSite
SITE.audit_words.update(AUDIT_WORDS)
