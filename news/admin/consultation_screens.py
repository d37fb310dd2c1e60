"""The steps of a consultation, a screen each: opening, taking away, the summary, the outcome."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from news.actions.consultations import (
    publish_consultation,
    publish_summary,
    shorter_than_term,
    tell_outcome,
    what_is_missing,
    withdraw_consultation,
)
from news.admin.editor import editor_page
from news.enums.documents import ConsultationOutcome, DocumentStatus
from news.forms.consultations import OutcomeForm, PublishForm, SummaryForm, WithdrawForm, is_over
from news.models import Consultation
from portal.core.admin_base import person_at

PUBLISH = "news.publish_consultation"
# A step does its work and gives the sentence that says so.
Step = Callable[[Consultation, Form], str]


class ConsultationScreens:
    """Mixed into ConsultationAdmin; who may publish takes the steps."""

    admin_site: AdminSite
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """The steps before the stock screens."""
        view = self.admin_site.admin_view
        steps = [
            path("<int:pk>/dang/", view(self.publish_view), name="news_consultation_publish"),
            path("<int:pk>/go/", view(self.withdraw_view), name="news_consultation_withdraw"),
            path("<int:pk>/tong-hop/", view(self.summary_view), name="news_consultation_summary"),
            path("<int:pk>/ket-qua/", view(self.outcome_view), name="news_consultation_outcome"),
        ]
        return [*steps, *super().get_urls()]  # type: ignore[misc]  # ModelAdmin's

    def steps_for(self, request: HttpRequest, row: Consultation) -> list[dict[str, Any]]:
        """What can be done with the draft now, as buttons; none for who may not publish."""
        if not request.user.has_perm(PUBLISH):
            return []
        steps: list[tuple[str, str, str, bool]] = []
        if row.status == DocumentStatus.DRAFT:
            steps.append((_("Đăng lấy ý kiến"), "publish", "send", True))
        elif row.status == DocumentStatus.PUBLISHED:
            if is_over(row):
                words = _("Sửa bản tổng hợp") if row.summary_published_at else _("Viết và đăng tổng hợp")
                steps.append((words, "summary", "clipboard-list", not row.summary_published_at))
                steps.append((_("Ghi kết quả"), "outcome", "check", False))
            steps.append((_("Gỡ dự thảo"), "withdraw", "archive", False))
        return [
            {"label": label, "icon": icon, "is_main": is_main, "url": reverse(f"admin:news_consultation_{name}", args=[row.pk])}
            for label, name, icon, is_main in steps
        ]  # fmt: skip

    def _screen(self, request: HttpRequest, pk: int, form: Form, step: Step, words: dict[str, Any]) -> HttpResponse:
        """Show one step's form, or take the step and go back to the draft."""
        if not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        row = words["consultation"]
        if request.method == "POST" and form.is_valid():
            try:
                messages.success(request, step(row, form))
                return HttpResponseRedirect(reverse("admin:news_consultation_change", args=[pk]))
            except ValidationError as error:
                form.add_error(None, error)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "form": form, **words}
        return TemplateResponse(request, "admin/news/consultation/step.html", context)

    @staticmethod
    def _row(pk: int) -> Consultation:
        return get_object_or_404(Consultation.objects.all(), pk=pk)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Open the draft to citizens."""
        row, user = self._row(pk), person_at(request)

        def step(row: Consultation, form: Form) -> str:
            done = publish_consultation(consultation=row, actor=user, secrecy_checked=form.cleaned_data["secrecy"])
            return _("Đã đăng lấy ý kiến.") if done else _("Người khác vừa đăng dự thảo này.")

        words = {
            "consultation": row, "title": _("Đăng lấy ý kiến"), "button": _("Đăng lấy ý kiến"), "icon": "send",
            "missing": what_is_missing(row), "short_term": shorter_than_term(row),
        }  # fmt: skip
        return self._screen(request, pk, PublishForm(request.POST or None), step, words)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the draft away, with a sentence that stays."""
        row, user = self._row(pk), person_at(request)

        def step(row: Consultation, form: Form) -> str:
            done = withdraw_consultation(consultation=row, note=form.cleaned_data["note"], actor=user)
            return _("Đã gỡ. Trang của dự thảo còn, có câu báo ở trên.") if done else _("Dự thảo này không đang đăng.")

        words = {
            "consultation": row,
            "title": _("Gỡ dự thảo"),
            "button": _("Gỡ dự thảo"),
            "icon": "archive",
            "is_danger": True,
        }
        return self._screen(request, pk, WithdrawForm(request.POST or None), step, words)

    @editor_page
    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def summary_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write and publish the summary; the opinions stand one click away."""
        row, user = self._row(pk), person_at(request)

        def step(row: Consultation, form: Form) -> str:
            publish_summary(consultation=row, summary=form.cleaned_data["summary"], actor=user)
            return _("Đã đăng bản tổng hợp.")

        words = {
            "consultation": row, "title": _("Tổng hợp, tiếp thu"), "button": _("Đăng bản tổng hợp"), "icon": "send",
            "opinions_path": f"/quan-tri/feedback/comment/y-kien/news.consultation/{row.pk}/",
        }  # fmt: skip
        form = SummaryForm(request.POST or None, initial={"summary": row.summary})
        return self._screen(request, pk, form, step, words)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def outcome_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what came of it."""
        row, user = self._row(pk), person_at(request)

        def step(row: Consultation, form: Form) -> str:
            data = form.cleaned_data
            tell_outcome(
                consultation=row, outcome=ConsultationOutcome(data["outcome"]), actor=user, document=data["document"],
                number=data["number"], note=data["note"],
            )  # fmt: skip
            return _("Đã ghi kết quả.")

        initial = {"outcome": row.outcome, "number": row.outcome_number, "note": row.outcome_note}
        words = {"consultation": row, "title": _("Kết quả của dự thảo"), "button": _("Ghi kết quả"), "icon": "check"}
        return self._screen(request, pk, OutcomeForm(request.POST or None, initial=initial), step, words)
