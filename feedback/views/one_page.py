"""Forms of one page that become a case: how they are opened, sent and answered. Which words they ask for is theirs.

Nothing here is cached, nothing is found by search engines, and no address leaves the page with a link.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.actions.drafts import find_draft, sent_from
from feedback.actions.receive_case import Received
from feedback.actions.send_case import is_key, new_key
from feedback.cases.terms import Terms
from feedback.enums.cases import CaseKind, TermStep
from feedback.forms.questions import OnePageForm
from feedback.forms.sending import opened_stamp
from feedback.models import CaseSender
from feedback.rules import cases as rules
from portal.core.phone_numbers import masked_phone
from portal.core.qr_codes import qr_of
from portal.core.sealing import readable
from portal.core.visitors import Sending, TooMany, visitor_hash
from units.chrome import absolute_url
from units.middleware import site_of, unit_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
INVALID: Final = 422
TOO_MANY: Final = 429
# Without any referrer browsers send “Origin: null” with forms, which the check against forged ones refuses.
NO_PATHS: Final = "strict-origin"
RECEIVED: Final = "phieu"


def private_page(view: View[P]) -> View[P]:
    """Answer 404 for a unit that exists no more; keep what is answered away from caches and robots."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if unit_of(request).is_closed:
            raise Http404
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = NO_PATHS
        return response

    return cast("View[P]", guarded)


def fresh() -> dict[str, str]:
    """What a form carries from the moment it is opened: when that was, and the key that makes two presses one case."""
    return {"opened": opened_stamp(), "key": new_key()}


def crumbs(*steps: tuple[str, str | None]) -> list[dict[str, Any]]:
    """Home, then these."""
    return [{"label": _("Trang chủ"), "url": "/"}, *({"label": label, "url": url} for label, url in steps)]


def sending_of(request: HttpRequest, form: OnePageForm) -> Sending:
    """What the form tells besides its words."""
    return Sending(
        address_hash=visitor_hash(request), proof=form.cleaned_data["altcha"], was_fast=form.was_fast,
        was_trapped=form.was_trapped,
    )  # fmt: skip


def try_sending(form: OnePageForm, send: Callable[[str], Received | None]) -> tuple[Received | None, int]:
    """Send under the form's key; where it fails, the form says why, and the status goes with it."""
    key = form.cleaned_data["key"]
    try:
        received = send(key if is_key(key) else new_key())
    except TooMany:
        form.add_error(None, _("Giờ này máy, mạng hoặc số điện thoại này đã gửi nhiều. Chờ một giờ rồi gửi lại; chữ đã viết còn ở dưới."))  # fmt: skip
        return None, TOO_MANY
    if received is None:
        form.add_error(None, _("Chưa gửi được. Tải lại trang này rồi bấm gửi lần nữa."))
    return received, INVALID


def to_received(received: Received, name: str) -> HttpResponse:
    """On to the answer: the address carries the form's key, known to nobody else, never code or link.

    A key that belonged to something else is not the case's: then on to the private page.
    """
    key = received.case.draft_key
    private = reverse("feedback:case-own", args=[received.token])
    return HttpResponseRedirect(f"{reverse(name)}?{RECEIVED}={key}" if key else private)


def received_page(request: HttpRequest, kind: CaseKind, breadcrumbs: list[dict[str, Any]]) -> HttpResponse | None:
    """Code, private link, what happens next and by when; said only of what is committed. None: nothing was asked for."""
    key = request.GET.get(RECEIVED, "")
    if not key:
        return None
    draft = find_draft(key, kind) if is_key(key) else None
    received = sent_from(draft) if draft else None
    if received is None:
        raise Http404
    case, day = received.case, timezone.localdate(received.case.received_at)
    sender = CaseSender.objects.filter(case=case).first()
    phone = readable(sender.sealed_phone) if sender else ""
    link = absolute_url(unit_of(request), reverse("feedback:case-own", args=[received.token]))
    accept = Terms.read(kind, day).find(TermStep.ACCEPT, wish=case.wish)
    context = {
        "case": case, "link": link, "qr": qr_of(link), "phone": masked_phone(phone) if phone else "",
        "accept_on": accept.last_day(day) if accept else None, "breadcrumbs": breadcrumbs,
        "look_up": reverse("feedback:case-lookup"), "is_public_kind": kind == CaseKind.QUESTION and case.may_publish,
    }  # fmt: skip
    return render(request, "feedback/request_received.html", context)


def form_page(
    request: HttpRequest, template: str, form: OnePageForm, breadcrumbs: list[dict[str, Any]], *, status: int = 200,
    **context: Any,
) -> HttpResponse:  # fmt: skip
    """A form with everything around it."""
    context = {
        "form": form, "breadcrumbs": breadcrumbs, "unit_phone": site_of(request).phone, "purpose": rules.PURPOSE,
        "stamps": {name: form[name].value() or fresh_one for name, fresh_one in fresh().items()},
        "consents": [form[name] for name in form.fields if name.startswith("agree_")], **context,
    }  # fmt: skip
    return render(request, template, context, status=status)
