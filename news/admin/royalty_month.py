"""The clerk's main screen: every article of a month, a row each, saved together."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from news.actions.royalty import day_of, set_article_royalty
from news.actions.royalty_reckoning import payable, unscored
from news.actions.royalty_terms import RateBook
from news.enums.royalty import SheetState, WorkKind
from news.forms.royalty import likely_author
from news.forms.royalty_month import RowForm
from news.models import Article, ArticleRoyalty, Contributor, RoyaltyLine, RoyaltySheet
from news.rules.royalty import month_after, month_before
from portal.core.admin_base import person_at

ROWS_A_PAGE = 40


class MonthScreen:
    """A mixin of RoyaltySheetAdmin."""

    admin_site: Any

    def month_view(self, request: HttpRequest, year: int, month: int) -> HttpResponse:
        """The month's articles with what each is paid with; POST saves the rows of one page."""
        if not request.user.has_perm("news.enter_royalty"):
            raise PermissionDenied
        first = _first_day(year, month)
        left = unscored(first).count()
        shows_all = "tat-ca" in request.GET or not left
        rows = payable(first) if shows_all else unscored(first)
        page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("trang"))
        articles = list(page.object_list)
        if request.method == "POST":
            # What is saved leaves the list of what is left, so the page is found by the articles that were sent.
            articles = _sent(request, first) or articles
        book = RateBook()
        forms = self._forms(articles, _filled(request, articles), book)
        if request.method == "POST" and self._save(request, forms, book):
            return HttpResponseRedirect(request.get_full_path())
        if request.method == "POST":
            # What was saved is shown as it stands now; only what was refused keeps the words that were typed.
            done = {
                form.article.pk: form for form in self._forms([f.article for f in forms if not f.errors], None, book)
            }
            forms = [done.get(form.article.pk, form) for form in forms]
        context = self._context(request, first, page, forms)
        return TemplateResponse(request, "admin/news/royalty/month.html", {**context, **_rates(book, first)})

    @staticmethod
    def _forms(articles: list[Article], data: Any, book: RateBook) -> list[RowForm]:
        royalties = ArticleRoyalty.objects.of_articles(articles)
        accounts = Contributor.objects.of_users(article.created_by_id for article in articles)
        forms = []
        for article in articles:
            terms = book.on(day_of(article))
            royalty = royalties.get(article.pk)
            author = likely_author(article, accounts)
            sent = data if data is not None and f"a{article.pk}-seen" in data else None
            forms.append(RowForm(sent, article=article, royalty=royalty, terms=terms, author=author))
        return forms

    def _save(self, request: HttpRequest, forms: list[RowForm], book: RateBook) -> bool:
        """Save every row that was changed and is right; whether all of them were."""
        saved, wrong = 0, 0
        for form in forms:
            if not form.is_bound or not form.is_simple:
                continue
            if not form.is_valid():
                wrong += 1
            elif form.wants_saving:
                is_saved = self._save_row(request, form, book)
                saved, wrong = saved + is_saved, wrong + (not is_saved)
        if saved:
            words = ngettext("Đã lưu %(number)d bài.", "Đã lưu %(number)d bài.", saved)
            messages.success(request, words % {"number": saved})
        if wrong:
            messages.error(
                request, _("Còn %(number)d bài chưa lưu. Sửa những dòng có báo đỏ rồi lưu lại.") % {"number": wrong}
            )
        elif not saved:
            messages.info(request, _("Chưa có gì thay đổi. Chọn thể loại ở dòng cần chấm rồi lưu."))
        return not wrong

    @staticmethod
    def _save_row(request: HttpRequest, form: RowForm, book: RateBook) -> bool:
        try:
            form.refuse_if_overtaken()
            with transaction.atomic():
                set_article_royalty(article=form.article, entry=form.entry(), actor=person_at(request), book=book)
        except ValidationError as error:
            form.refuse(error)
            return False
        return True

    def _context(self, request: HttpRequest, first: date, page: Any, forms: list[RowForm]) -> dict[str, Any]:
        articles = [form.article for form in forms]
        locked = RoyaltyLine.objects.filter(article__in=articles, sheet__state=SheetState.LOCKED)
        following = month_after(first)
        return {
            **self.admin_site.each_context(request),
            "opts": RoyaltySheet._meta,
            "month": first,
            "before": month_before(first),
            "after": following if following <= timezone.localdate() else None,
            "page": page,
            "forms": forms,
            "shows_all": "tat-ca" in request.GET,
            "left": unscored(first).count(),
            "paid": set(locked.values_list("article_id", flat=True)),
            "sheet": RoyaltySheet.objects.filter(month=first).first(),
            "names": Contributor.objects.offered().values_list("pen_name", flat=True),
        }


def _rates(book: RateBook, first: date) -> dict[str, Any]:
    """The table of the month's last day so far, and its genres for texts."""
    terms = book.on(min(month_after(first), timezone.localdate()))
    return {"terms": terms, "genres": terms.genres_for(WorkKind.TEXT) if terms else []}


def _first_day(year: int, month: int) -> date:
    try:
        first = date(year, month, 1)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    if first > timezone.localdate() or year < 2000:  # noqa: PLR2004 - older than every site
        raise Http404
    return first


def _sent(request: HttpRequest, first: date) -> list[Article]:
    """The month's articles whose rows stand in the form that was sent."""
    keys = [name[1:-5] for name in request.POST if name.startswith("a") and name.endswith("-seen")]
    numbers = [int(key) for key in keys[: ROWS_A_PAGE * 2] if key.isdecimal() and len(key) < 19]  # noqa: PLR2004 - 64 bits
    return list(payable(first).filter(pk__in=numbers))


def _filled(request: HttpRequest, articles: list[Article]) -> Any:
    """What was sent, with the one genre that the person chose for all rows that still have none."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if "_fill" in data:
        for article in articles:
            if article.origin_unit_id is None and not data.get(f"a{article.pk}-genre"):
                data[f"a{article.pk}-genre"] = data.get("fill_genre", "")
    return data
