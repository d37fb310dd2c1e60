"""The administration of the unit whose host it is opened on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.forms import LoginForm
from portal.core.models import User


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of the menu: shown to whoever has ``permission`` ("" means operators only), current on ``key``'s screens.

    ``count`` says how much waits there: one query on every screen, so a bounded, indexed one.
    """

    label: Any
    url_name: str
    icon: str
    permission: str
    key: str = ""
    order: int = 100
    count: Callable[[HttpRequest], int] | None = None


MENU_SECTIONS: dict[str, Any] = {
    "desk": "",
    "readers": _("Người dân"),
    "schedule": _("Lịch, tiếp dân"),
    "services": _("Dịch vụ công"),
    "people": _("Con người, công khai"),
    "library": _("Thư viện"),
    "arrange": _("Sắp xếp trang"),
    "pay": _("Nhuận bút"),
    "care": _("Chăm sóc trang"),
    "site": _("Trang của đơn vị"),
    "system": _("Toàn hệ thống"),
}


def _no_role(request: HttpRequest) -> str:
    return ""


class PortalAdminSite(AdminSite):
    """Lets in members of the host's unit and operators; nobody else, whatever ``is_staff`` says."""

    site_title = _("Quản trị")
    site_header = _("Quản trị")
    index_title = _("Việc hôm nay")
    empty_value_display = "–"
    enable_nav_sidebar = False
    login_form = LoginForm
    index_panels: list[Any] = []  # callables (request) -> dict, registered by rooms for the first page
    audit_words: dict[str, Any] = {}  # verb of the audit trail -> its words, registered by rooms
    menu_items: dict[str, list[MenuItem]] = {}  # section of MENU_SECTIONS -> lines, registered by rooms
    role_label: Callable[[HttpRequest], str] = staticmethod(_no_role)  # the person's role in words, set by units

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether this person works for this unit; asked on every request, so a removed member is out at once."""
        user = request.user
        if isinstance(user, AnonymousUser) or not user.is_active or not isinstance(user, User):
            return False
        return user.is_operator or user.has_perm("units.use_admin")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """The stock context, whom the admin speaks for and in which role this person works here."""
        context = super().each_context(request)
        context["site_header"] = getattr(request, "unit", self.site_header)
        context["role_label"] = self.role_label(request) if context["has_permission"] else ""
        context["menu"] = self.menu(request) if context["has_permission"] else []
        return context

    def add_to_menu(self, section: str, *items: MenuItem) -> None:
        """Register lines of one section of ``MENU_SECTIONS``; lines stand by ``order``, then as registered."""
        self.menu_items.setdefault(section, []).extend(items)

    def menu(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What this person may open, by section; sections without a line are left out."""
        sections = []
        for name, title in MENU_SECTIONS.items():
            lines = [
                {
                    "label": item.label,
                    "url": reverse(item.url_name),
                    "icon": item.icon,
                    "key": item.key,
                    "count": item.count(request) if item.count else 0,
                }
                for item in sorted(self.menu_items.get(name, ()), key=lambda item: item.order)
                if self._may_open(request, item)
            ]
            if lines:
                sections.append({"title": title, "lines": lines})
        return sections

    @staticmethod
    def _may_open(request: HttpRequest, item: MenuItem) -> bool:
        user = request.user
        if not isinstance(user, User):
            return False
        return user.has_perm(item.permission) if item.permission else user.is_operator

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """“Việc hôm nay”: what waits for this person, from the panels the rooms registered, by ``order`` (0), then as they came."""
        panels = sorted((panel(request) for panel in self.index_panels), key=lambda panel: int(panel.get("order", 0)))
        words = {"panels": [panel for panel in panels if panel], "today": timezone.localdate()}
        return super().index(request, {**(extra_context or {}), **words})
