"""/phan-anh/gui/: a report in three steps. The form lies sealed on the server, its key in the address; no cookie is set.

Nothing here is cached, nothing is found by search engines, and no address leaves the page with a link.
"""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feedback.actions import drafts
from feedback.actions.send_report import send_report
from feedback.enums.cases import CaseKind
from feedback.forms.sending import UNKNOWN_COMMUNE, TextForm, WhatForm, WhoForm
from feedback.models import CaseDraft
from feedback.rules.private_numbers import find_numbers, take_out
from feedback.views import sending_pages as pages
from feedback.views.sending_files import take_files
from portal.core.text import one_line
from portal.core.visitors import Sending, TooMany, visitor_hash

INVALID: Final = 422
TOO_MANY: Final = 429
WHAT, TEXT, WHO = 1, 2, 3
TYPED_LIMIT: Final = 200


def _to(name: str, *parts: Any) -> HttpResponse:
    response = HttpResponseRedirect(reverse(f"feedback:{name}", args=parts))
    response.headers["Referrer-Policy"] = pages.NO_PATHS
    return response


# --- step 1: what and where -------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@pages.reports_open
def report_new(request: HttpRequest) -> HttpResponse:
    """The first step; ``?loai=`` and ``?xa=`` choose beforehand. A draft begins when it is filled in, not when it is opened."""
    return _what(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@pages.reports_open
def report_step(request: HttpRequest, key: str, step: int) -> HttpResponse:
    """One step of a form that was begun. A form that was sent leads to its answer."""
    draft = drafts.find_draft(key)
    if draft is None or step not in {WHAT, TEXT, WHO}:
        return pages.lapsed(request)
    if draft.case_id is not None:
        return _to("report-received", key)
    data = drafts.read_draft(draft)
    if step > pages.furthest(data):
        return _to("report-step", key, pages.furthest(data))
    return {WHAT: _what, TEXT: _text, WHO: _who}[step](request, draft)


def _what(request: HttpRequest, draft: CaseDraft | None) -> HttpResponse:
    data = drafts.read_draft(draft) if draft else {}
    categories, communes = pages.offered_categories(request), pages.communes()
    offered: dict[str, Any] = {"categories": categories, "communes": communes}
    posted = request.POST
    if request.method == "POST" and "tim" in posted and one_line(posted.get("commune_name", "")):
        form = WhatForm(initial=posted.dict(), **offered)
        form.look_up(one_line(posted["commune_name"]))
        return pages.what_page(request, form, draft)
    if request.method != "POST":
        form = WhatForm(initial=pages.what_initial(request, data, categories, communes), **offered)
        return pages.what_page(request, form, draft)
    form = WhatForm(posted, **offered)
    if not form.is_valid():
        return pages.what_page(request, form, draft, status=INVALID)
    return _keep_what(request, form, draft, data)


def _keep_what(request: HttpRequest, form: WhatForm, draft: CaseDraft | None, data: dict[str, Any]) -> HttpResponse:
    clean = form.cleaned_data
    commune = clean["chosen"]
    data |= {
        "category": form.categories[clean["category"]].pk, "commune": commune.pk if commune else None,
        "commune_unknown": clean["commune"] == UNKNOWN_COMMUNE and commune is None,
        "place_text": one_line(clean["place_text"]), "position": clean["position"],
    }  # fmt: skip
    if draft is None:
        try:
            draft = drafts.start_draft(kind=CaseKind.REPORT, data=data, address_hash=visitor_hash(request))
        except TooMany:
            form.add_error(None, _("Máy hoặc mạng này đã mở nhiều phản ánh. Chờ một giờ; điều đã chọn vẫn còn ở dưới."))
            return pages.what_page(request, form, None, status=TOO_MANY)
    drafts.save_draft(draft=draft, data=data, step=TEXT)
    if pages.furthest(data) == WHO:
        return _on_from_text(draft, data)
    return _to("report-step", draft.key, TEXT)


# --- step 2: words and files ------------------------------------------------------------------------------------------


def _text(request: HttpRequest, draft: CaseDraft) -> HttpResponse:
    data = drafts.read_draft(draft)
    if request.method != "POST":
        return pages.text_page(request, TextForm(initial={"text": data.get("text", "")}), draft, data)
    posted = request.POST
    file_errors = take_files(request, draft)
    text = posted.get("text", "")
    if "bo-so" in posted:
        text = take_out(text)
    form = TextForm({"text": text})
    is_valid = form.is_valid()
    # Also what can not go on yet is kept: the sender comes back to it.
    data["text"] = form.cleaned_data.get("text", text[: 2 * form.fields["text"].max_length])  # type: ignore[attr-defined]
    numbers = find_numbers(data["text"]) if "giu-so" not in posted else []
    data["text_done"] = is_valid and not numbers
    drafts.save_draft(draft=draft, data=data, step=TEXT)
    if "lui" in posted:
        return _to("report-step", draft.key, WHAT)
    if not is_valid or file_errors:
        return pages.text_page(request, form, draft, data, file_errors=file_errors, status=INVALID)
    if "bo-so" in posted:
        return pages.text_page(request, form, draft, data, numbers_taken=True)
    if numbers:
        return pages.text_page(request, form, draft, data, numbers=numbers, status=INVALID)
    return _on_from_text(draft, data)


def _on_from_text(draft: CaseDraft, data: dict[str, Any]) -> HttpResponse:
    """On to step 3, past the question whether the same was reported already, where there is something to ask."""
    if pages.unseen_alike(data):
        return _to("report-alike", draft.key)
    return _to("report-step", draft.key, WHO)


@require_http_methods(["GET", "HEAD", "POST"])
@pages.reports_open
def report_alike(request: HttpRequest, key: str) -> HttpResponse:
    """“Có phải cùng vấn đề này?”: join one of them, or say that one's own is another."""
    draft = drafts.find_draft(key)
    if draft is None:
        return pages.lapsed(request)
    if draft.case_id is not None:
        return _to("report-received", key)
    data = drafts.read_draft(draft)
    if pages.furthest(data) < WHO:
        return _to("report-step", key, pages.furthest(data))
    found = pages.alike_of(data)
    if request.method == "POST":
        data["alike_seen"] = sorted({*data.get("alike_seen", ()), *(row.case.pk for row in found)})
        drafts.save_draft(draft=draft, data=data, step=WHO)
        return _to("report-step", key, WHO)
    return pages.alike_page(request, draft, found) if found else _to("report-step", key, WHO)


# --- step 3: who ------------------------------------------------------------------------------------------------------


def _who(request: HttpRequest, draft: CaseDraft) -> HttpResponse:
    data = drafts.read_draft(draft)
    if request.method != "POST":
        return pages.who_page(request, WhoForm(initial=pages.who_initial(data)), draft, data)
    form = WhoForm(request.POST)
    is_valid = form.is_valid()
    clean = form.cleaned_data
    # Kept before it is sent: after a refusal, a reload or a line that breaks it is all still there.
    typed = {name: clean.get(name, request.POST.get(name, "")[:TYPED_LIMIT]) for name in ("name", "phone", "email")}
    data |= {**typed, "consents": form.consents}
    drafts.save_draft(draft=draft, data=data, step=WHO)
    if "lui" in request.POST:
        return _to("report-step", draft.key, TEXT)
    if not is_valid:
        return pages.who_page(request, form, draft, data, status=INVALID)
    return _send(request, form, draft, data)


def _send(request: HttpRequest, form: WhoForm, draft: CaseDraft, data: dict[str, Any]) -> HttpResponse:
    """Send what is kept; “đã nhận” is said on the next page only, of what is committed."""
    proof = form.cleaned_data["altcha"]
    sending = Sending(
        address_hash=visitor_hash(request), proof=proof, was_fast=form.was_fast, was_trapped=form.was_trapped
    )
    status = INVALID
    try:
        if send_report(draft=draft, sending=sending):
            return _to("report-received", draft.key)
        form.add_error(None, _("Chưa gửi được. Tải lại trang này rồi bấm gửi lần nữa."))
    except TooMany:
        status = TOO_MANY
        form.add_error(None, _("Giờ này máy, mạng hoặc số điện thoại này đã gửi nhiều. Chờ một giờ rồi bấm gửi lại; mọi điều đã viết còn giữ 48 giờ."))  # fmt: skip
    except CaseDraft.DoesNotExist:
        # Joined to another report on a second tab in this very moment.
        return pages.lapsed(request)
    return pages.who_page(request, form, draft, data, status=status)


@require_safe
@pages.reports_open
def report_received(request: HttpRequest, key: str) -> HttpResponse:
    """Code and private link, said only of what is committed; opens again for two days, for who has the form's address."""
    draft = drafts.find_draft(key)
    if draft is None:
        return pages.lapsed(request)
    received = drafts.sent_from(draft)
    if received is None:
        return _to("report-step", key, pages.furthest(drafts.read_draft(draft)))
    return pages.received_page(request, received)


__all__ = ["report_alike", "report_new", "report_received", "report_step"]
