"""How a site is arranged: categories, about pages, tags."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news import actions
from news.actions.category_rights import set_category_rights
from news.admin.addresses import LeadsOn
from news.admin.editor import editor_page
from news.forms import CategoryForm, PageForm, TagForm
from news.models import Category, Page, Tag
from news.rules.quality import body_findings
from portal.core.admin_base import TenantAdmin, person_at


@admin.register(Category)
class CategoryAdmin(LeadsOn, TenantAdmin):
    """The unit's categories."""

    form = CategoryForm
    purpose = gettext_lazy("Mỗi bài thuộc một chuyên mục. Số thứ tự nhỏ đứng trước.")
    add_label = gettext_lazy("Thêm chuyên mục")
    fieldsets = (
        (None, {"fields": ("name", "name_en", "slug", "order", "is_notice")}),
        (gettext_lazy("Ai làm ở chuyên mục này"), {"fields": ("writers", "approvers"), "classes": ("people",)}),
    )
    list_display = ("name", "order", "notice_word")

    @admin.display(description=gettext_lazy("Là thông báo"), ordering="is_notice")
    def notice_word(self, category: Category) -> str:
        """Yes in words."""
        return _("Có") if category.is_notice else "–"

    def save_model(self, request: HttpRequest, obj: Category, form: Any, change: bool) -> None:
        """Save through the action, and who is named for it."""
        user = person_at(request)
        actions.save_category(category=obj, actor=user)
        named = {name: form.cleaned_data[name] for name in ("writers", "approvers")}
        set_category_rights(category=obj, actor=user, **named)

    def delete_model(self, request: HttpRequest, obj: Category) -> None:
        """Delete through the action; one with articles is protected by the database."""
        actions.delete_category(category=obj, actor=person_at(request), leads_to=self.leads_to(request, obj))


@admin.register(Page)
class PageAdmin(LeadsOn, TenantAdmin):
    """Pages under /gioi-thieu/."""

    form = PageForm
    purpose = gettext_lazy("Các trang dưới mục Giới thiệu: chức năng, cơ cấu, lãnh đạo, liên hệ.")
    add_label = gettext_lazy("Thêm trang")
    list_display = ("title", "language", "parent", "order", "published_word")
    list_filter = ("language", "is_published")
    list_select_related = ("parent",)
    change_form_template = "admin/news/page/change_form.html"

    @admin.display(description=gettext_lazy("Đăng"), ordering="is_published")
    def published_word(self, page: Page) -> str:
        """Whether citizens see it, in words."""
        return _("Đang đăng") if page.is_published else _("Chưa đăng")

    def save_model(self, request: HttpRequest, obj: Page, form: Any, change: bool) -> None:
        """Save through the action."""
        actions.save_page(page=obj, actor=person_at(request))

    @editor_page
    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The editor's page."""
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the remarks on the text, for who may change it."""
        if kwargs.get("add") or self.has_change_permission(request, kwargs.get("obj")):
            body = str(context["adminform"].form["body"].value() or "")
            context |= {"may_write": True, "findings": body_findings(body), "is_empty": not body.strip()}
        return super().render_change_form(request, context, *args, **kwargs)

    def delete_model(self, request: HttpRequest, obj: Page) -> None:
        """Delete through the action."""
        actions.delete_page(page=obj, actor=person_at(request), leads_to=self.leads_to(request, obj))


@admin.register(Tag)
class TagAdmin(LeadsOn, TenantAdmin):
    """The unit's tags; new ones come from articles."""

    form = TagForm
    purpose = gettext_lazy("Thẻ mới sinh ra khi ghi ở ô Thẻ của một bài. Ở đây chỉ sửa tên hoặc xóa.")
    list_display = ("name", "slug")
    search_fields = ("name",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Tags are made by writing them on an article."""
        return False

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        """Save through the action."""
        actions.save_tag(tag=obj, actor=person_at(request))

    def delete_model(self, request: HttpRequest, obj: Tag) -> None:
        """Delete through the action."""
        actions.delete_tag(tag=obj, actor=person_at(request), leads_to=self.leads_to(request, obj))
