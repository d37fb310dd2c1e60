"""The desk's calendar, and texts that must be read again."""

from datetime import date, timedelta
from typing import Any

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
from django.views.decorators.http import require_POST, require_safe

from news.actions.planning import confirm_review
from news.calendar import Entry, entries_between, kind_labels
from news.enums import ArticleStatus
from news.models import Article, Page
from news.rules import neighbour_months
from portal.core.admin_base import person_at
from portal.core.templatetags.portal_text import WEEKDAYS

ROWS_SHOWN = 100
NEXT_REVIEWS = {"90": 90, "180": 180, "365": 365}
"""Choices of “Vẫn đúng”: days until the text is read again."""


def month_of(text: str) -> date:
    """First day of the month an address names (``2026-11``); this month for anything else."""
    today = timezone.localdate()
    try:
        year, month = (int(part) for part in text.split("-"))
        return date(year, month, 1) if 2000 <= year <= 2100 else today.replace(day=1)  # noqa: PLR2004 - a person's years
    except ValueError:
        return today.replace(day=1)


def weeks_of(first: date, entries: list[Entry]) -> list[list[dict[str, Any]]]:
    """Monday to Sunday rows of a month, each day with what stands on it; days of other months are empty."""
    after = neighbour_months(first)[1]
    by_day: dict[date, list[Entry]] = {}
    for entry in entries:
        by_day.setdefault(entry.day, []).append(entry)
    day, today, weeks = first - timedelta(days=first.weekday()), timezone.localdate(), []
    while day < after:
        week = [day + timedelta(days=number) for number in range(7)]
        weeks.append(
            [
                {"day": one, "inside": one.month == first.month, "is_today": one == today,
                 "entries": by_day.get(one, []) if one.month == first.month else []}
                for one in week
            ]
        )  # fmt: skip
        day += timedelta(days=7)
    return weeks


class PlanningScreens:
    """Screens below /quan-tri/news/article/; whoever sees articles sees them, whoever changes one may confirm it."""

    admin_site: AdminSite

    def planning_urls(self) -> list[URLPattern]:
        """Addresses below /quan-tri/news/article/."""
        view = self.admin_site.admin_view
        return [
            path("lich/", view(self.calendar_view), name="news_article_calendar"),
            path("can-xem-lai/", view(self.reviews_view), name="news_article_reviews"),
            path("can-xem-lai/<str:kind>/<int:pk>/", view(self.confirm_view), name="news_article_reviewed"),
        ]

    @method_decorator(require_safe)
    def calendar_view(self, request: HttpRequest) -> HttpResponse:
        """A month of what is scheduled, due and ending."""
        if not request.user.has_perm("news.view_article"):
            raise PermissionDenied
        first = month_of(request.GET.get("thang", ""))
        before, after = neighbour_months(first)
        entries = entries_between(first, after)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Lịch biên tập"),
            "month": first,
            "before": before,
            "after": after,
            "weeks": weeks_of(first, entries),
            "entries": entries,
            "weekdays": WEEKDAYS,
            "kinds": [(kind, words) for kind, words in kind_labels().items() if any(e.kind == kind for e in entries)],
        }
        return TemplateResponse(request, "admin/news/planning/calendar.html", context)

    @method_decorator(require_safe)
    def reviews_view(self, request: HttpRequest) -> HttpResponse:
        """Texts whose day has come or comes within a month, soonest first."""
        if not request.user.has_perm("news.view_article"):
            raise PermissionDenied
        until, today = timezone.localdate() + timedelta(days=30), timezone.localdate()
        articles = Article.objects.filter(status=ArticleStatus.PUBLISHED, review_by__lte=until)
        pages = Page.objects.filter(is_published=True, review_by__lte=until)
        rows: list[dict[str, Any]] = [
            {"row": row, "kind": kind, "is_late": row.review_by < today, "may_confirm": self._may(request, row)}
            for kind, found in (("article", articles), ("page", pages))
            for row in found.select_related("owner", *([] if kind == "page" else ["category"]))
            .defer("body")
            .order_by("review_by")[:ROWS_SHOWN]
            if row.review_by
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Nội dung cần xem lại"),
            "rows": sorted(rows, key=lambda line: (line["row"].review_by, line["row"].pk)),
        }
        return TemplateResponse(request, "admin/news/planning/reviews.html", context)

    @method_decorator(require_POST)
    def confirm_view(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        """“Vẫn đúng”: somebody has read it; asks again after the chosen time."""
        models: dict[str, type[Article | Page]] = {"article": Article, "page": Page}
        if kind not in models:
            raise Http404
        manager: Any = models[kind]._default_manager
        row = get_object_or_404(manager.exclude(review_by=None), pk=pk)
        if not self._may(request, row):
            raise PermissionDenied
        days = NEXT_REVIEWS.get(request.POST.get("ngay", ""), 180)
        next_on = timezone.localdate() + timedelta(days=days)
        if confirm_review(row=row, next_on=next_on, actor=person_at(request)):
            messages.success(request, _("Đã ghi “%(title)s” vẫn đúng.") % {"title": row.title})
        else:
            messages.info(request, _("Người khác vừa ghi nội dung này vẫn đúng."))
        return HttpResponseRedirect(reverse("admin:news_article_reviews"))

    @staticmethod
    def _may(request: HttpRequest, row: Article | Page) -> bool:
        user = request.user
        if row.owner_id == user.pk:
            return True
        return user.has_perm("news.change_page" if isinstance(row, Page) else "news.change_any_article")
