"""“Bàn lịch tuần”: one screen a week for everybody in the cascade; each sees the buttons of their role."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import re_path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from portal.core.admin_base import TenantAdmin, person_at
from portal.core.models import User
from portal.core.templatetags.portal_text import date_full
from units.actions.schedule import (
    WeekHasConflicts,
    accept_entries,
    approve_week,
    copy_week,
    fill_series,
    open_week,
    publish_week,
    save_week_note,
)
from units.admin.schedule_steps import CHIEF, OFFICE, telling_of_approval
from units.forms.schedule_steps import NoteForm, OverridesForm, PickForm
from units.models import ScheduleEntry, ScheduleWeek
from units.rules.schedule import monday_of, monday_of_week
from units.schedule.addresses import desk_url
from units.schedule.conflicts import conflicts_between
from units.schedule.desk import Desk, read_desk
from units.schedule.states import week_tag

WEEK = r"tuan/(?P<year>20\d\d)/W(?P<week>\d\d)"
# Path, name, who may press.
VERBS = (
    ("mo", "open", OFFICE),
    ("nhan", "accept", OFFICE),
    ("chep", "copy", OFFICE),
    ("lap-lai", "series", OFFICE),
    ("ghi-chu", "note", OFFICE),
    ("duyet", "approve", CHIEF),
    ("cong-bo", "publish", CHIEF),
)


@admin.register(ScheduleWeek)
class ScheduleWeekAdmin(TenantAdmin):
    """All weeks, each leading to its desk; nothing is typed here."""

    purpose = gettext_lazy("Mỗi tuần một bảng: phòng, ban đề xuất; Văn phòng xếp; Chánh Văn phòng duyệt rồi công bố.")
    list_display = ("__str__", "days", "state", "published")
    list_filter = ("status",)
    change_list_template = "admin/units/scheduleweek/change_list.html"

    @admin.display(description=gettext_lazy("Từ ngày, đến ngày"), ordering="monday")
    def days(self, row: ScheduleWeek) -> str:
        """Monday and Sunday."""
        return f"{date_full(row.monday)} – {date_full(row.sunday)}"

    @admin.display(description=gettext_lazy("Trạng thái"), ordering="status")
    def state(self, row: ScheduleWeek) -> Any:
        """One word in its colour."""
        return week_tag(row)

    @admin.display(description=gettext_lazy("Công bố ngày"), ordering="published_at")
    def published(self, row: ScheduleWeek) -> str:
        """When citizens could read it first."""
        return date_full(row.published_at) or "–"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Not by a form: a week begins at its desk."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: the weeks are the archive."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, with the way to this week and the next."""
        today = timezone.localdate()
        words = {"this_week": desk_url(today), "next_week": desk_url(today + timedelta(days=7))}
        return super().changelist_view(request, {**words, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The week's desk."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        return HttpResponseRedirect(desk_url(row.monday))

    def get_urls(self) -> list[Any]:
        """The desk and its verbs before the stock screens."""
        view, name = self.admin_site.admin_view, "units_scheduleweek"
        verbs = [
            re_path(rf"^{WEEK}/{path}/$", view(self.verb_view), {"verb": verb}, name=f"{name}_desk_{verb}")
            for path, verb, _permission in VERBS
        ]
        return [
            re_path(r"^tuan/$", view(self.now_view), name=f"{name}_now"),
            re_path(rf"^{WEEK}/$", view(self.desk_view), name=f"{name}_desk"),
            *verbs,
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def now_view(self, request: HttpRequest) -> HttpResponse:
        """This week's desk."""
        return HttpResponseRedirect(desk_url(timezone.localdate()))

    @method_decorator(require_safe)
    def desk_view(self, request: HttpRequest, year: str, week: str) -> HttpResponse:
        """One week."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._desk(request, read_desk(_monday(year, week), person_at(request)))

    def _desk(self, request: HttpRequest, desk: Desk, *, status: int = 200, **forms: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "desk": desk, "title": desk.title}
        context["note_form"] = forms.pop("note_form", None) or NoteForm(
            initial={"note": desk.week.note if desk.week else ""}
        )
        if desk.week:
            context["week_tag"] = week_tag(desk.week)
        return TemplateResponse(request, "admin/units/scheduleweek/desk.html", {**context, **forms}, status=status)

    @method_decorator(require_POST)
    def verb_view(self, request: HttpRequest, year: str, week: str, verb: str) -> HttpResponse:
        """Press one of the desk's buttons."""
        permission = next(one[2] for one in VERBS if one[1] == verb)
        if not request.user.has_perm(permission):
            raise PermissionDenied
        monday = _monday(year, week)
        press: Callable[[HttpRequest, date, User], HttpResponse | None] = getattr(self, f"_{verb}")
        try:
            with telling_of_approval(request, monday):
                answer = press(request, monday, person_at(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            answer = None
        return answer or HttpResponseRedirect(desk_url(monday))

    @staticmethod
    def _open(request: HttpRequest, monday: date, user: User) -> None:
        open_week(day=monday)
        number = ScheduleEntry.objects.between(monday, monday + timedelta(days=6)).accepted().count()
        messages.success(request, _("Đã bắt đầu lịch tuần. Có sẵn %(number)d việc lặp lại.") % {"number": number})

    @staticmethod
    def _accept(request: HttpRequest, monday: date, user: User) -> None:
        waiting = ScheduleEntry.objects.waiting().between(monday, monday + timedelta(days=6))
        form = PickForm(request.POST, list(waiting.values_list("pk", flat=True)))
        if not form.is_valid():
            messages.error(request, _("Chưa nhận được: đánh dấu đề xuất còn đang chờ trong tuần này."))
            return
        number = accept_entries(pks=form.cleaned_data["pk"], actor=user)
        messages.success(request, _("Đã nhận %(number)d đề xuất vào lịch.") % {"number": number})

    @staticmethod
    def _copy(request: HttpRequest, monday: date, user: User) -> None:
        number = copy_week(source=monday - timedelta(days=7), target=monday, actor=user)
        words = _("Đã chép %(number)d việc của tuần trước. Xem lại từng việc.") % {"number": number}
        messages.success(request, words if number else _("Tuần trước không có việc nào để chép thêm."))

    @staticmethod
    def _series(request: HttpRequest, monday: date, user: User) -> None:
        number = fill_series(week=open_week(day=monday), actor=user)
        words = _("Đã đưa %(number)d việc lặp lại vào lịch.") % {"number": number}
        messages.success(request, words if number else _("Không thiếu việc lặp lại nào."))

    def _note(self, request: HttpRequest, monday: date, user: User) -> HttpResponse | None:
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self._desk(request, read_desk(monday, user), note_form=form, status=422)
        save_week_note(week=open_week(day=monday), note=form.cleaned_data["note"], actor=user)
        messages.success(request, _("Đã lưu ghi chú."))
        return None

    @staticmethod
    def _approve(request: HttpRequest, monday: date, user: User) -> None:
        if approve_week(week=_week(monday), actor=user):
            messages.success(request, _("Đã duyệt. Kiểm tra phần người dân thấy, rồi bấm Công bố."))
        else:
            messages.info(request, _("Người khác vừa duyệt lịch này."))

    def _publish(self, request: HttpRequest, monday: date, user: User) -> HttpResponse | None:
        found = conflicts_between(monday, monday + timedelta(days=6))
        form = OverridesForm(request.POST, sorted({one.entry_id for one in found}))
        if not form.is_valid():
            messages.error(request, _("Lý do dài quá: mỗi lý do nhiều nhất 300 chữ."))
            return self._desk(request, read_desk(monday, user), overrides=form, status=422)
        try:
            number = publish_week(week=_week(monday), actor=user, overrides=form.reasons())
        except WeekHasConflicts as refused:
            messages.error(request, " ".join(refused.messages))
            return self._desk(request, read_desk(monday, user, typed=form.reasons()), status=422)
        messages.success(request, _("Đã công bố. Người dân thấy thêm %(number)d việc.") % {"number": number})
        return None


def _monday(year: str, week: str) -> date:
    """404 for week 54."""
    try:
        return monday_of_week(int(year), int(week))
    except ValueError as error:
        raise Http404 from error


def _week(monday: date) -> ScheduleWeek:
    week: ScheduleWeek = get_object_or_404(ScheduleWeek.objects.all(), monday=monday_of(monday))
    return week
