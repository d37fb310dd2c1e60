"""“Thôi giữ chức vụ”: a screen of its own, one date."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.core.admin_base import person_at
from units.actions.people import leave_posts
from units.forms.people import LeaveForm
from units.models import Appointment, Person

CHANGE = "units.change_person"


class LeavingScreens:
    """Mixed into PersonAdmin."""

    admin_site: AdminSite
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """The step before the stock screens."""
        view = self.admin_site.admin_view(self.leave_view)
        return [path("<int:pk>/thoi-giu/", view, name="units_person_leave"), *super().get_urls()]  # type: ignore[misc]  # ModelAdmin's

    def steps_for(self, request: HttpRequest, person: Person) -> list[dict[str, Any]]:
        """The button, for somebody who holds something."""
        if not request.user.has_perm(CHANGE) or not Appointment.objects.open_of(person.pk).exists():
            return []
        url = reverse("admin:units_person_leave", args=[person.pk])
        return [{"label": _("Thôi giữ chức vụ"), "icon": "log-out", "url": url}]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def leave_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the day, then end what was chosen."""
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        person = get_object_or_404(Person.objects.all(), pk=pk)
        back = reverse("admin:units_person_change", args=[pk])
        form = LeaveForm(request.POST or None, person=person)
        if not form.has_choices:
            messages.info(request, _("Người này hiện không giữ chức vụ nào."))
            return HttpResponseRedirect(back)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            keys = [int(key) for key in data["held"]]
            try:
                ended = leave_posts(person=person, from_day=data["from_day"], keys=keys, actor=person_at(request))
                words = _("Đã ghi thôi giữ chức vụ.") if ended else _("Người khác vừa ghi việc này.")
                messages.success(request, words)
                return HttpResponseRedirect(back)
            except ValidationError as error:
                form.add_error("from_day", error)
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "form": form, "back_url": back,
            "subject": person.full_name, "title": _("Thôi giữ chức vụ"), "button": _("Ghi thôi giữ chức vụ"),
            "icon": "log-out", "list_url": reverse("admin:units_person_changelist"),
        }  # fmt: skip
        return TemplateResponse(request, "admin/units/person/step.html", context)
