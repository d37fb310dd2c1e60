"""Subscribing by e-mail: asking, confirming, leaving. None of these pages is cached."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from news.actions import subscriptions as actions
from news.enums import Rhythm
from news.forms.subscriptions import CHOSEN, SubscriptionForm
from news.models import Category
from portal.core.visitors import TooMany, visitor_hash
from units.middleware import unit_of

TOO_MANY = 429
INVALID = 422
GONE = 410


def _page(request: HttpRequest, name: str, label: str, status: int = 200, **context: Any) -> HttpResponse:
    crumbs = [
        {"label": _("Trang chủ"), "url": "/"},
        {"label": _("Tin tức"), "url": reverse("news:article-list")},
        {"label": label, "url": None},
    ]
    return render(request, f"news/subscription_{name}.html", {"breadcrumbs": crumbs, **context}, status=status)


def _initial(request: HttpRequest) -> dict[str, Any]:
    """The category whose page the reader came from."""
    slug = request.GET.get("chuyen-muc", "")[:100]
    category = Category.objects.filter(slug=slug).first() if slug else None
    return {"scope": CHOSEN, "categories": [category.pk]} if category else {}


@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """The form; the answer is the same whether we know the address or not."""
    form = SubscriptionForm(request.POST or None, initial=_initial(request), unit_name=unit_of(request).name)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _ask(request, form):
            return HttpResponseRedirect(reverse("news:subscription-received"))
        status = TOO_MANY if form.non_field_errors() else INVALID
    return _page(request, "form", _("Nhận tin qua thư"), status, form=form)


def _ask(request: HttpRequest, form: SubscriptionForm) -> bool:
    data = form.cleaned_data
    try:
        actions.ask_subscription(
            email=data["email"],
            categories=list(data["categories"]),
            rhythm=Rhythm(data["rhythm"]),
            address_hash=visitor_hash(request),
            proof=data["altcha"],
        )
    except TooMany:
        form.add_error(None, _("Giờ này đã nhận đủ số lần đăng ký. Chờ một giờ rồi gửi lại."))
        return False
    return True


@require_safe
def subscription_received(request: HttpRequest) -> HttpResponse:
    """What happens next: a mail, a button in it."""
    return _page(request, "received", _("Đã nhận đăng ký"))


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_subscription(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """A page with a button: programs that look at mails open links, but do not press buttons."""
    row = actions.pending_subscription(pk=pk, token=token)
    if row and request.method == "POST" and actions.confirm_subscription(pk=pk, token=token):
        return HttpResponseRedirect(reverse("news:subscription-confirmed"))
    if row is None:
        return _page(request, "lapsed", _("Xác nhận nhận tin"), GONE)
    names = [category.name for category in row.categories.all()]
    return _page(request, "confirm", _("Xác nhận nhận tin"), row=row, names=names)


@require_safe
def subscription_confirmed(request: HttpRequest) -> HttpResponse:
    """It has begun."""
    return _page(request, "confirmed", _("Đã xác nhận"))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """One button, no login. Mail programs post here by themselves (RFC 8058), without cookies: the address is the key."""
    if not actions.may_leave(pk=pk, token=token):
        raise Http404
    if request.method == "POST":
        actions.leave(pk=pk)
        return _page(request, "left", _("Đã thôi nhận tin"))
    return _page(request, "leave", _("Thôi nhận tin"))
