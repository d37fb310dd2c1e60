"""Polls: the list for everybody, the page to vote on."""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feedback.actions import polls as actions
from feedback.forms.polls import BallotForm
from feedback.models import Poll, PollOption
from feedback.poll_page import PollPage, lines_of, poll_page, state_of
from feedback.views.comments import INVALID, TOO_MANY
from portal.core.page_cache import public_page
from portal.core.visitors import Sending, TooMany, visitor_hash
from units.enums import Module
from units.views.doors import module_open

PAGE_SIZE: Final = 12
KEY_DIGITS: Final = 18


def _crumbs(*more: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"label": _("Trang chủ"), "url": "/"}, *more]


@require_safe
@module_open(Module.QUESTIONS)
@public_page
def poll_list(request: HttpRequest) -> HttpResponse:
    """Those one can vote in, then those that are over with their counts; newest first, by keyset over the key."""
    rows = Poll.objects.filter(is_published=True).order_by("-pk")
    before = request.GET.get("truoc", "")
    if before:
        if not before.isascii() or not before.isdigit() or len(before) > KEY_DIGITS:
            raise Http404
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    if before and not shown:
        raise Http404
    context = {
        "cards": _cards(shown, timezone.now()),
        "older_url": f"{request.path}?truoc={shown[-1].pk}" if len(found) > PAGE_SIZE else None,
        "breadcrumbs": _crumbs({"label": _("Bình chọn"), "url": None}),
    }
    return render(request, "feedback/poll_list.html", context)


def _cards(polls: list[Poll], now: datetime) -> list[dict[str, Any]]:
    """Each with its state and, where it is over, the leading answer; one query for all options."""
    options: dict[int, list[PollOption]] = {}
    for option in PollOption.objects.filter(poll__in=polls).order_by("order", "pk"):
        options.setdefault(option.poll_id, []).append(option)
    cards = []
    for poll in polls:
        state = state_of(poll, now)
        lines = lines_of(poll, options.get(poll.pk, [])) if state == "over" else []
        cards.append({"poll": poll, "state": state, "leading": [line for line in lines if line.is_leading]})
    return cards


def _cookie(poll: Poll) -> str:
    return f"bc-{poll.pk}"


@require_http_methods(["GET", "HEAD", "POST"])
@module_open(Module.QUESTIONS)
def poll_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Vote, or read the counts; never cached. The device's mark is a cookie of this one page, and of nothing else."""
    poll = Poll.objects.filter(pk=pk, is_published=True).first()
    if poll is None:
        raise Http404
    options = list(PollOption.objects.filter(poll=poll).order_by("order", "pk"))
    mark = request.COOKIES.get(_cookie(poll), "")[:64]
    form = BallotForm(request.POST or None, poll=poll, options=options)
    status = 200
    if request.method == "POST":
        if _voted(request, poll, form, mark):
            return HttpResponseRedirect(f"{request.path}?da-nhan=1")
        status = TOO_MANY if getattr(form, "is_busy", False) else INVALID
    page = poll_page(poll, options, timezone.now(), has_voted=actions.has_voted(poll, mark))
    response = _page(request, page, form, status)
    if page.can_vote and not mark:
        _give_mark(response, request, poll)
    return response


def _page(request: HttpRequest, page: PollPage, form: BallotForm, status: int) -> HttpResponse:
    context = {
        "page": page,
        "poll": page.poll,
        "form": form,
        "was_received": "da-nhan" in request.GET and page.has_voted,
        "breadcrumbs": _crumbs(
            {"label": _("Bình chọn"), "url": "/binh-chon/"}, {"label": page.poll.title, "url": None}
        ),
    }  # fmt: skip
    return render(request, "feedback/poll_detail.html", context, status=status)


def _voted(request: HttpRequest, poll: Poll, form: BallotForm, mark: str) -> bool:
    """Hand the ballot over; what went wrong stands in the form."""
    if not mark:
        form.add_error(
            None, _("Trình duyệt không giữ được dấu “đã bình chọn”. Cho phép cookie của trang này rồi chọn lại.")
        )
        return False
    if not form.is_valid():
        return False
    sending = Sending(
        address_hash=visitor_hash(request), proof=form.cleaned_data["altcha"], was_trapped=form.was_trapped
    )
    try:
        actions.vote(poll=poll, chosen=form.cleaned_data["chosen"], mark=mark, sending=sending)
    except TooMany:
        form.is_busy = True  # type: ignore[attr-defined]  # read by the caller only
        form.add_error(None, _("Giờ này đã có quá nhiều phiếu từ mạng của bạn. Chờ một giờ rồi gửi lại."))
    except actions.PollClosed:
        form.add_error(None, _("Bình chọn đã đóng, phiếu không được ghi."))
    except ValidationError as error:
        form.add_error(None, error)
    except actions.VotedAlready:
        return True
    else:
        return True
    return False


def _give_mark(response: HttpResponse, request: HttpRequest, poll: Poll) -> None:
    age = max(60, int((poll.closes_at - timezone.now()).total_seconds()))
    response.set_cookie(
        _cookie(poll), actions.new_mark(), max_age=age, path=request.path, httponly=True, secure=settings.HTTPS,
        samesite="Lax",
    )  # fmt: skip
