"""Old addresses in the administration."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.admin_base import TenantAdmin, person_at
from portal.core.templatetags.portal_text import date_full
from units import actions
from units.forms import AddressTableForm, RedirectForm
from units.models import Redirect


@admin.register(Redirect)
class RedirectAdmin(TenantAdmin):
    """“Địa chỉ cũ”: links that people kept go on working."""

    form = RedirectForm
    change_list_template = "admin/units/redirect/change_list.html"
    purpose = gettext_lazy(
        "Người đọc vào bằng liên kết cũ được dẫn sang trang mới. Đổi nhãn địa chỉ thì máy tự ghi ở đây."
    )
    add_label = gettext_lazy("Thêm địa chỉ cũ")
    list_display = ("shown_old", "shown_target", "reason", "made_on")
    list_filter = ("reason",)
    search_fields = ("old_path", "old_query", "target")
    search_help_text = gettext_lazy("Tìm theo địa chỉ cũ hoặc nơi dẫn tới")
    ordering = ("-pk",)
    fields = ("old", "new")

    @admin.display(description=gettext_lazy("Địa chỉ cũ"), ordering="old_path")
    def shown_old(self, redirect: Redirect) -> SafeString:
        """May break anywhere: such addresses are long."""
        return format_html('<span class="address">{}</span>', redirect.old_address)

    @admin.display(description=gettext_lazy("Dẫn tới"), ordering="target")
    def shown_target(self, redirect: Redirect) -> SafeString:
        """A link to look at it."""
        return format_html('<a class="address" href="{}">{}</a>', redirect.target, redirect.target)

    @admin.display(description=gettext_lazy("Ghi ngày"), ordering="created_at")
    def made_on(self, redirect: Redirect) -> str:
        """The day."""
        return date_full(redirect.created_at)

    def get_urls(self) -> list[Any]:
        """The table's screen before the stock ones, whose last pattern takes every word for a key."""
        upload = path("nap/", self.admin_site.admin_view(self.upload_view), name="units_redirect_upload")
        return [upload, *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Redirect, form: Any, change: bool) -> None:
        """Keep the pair through the action, which may write another row than the form's (the address was known)."""
        data = form.cleaned_data
        kept = actions.save_redirect(old=data["old"], new=data["new"], actor=person_at(request))
        obj.__dict__.update(kept.__dict__)

    def delete_model(self, request: HttpRequest, obj: Redirect) -> None:
        """Delete through the action."""
        actions.delete_redirect(redirect=obj, actor=person_at(request))

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """Many pairs from a table, with what became of each."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = AddressTableForm(request.POST or None, request.FILES or None)
        report = None
        if request.method == "POST" and form.is_valid():
            report = actions.load_addresses(pairs=form.cleaned_data["table"], actor=person_at(request))
            messages.success(
                request,
                _("Đã ghi %(added)d địa chỉ mới, sửa %(changed)d, giữ nguyên %(same)d.")
                % {"added": report.added, "changed": report.changed, "same": report.unchanged},
            )
        context = {**self.admin_site.each_context(request), "opts": self.opts, "form": form, "report": report}
        return render(request, "admin/units/redirect/upload.html", context)
