"""The reception desk: today's and coming sessions, who registered, who came. The only screens with names and numbers."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, Final

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.core import letter_codes
from portal.core.admin_base import person_at
from portal.core.models import User
from units.actions import reception_bookings as bookings
from units.actions import reception_desk as desk
from units.actions.reception_retention import forget_booking, keep_days
from units.enums.reception import BookingStatus
from units.forms.reception import DeskForm
from units.models import ReceptionBooking, ReceptionSession
from units.people.posts import PostsBetween
from units.reception.cards import cards_of, hours_words, receiver_words
from units.rules import reception as rules

DESK: Final = "units.keep_reception_desk"
SESSIONS_SHOWN: Final = 20
# Which line of the menu is the current one: the desk's, not the sessions'.
_MENU: Final = SimpleNamespace(label_lower="units.reception_desk", app_label="units", model_name="receptionsession")
# What a button of the list does: its verb, and the sentence that says so.
Verb = Callable[[ReceptionBooking, User], bool]
_VERBS: Final[dict[str, Verb]] = {
    "came": lambda row, user: desk.mark(booking=row, status=BookingStatus.CAME, actor=user),
    "absent": lambda row, user: desk.mark(booking=row, status=BookingStatus.ABSENT, actor=user),
    "called": lambda row, user: desk.note_call(booking=row, actor=user),
    "forget": lambda row, user: forget_booking(booking=row, actor=user),
    "free": lambda row, user: bookings.cancel_booking(booking=row, actor=user),
}


class ReceptionDesk:
    """Mixed into ReceptionSessionAdmin."""

    admin_site: AdminSite

    def get_urls(self) -> list[URLPattern]:
        """The desk before the stock screens."""
        view, name = self.admin_site.admin_view, "units_receptionsession"
        screens = [
            path("ban-tiep-dan/", view(self.desk_view), name=f"{name}_desk"),
            path("<int:pk>/danh-sach/", view(self.people_view), name=f"{name}_people"),
            path("<int:pk>/danh-sach/in/", view(self.print_view), name=f"{name}_print"),
        ]
        return [*screens, *super().get_urls()]  # type: ignore[misc]  # ModelAdmin's

    @staticmethod
    def _session(request: HttpRequest, pk: int) -> ReceptionSession:
        if not request.user.has_perm(DESK):
            raise PermissionDenied
        return get_object_or_404(ReceptionSession.objects.with_people(), pk=pk)

    @method_decorator(require_safe)
    def desk_view(self, request: HttpRequest) -> HttpResponse:
        """Sessions of today and later, with how many registered; names are one click further."""
        if not request.user.has_perm(DESK):
            raise PermissionDenied
        today = timezone.localdate()
        rows = ReceptionSession.objects.public().with_people().coming(today)[:SESSIONS_SHOWN]
        waiting = ReceptionBooking.objects.to_tell(today).filter(sealed_email="").exclude(sealed_phone="")
        context = {
            **self.admin_site.each_context(request), "opts": _MENU, "title": _("Bàn tiếp dân"),
            "cards": cards_of(rows), "today": today, "keep_days": keep_days(),
            "to_call": set(waiting.values_list("session_id", flat=True)),
        }  # fmt: skip
        return TemplateResponse(request, "admin/units/receptionsession/desk.html", context)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def people_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One session's people in the queue's order; marks, calls, somebody added."""
        session, user = self._session(request, pk), person_at(request)
        is_adding = request.method == "POST" and "add" in request.POST
        form = DeskForm(request.POST if is_adding else None)
        if request.method == "POST":
            if not is_adding:
                self._do(request, session, user)
            if not is_adding or (form.is_valid() and self._add(request, session, form, user)):
                return HttpResponseRedirect(reverse("admin:units_receptionsession_people", args=[pk]))
        lines = desk.open_list(session=session, actor=user)
        context = {
            **self._words(request, session), "form": form, "lines": lines, "to_call": desk.to_call(lines),
            "is_open": bookings.is_open(session), "keep_days": keep_days(),
            "may_mark": session.day <= timezone.localdate() and not session.is_cancelled,
            "may_finish": session.status == "PLANNED"
            and rules.begins_at(session.day, session.starts_at) <= timezone.localtime().replace(tzinfo=None),
        }  # fmt: skip
        return TemplateResponse(request, "admin/units/receptionsession/people.html", context)

    @method_decorator(require_safe)
    def print_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The same list for paper: no code, no e-mail; who came is ticked by hand."""
        session = self._session(request, pk)
        lines = desk.open_list(session=session, actor=person_at(request))
        kept = [line for line in lines if line.booking.status != BookingStatus.CANCELLED]
        context = {**self._words(request, session), "lines": kept, "now": timezone.now()}
        return TemplateResponse(request, "admin/units/receptionsession/print.html", context)

    def _words(self, request: HttpRequest, session: ReceptionSession) -> dict[str, Any]:
        posts = PostsBetween.read(session.day, session.day)
        return {
            **self.admin_site.each_context(request), "opts": _MENU, "title": _("Người đăng ký"), "session": session,
            "hours": hours_words(session.starts_at, session.ends_at), "receiver": receiver_words(session, posts),
        }  # fmt: skip

    @staticmethod
    def _do(request: HttpRequest, session: ReceptionSession, user: User) -> None:
        """What a button of the list says: “came-12”."""
        verb, _dash, key = request.POST.get("do", "").partition("-")
        if verb not in _VERBS or not key.isascii() or not key.isdigit() or len(key) > 18:  # noqa: PLR2004 - beyond any id
            raise Http404
        booking = get_object_or_404(
            ReceptionBooking.objects.filter(session=session).select_related("session"), pk=int(key)
        )
        if _VERBS[verb](booking, user):
            messages.success(request, _("Đã ghi."))
        else:
            messages.info(request, _("Không đổi được: đã ghi từ trước, hoặc chưa đến ngày tiếp."))

    @staticmethod
    def _add(request: HttpRequest, session: ReceptionSession, form: DeskForm, user: User) -> bool:
        """Before the session's list is closed a place is taken; afterwards somebody who came is noted."""
        data = form.cleaned_data
        wish = bookings.Wish(name=data["name"], phone=data["phone"], subject=data["subject"])
        try:
            if bookings.is_open(session):
                row = bookings.book_at_desk(session=session, wish=wish, actor=user)
                code = letter_codes.code_words(row.code)
                words = {"number": row.number, "code": code}
                messages.success(request, _("Đã đăng ký giúp: số %(number)d, mã %(code)s.") % words)
            elif session.day == timezone.localdate() and not session.is_cancelled:
                row = bookings.add_walk_in(session=session, wish=wish, actor=user)
                messages.success(request, _("Đã ghi người đến trực tiếp: số %(number)d.") % {"number": row.number})
            else:
                form.add_error(None, _("Buổi này không ghi thêm người được nữa."))
                return False
        except bookings.PhoneTaken:
            form.add_error("phone", _("Số điện thoại này đã có trong danh sách buổi này."))
            return False
        except bookings.NotTaken:
            form.add_error(None, _("Buổi này hết lượt đăng ký trước. Người đến trực tiếp thì ghi trong ngày tiếp."))
            return False
        return True
