"""One case on one screen: what to do next, what was sent, who did what; every verb a plain form."""

from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feedback.actions.handle_case import SenderFacts, Stale, unmask
from feedback.actions.handle_case.apologies import was_apologised
from feedback.admin.case_verbs import Deed, act, filled, make_form
from feedback.cases import next_steps as steps
from feedback.cases.case_desk import Sheet, sheet_of
from feedback.cases.near import near_to
from feedback.cases.request_details import is_proved, lines_of_request
from feedback.enums.cases import CaseKind, Moderation
from feedback.forms.case_desk import UnmaskForm
from feedback.forms.handling_parts import Choices, StepForm
from feedback.models import Case, CaseFile
from portal.core.admin_base import person_at
from portal.core.private_files import send_private
from portal.core.tenancy import current_unit_id

STALE_STATUS: Final = 409
REFUSED_STATUS: Final = 422
_KEY_DIGITS: Final = 18
# What an action calls it → what the form calls it.
_FIELDS: Final = {"into": "code"}


class CaseScreens:
    """Mixed into CaseAdmin."""

    admin_site: AdminSite
    opts: Any

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The screen; a POST is one verb. What was typed stays where it is refused."""
        case = self._case(request, object_id)
        if request.method != "POST":
            return self._screen(request, case)
        slug = request.POST.get("viec", "")
        if slug not in steps.VERBS or not request.user.has_perm(steps.VERBS[slug].permission):
            raise PermissionDenied
        today = timezone.localdate()
        form = make_form(slug, case, Choices.read(case, today), request, today=today, is_sent=True)
        if "chen" in request.POST and form.use is not None:
            return self._screen(request, case, sent={slug: filled(form)})
        if not form.is_valid():
            return self._screen(request, case, sent={slug: form}, status=REFUSED_STATUS)
        return self._do(request, case, slug, form)

    def _do(self, request: HttpRequest, case: Case, slug: str, form: StepForm) -> HttpResponse:
        seen = request.POST.get("seen", "")
        known = int(seen) if seen.isascii() and seen.isdigit() and len(seen) <= _KEY_DIGITS else 0
        deed = Deed(case=case, data=form.cleaned_data, actor=person_at(request), seen=known)
        try:
            act(slug, deed)
        except Stale:
            fresh = self._case(request, str(case.pk))
            return self._screen(request, fresh, sent={slug: form}, status=STALE_STATUS)
        except ValidationError as error:
            _take_over(form, error)
            return self._screen(request, self._case(request, str(case.pk)), sent={slug: form}, status=REFUSED_STATUS)
        messages.success(request, str(steps.VERBS[slug].done))
        return HttpResponseRedirect(reverse("admin:feedback_case_change", args=[case.pk]))

    @method_decorator(require_POST)
    def unmask_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Who sent it, shown once on the answer to this form; who looked and why is written down."""
        case = self._case(request, str(pk))
        if not request.user.has_perm("feedback.unmask_case"):
            raise PermissionDenied
        form = UnmaskForm(request.POST, auto_id="nguoi-gui-%s", label_suffix="")
        if not form.is_valid():
            return self._screen(request, case, unmask_form=form, status=REFUSED_STATUS)
        try:
            facts = unmask(case=case, reason=form.cleaned_data["reason"], actor=person_at(request))
        except Stale:
            return self._screen(request, self._case(request, str(pk)), unmask_form=form, status=STALE_STATUS)
        except ValidationError as error:
            form.add_error("reason", error.messages)
            return self._screen(request, case, unmask_form=form, status=REFUSED_STATUS)
        # Never stored: the administration's pages all are "no-store".
        return self._screen(request, case, sender=facts)

    @method_decorator(require_safe)
    def print_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The sheet that goes with the case through the office: masked words, the units' chain, room to write."""
        case = self._case(request, str(pk))
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "case": case, "sheet": self._sheet(case),
            "now": timezone.now(), "title": _("Phiếu xử lý"),
        }  # fmt: skip
        return TemplateResponse(request, "admin/feedback/case/print.html", context)

    @method_decorator(require_safe)
    def file_view(self, request: HttpRequest, pk: int, file_pk: int, size: str) -> HttpResponseBase:
        """A picture or video of a case that this unit has a part in; re-encoded by us, never what came raw."""
        case = self._case(request, str(pk))
        row = get_object_or_404(CaseFile.objects.ready().filter(case=case), pk=file_pk)
        name = row.private_small if size == "nho" else row.private_path
        return send_private(request, name or row.private_path)

    @staticmethod
    def _case(request: HttpRequest, key: str) -> Case:
        """The case, if the unit in scope has a part in it."""
        if not request.user.has_perm("feedback.view_case"):
            raise PermissionDenied
        if not key.isascii() or not key.isdigit() or len(key) > _KEY_DIGITS:
            raise Http404
        rows = Case.objects.for_page().select_related("assignee", "merged_into")
        return get_object_or_404(rows, pk=int(key))

    @staticmethod
    def _sheet(case: Case) -> Sheet:
        return sheet_of(case, timezone.localdate())

    def _screen(
        self, request: HttpRequest, case: Case, *, sent: dict[str, StepForm] | None = None,
        unmask_form: UnmaskForm | None = None, sender: SenderFacts | None = None, status: int = 200,
    ) -> HttpResponse:  # fmt: skip
        today, sent = timezone.localdate(), sent or {}
        is_holder = case.holder_id == current_unit_id()
        following = self._following(request, case, today, is_holder=is_holder)
        choices = Choices.read(case, today) if is_holder and following.likely else Choices()
        offered = {*following.likely, *following.others}
        forms = {
            slug: sent.get(slug) or make_form(slug, case, choices, request, today=today, is_sent=False)
            for slug in offered
        }
        opened = next(iter(sent), "")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts, "title": case.title, "case": case, "sheet": self._sheet(case), "next": following,
            "likely": [_line(slug, forms, opened) for slug in following.likely],
            "others": [_line(slug, forms, opened) for slug in following.others],
            "refused": sent.get(opened) if status == REFUSED_STATUS else None,
            "is_stale": status == STALE_STATUS, "today": today,
            # A verb that is no longer offered: its words are shown, so that nothing typed is lost.
            "lost_words": sent[opened].kept_words if opened and opened not in offered else "",
            "is_holder": is_holder, "near": near_to(case), "sender": sender,
            "unmask_form": unmask_form or UnmaskForm(auto_id="nguoi-gui-%s", label_suffix=""),
            "may_unmask": is_holder and request.user.has_perm("feedback.unmask_case"),
            **_asked_for(case),
            "moderate_url": _moderate_url(request, case, is_holder=is_holder),
        }  # fmt: skip
        return TemplateResponse(request, "admin/feedback/case/case.html", context, status=status)

    @staticmethod
    def _following(request: HttpRequest, case: Case, today: date, *, is_holder: bool) -> steps.Next:
        """What this person may do next: who may only look sees no button."""
        said = is_holder and case.is_late(today) and was_apologised(case)
        found = steps.next_of(case, today, is_holder=is_holder, was_apologised=said)
        may = request.user.has_perm
        allowed = {slug for slug, verb in steps.VERBS.items() if may(verb.permission)}
        return steps.Next(
            found.words,
            tuple(slug for slug in found.likely if slug in allowed),
            tuple(slug for slug in found.others if slug in allowed),
        )


def _take_over(form: StepForm, error: ValidationError) -> None:
    """What an action refused, beside the field it is about where the form has it."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for key, sentences in by_field.items():
        name = _FIELDS.get(key, key)
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)


def _line(slug: str, forms: dict[str, StepForm], opened: str) -> dict[str, Any]:
    return {"verb": steps.VERBS[slug], "form": forms[slug], "is_open": slug == opened}


def _moderate_url(request: HttpRequest, case: Case, *, is_holder: bool) -> str:
    """The way to the moderator's screen, where this person moderates for the unit that holds the case."""
    if not is_holder or not request.user.has_perm("feedback.moderate_case"):
        return ""
    if case.moderation == Moderation.PRIVATE and not case.may_publish:
        return ""
    return reverse("admin:feedback_case_moderate", args=[case.pk])


def _asked_for(case: Case) -> dict[str, Any]:
    """What a request asks for, in lines; nothing for other kinds."""
    is_request = case.kind in {CaseKind.INFORMATION, CaseKind.PERSONAL}
    return {
        "request_lines": lines_of_request(case) if is_request else [], "is_proved": is_request and is_proved(case),
    }  # fmt: skip
