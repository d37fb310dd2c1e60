"""Administration of what must be disclosed at all: rows of the whole province, kept by operators; menu and words."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from news.actions.disclosure_terms import delete_duty, save_duty
from news.forms.disclosure import DisclosureDutyForm
from news.models import DisclosureDuty
from portal.core.admin_base import PlainAdmin, person_at
from portal.core.admin_site import MenuItem
from portal.core.templatetags.portal_text import date_full


@admin.register(DisclosureDuty)
class DisclosureDutyAdmin(PlainAdmin):
    """What must be disclosed, by which law, how often; a new regulation is a new row, the old one gets its last day."""

    form = DisclosureDutyForm
    purpose = gettext_lazy(
        "Đơn vị cấp nào phải công khai gì, theo luật nào, bao lâu một lần, trong mấy ngày. Quy định mới là một dòng mới cùng mã; "
        "dòng cũ ghi ngày hết áp dụng. Hạn của các đơn vị được tính lại trong đêm."
    )
    add_label = gettext_lazy("Thêm nội dung phải công khai")
    list_display = ("title", "period_name", "from_day", "to_day", "source")
    list_filter = ("group", "period")
    search_fields = ("title", "code", "source")
    search_help_text = gettext_lazy("Tìm theo tên, mã, căn cứ")
    ordering = ("order", "code", "-valid_from")

    @admin.display(description=gettext_lazy("Kỳ"), ordering="period")
    def period_name(self, duty: DisclosureDuty) -> str:
        """How often."""
        return duty.get_period_display()

    @admin.display(description=gettext_lazy("Từ ngày"), ordering="valid_from")
    def from_day(self, duty: DisclosureDuty) -> str:
        """As official documents write it."""
        return date_full(duty.valid_from)

    @admin.display(description=gettext_lazy("Đến hết ngày"))
    def to_day(self, duty: DisclosureDuty) -> str:
        """A dash while it has no end."""
        return date_full(duty.valid_to) or "–"

    def save_model(self, request: HttpRequest, obj: DisclosureDuty, form: Any, change: bool) -> None:
        """Save through the action."""
        save_duty(duty=obj, actor=person_at(request))

    def delete_model(self, request: HttpRequest, obj: DisclosureDuty) -> None:
        """Delete through the action, which keeps what has begun."""
        try:
            delete_duty(duty=obj, actor=person_at(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            raise PermissionDenied from error


AUDIT_WORDS = {
    "disclosure.save": gettext_lazy("Lưu mục công khai"),
    "disclosure.publish": gettext_lazy("Công khai một mục"),
    "disclosure.withdraw": gettext_lazy("Gỡ mục công khai"),
    "disclosure.delete": gettext_lazy("Xóa mục công khai nháp"),
    "disclosureduty.save": gettext_lazy("Lưu nội dung phải công khai"),
    "disclosureduty.delete": gettext_lazy("Xóa nội dung phải công khai"),
}
SITE: Any = admin.site  # PortalAdminSite
SITE.audit_words.update(AUDIT_WORDS)
SITE.add_to_menu(
    "people",
    MenuItem(
        gettext_lazy("Việc phải công khai"), "admin:news_disclosureentry_todo", "list", "news.view_disclosureentry",
        "news.disclosuretodo", 60,
    ),
    MenuItem(
        gettext_lazy("Mục công khai"), "admin:news_disclosureentry_changelist", "eye", "news.view_disclosureentry",
        "news.disclosureentry", 61,
    ),
)  # fmt: skip
SITE.add_to_menu(
    "system",
    MenuItem(
        gettext_lazy("Nội dung phải công khai"), "admin:news_disclosureduty_changelist", "list", "", "news.disclosureduty",
        65,
    ),
)  # fmt: skip
