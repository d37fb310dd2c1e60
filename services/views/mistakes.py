"""Telling that something on a procedure's page is wrong; never cached, works without JavaScript."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.visitors import Sending, TooMany, visitor_hash
from services.actions.mistakes import receive_mistake
from services.forms.mistakes import MistakeForm
from services.models import Procedure
from services.procedure_page import crumbs_of, find_procedure
from services.rules.mistakes import PARTS
from units.middleware import unit_of

TOO_MANY = 429
INVALID = 422


def _store(request: HttpRequest, procedure: Procedure, form: MistakeForm) -> bool:
    """Hand the words to whoever answers for the part; False when the sender has sent enough for this hour."""
    sending = Sending(
        address_hash=visitor_hash(request),
        proof=form.cleaned_data["altcha"],
        was_trapped=form.was_trapped,
    )
    part, text = form.cleaned_data["part"], form.cleaned_data["text"]
    try:
        receive_mistake(procedure=procedure, part=part, text=text, sent_from=unit_of(request), sending=sending)
    except TooMany:
        form.add_error(None, _("Giờ này đã nhận đủ số lần báo. Chờ một giờ rồi gửi lại; chữ đã viết vẫn còn ở dưới."))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def mistake(request: HttpRequest, code: str) -> HttpResponse:
    """The form; ``?cho=`` names the part that was pressed."""
    procedure = find_procedure(code)
    part = request.GET.get("cho", "")
    initial = {"part": part if part in PARTS else ""}
    form = MistakeForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _store(request, procedure, form):
            return HttpResponseRedirect(reverse("services:mistake-received", args=[procedure.code]))
        status = TOO_MANY if form.non_field_errors() else INVALID
    context: dict[str, Any] = {"procedure": procedure, "form": form}
    context["breadcrumbs"] = crumbs_of(request, procedure, _("Báo chỗ sai"))
    return render(request, "services/mistake.html", context, status=status)


@require_safe
def mistake_received(request: HttpRequest, code: str) -> HttpResponse:
    """“Đã nhận”: said only after the note was stored."""
    procedure = find_procedure(code)
    context = {"procedure": procedure, "breadcrumbs": crumbs_of(request, procedure, _("Đã nhận"))}
    return render(request, "services/mistake_received.html", context)
