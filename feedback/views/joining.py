"""/phan-anh/<mã>/cung-gap/: somebody else has the same problem."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feedback.actions import drafts
from feedback.actions.join_case import NotOpen, join
from feedback.enums.cases import CaseKind, CaseStatus
from feedback.forms.sending import JoinForm, opened_stamp
from feedback.models import Case
from feedback.rules.cases import PURPOSE
from feedback.rules.codes import read_code
from feedback.views import sending_pages as pages
from portal.core.visitors import Sending, TooMany, visitor_hash

INVALID: Final = 422
TOO_MANY: Final = 429
CONFLICT: Final = 409
KEY_LIMIT: Final = 64
DONE: Final = "da-ghi"


def _case(code: str) -> Case:
    rows = Case.objects.public().of_kind(CaseKind.REPORT).for_page().select_related("merged_into")
    case = rows.filter(code=read_code(code)).first()
    if case is None:
        raise Http404
    return case


def _page(request: HttpRequest, name: str, case: Case, *, status: int = 200, **context: Any) -> HttpResponse:
    context = {"case": case, **context}
    return pages.page(request, name, label=_("Cùng gặp việc này"), status=status, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@pages.reports_open
def report_join(request: HttpRequest, code: str) -> HttpResponse:
    """Count one more with the same problem; ``?ban-viet=`` is the form that this takes the place of."""
    case = _case(code)
    if case.status == CaseStatus.MERGED and case.merged_into and case.merged_into.moderation == case.moderation:
        return HttpResponseRedirect(reverse("feedback:report-join", args=[case.merged_into.code]))
    if request.method != "POST" and request.GET.get(DONE):
        return _page(request, "joined", case)
    if not case.is_open:
        return _page(request, "join_closed", case, status=CONFLICT if request.method == "POST" else 200)
    data = request.POST if request.method == "POST" else request.GET
    key = str(data.get("ban-viet", ""))[:KEY_LIMIT]
    form = JoinForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            status = _store(request, case, form)
            if status == CONFLICT:
                return _page(request, "join_closed", case, status=CONFLICT)
            if not form.errors:
                _drop(key)
                return HttpResponseRedirect(f"{request.path}?{DONE}=1")
    opened = form.data.get("opened") or opened_stamp()
    return _page(request, "join", case, status=status, form=form, key=key, opened=opened, purpose=PURPOSE)


def _store(request: HttpRequest, case: Case, form: JoinForm) -> int:
    """Join; the status, and on the form what is to be said. Joining twice a day counts once and is answered alike."""
    data = form.cleaned_data
    sending = Sending(
        address_hash=visitor_hash(request), proof=data["altcha"], was_fast=form.was_fast, was_trapped=form.was_trapped
    )
    email = data["email"] if data.get("agree_mail") else ""
    try:
        join(case=case, email=email, sending=sending)
    except TooMany:
        form.add_error(None, _("Giờ này máy hoặc mạng này đã báo nhiều việc. Chờ một giờ rồi bấm lại."))
        return TOO_MANY
    except NotOpen:
        return CONFLICT
    return 200


def _drop(key: str) -> None:
    """The form that was being filled in is not needed any more."""
    draft = drafts.find_draft(key) if key else None
    if draft is not None and draft.case_id is None:
        drafts.drop_draft(draft=draft)
