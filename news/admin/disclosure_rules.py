"""Deadlines for publishing documents: rows of the whole province, kept by operators."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from news.actions.document_terms import delete_rule, save_rule
from news.models import DisclosureRule
from portal.core.admin_base import PlainAdmin, person_at
from portal.core.templatetags.portal_text import date_full


@admin.register(DisclosureRule)
class DisclosureRuleAdmin(PlainAdmin):
    """Within how many working days; a new rule is a new row, the old one gets its last day."""

    purpose = gettext_lazy(
        "Trong mấy ngày làm việc kể từ ngày ban hành thì văn bản phải đăng. Quy định mới là một dòng mới; "
        "dòng cũ ghi ngày hết áp dụng. Hạn của các đơn vị được tính lại trong đêm."
    )
    add_label = gettext_lazy("Thêm hạn đăng")
    list_display = ("group_name", "own_words", "days", "from_day", "to_day", "source")
    list_filter = ("group",)
    fields = ("group", "is_own", "days", "valid_from", "valid_to", "source")
    ordering = ("group", "-is_own", "-valid_from")

    @admin.display(description=gettext_lazy("Nhóm văn bản"), ordering="group")
    def group_name(self, rule: DisclosureRule) -> str:
        """The group in words."""
        return rule.get_group_display()

    @admin.display(description=gettext_lazy("Do ai ban hành"), ordering="is_own")
    def own_words(self, rule: DisclosureRule) -> Any:
        """The unit itself, or somebody else."""
        return gettext_lazy("Chính đơn vị") if rule.is_own else gettext_lazy("Nơi khác")

    @admin.display(description=gettext_lazy("Từ ngày"), ordering="valid_from")
    def from_day(self, rule: DisclosureRule) -> str:
        """As official documents write it."""
        return date_full(rule.valid_from)

    @admin.display(description=gettext_lazy("Đến hết ngày"))
    def to_day(self, rule: DisclosureRule) -> str:
        """A dash while it has no end."""
        return date_full(rule.valid_to) or "–"

    def save_model(self, request: HttpRequest, obj: DisclosureRule, form: Any, change: bool) -> None:
        """Save through the action."""
        save_rule(rule=obj, actor=person_at(request))

    def delete_model(self, request: HttpRequest, obj: DisclosureRule) -> None:
        """Delete through the action."""
        delete_rule(rule=obj, actor=person_at(request))
