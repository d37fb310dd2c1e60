"""Offering one article upwards, pushing it downwards, placing a copy on this site."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from news import actions
from news.actions.sharing import recipients, unit_above, units_below
from news.admin.share_screens import demand, screen
from news.enums import ArticleStatus
from news.enums.sharing import ShareDirection, ShareMode
from news.forms.sharing import OfferForm, PlaceForm, PushForm
from news.models import Article, ShareDelivery
from portal.core.admin_base import person_at
from units.middleware import unit_of

both = require_http_methods(["GET", "HEAD", "POST"])


def _article(pk: int) -> Article:
    return get_object_or_404(Article.objects.select_related("category", "picture"), pk=pk)


def _back(article: Article) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:news_article_change", args=[article.pk]))


def _address(request: HttpRequest, article: Article) -> str:
    return request.build_absolute_uri(article.get_absolute_url())


@both
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the province to publish one of the unit's articles."""
    demand(request, "news.offer_article")
    article = _article(pk)
    above = unit_above(unit_of(request))
    if above is None:
        raise Http404
    form = OfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.offer_upwards(
                article=article, actor=person_at(request), message=form.cleaned_data["message"],
                address=_address(request, article),
            )  # fmt: skip
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Đã gửi %(unit)s. Khi có trả lời, kết quả hiện ở bài này.") % {"unit": above})
        return _back(article)
    earlier = ShareDelivery.objects.of_article(article)
    declined = next((row for row in earlier if row.direction == ShareDirection.UP), None)
    title = _("Đề nghị đăng ở trang %(unit)s") % {"unit": above}
    return screen(request, "offer", title, article=article, above=above, form=form, earlier=declined)


# --- down -------------------------------------------------------------------------------------------------------------


@both
def push(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose units below, look at how many sites it is, send. Each step is a plain form."""
    demand(request, "news.share_article")
    article = _article(pk)
    below = [unit for unit in units_below(unit_of(request)) if unit.pk != article.origin_unit_id]
    if not below:
        raise Http404
    if article.status != ArticleStatus.PUBLISHED:
        messages.error(request, _("Chỉ gửi được bài đang đăng. Đăng bài trước, rồi gửi."))
        return _back(article)
    is_finding = "_find" in request.POST
    form = PushForm(request.POST or None, below=below)
    if request.method == "POST" and not is_finding and form.is_valid():
        if "_send" in request.POST:
            return _sent(request, article, form)
        if "_change" not in request.POST:
            return _confirmation(request, article, form)
    has_errors = request.method == "POST" and not is_finding and "_change" not in request.POST
    known = set(ShareDelivery.objects.of_article(article).values_list("to_unit_id", flat=True))
    return screen(
        request, "push", _("Gửi bài xuống đơn vị"), article=article, form=form, show_errors=has_errors,
        shown=form.shown_units(), chosen_kinds=form.chosen_kinds(), known=known, total=len(below),
        mode=form.data.get("mode", ""), find=form.data.get("find", ""),
    )  # fmt: skip


def _confirmation(request: HttpRequest, article: Article, form: PushForm) -> HttpResponse:
    data = form.cleaned_data
    units = recipients(unit_of(request), unit_ids=data["units"], kinds=data["kinds"], article=article)
    known = {row.to_unit_id for row in ShareDelivery.objects.of_article(article)}
    return screen(
        request, "push_confirm", _("Kiểm tra trước khi gửi"), article=article, data=data, units=units,
        is_mandatory=data["mode"] == ShareMode.MANDATORY, known=[unit for unit in units if unit.pk in known],
    )  # fmt: skip


def _sent(request: HttpRequest, article: Article, form: PushForm) -> HttpResponse:
    data = form.cleaned_data
    try:
        pushed = actions.push_down(
            article=article, actor=person_at(request), mode=ShareMode(data["mode"]), unit_ids=data["units"],
            kinds=data["kinds"], message=data["message"], address=_address(request, article),
        )  # fmt: skip
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _back(article)
    words = ngettext("Đã gửi đến %(number)d đơn vị.", "Đã gửi đến %(number)d đơn vị.", pushed.sent)
    parts = [words % {"number": pushed.sent}]
    if pushed.known:
        parts.append(_("%(number)d đơn vị đã có bài này từ trước.") % {"number": pushed.known})
    if data["mode"] == ShareMode.MANDATORY and pushed.sent:
        parts.append(_("Bài lần lượt hiện trên các trang trong vài phút."))
    messages.success(request, " ".join(parts))
    return _back(article)


# --- a copy on this site ----------------------------------------------------------------------------------------------


@both
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a copy into another category, pin it."""
    demand(request, "news.publish_article")
    article = _article(pk)
    if article.origin_article_id is None:
        raise Http404
    form = PlaceForm(request.POST or None, article=article)
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        actions.place_copy(
            article=article, category=data["category"], is_pinned=data["is_pinned"], actor=person_at(request)
        )
        messages.success(request, _("Đã đổi chỗ đặt bài."))
        return _back(article)
    return screen(request, "place", _("Chuyên mục và ghim"), article=article, form=form)
