"""The list of the register: a row for each document, found by its number in any spelling."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.enums.document_register import EffectChoice
from news.enums.documents import DocumentStatus, Effect
from news.models import Document
from news.rules.document_numbers import parse_number, query_words
from portal.core.admin_base import TenantAdmin
from portal.core.templatetags.portal_text import date_full

ABSTRACT_SHOWN = 140
_EFFECT_TAGS = {
    Effect.IN_FORCE: "published", Effect.PARTLY: "soon", Effect.COMING: "draft", Effect.OVER: "withdrawn",
}  # fmt: skip


class DutyFilter(admin.SimpleListFilter):
    """``?viec=…``: what is to be done, or was done late."""

    title = gettext_lazy("việc")
    parameter_name = "viec"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The lists."""
        return [("chua-dang", _("Chưa đăng")), ("qua-han", _("Quá hạn, chưa đăng")), ("dang-tre", _("Đã đăng trễ"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The rows of the chosen list; an unknown word chooses none, so all stay."""
        today = timezone.localdate()
        if self.value() == "chua-dang":
            return queryset.drafts()
        if self.value() == "qua-han":
            return queryset.overdue(today)
        return queryset.filter(days_late__gt=0) if self.value() == "dang-tre" else queryset


class EffectFilter(admin.SimpleListFilter):
    """``?hieu-luc=…``: in force today or not; computed from dates."""

    title = gettext_lazy("hiệu lực")
    parameter_name = "hieu-luc"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The five answers."""
        return list(EffectChoice.choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The rows of the chosen answer."""
        return (
            queryset.in_effect(self.value(), timezone.localdate()) if self.value() in EffectChoice.values else queryset
        )


class DocumentListing(TenantAdmin):
    """Rows, search and filters."""

    purpose = gettext_lazy(
        "Văn bản quy phạm, chỉ đạo điều hành, kế hoạch, thông báo. Văn bản đã đăng hiện ở mục Văn bản."
    )
    add_label = gettext_lazy("Nhập văn bản")
    change_list_template = "admin/news/document/change_list.html"
    list_display = ("title_link", "type_name", "issued", "effect_tag", "state")
    list_display_links = ("title_link",)
    list_filter = (DutyFilter, "status", "group", EffectFilter)
    search_fields = ("number",)
    search_help_text = gettext_lazy("Tìm theo số ký hiệu, viết thế nào cũng được, hoặc từ trong trích yếu")
    date_hierarchy = "sort_on"
    ordering = ("-sort_on", "-pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        """With what a row shows."""
        rows: Any = super().get_queryset(request)
        return rows.select_related("type")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Numbers in any spelling, else all words in number, type and abstract."""
        if not search_term.strip():
            return queryset, False
        number = parse_number(search_term)
        return (queryset.numbered(number) if number else queryset.saying(query_words(search_term))), False

    @admin.display(description=gettext_lazy("Văn bản"), ordering="number")
    def title_link(self, row: Document) -> SafeString:
        """Number, then what it is about."""
        words = Truncator(row.abstract).chars(ABSTRACT_SHOWN)
        return format_html("<strong>{}</strong> {}", row.number, words) if row.number else format_html("{}", words)

    @admin.display(description=gettext_lazy("Loại"), ordering="type__name")
    def type_name(self, row: Document) -> str:
        """The type's name."""
        return row.type.name

    @admin.display(description=gettext_lazy("Ban hành"), ordering="sort_on")
    def issued(self, row: Document) -> str:
        """The day, or the year where only that is known."""
        return date_full(row.issued_on) or str(row.year or "–")

    @admin.display(description=gettext_lazy("Hiệu lực"))
    def effect_tag(self, row: Document) -> SafeString:
        """In force today or not."""
        effect = row.effect()
        if effect == Effect.UNSTATED:
            return format_html("{}", "–")
        return format_html('<span class="tag tag--{}">{}</span>', _EFFECT_TAGS[effect], effect.label)

    @admin.display(description=gettext_lazy("Trạng thái"), ordering="status")
    def state(self, row: Document) -> SafeString:
        """Whether citizens see it, and what is or was late."""
        tags = [(row.status.lower(), row.get_status_display())]
        today = timezone.localdate()
        if row.status == DocumentStatus.DRAFT and row.due_on:
            if row.due_on < today:
                tags.append(("late", _("Quá hạn %(due)s") % {"due": date_full(row.due_on)}))
            else:
                kind = "soon" if (row.due_on - today).days <= 1 else "draft"
                tags.append((kind, _("Hạn %(due)s") % {"due": date_full(row.due_on)}))
        elif row.days_late:
            tags.append(("late", _("Đăng trễ %(days)d ngày") % {"days": row.days_late}))
        return format_html_join(" ", '<span class="tag tag--{}">{}</span>', tags)
