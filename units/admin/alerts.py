"""Warnings in the administration: written in half a minute, ended by themselves."""

from typing import Any

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
from portal.core.templatetags.portal_text import datetime_long
from units import actions
from units.forms import AlertForm
from units.models import Alert


@admin.register(Alert)
class AlertAdmin(TenantAdmin):
    """“Tin khẩn”: the bar above every page."""

    form = AlertForm
    purpose = gettext_lazy("Dòng cảnh báo trên đầu mọi trang: bão, lũ, cúp nước. Mỗi lúc chỉ tin nặng nhất hiện ra.")
    add_label = gettext_lazy("Đặt tin khẩn")
    change_form_template = "admin/units/alert/change_form.html"
    list_display = ("text", "state", "level", "reach", "begins", "ends")
    list_filter = ("level",)

    @admin.display(description=gettext_lazy("Tình trạng"))
    def state(self, alert: Alert) -> SafeString:
        """Standing, waiting or over, as a word in its colour."""
        if alert.is_over:
            return format_html('<span class="tag">{}</span>', _("Đã hết"))
        if alert.starts_at > timezone.now():
            return format_html('<span class="tag tag--scheduled">{}</span>', _("Hẹn giờ"))
        return format_html('<span class="tag tag--published">{}</span>', _("Đang hiện"))

    @admin.display(description=gettext_lazy("Hiện từ"), ordering="starts_at")
    def begins(self, alert: Alert) -> str:
        """When it begins."""
        return datetime_long(alert.starts_at)

    @admin.display(description=gettext_lazy("Tự ẩn lúc"), ordering="ends_at")
    def ends(self, alert: Alert) -> str:
        """When it ends."""
        return datetime_long(alert.ends_at)

    def get_fields(self, request: HttpRequest, obj: Alert | None = None) -> Any:
        """What this unit may set: every site is offered to the province only."""
        return list(AlertForm().fields)

    def get_urls(self) -> list[Any]:
        """Ending one now, beside the stock screens."""
        end = path("<int:pk>/an/", self.admin_site.admin_view(self.end_view), name="units_alert_end")
        return [end, *super().get_urls()]

    @method_decorator(require_POST)
    def end_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take it off every page now."""
        alert = self.get_object(request, str(pk))
        if alert is None or not self.has_change_permission(request, alert):
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if actions.end_alert(alert=alert, actor=person_at(request)):
            messages.success(request, _("Đã ẩn tin khẩn. Trang thay đổi trong vài giây."))
        else:
            messages.info(request, _("Tin này đã hết từ trước."))
        return HttpResponseRedirect(reverse("admin:units_alert_changelist"))

    def save_model(self, request: HttpRequest, obj: Alert, form: Any, change: bool) -> None:
        """Save through the action."""
        actions.save_alert(alert=obj, actor=person_at(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: what stood above every page stays known; it is ended."""
        return False
