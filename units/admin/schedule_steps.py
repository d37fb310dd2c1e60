"""What may be done with an entry of the schedule, a screen each: put off, hold after all, take off, send back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from portal.core.admin_base import person_at
from portal.core.models import User
from units.actions.schedule import cancel_entry, restore_entry, return_entry, withdraw_entry
from units.enums.schedule import EntryStage, EntryStatus, Visibility, WeekStatus
from units.forms.schedule_steps import ReasonForm
from units.models import ScheduleEntry, ScheduleWeek
from units.rules.schedule import monday_of
from units.schedule.addresses import desk_url

OFFICE: Final = "units.consolidate_schedule"
CHIEF: Final = "units.publish_schedule"


@dataclass(frozen=True, slots=True)
class Step:
    """One verb: its address, words, whether it may be taken now, and what it does with the sentence that was written."""

    name: str
    path: str
    label: Any
    question: Any
    help_text: Any
    done: Any
    icon: str
    is_open: Callable[[ScheduleEntry], bool]
    take: Callable[[ScheduleEntry, User, str], Any]
    needs_reason: bool = True
    is_danger: bool = False
    permission: Callable[[ScheduleEntry], str] = lambda _entry: OFFICE


def _is_withdrawn(entry: ScheduleEntry) -> bool:
    return entry.published_at is not None and entry.visibility == Visibility.INTERNAL


def _is_in_table(entry: ScheduleEntry) -> bool:
    return entry.stage == EntryStage.ACCEPTED


STEPS: Final = (
    Step(
        "return", "tra-lai", gettext_lazy("Trả lại phòng, ban"), gettext_lazy("Phòng, ban cần sửa gì?"),
        gettext_lazy("Ví dụ: Trùng lịch họp của thành phố, chuyển sang buổi chiều."),
        gettext_lazy("Đã trả lại đề xuất."), "undo-2",
        lambda entry: bool(entry.proposed_by_id) and not entry.published_at and entry.stage != EntryStage.RETURNED,
        lambda entry, user, words: return_entry(entry=entry, actor=user, reason=words),
    ),
    Step(
        "cancel", "hoan", gettext_lazy("Hoãn"), gettext_lazy("Vì sao hoãn?"),
        gettext_lazy("Việc vẫn nằm trên lịch, bị gạch ngang. Người dân đọc câu này."),
        gettext_lazy("Đã ghi hoãn."), "circle-x",
        lambda entry: _is_in_table(entry) and entry.status != EntryStatus.CANCELLED,
        lambda entry, user, words: cancel_entry(entry=entry, actor=user, reason=words),
    ),
    Step(
        "restore", "hop-lai", gettext_lazy("Họp lại, đăng lại"), gettext_lazy("Nói thêm một câu (người dân đọc được)"),
        gettext_lazy("Để trống cũng được."),
        gettext_lazy("Việc đã trở lại lịch."), "refresh-cw",
        lambda entry: _is_in_table(entry) and (entry.status == EntryStatus.CANCELLED or _is_withdrawn(entry)),
        lambda entry, user, words: restore_entry(entry=entry, actor=user, note=words), needs_reason=False,
        permission=lambda entry: CHIEF if _is_withdrawn(entry) else OFFICE,
    ),
    Step(
        "withdraw", "go", gettext_lazy("Gỡ khỏi lịch công khai"), gettext_lazy("Vì sao gỡ? (chỉ lưu nội bộ)"),
        gettext_lazy("Việc biến mất ngay khỏi trang công khai, còn một dòng nói có việc đã gỡ. Chỉ dùng khi lộ nội dung."),
        gettext_lazy("Đã gỡ khỏi lịch công khai."), "archive",
        lambda entry: entry.published_at is not None and entry.visibility == Visibility.PUBLIC,
        lambda entry, user, words: withdraw_entry(entry=entry, actor=user, reason=words), is_danger=True,
    ),
)  # fmt: skip


@contextmanager
def telling_of_approval(request: HttpRequest, day: date) -> Iterator[None]:
    """Around a change: say so when it undid the approval of the day's week."""
    week = ScheduleWeek.objects.filter(monday=monday_of(day))
    was_approved = week.filter(status=WeekStatus.APPROVED).exists()
    yield
    if was_approved and week.filter(status=WeekStatus.COLLECTING).exists():
        messages.warning(request, gettext("Lịch tuần này đã duyệt, nay có thay đổi: phải duyệt lại rồi mới công bố."))


class StepScreens:
    """A mixin of the entries' admin."""

    admin_site: AdminSite
    opts: Any

    def step_urls(self) -> list[URLPattern]:
        """Addresses below /quan-tri/units/scheduleentry/<pk>/."""
        return [
            path(
                f"<int:pk>/{step.path}/",
                self.admin_site.admin_view(self.step_view),
                {"name": step.name},
                name=f"units_scheduleentry_{step.name}",
            )
            for step in STEPS
        ]

    def steps_for(self, request: HttpRequest, entry: ScheduleEntry) -> list[dict[str, Any]]:
        """What this person may do with the entry now, as buttons."""
        return [
            {
                "label": step.label,
                "icon": step.icon,
                "url": reverse(f"admin:units_scheduleentry_{step.name}", args=[entry.pk]),
            }
            for step in STEPS
            if step.is_open(entry) and request.user.has_perm(step.permission(entry))
        ]

    @staticmethod
    def _asked(request: HttpRequest, pk: int, name: str) -> tuple[ScheduleEntry, Step]:
        """The entry and the step; 403 for who may not take it, 404 for another unit's entry."""
        if not request.user.has_perm(OFFICE):
            raise PermissionDenied
        entry: ScheduleEntry = get_object_or_404(ScheduleEntry.objects.all(), pk=pk)
        step = next(one for one in STEPS if one.name == name)
        if not request.user.has_perm(step.permission(entry)):
            raise PermissionDenied
        return entry, step

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def step_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Ask for the sentence, take the step, go back to the week's desk."""
        entry, step = self._asked(request, pk, name)
        form = ReasonForm(
            request.POST if request.method == "POST" else None,
            label=step.question,
            help_text=step.help_text,
            required=step.needs_reason,
        )
        if request.method == "POST" and form.is_valid():
            try:
                with telling_of_approval(request, entry.day):
                    step.take(entry, person_at(request), form.cleaned_data["reason"])
                messages.success(request, step.done)
                return HttpResponseRedirect(desk_url(entry.day))
            except ValidationError as error:
                form.add_error(None, ValidationError(error.messages))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "form": form,
            "step": step,
            "entry": entry,
        }
        context |= {"title": step.label, "back": reverse("admin:units_scheduleentry_change", args=[pk])}
        context["is_open"] = step.is_open(entry)
        return TemplateResponse(request, "admin/units/scheduleentry/step.html", context)
