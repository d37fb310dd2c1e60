"""The administration of the unit whose host it is opened on."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.forms import LoginForm
from portal.core.models import User


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
        return context

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """“Việc hôm nay”: what waits for this person, from the panels the rooms registered."""
        panels = [panel(request) for panel in self.index_panels]
        words = {"panels": [panel for panel in panels if panel], "today": timezone.localdate()}
        return super().index(request, {**(extra_context or {}), **words})
