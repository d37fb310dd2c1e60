"""The administration of the unit whose host it is opened on."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from portal.core.models import User


class PortalAdminSite(AdminSite):
    """Lets in members of the host's unit and operators; nobody else, whatever ``is_staff`` says."""

    site_title = _("Quản trị")
    site_header = _("Quản trị")
    index_title = _("Việc hôm nay")
    empty_value_display = "–"
    enable_nav_sidebar = False
    index_panels: list[Any] = []  # callables (request) -> dict, registered by rooms for the first page

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether this person works for this unit; asked on every request, so a removed member is out at once."""
        user = request.user
        if isinstance(user, AnonymousUser) or not user.is_active or not isinstance(user, User):
            return False
        return user.is_operator or user.has_perm("units.use_admin")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """The stock context and whom the admin speaks for."""
        context = super().each_context(request)
        context["site_header"] = getattr(request, "unit", self.site_header)
        return context

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """“Việc hôm nay”: what waits for this person, from the panels the rooms registered."""
        panels = [panel(request) for panel in self.index_panels]
        return super().index(request, {**(extra_context or {}), "panels": [panel for panel in panels if panel]})
