"""Where clerks write and publish."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news import actions
from news.admin.drafting import DraftingScreens
from news.admin.editor import editor_page
from news.admin.media import keep_picture_of
from news.admin.royalty import RoyaltyScreens
from news.admin.sharing import SharingScreens
from news.admin.versions import VersionScreens
from news.admin.workflow import WorkflowScreens
from news.enums import ArticleStatus
from news.forms import ArticleForm
from news.models import Article
from portal.core.admin_base import TenantAdmin, person_at
from portal.core.templatetags.portal_text import date_full


@admin.register(Article)
class ArticleAdmin(DraftingScreens, VersionScreens, WorkflowScreens, SharingScreens, RoyaltyScreens, TenantAdmin):
    """Write, publish, withdraw."""

    form = ArticleForm
    change_form_template = "admin/news/article/change_form.html"
    add_label = gettext_lazy("Viết bài mới")
    list_display = ("title", "status_tag", "category", "author_name", "shown_date")
    list_filter = ("status", "category")
    search_fields = ("title", "summary")
    search_help_text = gettext_lazy("Tìm theo tiêu đề, tóm tắt")
    list_select_related = ("category",)
    ordering = ("-edited_at",)
    fieldsets = (
        (None, {"fields": ("title", "summary", "body")}),
        (gettext_lazy("Đăng"), {"fields": ("category", "tag_names", "author_name", "source_name", "is_pinned")}),
        (
            gettext_lazy("Ảnh chính"),
            {"fields": ("upload", "alt_text", "is_decorative", "caption", "remove_picture"), "classes": ("picture",)},
        ),
    )

    @admin.display(description=gettext_lazy("Trạng thái"), ordering="status")
    def status_tag(self, article: Article) -> SafeString:
        """The status as a word in its colour."""
        return format_html('<span class="tag tag--{}">{}</span>', article.status.lower(), article.get_status_display())

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """“Bỏ ảnh đang dùng” only where there is one."""
        if obj is not None and obj.picture_id:
            return self.fieldsets
        text, publishing, (title, options) = self.fieldsets
        fields = tuple(name for name in options["fields"] if name != "remove_picture")
        return (text, publishing, (title, {**options, "fields": fields}))

    @admin.display(description=gettext_lazy("Ngày đăng"), ordering="published_at")
    def shown_date(self, article: Article) -> str:
        """When citizens first saw it."""
        at = article.published_at
        return f"{timezone.localtime(at):%H:%M}, {date_full(at)}" if at else "–"

    def get_urls(self) -> list[Any]:
        """The screens of the mixins before the stock ones, whose last pattern takes every word for a key."""
        own = [
            self.workflow_urls(),
            self.version_urls(),
            self.drafting_urls(),
            self.sharing_urls(),
            self.royalty_urls(),
        ]
        return [pattern for urls in own for pattern in urls] + super().get_urls()

    # --- rights -------------------------------------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Own drafts for authors, everybody's for editors, published ones only for who may publish."""
        user = request.user
        if not user.has_perm("news.change_article"):
            return False
        if obj is None or user.has_perm("news.publish_article"):
            return True
        own = obj.created_by_id == user.pk or user.has_perm("news.change_any_article")
        return own and obj.status != ArticleStatus.PUBLISHED

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Only what citizens have never seen, by its author or by who may delete."""
        if obj is None or obj.published_at is not None:
            return False
        return obj.created_by_id == request.user.pk or request.user.has_perm("news.delete_article")

    # --- writing ------------------------------------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Keep the text and the picture through their actions."""
        user = person_at(request)
        keep_picture_of(obj, form, user)
        actions.save_article(article=obj, tags=form.tag_list(), actor=user, change=form.change())

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Nothing: the action has set the tags."""

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        """Delete a draft through its action."""
        actions.delete_article(article=obj, actor=person_at(request))

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        """After the first save: publish if asked, and stay on the article."""
        return self._after_save(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """After a save: publish or withdraw if asked, and stay on the article."""
        return self._after_save(request, obj)

    def _after_save(self, request: HttpRequest, article: Article) -> HttpResponse:
        if "_publish" in request.POST and request.user.has_perm("news.publish_article"):
            self._publish(request, article)
        elif "_withdraw" in request.POST and request.user.has_perm("news.publish_article"):
            actions.withdraw_article(article=article, actor=person_at(request))
            messages.success(request, _("Đã gỡ bài khỏi trang. Bài vẫn còn ở đây."))
        else:
            messages.success(request, _("Đã lưu."))
        return HttpResponseRedirect(reverse("admin:news_article_change", args=[article.pk]))

    @staticmethod
    def _publish(request: HttpRequest, article: Article) -> None:
        try:
            changed = actions.publish_article(article=article, actor=person_at(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return
        link = format_html('<a href="{}">{}</a>', article.get_absolute_url(), _("Xem bài trên trang"))
        text = _("Đã đăng.") if changed else _("Bài này đã đăng từ trước.")
        messages.success(request, format_html("{} {}", text, link))

    @editor_page
    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The editor's page, with what the buttons need to know."""
        extra = {**(extra_context or {}), "may_publish": request.user.has_perm("news.publish_article")}
        return super().changeform_view(request, object_id, form_url, extra)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add “Trước khi đăng”; somebody who may only look gets no form, so no checks."""
        if kwargs.get("add") or self.has_change_permission(request, kwargs.get("obj")):
            context["checks"] = context["adminform"].form.checks()
        return super().render_change_form(request, context, *args, **kwargs)
