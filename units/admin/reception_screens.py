"""The steps of a session, a screen each: publishing, calling off, holding after all, noting that it took place."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.core.admin_base import person_at
from portal.core.templatetags.portal_text import date_full, date_long
from units.actions.reception import cancel_session, finish_session, publish_sessions, restore_session
from units.enums.reception import ReceptionKind, SessionStatus
from units.forms.reception_admin import CancelForm, PublishForm, RestoreForm
from units.models import ReceptionSession
from units.querysets.reception import COMING_LIMIT
from units.reception.cards import hours_words
from units.reception.measures import NoticeRule
from units.rules import reception as rules

CHANGE = "units.change_receptionsession"
Step = Callable[[ReceptionSession, Form], str]


class ReceptionSteps:
    """Mixed into ReceptionSessionAdmin."""

    admin_site: AdminSite
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """The steps before the stock screens."""
        view, name = self.admin_site.admin_view, "units_receptionsession"
        steps = [
            path("cong-bo/", view(self.publish_view), name=f"{name}_publish"),
            path("<int:pk>/hoan/", view(self.cancel_view), name=f"{name}_cancel"),
            path("<int:pk>/tiep-lai/", view(self.restore_view), name=f"{name}_restore"),
            path("<int:pk>/da-tiep/", view(self.finish_view), name=f"{name}_finish"),
        ]
        return [*steps, *super().get_urls()]  # type: ignore[misc]  # ModelAdmin's

    def steps_for(self, request: HttpRequest, row: ReceptionSession) -> list[dict[str, Any]]:
        """What can be done with the session now, as buttons."""
        steps: list[tuple[str, str, str, bool]] = []
        begun = rules.begins_at(row.day, row.starts_at) <= timezone.localtime().replace(tzinfo=None)
        if request.user.has_perm(CHANGE):
            if row.status == SessionStatus.CANCELLED and row.day >= timezone.localdate():
                steps.append((_("Vẫn tiếp"), "restore", "undo-2", True))
            elif row.status == SessionStatus.PLANNED and row.day >= timezone.localdate():
                if row.published_at is None:
                    steps.append((_("Công bố"), "publish", "send", True))
                steps.append((_("Hoãn buổi này"), "cancel", "circle-x", False))
        if request.user.has_perm("units.keep_reception_desk"):
            words = _("Người đăng ký (%(number)d)") % {"number": row.booked}
            steps.append((words, "people", "users", begun and row.status == SessionStatus.PLANNED))
        return [
            {
                "label": label, "icon": icon, "is_main": is_main,
                "url": reverse(f"admin:units_receptionsession_{name}", args=[] if name == "publish" else [row.pk]),
            }
            for label, name, icon, is_main in steps
        ]  # fmt: skip

    @staticmethod
    def _row(request: HttpRequest, pk: int) -> ReceptionSession:
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        return get_object_or_404(ReceptionSession.objects.all(), pk=pk)

    def _screen(self, request: HttpRequest, form: Form, step: Step, words: dict[str, Any]) -> HttpResponse:
        """Show one step's form, or take the step and go back to the session."""
        row = words["session"]
        if request.method == "POST" and form.is_valid():
            try:
                messages.success(request, step(row, form))
                return HttpResponseRedirect(reverse("admin:units_receptionsession_change", args=[row.pk]))
            except ValidationError as error:
                form.add_error(None, " ".join(error.messages))
        words["heading"] = f"{date_long(row.day)}, {hours_words(row.starts_at, row.ends_at)}"
        context = {**self.admin_site.each_context(request), "opts": self.opts, "form": form, **words}
        return TemplateResponse(request, "admin/units/receptionsession/step.html", context)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def cancel_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Call a session off."""
        row, user = self._row(request, pk), person_at(request)

        def step(row: ReceptionSession, form: Form) -> str:
            if not cancel_session(session=row, reason=form.cleaned_data["reason"], actor=user):
                return _("Buổi này đã hoãn từ trước.")
            return _("Đã hoãn. Người có thư điện tử được báo; người chỉ có điện thoại nằm ở danh sách cần gọi.")

        words = {
            "session": row, "title": _("Hoãn buổi tiếp"), "button": _("Hoãn buổi này"), "icon": "circle-x",
            "is_danger": True, "booked": row.booked,
        }  # fmt: skip
        return self._screen(request, CancelForm(request.POST or None), step, words)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hold it after all."""
        row, user = self._row(request, pk), person_at(request)

        def step(row: ReceptionSession, form: Form) -> str:
            done = restore_session(session=row, actor=user, note=form.cleaned_data["note"])
            return _("Buổi này vẫn tiếp. Người đã đăng ký được báo.") if done else _("Buổi này không hoãn.")

        words = {"session": row, "title": _("Vẫn tiếp buổi này"), "button": _("Vẫn tiếp"), "icon": "undo-2"}
        # An empty sentence is a whole form: it must count as sent.
        form = RestoreForm(request.POST if request.method == "POST" else None)
        return self._screen(request, form, step, words)

    @method_decorator(require_POST)
    def finish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note that it took place; from the desk's list."""
        if not request.user.has_perm("units.keep_reception_desk"):
            raise PermissionDenied
        row = get_object_or_404(ReceptionSession.objects.all(), pk=pk)
        try:
            done = finish_session(session=row, actor=person_at(request))
            messages.success(request, _("Đã ghi: buổi này đã tiếp.") if done else _("Buổi này đã ghi từ trước."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(reverse("admin:units_receptionsession_people", args=[pk]))

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def publish_view(self, request: HttpRequest) -> HttpResponse:
        """Tick what goes on the public page; each with the last day on which that is in time."""
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        today = timezone.localdate()
        rows = list(ReceptionSession.objects.unpublished(today).with_people()[:COMING_LIMIT])
        rule = NoticeRule.read(today, max([today, *(row.day for row in rows)]) + timedelta(days=1))
        choices = [(str(row.pk), _publish_words(row, rule)) for row in rows]
        near = rules.month_of(rules.next_month(today))[1]
        initial = {"sessions": [str(row.pk) for row in rows if row.day <= near]}
        form = PublishForm(request.POST if request.method == "POST" else None, choices=choices, initial=initial)
        if request.method == "POST" and form.is_valid():
            pks = [int(one) for one in form.cleaned_data["sessions"]]
            number = publish_sessions(pks=pks, actor=person_at(request))
            messages.success(request, _("Đã công bố %(number)d buổi.") % {"number": number})
            return HttpResponseRedirect(reverse("admin:units_receptionsession_changelist"))
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "form": form, "rows": rows,
            "title": _("Công bố lịch tiếp công dân"), "term": rule.term,
        }  # fmt: skip
        return TemplateResponse(request, "admin/units/receptionsession/publish.html", context)


def _publish_words(row: ReceptionSession, rule: NoticeRule) -> str:
    words = f"{date_long(row.day)}, {hours_words(row.starts_at, row.ends_at)}"
    who = row.receiver.full_name if row.receiver else row.receiver_text
    if row.kind == ReceptionKind.SPECIAL:
        return f"{words}, {who} ({_('đột xuất')})"
    due = rule.publish_by(row.day)
    when = _("quá hạn công bố %(day)s") if due < timezone.localdate() else _("công bố chậm nhất %(day)s")
    return f"{words}, {who} ({when % {'day': date_full(due)}})"
