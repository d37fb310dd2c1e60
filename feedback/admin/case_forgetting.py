"""The proof that contact data of senders were deleted: which rule, how many, which codes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from feedback.models import CaseForgetting
from portal.core.admin_base import TenantAdmin
from portal.core.letter_codes import code_words
from portal.core.templatetags.portal_text import date_full


@admin.register(CaseForgetting)
class CaseForgettingAdmin(TenantAdmin):
    """Nobody can change it."""

    purpose = gettext_lazy(
        "Mỗi dòng là một lần hệ thống xóa tên, điện thoại, thư của người gửi khi hết thời hạn lưu. Đưa cho đoàn kiểm tra "
        "khi được hỏi."
    )
    list_display = ("day", "kind", "number", "keep_days", "rule")
    list_filter = ("kind",)
    date_hierarchy = "at"
    fields = ("day", "kind", "number", "keep_days", "rule", "code_list")

    @admin.display(description=gettext_lazy("ngày xóa"), ordering="at")
    def day(self, row: CaseForgetting) -> str:
        """As official documents write it."""
        return date_full(row.at)

    @admin.display(description=gettext_lazy("mã phản ánh, câu hỏi, yêu cầu"))
    def code_list(self, row: CaseForgetting) -> str:
        """All codes, so that each can be looked up."""
        return ", ".join(code_words(code) for code in row.codes)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The clock writes them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False
