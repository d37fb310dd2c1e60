"""Dead links in the administration."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from news.actions.links import ask_again, heed_link, ignore_link
from news.enums.imports import LinkState
from news.models import DeadLink, LinkRound
from portal.core.admin_base import TenantAdmin, person_at
from portal.core.models import User
from portal.core.templatetags.portal_text import date_full

COUNT_LIMIT = 1000
COLOURS = {"DEAD": "withdrawn", "UNSURE": "scheduled", "SUSPECT": "scheduled", "IGNORED": "draft"}


class StateFilter(admin.SimpleListFilter):
    """Dead ones first; the others on request."""

    title = gettext_lazy("tình trạng")
    parameter_name = "tinh-trang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The states, and all of them."""
        others = [(str(value), label) for value, label in LinkState.choices if value != LinkState.DEAD]
        return [*others, ("tat-ca", gettext_lazy("Tất cả"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[DeadLink]) -> QuerySet[DeadLink]:
        """Without a choice: what is certainly dead."""
        if self.value() == "tat-ca":
            return queryset
        return queryset.filter(state=self.value() or LinkState.DEAD)

    def choices(self, changelist: Any) -> Any:
        """The default is called by its name, not “all”."""
        for choice in super().choices(changelist):
            yield {**choice, "display": _("Hỏng")} if choice["query_string"].find(self.parameter_name) < 0 else choice


@admin.register(DeadLink)
class DeadLinkAdmin(TenantAdmin):
    """“Liên kết hỏng”."""

    change_list_template = "admin/news/deadlink/change_list.html"
    purpose = gettext_lazy("Máy kiểm tra mọi liên kết mỗi tuần. Sửa bài là liên kết tự ra khỏi danh sách này.")
    list_display = ("shown_url", "fault_word", "acts")
    list_display_links = None
    list_filter = (StateFilter,)
    search_fields = ("url", "found_title")
    search_help_text = gettext_lazy("Tìm theo liên kết hoặc tên bài")
    ordering = ("-pk",)

    @admin.display(description=gettext_lazy("Liên kết, ở bài nào"), ordering="url")
    def shown_url(self, link: DeadLink) -> SafeString:
        """The address, to be tried by hand, and the text it stands in, to be mended."""
        shown = format_html('<span class="address">{}</span>', link.url[:200])
        if link.url.startswith(("http://", "https://", "/")):
            shown = format_html(
                '<a class="address" href="{}" rel="noopener noreferrer nofollow">{}</a>', link.url, link.url[:200]
            )
        text = reverse(f"admin:news_{link.found_kind}_change", args=[link.found_id])
        return format_html(
            '{}<span class="care-line">{} <a href="{}">{}</a></span>', shown, _("Ở bài:"), text, link.found_title
        )

    @admin.display(description=gettext_lazy("Vì sao"), ordering="last_checked")
    def fault_word(self, link: DeadLink) -> SafeString:
        """State and fault in words, and when it was tried."""
        tried = _("Thử ngày %(day)s") % {"day": date_full(link.last_checked)}
        return format_html(
            '<span class="tag tag--{}">{}</span><span class="care-line">{}</span><span class="care-line meta">{}</span>',
            COLOURS[link.state], link.get_state_display(), link.get_fault_display(), tried,
        )  # fmt: skip

    @admin.display(description=gettext_lazy("Việc"))
    def acts(self, link: DeadLink) -> SafeString:
        """Buttons of the one form around the list: each sends itself to its own address."""
        again = reverse("admin:news_deadlink_again", args=[link.pk])
        ignored = link.state == LinkState.IGNORED
        other = reverse(f"admin:news_deadlink_{'heed' if ignored else 'ignore'}", args=[link.pk])
        return format_html(
            '<span class="care-acts"><button class="btn btn--plain" form="care" formaction="{}">{}</button>'
            '<button class="btn btn--plain" form="care" formaction="{}">{}</button></span>',
            again, _("Kiểm tra lại"), other, _("Tính lại") if ignored else _("Bỏ qua"),
        )  # fmt: skip

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, and when the last round was."""
        last = LinkRound.objects.first()
        return super().changelist_view(request, {**(extra_context or {}), "link_round": last})

    def get_urls(self) -> list[Any]:
        """What can be done with one link."""
        own = [
            path(f"<int:pk>/{word}/", self.admin_site.admin_view(view), name=f"news_deadlink_{name}")
            for word, view, name in (
                ("thu-lai", self.again_view, "again"),
                ("bo-qua", self.ignore_view, "ignore"),
                ("tinh-lai", self.heed_view, "heed"),
            )
        ]
        return [*own, *super().get_urls()]

    def _one(self, request: HttpRequest, pk: int) -> DeadLink:
        if not request.user.has_perm("news.change_deadlink"):
            raise PermissionDenied
        return get_object_or_404(DeadLink, pk=pk)

    @staticmethod
    def _back() -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:news_deadlink_changelist"))

    @method_decorator(require_POST)
    def again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Try it again."""
        ask_again(link=self._one(request, pk), actor=person_at(request))
        messages.success(
            request, _("Máy đang thử lại. Tải lại trang này sau một lát; liên kết đã mở được sẽ không còn ở đây.")
        )
        return self._back()

    @method_decorator(require_POST)
    def ignore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Leave it as it is."""
        ignore_link(link=self._one(request, pk), actor=person_at(request))
        messages.success(request, _("Đã bỏ qua liên kết này. Xem lại ở bộ lọc “Bỏ qua”."))
        return self._back()

    @method_decorator(require_POST)
    def heed_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Count it again."""
        heed_link(link=self._one(request, pk), actor=person_at(request))
        messages.success(request, _("Liên kết này được tính lại; máy đang thử."))
        return self._back()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The check finds them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: the text is mended, not the list."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: they go when the text is mended."""
        return False


def link_panel(request: HttpRequest) -> dict[str, Any]:
    """“Việc hôm nay”: how many links are dead; nothing where none is."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("news.view_deadlink"):
        return {}
    number = DeadLink.objects.to_mend()[:COUNT_LIMIT].count()
    return {"template": "admin/news/deadlink/panel.html", "number": number} if number else {}
