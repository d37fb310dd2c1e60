"""Reports, questions and requests in the administration: seen by units with a part in them, handled by the one that holds them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy

from feedback.admin.case_inbox import InboxScreens
from feedback.admin.case_moderation import ModerationScreens
from feedback.admin.case_requests import RequestScreens
from feedback.admin.case_screen import CaseScreens
from feedback.models import Case
from portal.core.admin_base import PlainAdmin


@admin.register(Case)
class CaseAdmin(InboxScreens, CaseScreens, ModerationScreens, RequestScreens, PlainAdmin):
    """The inbox and the screen of one case; no stock form writes a case."""

    purpose = gettext_lazy("Việc gấp nhất ở trên cùng. Tên và điện thoại người gửi được che.")

    def get_urls(self) -> Any:
        """Ours before the stock ones."""
        view = self.admin_site.admin_view
        return [
            path("danh-sach.xlsx", view(self.sheet_view), name="feedback_case_sheet"),
            path("<int:pk>/in/", view(self.print_view), name="feedback_case_print"),
            path("<int:pk>/nguoi-gui/", view(self.unmask_view), name="feedback_case_unmask"),
            path("<int:pk>/tep/<int:file_pk>/<slug:size>/", view(self.file_view), name="feedback_case_file"),
            *self.moderation_urls(),
            *self.request_urls(),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Cases that the unit in scope has a part in."""
        return Case.objects.all()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever handles cases."""
        return bool(request.user.has_perm("feedback.view_case"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The same; what may be done is asked for each verb."""
        return bool(request.user.has_perm("feedback.handle_case"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Citizens send."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing sent is ever lost."""
        return False

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The timeline on the case's own screen."""
        case = self._case(request, object_id)
        return HttpResponseRedirect(f"{reverse('admin:feedback_case_change', args=[case.pk])}#dien-bien")
