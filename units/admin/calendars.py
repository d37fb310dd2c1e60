"""Administration: leaders' secret calendar addresses."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.core.admin_base import TenantAdmin, person_at
from portal.core.admin_site import MenuItem
from units.actions.calendars import make_address, revoke_address, token_of
from units.models import CalendarAddress, Person
from units.people.posts import PostsBetween
from units.schedule.calendar_links import calendar_links

LEADERS_SHOWN = 60


@admin.register(CalendarAddress)
class CalendarAddressAdmin(TenantAdmin):
    """“Lịch riêng trên điện thoại”: one line for each leader, make anew, take back."""

    purpose = gettext_lazy(
        "Mỗi lãnh đạo có một địa chỉ lịch riêng để thêm vào điện thoại: thấy cả việc nội bộ. Ai có địa chỉ đều đọc được, "
        "nên chỉ đưa cho đúng người; mất máy thì thu hồi."
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: an address is taken back, and stays in the list of what was given out."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Not by the stock form: by the leader's line."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not by the stock form either; the list asks for itself."""
        return obj is None and request.user.has_perm("units.change_calendaraddress")

    def get_urls(self) -> list[Any]:
        """Two verbs beside the list."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/lap/", view(self.make_view), name="units_calendaraddress_make"),
            path("<int:pk>/thu-hoi/", view(self.revoke_view), name="units_calendaraddress_revoke"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Leaders of today, each with the address or the way to one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        today = timezone.localdate()
        posts = PostsBetween.read(today, today)
        people = list(Person.objects.leading_on(today)[:LEADERS_SHOWN])
        live = {row.person_id: row for row in CalendarAddress.objects.live().select_related("made_by")}
        lines = [
            {"person": person, "post": posts.title(person.pk, today), "address": live.get(person.pk),
             "links": self._links(request, live[person.pk]) if person.pk in live else None}
            for person in people
        ]  # fmt: skip
        context = {
            **self.admin_site.each_context(request),
            "title": _("Lịch riêng trên điện thoại"),
            "opts": self.opts,
            "purpose": self.purpose,
            "lines": lines,
            "may_change": request.user.has_perm("units.change_calendaraddress"),
        }
        return TemplateResponse(request, "admin/units/calendaraddress/list.html", context)

    @staticmethod
    def _links(request: HttpRequest, address: CalendarAddress) -> dict[str, str]:
        return calendar_links(request, reverse("units:calendar-secret", args=[token_of(address)]))

    @method_decorator(require_POST)
    def make_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A new address for the leader ``pk``."""
        if not request.user.has_perm("units.add_calendaraddress"):
            raise PermissionDenied
        person = get_object_or_404(Person, pk=pk)
        try:
            make_address(person=person, actor=person_at(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Đã lập địa chỉ lịch riêng cho %(name)s.") % {"name": person})
        return HttpResponseRedirect(reverse("admin:units_calendaraddress_changelist"))

    @method_decorator(require_POST)
    def revoke_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the address ``pk`` back."""
        if not request.user.has_perm("units.change_calendaraddress"):
            raise PermissionDenied
        address = get_object_or_404(CalendarAddress.objects.select_related("person"), pk=pk)
        if revoke_address(address=address, actor=person_at(request)):
            messages.success(request, _("Đã thu hồi. Máy đang dùng địa chỉ cũ không đọc được nữa."))
        return HttpResponseRedirect(reverse("admin:units_calendaraddress_changelist"))


SITE: Any = admin.site  # PortalAdminSite
SITE.audit_words.update(
    {
        "calendar.make": gettext_lazy("Lập địa chỉ lịch riêng"),
        "calendar.revoke": gettext_lazy("Thu hồi địa chỉ lịch riêng"),
        "schedule.remind": gettext_lazy("Nhắc lập lịch tuần bằng thư"),
    }
)
SITE.add_to_menu(
    "schedule",
    MenuItem(
        gettext_lazy("Lịch riêng trên điện thoại"),
        "admin:units_calendaraddress_changelist",
        "lock",
        "units.view_calendaraddress",
        "units.calendaraddress",
        60,
    ),
)
