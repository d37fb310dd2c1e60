"""/yeu-cau-thong-tin/ and /du-lieu-ca-nhan/: what the law gives, in plain words, and the forms. Nothing sent here is public."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feedback.actions.receive_case import Sent
from feedback.actions.requests import send_personal
from feedback.actions.send_case import send_once
from feedback.cases.request_details import PURPOSE, write_details
from feedback.cases.terms import Terms
from feedback.enums.cases import CaseKind, ConsentPurpose, PersonalWish, TermStep
from feedback.forms.requests import InformationForm, PersonalForm, RequestForm
from feedback.views import one_page as pages
from portal.core.page_cache import public_page
from units.middleware import site_of

_WISHES: Final = tuple(PersonalWish)


def _information_crumbs(*labels: str) -> list[dict[str, Any]]:
    landing = (_("Yêu cầu cung cấp thông tin"), reverse("feedback:information") if labels else None)
    return pages.crumbs(landing, *((label, None) for label in labels))


def _personal_crumbs(*labels: str) -> list[dict[str, Any]]:
    landing = (_("Dữ liệu cá nhân của bạn"), reverse("feedback:personal") if labels else None)
    return pages.crumbs(landing, *((label, None) for label in labels))


# --- information ------------------------------------------------------------------------------------------------------


def _information_terms() -> dict[str, Any]:
    terms = Terms.read(CaseKind.INFORMATION, timezone.localdate())
    return {
        "answer": terms.find(TermStep.ANSWER), "complex": terms.find(TermStep.COMPLEX),
        "accept": terms.find(TermStep.ACCEPT), "extend": terms.find(TermStep.EXTEND),
    }  # fmt: skip


@require_safe
@public_page
def information(request: HttpRequest) -> HttpResponse:
    """What may be asked for, how long it takes, what it costs, what to do when it is refused."""
    context = {
        "terms": _information_terms(), "breadcrumbs": _information_crumbs(), "unit_phone": site_of(request).phone,
    }  # fmt: skip
    return render(request, "feedback/request_information.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@pages.private_page
def information_new(request: HttpRequest) -> HttpResponse:
    """The form with what Luật Tiếp cận thông tin Điều 24 asks for."""
    crumbs = _information_crumbs(_("Gửi yêu cầu"))
    template = "feedback/request_information_form.html"
    context: dict[str, Any] = {"terms": _information_terms()}
    if request.method != "POST":
        received = pages.received_page(request, CaseKind.INFORMATION, crumbs)
        return received or pages.form_page(request, template, InformationForm(), crumbs, **context)
    form, status = InformationForm(request.POST), pages.INVALID
    if form.is_valid():
        sent = _sent(CaseKind.INFORMATION, form, details=write_details(**{PURPOSE: form.cleaned_data["purpose"]}))
        received_case, status = pages.try_sending(
            form, lambda key: send_once(key=key, sent=sent, sending=pages.sending_of(request, form))
        )
        if received_case is not None:
            return pages.to_received(received_case, "feedback:information-new")
    return pages.form_page(request, template, form, crumbs, status=status, **context)


def _sent(kind: CaseKind, form: RequestForm, *, text: str = "", details: str = "") -> Sent:
    """What every request has; the consents are those that the form offers, never publication."""
    data = form.cleaned_data
    return Sent(
        kind=kind, text=text or data["text"], name=data["name"], phone=data["phone"], email=data["email"],
        address=data.get("address", ""), wish=data["wish"], details=details,
        consents=frozenset(ConsentPurpose(purpose) for purpose in form.consents),
    )  # fmt: skip


# --- personal data ----------------------------------------------------------------------------------------------------


def _rights() -> list[dict[str, Any]]:
    """Each wish with its days; one query."""
    terms = Terms.read(CaseKind.PERSONAL, timezone.localdate())
    accept = terms.find(TermStep.ACCEPT)
    return [
        {"wish": wish.value, "label": wish.label, "term": terms.find(TermStep.ANSWER, wish=wish), "accept": accept}
        for wish in _WISHES
    ]


def _kept() -> list[dict[str, Any]]:
    """How long contact data of each kind are kept after the end; one query for each kind."""
    today = timezone.localdate()
    rows = [(kind, Terms.read(kind, today)) for kind in CaseKind]
    return [
        {"label": kind.label, "keep": terms.find(TermStep.KEEP_CONTACT), "spam": terms.find(TermStep.KEEP_SPAM)}
        for kind, terms in rows
    ]


@require_safe
@public_page
def personal(request: HttpRequest) -> HttpResponse:
    """What is kept of whom and for how long, and what one may ask."""
    context = {
        "rights": _rights(), "kept": _kept(), "breadcrumbs": _personal_crumbs(), "unit_phone": site_of(request).phone,
    }  # fmt: skip
    return render(request, "feedback/request_personal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@pages.private_page
def personal_new(request: HttpRequest) -> HttpResponse:
    """The form; a code and a number that do not fit get the same answer as those that do."""
    crumbs = _personal_crumbs(_("Gửi yêu cầu"))
    template = "feedback/request_personal_form.html"
    context: dict[str, Any] = {"rights": _rights()}
    if request.method != "POST":
        received = pages.received_page(request, CaseKind.PERSONAL, crumbs)
        initial = {"wish": request.GET.get("viec", "")[:8]}
        return received or pages.form_page(request, template, PersonalForm(initial=initial), crumbs, **context)
    form, status = PersonalForm(request.POST), pages.INVALID
    if form.is_valid():
        received_case, status = pages.try_sending(form, lambda key: _send_personal(request, form, key))
        if received_case is not None:
            return pages.to_received(received_case, "feedback:personal-new")
    return pages.form_page(request, template, form, crumbs, status=status, **context)


def _send_personal(request: HttpRequest, form: PersonalForm, key: str) -> Any:
    data = form.cleaned_data
    text = data["text"] or str(PersonalWish(data["wish"]).label)
    return send_personal(
        key=key, sent=_sent(CaseKind.PERSONAL, form, text=text), code=data["code"], proof=data["proof"],
        sending=pages.sending_of(request, form),
    )  # fmt: skip
