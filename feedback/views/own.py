"""/phan-anh/tra-cuu/ and the private pages of one case. Nothing is cached, found by robots, or told to other sites.

Looking up works on every site; the private pages stand on the site of the unit that received the case, and nowhere else.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feedback.actions import sender_steps as actions
from feedback.cases.own_page import SMALL, own_context
from feedback.enums.cases import CaseKind, Moderation, SolvedAnswer
from feedback.forms.own import LookupForm
from feedback.models import Case, CaseFile
from portal.core.private_files import send_private
from portal.core.visitors import TooMany, visitor_hash
from units.chrome import site_url
from units.middleware import site_of, unit_of

INVALID: Final = 422
TOO_MANY: Final = 429
# Without any referrer browsers send “Origin: null” with forms, which the check against forged ones refuses. This one tells
# no path, and nothing at all on the way from HTTPS to HTTP.
NO_PATHS: Final = "strict-origin"
SAID: Final = frozenset({"bo-sung", "xong", "chua-xong", "len-tinh", "danh-gia", "rut", "thoi-thu", "thoi-cong-khai"})
"""What the page can say was just done; its words stand in the template."""


def hidden(view: Callable[..., HttpResponseBase]) -> Any:
    """Keep what is answered out of caches, search engines and referrers."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = NO_PATHS
        return response

    return guarded


def crumbs(case: Case | None, *labels: str) -> list[dict[str, Any]]:
    """Home, the part of the site it belongs to, here."""
    is_question = case is not None and case.kind == CaseKind.QUESTION
    first = (
        {"label": _("Hỏi đáp"), "url": reverse("feedback:questions")}
        if is_question
        else {"label": _("Phản ánh"), "url": reverse("feedback:reports")}
    )
    return [{"label": _("Trang chủ"), "url": "/"}, first, *({"label": label, "url": None} for label in labels)]


def page(
    request: HttpRequest, name: str, /, *labels: str, case: Case | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    """One page of this part; its own address is written nowhere on it."""
    found = crumbs(case, *labels)
    if len(labels) > 1 and "token" in context:
        found[-2]["url"] = reverse("feedback:case-own", args=[context["token"]])
    context = {
        "breadcrumbs": found, "unit_phone": site_of(request).phone, "case": case, "canonical_url": "",
        **context,
    }  # fmt: skip
    return render(request, f"feedback/own_{name}.html", context, status=status)


def own_case(view: Callable[..., HttpResponseBase]) -> Any:
    """Find the case of the private link; any other link, and any other unit's, leads to the same page."""

    @hidden
    @wraps(view)
    def guarded(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        case = actions.own_of(token)
        if case is None:
            return page(request, "lost", _("Không mở được"), status=404)
        return view(request, case, token, **kwargs)

    return guarded


def to_own(token: str, said: str = "") -> HttpResponse:
    """Back to the private page, which says what was done."""
    path = reverse("feedback:case-own", args=[token])
    return HttpResponseRedirect(f"{path}?bao={said}" if said else path)


# --- looking up -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@hidden
def lookup(request: HttpRequest) -> HttpResponse:
    """Code and number lead to the private page; a wrong code and a wrong number get the same answer."""
    form = LookupForm(request.POST or None)
    status, is_unknown = 200, False
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            data, who = form.cleaned_data, visitor_hash(request)
            try:
                case = actions.find_own(code=data["code"], phone=data["phone"], address_hash=who)
            except TooMany:
                form.add_error(None, _("Giờ này đã tra nhiều lần. Chờ một giờ rồi tra lại, hoặc gọi cơ quan."))
                status = TOO_MANY
            else:
                if case:
                    return _to_found(request, case)
                is_unknown = True
    return page(request, "lookup", _("Tra cứu"), status=status, form=form, is_unknown=is_unknown)


def _to_found(request: HttpRequest, case: Case) -> HttpResponse:
    """On to the private page. Forms may not lead to another host (CSP form-action): there a page leads on."""
    url = site_url(request, case.intake_unit, actions.own_path(case))
    if case.intake_unit_id == unit_of(request).pk:
        return HttpResponseRedirect(url)
    response = page(request, "elsewhere", _("Tra cứu"), unit_name=case.intake_unit.name, url=url, code=case.code_words)
    response.headers["Refresh"] = f"0; url={url}"
    return response


# --- the private page -------------------------------------------------------------------------------------------------


@require_safe
@own_case
def own(request: HttpRequest, case: Case, token: str) -> HttpResponse:
    """Everything of the sender's: how it stands, what was written, what others see, what can be done."""
    said = request.GET.get("bao", "")
    context = own_context(case, token, timezone.localdate())
    context |= {
        "said": said if said in SAID else "",
        "may_answer": actions.may_answer(case, timezone.localdate()),
        "may_rate": case.solved == SolvedAnswer.YES and not case.satisfaction,
        "merged_url": _merged_url(request, case),
    }
    return page(request, "case", case.code_words, **context)


def _merged_url(request: HttpRequest, case: Case) -> str:
    """Where it goes on, on the site of whoever handles it; "" where that is not public."""
    other = case.merged_into
    if other is None or other.moderation != Moderation.PUBLIC:
        return ""
    return site_url(request, other.holder, other.get_absolute_url())


@require_safe
@own_case
def own_file(request: HttpRequest, case: Case, token: str, pk: int) -> HttpResponseBase:
    """One picture or video as it was re-encoded, not blurred."""
    file = CaseFile.objects.filter(case=case, pk=pk).ready().first()
    if file is None:
        raise Http404
    return send_private(request, (file.private_small if SMALL in request.GET else "") or file.private_path)
