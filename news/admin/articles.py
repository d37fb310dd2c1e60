"""Where clerks write and publish."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news import actions
from news.admin.article_list import ArticleListing
from news.admin.attachments import keep_attachments_of
from news.admin.drafting import DraftingScreens
from news.admin.editor import editor_page
from news.admin.english import EnglishScreens
from news.admin.media import keep_picture_of
from news.admin.planning import PlanningScreens
from news.admin.refusals import keep_refusal, refusal_of, refused, without_categories
from news.admin.royalty import RoyaltyScreens
from news.admin.sharing import SharingScreens
from news.admin.versions import VersionScreens
from news.admin.workflow import WorkflowScreens
from news.enums import ArticleStatus
from news.forms import ArticleForm
from news.forms.change_note import CHANGE_FIELDS
from news.forms.planning import PLANNING_FIELDS
from news.models import Article
from news.rules.workflow import SEEN_STATUSES
from portal.core.admin_base import person_at


def base_version(form: Any) -> int | None:
    """The version the form was filled from, where it says so."""
    ask = getattr(form, "base_version", None)
    number: int | None = ask() if ask else None
    return number


@admin.register(Article)
class ArticleAdmin(
    DraftingScreens,
    VersionScreens,
    WorkflowScreens,
    PlanningScreens,
    EnglishScreens,
    SharingScreens,
    RoyaltyScreens,
    ArticleListing,
):
    """Write, publish, withdraw."""

    form = ArticleForm
    change_form_template = "admin/news/article/change_form.html"
    add_label = gettext_lazy("Viết bài mới")
    fieldsets = (
        (None, {"fields": ("title", "summary", "body")}),
        (gettext_lazy("Báo cho người đọc"), {"fields": CHANGE_FIELDS, "classes": ("change-note",)}),
        (gettext_lazy("Đăng"), {"fields": ("category", "tag_names", "author_name", "source_name")}),
        (
            gettext_lazy("Ảnh chính"),
            {
                "fields": ("upload", "library_picture", "alt_text", "is_decorative", "caption", "remove_picture"),
                "classes": ("picture", "main"),
            },
        ),
        (gettext_lazy("Tệp đính kèm"), {"fields": ("attachments", "new_files"), "classes": ("files", "main")}),
        (gettext_lazy("Kế hoạch"), {"fields": PLANNING_FIELDS, "classes": ("fold",)}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """“Bỏ ảnh đang dùng” only where there is one, the note for readers only where there are any."""
        absent = set() if obj is not None and obj.picture_id else {"remove_picture"}
        absent |= set() if obj is not None and obj.status in SEEN_STATUSES else set(CHANGE_FIELDS)
        kept = [
            (title, {**options, "fields": tuple(name for name in options["fields"] if name not in absent)})
            for title, options in self.fieldsets
        ]
        return [(title, options) for title, options in kept if options["fields"]]

    def get_urls(self) -> list[Any]:
        """The screens of the mixins before the stock ones, whose last pattern takes every word for a key."""
        own = [
            self.workflow_urls(),
            self.version_urls(),
            self.drafting_urls(),
            self.sharing_urls(),
            self.royalty_urls(),
            self.planning_urls(),
            self.english_urls(),
        ]
        return [pattern for urls in own for pattern in urls] + super().get_urls()

    # --- writing ------------------------------------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Keep the text and the picture through their actions, and hand it in if asked; all of it or nothing."""
        user = person_at(request)
        keep_picture_of(obj, form, user)
        actions.save_article(
            article=obj, tags=form.tag_list(), actor=user, base_version=base_version(form), change=form.change()
        )
        keep_attachments_of(obj, form, user)
        self.submit_if_asked(request, obj)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Nothing: the action has set the tags."""

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        """Delete a draft through its action."""
        actions.delete_article(article=obj, actor=person_at(request))

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        """After the first save: say what happened, and stay on the article."""
        return self._after_save(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """After a save: say what happened, and stay on the article."""
        return self._after_save(request, obj)

    @staticmethod
    def _after_save(request: HttpRequest, article: Article) -> HttpResponse:
        if "_submit" in request.POST and article.status == ArticleStatus.SUBMITTED:
            messages.success(request, _("Đã gửi duyệt. Người duyệt sẽ xem bài này."))
        elif request.POST.get("was_approved") and article.status == ArticleStatus.SUBMITTED:
            messages.warning(request, _("Đã lưu. Chữ đã đổi nên bài phải duyệt lại."))
        elif article.status == ArticleStatus.PUBLISHED and article.second_look_due_at:
            messages.warning(request, _("Đã lưu và đăng bản mới. Người khác cần xem lại trong 24 giờ."))
        else:
            messages.success(request, _("Đã lưu."))
        return HttpResponseRedirect(reverse("admin:news_article_change", args=[article.pk]))

    @editor_page
    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The editor's page. What an action refuses comes back in the form, with everything that was typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refusal:
            # The transaction of the first pass is undone; the second one finds the refusal among the form's errors.
            keep_refusal(request, refusal)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The article's form with the categories of this person; after a refusal one that carries it as its error."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return refused(without_categories(form, self.closed_to_writing(request)), request)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add “Trước khi đăng”; somebody who may only look gets no form, so no checks."""
        if kwargs.get("add") or self.has_change_permission(request, kwargs.get("obj")):
            context["checks"] = context["adminform"].form.checks()
        context["way"] = self.way_of(request, kwargs.get("obj"))
        # Whose save came between, for the part of the page that shows it beside what was typed.
        context["refusal"] = refusal_of(request)
        return super().render_change_form(request, context, *args, **kwargs)
