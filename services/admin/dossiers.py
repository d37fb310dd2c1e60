"""Feeds of dossiers in the administration: where they are, when they were read, what is wrong with which line."""

from typing import Any, Final

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.core.admin_base import TenantAdmin, person_at
from portal.core.admin_site import MenuItem
from portal.core.models import User
from portal.core.templatetags.portal_text import datetime_short, number_vi
from services.actions import dossiers as actions
from services.dossiers.headings import SHOWN
from services.forms.dossiers import FeedForm
from services.models import Dossier, DossierFeed
from services.rules.dossiers import OLD_AFTER

ROWS: Final = 3
# What the columns are for, in the order of services.dossiers.headings; names of columns are data, these are our words.
_COLUMN_WORDS: Final = {
    "number": gettext_lazy("bắt buộc; như in trên giấy hẹn"),
    "received_on": gettext_lazy("bắt buộc; 22/11/2026 hoặc 2026-11-22"),
    "due_on": gettext_lazy("nên có; thiếu thì không tính được đúng hạn hay trễ"),
    "finished_on": gettext_lazy("để trống khi chưa xong"),
    "status": gettext_lazy(
        "bắt buộc; Mới tiếp nhận, Đang xử lý, Chờ bổ sung, Đã có kết quả, Đã trả kết quả, Từ chối, Đã rút"
    ),
    "office": gettext_lazy("tên phòng, ban; không ghi tên người"),
    "field_name": gettext_lazy("theo danh mục; trống thì lấy theo mã thủ tục"),
    "procedure_code": gettext_lazy("mã trong danh mục quốc gia, ví dụ 1.001193"),
}


@admin.register(DossierFeed)
class DossierFeedAdmin(TenantAdmin):
    """“Nguồn tình trạng hồ sơ”."""

    form = FeedForm
    purpose = gettext_lazy(
        "Tệp CSV hoặc JSON mà hệ thống một cửa công bố. Máy đọc định kỳ; người dân tra bằng số hồ sơ."
    )
    add_label = gettext_lazy("Thêm nguồn")
    change_form_template = "admin/services/dossierfeed/change_form.html"
    list_display = ("url", "state", "read_word", "rows_word", "problems_word")
    ordering = ("pk",)
    sortable_by = ()

    @admin.display(description=gettext_lazy("Tình trạng"))
    def state(self, feed: DossierFeed) -> SafeString:
        """Off, failing, old or well, as a word in its colour."""
        if not feed.is_active:
            return format_html('<span class="tag tag--draft">{}</span>', _("Ngừng đọc"))
        if feed.last_error:
            return format_html('<span class="tag tag--withdrawn">{}</span>', _("Chưa đọc được"))
        if feed.last_read_at is None:
            return format_html('<span class="tag tag--scheduled">{}</span>', _("Sắp đọc"))
        if timezone.now() - feed.last_read_at > OLD_AFTER:
            return format_html('<span class="tag tag--scheduled">{}</span>', _("Số liệu cũ"))
        return format_html('<span class="tag tag--published">{}</span>', _("Đọc tốt"))

    @admin.display(description=gettext_lazy("Đọc được lần cuối"))
    def read_word(self, feed: DossierFeed) -> str:
        """When it was last read."""
        return datetime_short(feed.last_read_at) or "–"

    @admin.display(description=gettext_lazy("Hồ sơ"))
    def rows_word(self, feed: DossierFeed) -> str:
        """How many dossiers the last reading gave."""
        return number_vi(feed.row_count)

    @admin.display(description=gettext_lazy("Dòng có lỗi"))
    def problems_word(self, feed: DossierFeed) -> str:
        """How many lines were wrong."""
        return number_vi(feed.problem_count)

    def get_urls(self) -> list[Any]:
        """“Đọc ngay”, beside the stock screens."""
        read = path("<int:pk>/doc-ngay/", self.admin_site.admin_view(self.read_view), name="services_dossierfeed_read")
        return [read, *super().get_urls()]

    @method_decorator(require_POST)
    def read_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Read it as soon as a worker is free."""
        feed = self.get_object(request, str(pk))
        if feed is None or not self.has_change_permission(request, feed):
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        actions.ask_to_read(feed=feed, actor=person_at(request))
        messages.success(request, _("Máy đang đọc. Tải lại trang này sau một lát để xem kết quả."))
        return HttpResponseRedirect(reverse("admin:services_dossierfeed_change", args=[pk]))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With what the file must have."""
        columns = [(*names, _COLUMN_WORDS[key]) for key, names in SHOWN.items()]
        return super().render_change_form(request, {**context, "columns": columns}, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: DossierFeed, form: Any, change: bool) -> None:
        """Save through the action."""
        actions.save_feed(feed=obj, actor=person_at(request))

    def delete_model(self, request: HttpRequest, obj: DossierFeed) -> None:
        """Delete through the action."""
        actions.delete_feed(feed=obj, actor=person_at(request))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, set[Any], list[Any]]:
        """The feed and the number of its dossiers: a list of a hundred thousand would help nobody."""
        number = Dossier.objects.filter(feed__in=objs).count()
        return [str(obj) for obj in objs], {_("nguồn hồ sơ"): len(objs), _("hồ sơ đã đọc"): number}, set(), []


def feeds_panel(request: HttpRequest) -> dict[str, Any]:
    """“Việc hôm nay”: feeds that could not be read; nothing where all is well."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("services.change_dossierfeed"):
        return {}
    feeds = list(DossierFeed.objects.failing()[:ROWS])
    return {"template": "admin/services/dossierfeed/panel.html", "feeds": feeds} if feeds else {}


def register(site: Any) -> None:
    """Its line in the menu, its panel, the words of its verbs."""
    site.audit_words.update(
        {
            "feed.add": gettext_lazy("Thêm nguồn hồ sơ"),
            "feed.save": gettext_lazy("Sửa nguồn hồ sơ"),
            "feed.delete": gettext_lazy("Xóa nguồn hồ sơ"),
            "feed.read": gettext_lazy("Cho đọc nguồn hồ sơ ngay"),
            "questionnaire.save": gettext_lazy("Lưu bộ câu hỏi hài lòng"),
        }
    )
    site.add_to_menu(
        "services",
        MenuItem(
            gettext_lazy("Nguồn hồ sơ"),
            "admin:services_dossierfeed_changelist",
            "folder",
            "services.view_dossierfeed",
            "services.dossierfeed",
            60,
        ),
    )
    site.index_panels.append(feeds_panel)
