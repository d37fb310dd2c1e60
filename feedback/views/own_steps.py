"""What a sender does on the private pages: add, say whether it is solved, take back, take everything away.

A GET asks and never changes what anybody sees: links in mails are opened by mail programs too.
"""

import tempfile
from typing import Any, Final

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feedback.actions import sender_steps as actions
from feedback.actions.case_steps import Stale
from feedback.actions.own_drafts import supply_draft
from feedback.actions.uploads import uploads_of
from feedback.cases.letters import noun_of
from feedback.enums.cases import CaseStatus, ConsentPurpose, SolvedAnswer
from feedback.forms.own import RateForm, SolvedForm, SupplyForm
from feedback.models import Case, CaseConsent, CaseDraft
from feedback.rules import own as rules
from feedback.views.own import INVALID, TOO_MANY, own_case, page, to_own
from feedback.views.sending_files import take_files
from portal.core.visitors import Limit, TooMany, take

CONFLICT: Final = 409
_EXPORTS: Final = Limit("report-export", rules.EXPORTS_PER_HOUR)
_ANSWERS: Final = {"xong": SolvedAnswer.YES, "chua": SolvedAnswer.NO}
_CONSENTS: Final = {"thu": (ConsentPurpose.MAIL, "thoi-thu"), "cong-khai": (ConsentPurpose.PUBLISH, "thoi-cong-khai")}


# --- adding -----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@own_case
def supply(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """Words and files to add, while the case is open."""
    if request.method != "POST":
        if not case.is_open:
            return to_own(token)
        return _supply_page(request, case, token, SupplyForm(), supply_draft(case))
    form = SupplyForm(request.POST)
    is_valid = form.is_valid()
    sent = CaseDraft.objects.with_key(form.cleaned_data.get("don", ""))
    if sent is not None and sent.case_id == case.pk:
        # The same button pressed twice.
        return to_own(token, "bo-sung")
    if not case.is_open:
        return to_own(token)
    return _supply(request, case, token, form, is_valid=is_valid)


def _supply(request: HttpRequest, case: Case, token: str, form: SupplyForm, *, is_valid: bool) -> HttpResponse:
    draft = supply_draft(case)
    file_errors = take_files(request, draft)
    uploads = tuple(uploads_of(draft))
    if is_valid and not form.cleaned_data["text"] and not uploads and not file_errors:
        form.add_error("text", _("Viết vài câu, hoặc chọn ảnh rồi gửi."))
    if form.errors or file_errors:
        return _supply_page(request, case, token, form, draft, file_errors=file_errors, status=INVALID)
    try:
        actions.supply(case=case, text=form.cleaned_data["text"], uploads=uploads, draft=draft)
    except TooMany:
        form.add_error("text", _("Hôm nay đã bổ sung nhiều lần. Mai gửi tiếp, hoặc gọi đơn vị xử lý."))
        return _supply_page(request, case, token, form, draft, status=TOO_MANY)
    except Stale:
        return to_own(token)
    return to_own(token, "bo-sung")


def _supply_page(
    request: HttpRequest, case: Case, token: str, form: SupplyForm, draft: CaseDraft, **more: Any
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {"form": form, "token": token, "draft": draft, "noun": noun_of(case), **more}
    context["asked"] = actions.open_question(case)
    return page(request, "supply", case.code_words, _("Bổ sung"), case=case, **context)


# --- is it solved? ----------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@own_case
def solved(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """“Đã giải quyết chưa?”; after “đã xong” without a level, the level alone."""
    may_rate = case.status == CaseStatus.SOLVED and not case.satisfaction
    may_answer = actions.may_answer(case, timezone.localdate())
    if not may_rate and not may_answer:
        return _nothing_to_say(request, case, token)
    chosen = _ANSWERS.get(request.GET.get("tra-loi", ""), "")
    form_class = RateForm if may_rate else SolvedForm
    form = form_class(request.POST or None, initial={"answer": chosen})
    if request.method == "POST" and form.is_valid():
        return _say(case, token, form.cleaned_data)
    status = INVALID if request.method == "POST" else 200
    return page(
        request, "solved", case.code_words, _("Đã giải quyết chưa?"), case=case, token=token, form=form, status=status,
        noun=noun_of(case), goes_up=case.reopened == 1, stays=case.reopened >= rules.MOST_REOPENED, is_rating=may_rate,
    )  # fmt: skip


def _nothing_to_say(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """Said before, or not answered yet: the page tells; too late: a page of its own does."""
    if case.status == CaseStatus.ANSWERED and not case.solved:
        return page(
            request, "late", case.code_words, _("Đã giải quyết chưa?"), case=case, token=token, noun=noun_of(case),
            status=CONFLICT if request.method == "POST" else 200,
        )  # fmt: skip
    return to_own(token)


def _say(case: Case, token: str, data: dict[str, Any]) -> HttpResponse:
    words = {"satisfaction": data["satisfaction"], "text": data["text"]}
    try:
        if "answer" not in data:
            actions.rate(case=case, **words)
            return to_own(token, "danh-gia")
        answer = SolvedAnswer(data["answer"])
        actions.confirm_solved(case=case, answer=answer, **words)
    except (Stale, actions.TooLate):
        return to_own(token)
    if answer == SolvedAnswer.YES:
        return to_own(token, "xong")
    if case.status == CaseStatus.ANSWERED:
        return to_own(token, "danh-gia")
    return to_own(token, "len-tinh" if case.reopened > 1 else "chua-xong")


# --- taking back ------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@own_case
def withdraw(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """A page with a button that takes the case back."""
    if not case.is_open:
        return to_own(token)
    if request.method == "POST":
        try:
            actions.withdraw(case=case)
        except Stale:
            return to_own(token)
        return to_own(token, "rut")
    return page(request, "withdraw", case.code_words, _("Rút"), case=case, token=token, noun=noun_of(case))


@require_http_methods(["GET", "HEAD", "POST"])
@own_case
def consent(request: HttpRequest, case: Case, token: str, what: str) -> HttpResponse:
    """A page with a button that takes one consent back: mails, or publication."""
    if what not in _CONSENTS:
        raise Http404
    purpose, said = _CONSENTS[what]
    given = CaseConsent.objects.filter(case=case, purpose=purpose, withdrawn_at__isnull=True)
    if not given.exists():
        return to_own(token)
    if request.method == "POST":
        actions.withdraw_consent(case=case, purpose=purpose)
        return to_own(token, said)
    label = _("Thôi nhận thư") if purpose == ConsentPurpose.MAIL else _("Thôi công khai")
    return page(
        request, "consent", case.code_words, label, case=case, token=token, label=label, noun=noun_of(case),
        is_mail=purpose == ConsentPurpose.MAIL,
    )  # fmt: skip


# --- taking everything away -------------------------------------------------------------------------------------------


@require_safe
@own_case
def export(request: HttpRequest, case: Case, token: str) -> HttpResponseBase:
    """One archive with everything; made on the disk, for a video may be in it."""
    if not take(_EXPORTS, f"case-{case.pk}"):
        return page(request, "busy", case.code_words, _("Tải về"), case=case, token=token, status=TOO_MANY)
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it when it is sent
    actions.write_export(case=case, target=target)
    target.seek(0)
    return FileResponse(
        target, as_attachment=True, filename=f"phan-anh-{case.code}.zip", content_type="application/zip"
    )
