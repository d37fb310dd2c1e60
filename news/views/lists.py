"""Lists of news: all, by category, tag and day. All the same for everybody and cached (portal.core.page_cache)."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.models import Article, Category, Tag
from news.month_calendar import MIN_YEAR, calendar_for, day_url
from news.querysets import ArticleQuerySet
from news.rules import EPOCH, Cursor
from news.structured_data import breadcrumbs_json_ld
from portal.core.page_cache import public_page
from portal.core.templatetags.portal_text import date_long

MAX_YEAR = 2100


def cursor_of(raw: str) -> Cursor | None:
    """The place an address names; 404 for anything that no page of ours ever linked to."""
    if not raw:
        return None
    micros, dash, pk = raw.partition("-")
    if not dash or not micros.isascii() or not pk.isascii() or not micros.isdigit() or not pk.isdigit():
        raise Http404
    if len(micros) > 18 or len(pk) > 18:  # noqa: PLR2004 - beyond any date or id the database can hold
        raise Http404
    try:
        return Cursor(EPOCH + timedelta(microseconds=int(micros)), int(pk))
    except OverflowError as error:
        raise Http404 from error


def _page_of(request: HttpRequest, rows: ArticleQuerySet) -> dict[str, Any]:
    """One keyset page with the addresses of its neighbours."""
    if request.GET.get("page", "1") != "1":
        raise Http404  # lists are walked by “Tin cũ hơn”, there are no page numbers
    before, after = cursor_of(request.GET.get("truoc", "")), cursor_of(request.GET.get("sau", ""))
    rows = rows.published().for_list()
    if after:
        articles, has_newer = rows.page_before(after)
        has_older = True
    else:
        articles, has_older = rows.page_after(before)
        has_newer = before is not None
    if not articles and (before or after):
        raise Http404
    older = f"{request.path}?{urlencode({'truoc': _mark(articles[-1])})}" if has_older and articles else None
    newer = f"{request.path}?{urlencode({'sau': _mark(articles[0])})}" if has_newer and articles else None
    return {"articles": articles, "older_url": older, "newer_url": newer}


def _mark(article: Article) -> str:
    assert article.published_at is not None  # noqa: S101 - a constraint of the table; told to the type checker
    return Cursor(article.published_at, article.pk).text


def _categories(current: Category | None) -> list[dict[str, Any]]:
    rows = [{"label": _("Tất cả"), "url": reverse("news:article-list"), "is_current": current is None}]
    rows += [
        {"label": category.name, "url": category.get_absolute_url(), "is_current": category == current}
        for category in Category.objects.in_order()
    ]
    return rows


def _list(request: HttpRequest, rows: ArticleQuerySet, **extra: Any) -> HttpResponse:
    crumbs = [{"label": _("Trang chủ"), "url": "/"}, *extra.pop("crumbs")]
    context = {
        "lead_text": "",
        "day": None,
        "categories": _categories(extra.pop("category", None)),
        "feed_url": reverse("news:feed"),
        "atom_url": reverse("news:atom"),
        "subscribe_url": reverse("news:subscription"),
        "empty_message": _("Chưa có tin nào ở đây. Xem các chuyên mục khác hoặc tìm theo từ."),
        "breadcrumbs": crumbs,
        "english_url": reverse("news:article-list-en"),
        "json_ld": breadcrumbs_json_ld(request, crumbs),
        **_page_of(request, rows),
        **extra,
    }
    context.setdefault("calendar", calendar_for(timezone.localdate().replace(day=1), None))
    return render(request, "news/article_list.html", context)


@require_safe
@public_page
def article_list(request: HttpRequest) -> HttpResponse:
    """All news and notices of the unit, newest first."""
    return _list(request, Article.objects.all(), heading=_("Tin tức"), crumbs=[{"label": _("Tin tức"), "url": None}])


@require_safe
@public_page
def category(request: HttpRequest, category_slug: str) -> HttpResponse:
    """One category's list."""
    row = get_object_or_404(Category, slug=category_slug)
    crumbs = [{"label": _("Tin tức"), "url": reverse("news:article-list")}, {"label": row.name, "url": None}]
    addresses = {
        "feed_url": reverse("news:category-feed", args=[row.slug]),
        "atom_url": reverse("news:category-atom", args=[row.slug]),
        "subscribe_url": f"{reverse('news:subscription')}?{urlencode({'chuyen-muc': row.slug})}",
    }
    rows = Article.objects.in_category(row)
    return _list(request, rows, heading=row.name, crumbs=crumbs, category=row, **addresses)


@require_safe
@public_page
def tag(request: HttpRequest, tag_slug: str) -> HttpResponse:
    """Everything that carries a tag."""
    row = get_object_or_404(Tag, slug=tag_slug)
    crumbs = [{"label": _("Tin tức"), "url": reverse("news:article-list")}, {"label": row.name, "url": None}]
    heading = _("Thẻ: %(name)s") % {"name": row.name}
    return _list(request, Article.objects.tagged(row), heading=heading, crumbs=crumbs)


def _valid_day(year: int, month: int, day: int) -> date:
    if not MIN_YEAR <= year <= MAX_YEAR:
        raise Http404
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Http404 from error


@require_safe
@public_page
def article_day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """The news of one day, with its month's calendar; 404 for a date that does not exist."""
    chosen = _valid_day(year, month, day)
    label = date_long(chosen)
    crumbs = [{"label": _("Tin tức"), "url": reverse("news:article-list")}, {"label": label, "url": None}]
    return _list(
        request,
        Article.objects.on_day(chosen),
        heading=_("Tin ngày %(day)s") % {"day": label},
        crumbs=crumbs,
        day=chosen,
        calendar=calendar_for(chosen.replace(day=1), chosen),
        empty_message=_("Ngày này không có tin nào. Chọn ngày khác trong lịch; ngày có tin được gạch chân."),
    )


@require_safe
@public_page
def article_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The news list beside another month's calendar."""
    first = _valid_day(year, month, 1)
    calendar = calendar_for(first, None)
    label = calendar["month_label"]
    crumbs = [{"label": _("Tin tức"), "url": reverse("news:article-list")}, {"label": label, "url": None}]
    rows = Article.objects.in_month(first)
    empty = _("Tháng này không có tin nào. Chọn tháng khác trong lịch.")
    heading = _("Tin %(month)s") % {"month": label.lower()}
    return _list(request, rows, heading=heading, crumbs=crumbs, calendar=calendar, empty_message=empty)


@require_safe
def article_day_form(request: HttpRequest) -> HttpResponse:
    """Where the date form goes without JavaScript: on to the day's own address, or to today's."""
    raw = request.GET.get("ngay", "")
    try:
        chosen = date.fromisoformat(raw) if raw else timezone.localdate()
    except ValueError as error:
        raise Http404 from error
    return HttpResponseRedirect(day_url(_valid_day(chosen.year, chosen.month, chosen.day)))
