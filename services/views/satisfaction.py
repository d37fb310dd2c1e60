"""How content citizens are: giving a voice, reading the results, a sheet with a QR code for the counter."""

from datetime import MAXYEAR, MINYEAR, date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.client_address import client_address
from portal.core.page_cache import public_page
from portal.core.qr_codes import qr_of
from portal.core.visitors import TooMany, hashed, visitor_hash
from services import satisfaction_page
from services.actions import satisfaction as actions
from services.forms.satisfaction import CODE_LIMIT, VoiceForm
from services.menu_page import crumbs
from services.models import Procedure, Questionnaire
from services.views.door import services_open
from units.enums import UnitKind
from units.middleware import unit_of

INVALID: Final = 422
TOO_MANY: Final = 429
BROWSER_LIMIT: Final = 300
QUARTERS: Final = 4


def _device(request: HttpRequest) -> str:
    """What stands for this device today: its address and how its browser calls itself, under the day's salt."""
    browser = request.headers.get("User-Agent", "")[:BROWSER_LIMIT]
    return hashed(f"{client_address(request)}|{browser}")


def _procedure(code: str) -> Procedure | None:
    """The procedure somebody came from; a code that leads nowhere is no mistake of the visitor's."""
    if not code or len(code) > CODE_LIMIT or "\x00" in code:
        return None
    return Procedure.objects.filter(code=code).first()


@require_http_methods(["GET", "HEAD", "POST"])
@services_open
def satisfaction(request: HttpRequest) -> HttpResponse:
    """The form; ``?thu-tuc=`` names a procedure, ``?quay=1`` says that it is asked at the counter. Never cached."""
    questionnaire = Questionnaire.objects.on(timezone.localdate())
    initial = {"thu_tuc": request.GET.get("thu-tuc", "")[:CODE_LIMIT], "quay": request.GET.get("quay", "")[:1]}
    form = VoiceForm(request.POST or None, initial=initial, questionnaire=questionnaire)
    status, notice = 200, ""
    if request.method == "POST":
        if form.is_valid():
            notice = _store(request, form)
            if not notice:
                return HttpResponseRedirect(reverse("services:satisfaction-received"))
        status = TOO_MANY if notice else INVALID
    code = form.data.get("thu_tuc", "") if form.is_bound else initial["thu_tuc"]
    context = {
        "form": form,
        "notice": notice,
        "procedure": _procedure(str(code)),
        "questionnaire": questionnaire,
        "breadcrumbs": crumbs((_("Đánh giá phục vụ"), None)),
    }
    return render(request, "services/satisfaction.html", context, status=status)


def _store(request: HttpRequest, form: VoiceForm) -> str:
    """Hand the voice over; "" when it was kept, else "second" or "many"."""
    data: dict[str, Any] = form.cleaned_data
    voice = actions.Voice(
        level=data["level"],
        questionnaire=form.questionnaire,
        answers=form.answers,
        words=data["words"],
        procedure=_procedure(data["thu_tuc"]),
        after_visit=data["quay"] == "1",
    )
    sending = actions.Sending(
        device_hash=_device(request),
        address_hash=visitor_hash(request),
        proof=data["altcha"],
        was_trapped=form.was_trapped,
    )
    try:
        actions.give_voice(voice=voice, sending=sending)
    except actions.SecondToday:
        return "second"
    except TooMany:
        return "many"
    return ""


@require_safe
@services_open
def satisfaction_received(request: HttpRequest) -> HttpResponse:
    """“Đã nhận”: said only after the voice was kept."""
    context = {"breadcrumbs": crumbs((_("Đánh giá phục vụ"), reverse("services:satisfaction")), (_("Đã nhận"), None))}
    return render(request, "services/satisfaction_received.html", context)


@require_safe
@services_open
@public_page
def satisfaction_results(request: HttpRequest) -> HttpResponse:
    """What may be told: the unit's quarters; on the province's site the units' newest quarter as well."""
    unit = unit_of(request)
    context: dict[str, Any] = {"results": satisfaction_page.results_of(), "breadcrumbs": _result_crumbs()}
    if unit.kind == UnitKind.PROVINCE:
        context["units"] = satisfaction_page.units_table(request, unit)
    return render(request, "services/satisfaction_results.html", context)


@require_safe
@services_open
@public_page
def satisfaction_quarter(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """One quarter: the unit's own, on the province's site all units'. 404 where nothing of it is told."""
    unit = unit_of(request)
    if not 1 <= number <= QUARTERS or not MINYEAR <= year <= MAXYEAR:
        raise Http404
    quarter = date(year, number * 3 - 2, 1)
    name = satisfaction_page.quarter_name(quarter)
    context: dict[str, Any] = {"breadcrumbs": _result_crumbs(name), "quarter_name": name}
    if unit.kind == UnitKind.PROVINCE:
        context["units"] = shown = satisfaction_page.units_table(request, unit, quarter)
    else:
        context["results"] = satisfaction_page.results_of(quarter)
        shown = context["results"].newest
    if shown is None:
        raise Http404
    return render(request, "services/satisfaction_results.html", context)


def _result_crumbs(quarter: str = "") -> list[dict[str, Any]]:
    results = (_("Kết quả"), reverse("services:satisfaction-results"))
    return crumbs(
        (_("Đánh giá phục vụ"), reverse("services:satisfaction")), results, *([(quarter, None)] if quarter else [])
    )


@require_safe
@services_open
@public_page
def satisfaction_poster(request: HttpRequest) -> HttpResponse:
    """A sheet to print and put at the counter: the QR code opens the form as “after a visit”."""
    address = request.build_absolute_uri(reverse("services:satisfaction") + "?quay=1")
    context = {
        "qr": qr_of(address),
        "address": request.get_host() + reverse("services:satisfaction"),
        "breadcrumbs": crumbs((_("Đánh giá phục vụ"), reverse("services:satisfaction")), (_("Tờ dán ở quầy"), None)),
    }
    return render(request, "services/satisfaction_poster.html", context)
