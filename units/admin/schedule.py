"""The schedule in the administration: entries as a plain list and form."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.admin_base import TenantAdmin, person_at
from portal.core.templatetags.portal_text import date_short, weekday_name
from units.actions.schedule import delete_entry, propose_entry, save_entry
from units.admin.schedule_screens import GridScreens
from units.admin.schedule_steps import OFFICE, StepScreens, telling_of_approval
from units.enums.schedule import EntryStage, EntryStatus, Visibility
from units.forms.schedule import CLOCK, EntryForm
from units.models import ScheduleEntry
from units.schedule.addresses import desk_url
from units.schedule.conflicts import conflicts_of, time_text_of
from units.schedule.states import state_tag, waiting_words

OWN_STAGES = frozenset({EntryStage.PROPOSED, EntryStage.RETURNED})


class StageFilter(admin.SimpleListFilter):
    """Where an entry stands, in the clerks' words."""

    title = gettext_lazy("tình trạng")
    parameter_name = "buoc"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """The choices."""
        return [
            ("cho", _("Đề xuất chờ nhận")),
            ("tra-lai", _("Đã trả lại")),
            ("chua-cong-bo", _("Trong lịch, chưa công bố")),
            ("da-cong-bo", _("Đã công bố")),
            ("hoan", _("Hoãn")),
            ("noi-bo", _("Nội bộ")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those chosen."""
        if self.value() == "cho":
            return queryset.waiting()
        if self.value() == "tra-lai":
            return queryset.filter(stage=EntryStage.RETURNED)
        if self.value() == "chua-cong-bo":
            return queryset.unpublished()
        if self.value() == "da-cong-bo":
            return queryset.public()
        if self.value() == "hoan":
            return queryset.filter(status=EntryStatus.CANCELLED)
        return queryset.filter(visibility=Visibility.INTERNAL) if self.value() == "noi-bo" else queryset


@admin.register(ScheduleEntry)
class ScheduleEntryAdmin(StepScreens, GridScreens, TenantAdmin):
    """Entries, newest day first. A department's writer has their own proposals here and nothing else."""

    form = EntryForm
    purpose = gettext_lazy("Mọi việc trên lịch công tác. Nhập nhiều việc một lúc thì dùng bảng nhập tuần.")
    add_label = gettext_lazy("Thêm một việc")
    change_form_template = "admin/units/scheduleentry/change_form.html"
    change_list_template = "admin/units/scheduleentry/change_list.html"
    list_display = ("title", "when", "who", "state")
    list_filter = (StageFilter,)
    list_select_related = ("chair",)
    search_fields = ("title", "content", "place", "chair_text")
    search_help_text = gettext_lazy("Tìm theo nội dung, địa điểm")
    ordering = ("-day", "starts_at", "pk")
    fieldsets = (
        (gettext_lazy("Khi nào, việc gì"), {"fields": ("day", "starts_at", "ends_at", "session", "title", "content")}),
        (gettext_lazy("Ai"), {"fields": ("chair", "chair_text", "persons", "divisions", "attendees_text")}),
        (gettext_lazy("Ở đâu"), {"fields": ("room", "place")}),
        (gettext_lazy("Ai xem được"), {"fields": ("visibility",)}),
        (
            gettext_lazy("Chuẩn bị, đơn vị mời, ghi chú nội bộ"),
            {
                "classes": ("fold",),
                "fields": ("preparing", "preparing_text", "invited_units", "proposing", "vehicle", "notes"),
            },
        ),
    )
    change_part = (gettext_lazy("Báo cho người dân"), {"fields": ("note",)})

    def get_urls(self) -> list[Any]:
        """The grid and the steps before the stock screens."""
        return [*self.grid_urls(), *self.step_urls(), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Everything for the office; their own proposals for a department's writer."""
        rows: Any = super().get_queryset(request)
        return rows if request.user.has_perm(OFFICE) else rows.proposed_by(request.user.pk)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What citizens have seen is changed with a sentence for them; it waits under the other parts."""
        seen = obj is not None and obj.published_at is not None
        if not self.has_change_permission(request, obj):
            return self.fieldsets
        name, part = self.fieldsets[0]
        first = (name, {**part, "fields": (*part["fields"], "seen_at")})
        return (first, *self.fieldsets[1:], *([self.change_part] if seen else []))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The day asked for in the address (``?ngay=2026-11-23``)."""
        day = request.GET.get("ngay", "")
        return {"day": day} if len(day) == len("2026-11-23") else {}

    @admin.display(description=gettext_lazy("Ngày, giờ"), ordering="day")
    def when(self, row: ScheduleEntry) -> str:
        """Day and time."""
        return f"{weekday_name(row.day)} {date_short(row.day)}, {time_text_of(row.session, row.starts_at, row.ends_at)}"

    @admin.display(description=gettext_lazy("Chủ trì"))
    def who(self, row: ScheduleEntry) -> str:
        """Who chairs."""
        return str(row.chair or row.chair_text or "–")

    @admin.display(description=gettext_lazy("Tình trạng"))
    def state(self, row: ScheduleEntry) -> SafeString:
        """One word in its colour."""
        return state_tag(row)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The office everything but what was sent back; a writer their own until the office has taken it."""
        allowed = bool(super().has_change_permission(request, obj))
        if obj is None or not allowed:
            return allowed
        if request.user.has_perm(OFFICE):
            return bool(obj.stage != EntryStage.RETURNED or obj.proposed_by_id == request.user.pk)
        return bool(obj.proposed_by_id == request.user.pk and obj.stage in OWN_STAGES)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only what citizens never saw: the office, and a writer their own proposal."""
        if obj is None:
            return bool(request.user.has_perm("units.add_scheduleentry"))
        if obj.published_at is not None:
            return False
        if request.user.has_perm(OFFICE):
            return bool(super().has_delete_permission(request, obj))
        return self.has_change_permission(request, obj)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The stock form; what somebody else did in the same second is said, and nothing is written."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(request.path)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Beside the form: where the entry stands, what it collides with, what may be done."""
        row: ScheduleEntry | None = kwargs.get("obj")
        context |= {"clock": CLOCK, "is_office": request.user.has_perm(OFFICE)}
        if row is not None:
            context |= {
                "steps": self.steps_for(request, row),
                "state_words": state_tag(row),
                "waiting_words": waiting_words(row) if row.proposed_by_id else "",
                "conflicts": conflicts_of(row, [one.pk for one in row.persons.all()], row.room_id),
                "desk_url": desk_url(row.day),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: ScheduleEntry, form: Any, change: bool) -> None:
        """Into the table by the office, as a proposal by everybody else."""
        user, note = person_at(request), form.cleaned_data.get("note", "")
        is_proposal = obj.stage in OWN_STAGES if change else not request.user.has_perm(OFFICE)
        own = is_proposal and (not change or obj.proposed_by_id == user.pk)
        write = propose_entry if own else save_entry
        guests = form.guests()
        with telling_of_approval(request, obj.day):
            write(entry=obj, actor=user, note=note, **guests)
        found = conflicts_of(obj, [one.pk for one in guests["persons"]], obj.room_id)
        for one in found[:5]:
            messages.warning(
                request,
                _("Trùng lịch: %(name)s đã có “%(title)s”, %(time)s cùng ngày.")
                % {"name": one.name, "title": one.other_title, "time": one.time_text},
            )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Done by the action."""

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Back to the week's desk, where the next step stands."""
        return HttpResponseRedirect(desk_url(obj.day))

    response_post_save_change = response_post_save_add

    def delete_model(self, request: HttpRequest, obj: ScheduleEntry) -> None:
        """Through the action."""
        try:
            delete_entry(entry=obj, actor=person_at(request))
        except ValidationError as error:
            raise PermissionDenied from error
