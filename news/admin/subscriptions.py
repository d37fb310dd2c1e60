"""Who gets the unit's news by e-mail: seen and taken off by the unit's administrator, at the owner's request."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.actions import subscriptions as actions
from news.models import Subscription
from portal.core.admin_base import TenantAdmin, person_at
from portal.core.admin_site import MenuItem
from portal.core.templatetags.portal_text import date_full


@admin.register(Subscription)
class SubscriptionAdmin(TenantAdmin):
    """Addresses are shown in part; the whole address is found by typing it. Nothing is changed here."""

    purpose = gettext_lazy(
        "Người nhận tự đăng ký, tự xác nhận và tự thôi nhận. Ở đây chỉ xóa khi người ấy yêu cầu: gõ cả địa chỉ thư để tìm."
    )
    list_display = ("address", "state", "choice", "rhythm", "sent_word")
    list_display_links = ("address",)
    list_filter = ("rhythm",)
    search_fields = ("=email",)
    ordering = ("-pk",)
    fields = ("address", "state", "choice", "rhythm", "asked_at", "consent_version", "consented_at", "confirmed_at")

    def get_queryset(self, request: HttpRequest) -> Any:
        """With their categories."""
        return super().get_queryset(request).prefetch_related("categories")

    @admin.display(description=gettext_lazy("Địa chỉ thư"))
    def address(self, row: Subscription) -> str:
        """The address in part."""
        return str(row)

    @admin.display(description=gettext_lazy("Trạng thái"))
    def state(self, row: Subscription) -> str:
        """Whether its owner has confirmed."""
        return _("Đang nhận") if row.confirmed_at else _("Chờ xác nhận")

    @admin.display(description=gettext_lazy("Nhận gì"))
    def choice(self, row: Subscription) -> str:
        """Everything, or the names of the categories."""
        names = ", ".join(category.name for category in row.categories.all())
        return _("Mọi tin") if row.whole_unit else names or "–"

    @admin.display(description=gettext_lazy("Thư gần nhất"))
    def sent_word(self, row: Subscription) -> str:
        """Up to when everything was sent."""
        return date_full(row.last_sent_at) if row.last_sent_at else "–"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody subscribes for somebody else."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Choices are their owner's."""
        return False

    def delete_model(self, request: HttpRequest, obj: Subscription) -> None:
        """Take the address off through the action."""
        actions.remove_subscription(subscription=obj, actor=person_at(request))


SITE: Any = admin.site  # PortalAdminSite
SITE.audit_words.update(
    {
        "subscription.ask": gettext_lazy("Có người đăng ký nhận tin"),
        "subscription.confirm": gettext_lazy("Người nhận xác nhận"),
        "subscription.leave": gettext_lazy("Người nhận thôi nhận tin"),
        "subscription.remove": gettext_lazy("Xóa người nhận tin"),
        "subscription.undeliverable": gettext_lazy("Xóa địa chỉ thư không nhận được"),
    }
)
SITE.add_to_menu(
    "readers",
    MenuItem(
        gettext_lazy("Người nhận tin"),
        "admin:news_subscription_changelist",
        "mail",
        "news.view_subscription",
        "news.subscription",
        30,
    ),
)
