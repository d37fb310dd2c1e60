"""/tiep-cong-dan/: sessions, registering, one's own registration. Nothing here is cached.

The list says how many places are left, what is open at this hour and what is past: kept in the page cache it would go stale
by the minute, and emptying the unit's whole cache with each registration would let strangers do that. It costs few queries.
"""

from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.core import letter_codes, phone_numbers
from portal.core.qr_codes import qr_of
from portal.core.sealing import readable
from portal.core.visitors import Sending, TooMany, visitor_hash
from units.actions import reception_bookings as actions
from units.actions.reception_retention import keep_days
from units.enums import Module
from units.forms.reception import BookingForm, OwnBookingForm
from units.middleware import site_of, unit_of
from units.models import ReceptionBooking, ReceptionSession
from units.reception import page as reception_page
from units.reception.cards import OPEN, card_of, next_open
from units.rules import reception as rules
from units.views.doors import module_open

INVALID: Final = 422
CONFLICT: Final = 409
TOO_MANY: Final = 429
GONE: Final = 410
TICKET_LIMIT: Final = 200
# Without any referrer browsers send “Origin: null” with forms, which the check against forged ones refuses.
NO_PATHS: Final = "strict-origin"


def _crumbs(*more: str) -> list[dict[str, Any]]:
    crumbs: list[dict[str, Any]] = [
        {"label": _("Trang chủ"), "url": "/"},
        {"label": _("Tiếp công dân"), "url": reverse("units:reception")},
        *({"label": label, "url": None} for label in more),
    ]
    crumbs[-1]["url"] = None
    return crumbs


def _page(request: HttpRequest, name: str, /, *labels: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of this part; what its address carries goes nowhere with a link."""
    context = {"breadcrumbs": _crumbs(*labels), "unit_phone": site_of(request).phone, **context}
    response = render(request, f"units/reception_{name}.html", context, status=status)
    if labels:
        response.headers["Referrer-Policy"] = NO_PATHS
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _need_unit_alive(request: HttpRequest) -> None:
    """A unit that was closed keeps its archive and takes nobody."""
    if unit_of(request).is_closed:
        raise Http404


def _place_of(text: str) -> tuple[date, int] | None:
    """``2026-11-22-7`` → the day and key after which a page begins; 404 for anything else that is not empty."""
    if not text:
        return None
    day, _dash, key = text.rpartition("-")
    if not key.isascii() or not key.isdigit() or len(key) > 18:  # noqa: PLR2004 - beyond any id
        raise Http404
    try:
        return date.fromisoformat(day), int(key)
    except ValueError as error:
        raise Http404 from error


@require_safe
@module_open(Module.RECEPTION)
def session_list(request: HttpRequest) -> HttpResponse:
    """What is coming, how to come, what the law asks; behind it what is past, by keyset."""
    place = _place_of(request.GET.get("truoc", ""))
    context = reception_page.context_of(unit_of(request), site_of(request), place)
    if place and not context["past"]:
        raise Http404
    return _page(request, "list", **context)


# --- registering ------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@module_open(Module.RECEPTION)
def book(request: HttpRequest, pk: str) -> HttpResponse:
    """The form; where the session takes nobody, why and which one is next. Said to be received only once it is stored."""
    _need_unit_alive(request)
    rows = ReceptionSession.objects.public().with_people()
    session = get_object_or_404(rows, pk=int(pk))
    card = card_of(session)
    if card.state != OPEN:
        return _closed(request, session, CONFLICT if request.method == "POST" else 200)
    form = BookingForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            booking, status = _store(request, session, form)
            if booking:
                return _to_slip(booking)
            if status == CONFLICT:
                return _closed(request, session, CONFLICT)
    return _page(request, "book", _("Đăng ký gặp"), status=status, card=card, form=form, keep_days=keep_days())


def _closed(request: HttpRequest, session: ReceptionSession, status: int) -> HttpResponse:
    session.refresh_from_db()
    today = timezone.localdate()
    following = next_open(today, but=session.pk)
    return _page(request, "closed", _("Đăng ký gặp"), status=status, card=card_of(session), following=following)


def _store(request: HttpRequest, session: ReceptionSession, form: BookingForm) -> tuple[ReceptionBooking | None, int]:
    """Take the place; without one, the status and what the form says about it."""
    data = form.cleaned_data
    sending = Sending(
        address_hash=visitor_hash(request), proof=data["altcha"], was_trapped=form.was_trapped
    )  # fmt: skip
    email = data["email"] if data.get("agree_mail") else ""
    wish = actions.Wish(name=data["name"], phone=data["phone"], subject=data["subject"], email=email)
    try:
        booking = actions.book(session=session, wish=wish, sending=sending)
    except TooMany:
        form.add_error(None, _("Giờ này máy hoặc mạng này đã đăng ký nhiều lần. Chờ một giờ, hoặc gọi cơ quan."))
        return None, TOO_MANY
    except actions.PhoneTaken:
        form.add_error("phone", _("Số điện thoại này đã đăng ký buổi này. Mỗi số một lượt; xem lại ở mục Tra cứu."))
        return None, INVALID
    except actions.NotTaken:
        return None, CONFLICT
    if booking is None:
        form.add_error(None, _("Chưa đăng ký được. Tải lại trang này rồi điền lại."))
    return booking, INVALID


def _to_slip(booking: ReceptionBooking) -> HttpResponse:
    """On to the slip: the address carries a ticket that ends after two hours, never the code."""
    response = HttpResponseRedirect(f"{reverse('units:reception-booked')}?phieu={actions.ticket_of(booking)}")
    response.headers["Referrer-Policy"] = NO_PATHS
    return response


# --- one's own registration -------------------------------------------------------------------------------------------


def _ticket(request: HttpRequest) -> str:
    data = request.POST if request.method == "POST" else request.GET
    return str(data.get("phieu", ""))[:TICKET_LIMIT]


@require_safe
@module_open(Module.RECEPTION)
def booked(request: HttpRequest) -> HttpResponse:
    """The slip: code, number, about when; to print, or to show on the phone."""
    ticket = _ticket(request)
    booking = actions.booking_of(ticket)
    if booking is None:
        return _page(request, "lapsed", _("Phiếu đăng ký"), status=GONE if ticket else 200)
    session = booking.session
    look_up = request.build_absolute_uri(reverse("units:reception-own"))
    return _page(
        request, "slip", _("Phiếu đăng ký"), booking=booking, card=card_of(session), ticket=ticket,
        name=readable(booking.sealed_name), phone=phone_numbers.masked_phone(readable(booking.sealed_phone)),
        has_email=bool(booking.sealed_email), code=letter_codes.code_words(booking.code),
        about=rules.about_when(session.starts_at, session.ends_at, session.capacity, booking.number),
        may_cancel=actions.may_cancel(booking), qr=qr_of(f"{look_up}#{booking.code}"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@module_open(Module.RECEPTION)
def own_booking(request: HttpRequest) -> HttpResponse:
    """Code and number lead to the slip; a wrong code and a wrong number get the same answer."""
    form = OwnBookingForm(request.POST or None)
    status, is_unknown = 200, False
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            data, who = form.cleaned_data, visitor_hash(request)
            try:
                booking = actions.find_booking(code=data["code"], phone=data["phone"], address_hash=who)
            except TooMany:
                form.add_error(None, _("Giờ này đã tra nhiều lần. Chờ một giờ rồi tra lại, hoặc gọi cơ quan."))
                status = TOO_MANY
            else:
                if booking:
                    return _to_slip(booking)
                is_unknown = True
    return _page(request, "own", _("Tra cứu đăng ký"), status=status, form=form, is_unknown=is_unknown)


@require_http_methods(["GET", "HEAD", "POST"])
@module_open(Module.RECEPTION)
def cancel(request: HttpRequest) -> HttpResponse:
    """A page with a button that gives the place back."""
    ticket = _ticket(request)
    booking = actions.booking_of(ticket)
    if booking is None:
        return _page(request, "lapsed", _("Hủy đăng ký"), status=GONE if ticket else 200)
    if request.method == "POST":
        actions.cancel_booking(booking=booking)
        return _to_slip(booking)
    if not actions.may_cancel(booking):
        return _to_slip(booking)
    code = letter_codes.code_words(booking.code)
    return _page(request, "cancel", _("Hủy đăng ký"), card=card_of(booking.session), ticket=ticket, code=code)
