"""Polls in the administration."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.actions import polls as actions
from feedback.forms.polls import PollForm
from feedback.models import Poll
from feedback.poll_page import state_of
from portal.core.admin_base import TenantAdmin, person_at
from portal.core.templatetags.portal_text import date_full, number_vi


@admin.register(Poll)
class PollAdmin(TenantAdmin):
    """One question to citizens at a time; whoever has voted keeps the question they answered."""

    form = PollForm
    purpose = gettext_lazy("Hỏi người dân chọn. Mỗi máy một phiếu, không ghi ai chọn gì. Kết quả chỉ để tham khảo.")
    add_label = gettext_lazy("Thêm bình chọn")
    list_display = ("title", "state", "until", "ballot_number")
    list_filter = ("is_published",)
    search_fields = ("title",)
    ordering = ("-pk",)

    @admin.display(description=gettext_lazy("Tình trạng"))
    def state(self, poll: Poll) -> SafeString:
        """As a word in its colour."""
        if not poll.is_published:
            return format_html('<span class="tag tag--{}">{}</span>', "draft", _("Chưa đăng"))
        words = {"soon": _("Sắp mở"), "open": _("Đang mở"), "over": _("Đã đóng")}
        now = state_of(poll, timezone.now())
        return format_html('<span class="tag tag--{}">{}</span>', "published" if now == "open" else "draft", words[now])

    @admin.display(description=gettext_lazy("Đến"), ordering="closes_at")
    def until(self, poll: Poll) -> str:
        """The last day."""
        return date_full(poll.closes_at)

    @admin.display(description=gettext_lazy("Số phiếu"), ordering="ballots")
    def ballot_number(self, poll: Poll) -> str:
        """As people write numbers."""
        return number_vi(poll.ballots)

    def save_model(self, request: HttpRequest, obj: Poll, form: Any, change: bool) -> None:
        """Save through the action."""
        actions.save_poll(poll=obj, options=form.cleaned_data["options_text"], actor=person_at(request))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Somebody may vote while the form is open: then the question stays, and the clerk is told."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            request.method = "GET"
            return super().changeform_view(request, object_id, form_url, extra_context)

    def has_delete_permission(self, request: HttpRequest, obj: Poll | None = None) -> bool:
        """As long as nobody has voted."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.ballots)

    def delete_model(self, request: HttpRequest, obj: Poll) -> None:
        """Delete through the action."""
        actions.delete_poll(poll=obj, actor=person_at(request))
