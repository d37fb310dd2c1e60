"""The screen of a request: what was asked for, the longer term, deletion and a copy for the person who asks."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feedback.actions.case_steps import Stale
from feedback.actions.requests import (
    TARGETS_SHOWN,
    carry_out_deletion,
    carry_out_withdrawal,
    cases_of_person,
    copy_for_person,
    declare_complex,
)
from feedback.cases.clock import term_for
from feedback.cases.request_details import is_proved, lines_of_request
from feedback.enums.cases import RUNNING, CaseKind, PersonalWish, TermStep
from feedback.forms.request_steps import ComplexForm, PersonForm
from feedback.models import Case
from portal.core.admin_base import person_at

STALE_STATUS: Final = 409
REFUSED_STATUS: Final = 422
COMPLEX, DELETE, WITHDRAW, COPY = "phuc-tap", "xoa", "rut", "ban-sao"
_OF_PERSON: Final = (DELETE, WITHDRAW, COPY)


class RequestScreens:
    """Mixed into CaseAdmin. Only the unit that holds a request works on it: for all others it is not there."""

    admin_site: AdminSite
    opts: Any

    def request_urls(self) -> list[URLPattern]:
        """Addresses below /quan-tri/feedback/case/."""
        view = self.admin_site.admin_view
        return [path("<int:pk>/yeu-cau/", view(self.request_view), name="feedback_case_request")]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def request_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One request; a POST is one verb. What was typed stays where it is refused."""
        if not request.user.has_perm("feedback.handle_case"):
            raise PermissionDenied
        rows = Case.objects.held().of_kind(CaseKind.INFORMATION, CaseKind.PERSONAL)
        case = get_object_or_404(rows, pk=pk)
        verb = request.POST.get("viec", "") if request.method == "POST" else ""
        forms = self._request_forms(request, case, verb)
        form = forms["complex"] if verb == COMPLEX else forms["person"] if verb in _OF_PERSON else None
        if form is None:
            return self._request_screen(request, case, forms)
        if not form.is_valid():
            return self._request_screen(request, case, forms, status=REFUSED_STATUS)
        try:
            return self._request_step(request, case, verb, form)
        except Stale:
            messages.warning(request, _("Người khác vừa làm việc này. Xem lại rồi bấm lại."))
            return HttpResponseRedirect(request.path)
        except ValidationError as error:
            form.add_error(None, error)
            return self._request_screen(request, case, forms, status=REFUSED_STATUS)

    @staticmethod
    def _request_step(request: HttpRequest, case: Case, verb: str, form: Form) -> HttpResponse:
        actor, data = person_at(request), dict(form.cleaned_data)
        if verb == COMPLEX:
            declare_complex(case=case, reason=data["reason"], actor=actor, seen=data["seen"])
            messages.success(request, _("Đã báo việc phức tạp. Người yêu cầu thấy hạn mới."))
            return HttpResponseRedirect(request.path)
        chosen = {"target_codes": data["target_codes"], "seen_in_person": data["seen_in_person"]}
        if verb == COPY:
            made = copy_for_person(case=case, reason=data["reason"], actor=actor, **chosen)
            name = f"ban-sao-{case.code}.zip"
            headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
            return HttpResponse(made, content_type="application/zip", headers=headers)
        if verb == WITHDRAW:
            carry_out_withdrawal(case=case, actor=actor, seen=data["seen"], **chosen)
            messages.success(request, _("Đã ghi rút đồng ý. Việc còn lại: trả lời người yêu cầu."))
            return HttpResponseRedirect(request.path)
        carry_out_deletion(case=case, actor=actor, seen=data["seen"], **chosen)
        messages.success(request, _("Đã xóa. Việc còn lại: trả lời người yêu cầu."))
        return HttpResponseRedirect(request.path)

    @staticmethod
    def _request_forms(request: HttpRequest, case: Case, verb: str) -> dict[str, Form | None]:
        """The forms that this request and this person may use."""
        common: dict[str, Any] = {"initial": {"seen": case.version}, "label_suffix": ""}
        complex_form = person_form = None
        term = term_for(case, TermStep.COMPLEX, timezone.localdate(case.received_at))
        day = term.last_day(timezone.localdate(case.received_at)) if term else None
        if day and case.status in RUNNING and case.due_on and timezone.localdate() <= case.due_on < day:
            complex_form = ComplexForm(request.POST if verb == COMPLEX else None, auto_id="phuc-tap-%s", **common)
        targets = list(cases_of_person(case)[:TARGETS_SHOWN]) if request.user.has_perm("feedback.unmask_case") else []
        if targets:
            data = request.POST if verb in _OF_PERSON else None
            person_form = PersonForm(data, auto_id="du-lieu-%s", targets=targets, **common)
        return {"complex": complex_form, "person": person_form}

    def _request_screen(
        self, request: HttpRequest, case: Case, forms: dict[str, Form | None], *, status: int = 200
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "title": _("Yêu cầu"), "case": case,
            "lines": lines_of_request(case), "is_proved": is_proved(case), "complex": forms["complex"],
            "person": forms["person"], "deletes": case.wish == PersonalWish.DELETE, "withdraws": case.wish == PersonalWish.WITHDRAW, "is_personal": case.kind == CaseKind.PERSONAL,
            "may_unmask": request.user.has_perm("feedback.unmask_case"),
        }  # fmt: skip
        return TemplateResponse(request, "admin/feedback/request/request.html", context, status=status)
