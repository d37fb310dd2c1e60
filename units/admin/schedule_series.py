"""Recurring meetings and meeting rooms in the administration."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from portal.core.admin_base import TenantAdmin, person_at
from units.actions.schedule_series import delete_room, delete_series, save_room, save_series
from units.forms.schedule import CLOCK, SeriesForm
from units.models import Room, ScheduleSeries
from units.rules.recurrence import rule_words
from units.schedule.conflicts import time_text_of


@admin.register(ScheduleSeries)
class ScheduleSeriesAdmin(TenantAdmin):
    """“Việc lặp lại”: meetings that come by themselves when a week is begun."""

    form = SeriesForm
    purpose = gettext_lazy(
        "Họp giao ban, chào cờ… tự vào lịch khi bắt đầu lập một tuần. Ngày lễ thì bỏ qua. Tuần đã lập không đổi theo."
    )
    add_label = gettext_lazy("Thêm việc lặp lại")
    change_form_template = "admin/units/scheduleentry/change_form.html"
    list_display = ("title", "rhythm", "hours", "active")
    search_fields = ("title",)
    list_filter = ("is_active",)
    fieldsets = (
        (gettext_lazy("Việc gì"), {"fields": ("title", "content", "starts_at", "ends_at", "session")}),
        (
            gettext_lazy("Lặp lại khi nào"),
            {"fields": ("repeat", "weekdays", "month_days", "position", "starts_on", "ends_on", "is_active")},
        ),
        (gettext_lazy("Ai"), {"fields": ("chair", "chair_text", "persons", "divisions", "attendees_text")}),
        (gettext_lazy("Ở đâu"), {"fields": ("room", "place")}),
        (gettext_lazy("Ai xem được"), {"fields": ("visibility",)}),
        (
            gettext_lazy("Chuẩn bị, đơn vị mời, ghi chú nội bộ"),
            {"classes": ("fold",), "fields": ("preparing", "preparing_text", "invited_units", "vehicle", "notes")},
        ),
    )

    @admin.display(description=gettext_lazy("Lặp lại"))
    def rhythm(self, row: ScheduleSeries) -> str:
        """The rule in words."""
        return rule_words(row.rule)

    @admin.display(description=gettext_lazy("Giờ"))
    def hours(self, row: ScheduleSeries) -> str:
        """The clock time, or the half of the day."""
        return time_text_of(row.session, row.starts_at, row.ends_at)

    @admin.display(description=gettext_lazy("Còn lặp"), boolean=True, ordering="is_active")
    def active(self, row: ScheduleSeries) -> bool:
        """Whether it still comes."""
        return row.is_active

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With the list of times to pick from."""
        return super().render_change_form(request, {**context, "clock": CLOCK}, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: ScheduleSeries, form: Any, change: bool) -> None:
        """Through the action."""
        save_series(series=obj, actor=person_at(request), **form.guests())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Done by the action."""

    def delete_model(self, request: HttpRequest, obj: ScheduleSeries) -> None:
        """Through the action."""
        delete_series(series=obj, actor=person_at(request))


@admin.register(Room)
class RoomAdmin(TenantAdmin):
    """“Phòng họp”."""

    purpose = gettext_lazy("Phòng để họp. Máy báo khi một phòng bị xếp hai việc cùng giờ.")
    add_label = gettext_lazy("Thêm phòng họp")
    list_display = ("name", "place", "seats", "is_active")
    fields = ("name", "place", "seats", "is_active", "order")
    search_fields = ("name",)

    def save_model(self, request: HttpRequest, obj: Room, form: Any, change: bool) -> None:
        """Through the action."""
        save_room(room=obj, actor=person_at(request))

    def delete_model(self, request: HttpRequest, obj: Room) -> None:
        """Through the action."""
        delete_room(room=obj, actor=person_at(request))
