"""What the pages of sending a report show; each render is one function, so that the steps read as steps."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.actions.receive_case import Received
from feedback.actions.send_report import position_of
from feedback.actions.uploads import uploads_of
from feedback.cases.alike import Alike, alike
from feedback.cases.terms import Terms
from feedback.enums.cases import CaseKind, TermStep
from feedback.forms.sending import UNKNOWN_COMMUNE, TextForm, WhatForm, WhoForm, opened_stamp
from feedback.models import CaseCategory, CaseConsent, CaseDraft, CaseSender
from feedback.rules import cases as rules
from feedback.rules.private_numbers import PrivateNumber
from portal.core.phone_numbers import masked_phone, phone_words
from portal.core.qr_codes import qr_of
from portal.core.sealing import readable
from units.chrome import has_reports
from units.enums import UnitKind
from units.mapping import outline_map
from units.middleware import site_of, unit_of
from units.models import Unit

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
# Without any referrer browsers send “Origin: null” with forms, which the check against forged ones refuses.
NO_PATHS: Final = "strict-origin"
_STEPS: Final = (1, 2, 3)


def reports_open(view: View[P]) -> View[P]:
    """Answer 404 where the unit takes no reports or exists no more; keep what is answered away from caches and robots."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not has_reports(unit_of(request), site_of(request)):
            raise Http404
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = NO_PATHS
        return response

    return cast("View[P]", guarded)


def crumbs(*more: str) -> list[dict[str, Any]]:
    """Home, reports, here."""
    found: list[dict[str, Any]] = [
        {"label": _("Trang chủ"), "url": "/"},
        {"label": _("Phản ánh"), "url": reverse("feedback:reports")},
        {"label": _("Gửi phản ánh"), "url": reverse("feedback:report-new")},
        *({"label": label, "url": None} for label in more),
    ]
    found[-1]["url"] = None
    return found


def page(request: HttpRequest, name: str, /, *, label: str = "", status: int = 200, **context: Any) -> HttpResponse:
    """One page of this part."""
    context = {
        "breadcrumbs": crumbs(*([label] if label else [])), "unit_phone": site_of(request).phone,
        "draft_hours": rules.DRAFT_HOURS,
        # The address of a form is a secret: not printed, not shared. (What every page has, only step 1 keeps.)
        **({"canonical_url": ""} if label else {}), **context,
    }  # fmt: skip
    return render(request, f"feedback/send_{name}.html", context, status=status)


def lapsed(request: HttpRequest) -> HttpResponse:
    """A form that is over, was never there, or belongs to another unit: all the same."""
    return page(request, "lapsed", status=404)


# --- what a draft holds -----------------------------------------------------------------------------------------------


def furthest(data: dict[str, Any]) -> int:
    """The furthest step that may be opened: those before it are filled in."""
    what, text, who = _STEPS
    if not data.get("category") or not (data.get("commune") or data.get("commune_unknown")):
        return what
    return who if data.get("text") and data.get("text_done") else text


def alike_of(data: dict[str, Any]) -> list[Alike]:
    """Public open reports that may be the same as what the form says."""
    latitude, longitude = position_of(data)
    return alike(
        kind=CaseKind.REPORT, text=f"{data.get('place_text', '')} . {data.get('text', '')}",
        category_id=data.get("category"), commune_id=data.get("commune"), latitude=latitude, longitude=longitude,
    )  # fmt: skip


def unseen_alike(data: dict[str, Any]) -> list[Alike]:
    """Those of them that the sender has not been asked about yet."""
    seen = set(data.get("alike_seen", ()))
    return [row for row in alike_of(data) if row.case.pk not in seen]


def _terms(today: date, category_id: int | None = None) -> dict[str, Any]:
    terms = Terms.read(CaseKind.REPORT, today)
    return {
        "answer": terms.find(TermStep.ANSWER, category_id=category_id),
        "accept": terms.find(TermStep.ACCEPT, category_id=category_id),
    }  # fmt: skip


# --- step 1 -----------------------------------------------------------------------------------------------------------


def offered_categories(request: HttpRequest) -> list[CaseCategory]:
    """What may be chosen here today."""
    return list(CaseCategory.objects.offered_by(unit_of(request).pk, timezone.localdate()))


def communes() -> list[Unit]:
    """Communes of today by name; one query."""
    return list(Unit.objects.communes())


def what_initial(
    request: HttpRequest, data: dict[str, Any], categories: Sequence[CaseCategory], places: Sequence[Unit]
) -> dict[str, Any]:
    """What stands in step 1 when it is opened: the draft's, else what the address says, else the unit's own ground."""
    by_key = {row.pk: row.slug for row in categories}
    communes_by_key = {row.pk: row.slug for row in places}
    here = unit_of(request)
    wished = request.GET.get("xa", "") or communes_by_key.get(here.pk, "")
    commune = communes_by_key.get(data.get("commune") or 0, "") or (
        UNKNOWN_COMMUNE if data.get("commune_unknown") else ""
    )
    return {
        "category": by_key.get(data.get("category") or 0, "") or request.GET.get("loai", "")[:60],
        "commune": commune or wished[:80], "place_text": data.get("place_text", ""), "position": data.get("position", ""),
    }  # fmt: skip


def what_page(request: HttpRequest, form: WhatForm, draft: CaseDraft | None, *, status: int = 200) -> HttpResponse:
    """Step 1 with its map."""
    chosen = form["category"].value()
    commune = form["commune"].value()
    by_name = {unit.name: unit.slug for unit in form.communes.values()}
    outlines = outline_map(unit_of(request))
    areas = [(area, by_name.get(area.name, "")) for area in outlines["areas"]] if outlines else []
    return page(
        request, "what", status=status, step=1, form=form, draft=draft, commune=commune,
        cards=[{"row": row, "is_chosen": row.slug == chosen} for row in form.categories.values()],
        map=outlines and {"view_box": outlines["view_box"], "areas": [pair for pair in areas if pair[1]]},
        position=form["position"].value() or "", boundaries_url=reverse("services:boundaries"),
        terms=_terms(timezone.localdate()), is_commune=unit_of(request).kind == UnitKind.COMMUNE,
        typed_name=form["commune_name"].value() or "",
    )  # fmt: skip


# --- step 2 -----------------------------------------------------------------------------------------------------------


def text_page(
    request: HttpRequest,
    form: TextForm,
    draft: CaseDraft,
    data: dict[str, Any],
    *,
    numbers: Sequence[PrivateNumber] = (),
    numbers_taken: bool = False,
    file_errors: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """Step 2; ``numbers`` are the private numbers that were found, ``numbers_taken`` says that they are out now."""
    category = CaseCategory.objects.filter(pk=data.get("category") or 0).first()
    return page(
        request, "text", label=_("Mô tả, ảnh"), status=status, step=2, form=form, draft=draft, category=category,
        numbers=numbers, numbers_taken=numbers_taken, file_errors=file_errors, text_limit=rules.TEXT_LIMIT,
    )  # fmt: skip


def alike_page(request: HttpRequest, draft: CaseDraft, found: Sequence[Alike]) -> HttpResponse:
    """What may be the same, with both ways on."""
    return page(request, "alike", label=_("Việc tương tự"), step=2, draft=draft, found=found)


# --- step 3 and the answer --------------------------------------------------------------------------------------------


def who_initial(data: dict[str, Any]) -> dict[str, Any]:
    """What the sender filled in before going back; ticks only where they ticked them."""
    ticks = {f"agree_{purpose.lower()}": True for purpose in data.get("consents", ())}
    phone = phone_words(data.get("phone", ""))
    return {"name": data.get("name", ""), "phone": phone, "email": data.get("email", ""), **ticks}


def who_page(
    request: HttpRequest, form: WhoForm, draft: CaseDraft, data: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Step 3: the sender's side, and before it what will be sent."""
    category = CaseCategory.objects.filter(pk=data.get("category") or 0).first()
    commune = Unit.objects.filter(pk=data.get("commune") or 0).only("name").first() if data.get("commune") else None
    return page(
        request, "who", label=_("Người gửi"), status=status, step=3, form=form, draft=draft, data=data,
        category=category, commune=commune, files=uploads_of(draft), opened=form.data.get("opened") or opened_stamp(),
        consents=[form[name] for name in form.fields if name.startswith("agree_")], purpose=rules.PURPOSE,
    )  # fmt: skip


def received_page(request: HttpRequest, received: Received) -> HttpResponse:
    """Code, private link, what happens next and by when."""
    case = received.case
    sender = CaseSender.objects.filter(case=case).first()
    phone = readable(sender.sealed_phone) if sender else ""
    terms = _terms(timezone.localdate(case.received_at), case.category_id)
    accept = terms["accept"].last_day(timezone.localdate(case.received_at)) if terms["accept"] else None
    link = request.build_absolute_uri(reverse("feedback:case-own", args=[received.token]))
    mails = bool(sender and sender.sealed_email) and CaseConsent.objects.filter(case=case, purpose="MAIL").exists()
    return page(
        request, "received", label=_("Đã nhận"), case=case, link=link, qr=qr_of(link), accept_on=accept,
        phone=masked_phone(phone) if phone else "", mails=mails, look_up=reverse("feedback:case-lookup"),
    )  # fmt: skip
