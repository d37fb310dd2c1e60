"""The list of articles: what stands in a row, who may do what, and the tabs of the desk above it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.actions import rights
from news.enums import ArticleStatus, CategoryRightKind
from news.models import Article
from news.querysets.desk import COUNTED_UP_TO
from portal.core.admin_base import TenantAdmin, person_at
from portal.core.models import User
from portal.core.templatetags.portal_text import datetime_short

DELETABLE = frozenset({ArticleStatus.DRAFT, ArticleStatus.RETURNED, ArticleStatus.SUBMITTED})
Rows = Callable[[Any, User, frozenset[int]], Any]


@dataclass(frozen=True, slots=True)
class Tab:
    """One list of the desk: its word in the address, its label, its rows; some are for approvers only."""

    key: str
    label: Any
    rows: Rows
    for_approvers: bool = False


TABS = (
    Tab(
        "cho-duyet",
        gettext_lazy("Chờ tôi duyệt"),
        lambda rows, user, closed: rows.awaiting(user.pk, closed),
        for_approvers=True,
    ),
    Tab(
        "xem-lai",
        gettext_lazy("Xem lại trong 24 giờ"),
        lambda rows, user, closed: rows.unseen_for(user.pk, closed),
        for_approvers=True,
    ),
    Tab(
        "da-duyet",
        gettext_lazy("Đã duyệt"),
        lambda rows, _user, closed: rows.approved_for(closed),
        for_approvers=True,
    ),
    Tab("hen-gio", gettext_lazy("Hẹn giờ"), lambda rows, _user, _closed: rows.planned()),
    Tab("tra-lai", gettext_lazy("Bị trả lại"), lambda rows, user, _closed: rows.returned_to(user.pk)),
    Tab("da-gui", gettext_lazy("Đã gửi"), lambda rows, user, _closed: rows.submitted_from(user.pk)),
    Tab("nhap", gettext_lazy("Nháp của tôi"), lambda rows, user, _closed: rows.drafts_of(user.pk)),
)


def tabs_for(user: User) -> list[Tab]:
    """The lists that mean something to this person."""
    approves = user.has_perm("news.publish_article")
    return [tab for tab in TABS if approves or not tab.for_approvers]


def counted(number: int) -> str:
    """A bounded count as people read it; empty for nothing."""
    return f"{COUNTED_UP_TO}+" if number > COUNTED_UP_TO else str(number or "")


class WorkFilter(admin.SimpleListFilter):
    """``?viec=…``: one list of the desk. The tabs above the list show it, not the column of filters."""

    title = gettext_lazy("Việc")
    parameter_name = "viec"
    template = "admin/news/article/work_filter.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The lists of this person."""
        return [(tab.key, tab.label) for tab in tabs_for(person_at(request))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The rows of the chosen list; an unknown word chooses none, so all stay."""
        user = person_at(request)
        chosen = next((tab for tab in tabs_for(user) if tab.key == self.value()), None)
        if chosen is None:
            return queryset
        return chosen.rows(queryset, user, rights.closed_categories(user, CategoryRightKind.APPROVE))


class ArticleListing(TenantAdmin):
    """Rows, tabs and rights of the list of articles."""

    change_list_template = "admin/news/article/change_list.html"
    list_display = ("title", "status_tag", "category", "writer", "moment")
    list_filter = (WorkFilter, "status", "category")
    search_fields = ("title", "summary")
    search_help_text = gettext_lazy("Tìm theo tiêu đề, tóm tắt")
    ordering = ("-edited_at",)

    @admin.display(description=gettext_lazy("Trạng thái"), ordering="status")
    def status_tag(self, article: Article) -> SafeString:
        """The status as a word in its colour."""
        return format_html('<span class="tag tag--{}">{}</span>', article.status.lower(), article.get_status_display())

    @admin.display(description=gettext_lazy("Người viết"), ordering="created_by__full_name")
    def writer(self, article: Article) -> str:
        """Who began it here, or whose name stands on it."""
        return str(article.created_by or article.author_name or "–")

    @admin.display(description=gettext_lazy("Thời điểm"), ordering="edited_at")
    def moment(self, article: Article) -> str:
        """The moment that counts where the article stands."""
        if article.status == ArticleStatus.SCHEDULED:
            return _("Đăng lúc %(moment)s") % {"moment": datetime_short(article.scheduled_for)}
        if article.status == ArticleStatus.SUBMITTED and article.due_at:
            return _("Hạn duyệt %(moment)s") % {"moment": datetime_short(article.due_at)}
        if article.status == ArticleStatus.PUBLISHED:
            return _("Đăng %(moment)s") % {"moment": datetime_short(article.published_at)}
        return _("Sửa %(moment)s") % {"moment": datetime_short(article.edited_at)}

    def get_ordering(self, request: HttpRequest) -> Any:
        """What is due first comes first where something is due."""
        if request.GET.get("viec") == "cho-duyet":
            return (F("due_at").asc(nulls_last=True), "submitted_at")
        return {"hen-gio": ("scheduled_for",), "xem-lai": ("second_look_due_at",)}.get(
            request.GET.get("viec", ""), self.ordering
        )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list below its tabs; each tab counts no further than two digits."""
        user = person_at(request)
        current = request.GET.get("viec", "")
        closed = rights.closed_categories(user, CategoryRightKind.APPROVE)
        address = reverse("admin:news_article_changelist")
        tabs = [{"label": _("Tất cả"), "url": address, "is_current": not current, "number": ""}]
        for tab in tabs_for(user):
            number = counted(tab.rows(Article.objects.all(), user, closed).bounded_count())
            tabs.append(
                {
                    "label": tab.label,
                    "url": f"{address}?viec={tab.key}",
                    "is_current": tab.key == current,
                    "number": number,
                }
            )
        return super().changelist_view(request, {"tabs": tabs, **(extra_context or {})})

    # --- rights -------------------------------------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """By role, category and where the article stands (news.actions.rights)."""
        if obj is None:
            return request.user.has_perm("news.change_article")
        return rights.may_change_text(person_at(request), obj, self.closed_to_writing(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may write."""
        return request.user.has_perm("news.add_article")

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Only what citizens have never seen: own drafts by their author, others by who may delete."""
        if obj is None or obj.published_at is not None or obj.status not in DELETABLE:
            return False
        if request.user.has_perm("news.delete_article"):
            return True
        return obj.created_by_id == request.user.pk and obj.status != ArticleStatus.SUBMITTED

    def get_queryset(self, request: HttpRequest) -> Any:
        """With what the list and the article's screens name: category, picture, people."""
        people = ("created_by", "submitted_by", "approved_by", "second_look_by")
        return super().get_queryset(request).select_related("category", "picture", *people)

    @staticmethod
    def closed_to_writing(request: HttpRequest) -> frozenset[int]:
        """Categories that this person may not write in."""
        return rights.closed_categories(person_at(request), CategoryRightKind.WRITE)
