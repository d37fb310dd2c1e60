"""What an article is paid with: the screen of one article."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from news.actions.royalty import day_of, set_article_royalty
from news.actions.royalty_reckoning import unscored
from news.actions.royalty_terms import RateBook
from news.forms.royalty import RoyaltyForm, likely_author
from news.models import Article, ArticleRoyalty, Contributor, RoyaltyLine
from news.rules.royalty import first_of
from portal.core.admin_base import person_at


def month_address(article: Article) -> str:
    """The screen of the month the article was published in."""
    day = day_of(article)
    return reverse("admin:news_royaltysheet_month", args=[day.year, day.month])


class RoyaltyScreens:
    """What an article is paid with; a mixin of ArticleAdmin."""

    admin_site: Any

    def royalty_urls(self) -> list[URLPattern]:
        """Addresses below /quan-tri/news/article/."""
        view = self.admin_site.admin_view(self.royalty_view)
        return [path("<int:article_id>/nhuan-but/", view, name="news_article_royalty")]

    def royalty_view(self, request: HttpRequest, article_id: int) -> HttpResponse:
        """Genre, coefficient, people, photographs and supplements of one article."""
        if not request.user.has_perm("news.enter_royalty"):
            raise PermissionDenied
        article = get_object_or_404(
            Article.objects.select_related("category", "origin_unit").defer("body"), pk=article_id
        )
        royalty = ArticleRoyalty.objects.with_shares().filter(article=article).first()
        book = RateBook()
        terms = book.on(day_of(article))
        author = likely_author(article, Contributor.objects.of_users([article.created_by_id]))
        data = request.POST if request.method == "POST" else None
        form = RoyaltyForm(data, article=article, royalty=royalty, terms=terms, author=author)
        if data is not None and form.is_valid():
            try:
                set_article_royalty(article=article, entry=form.entry(), actor=person_at(request), book=book)
            except ValidationError as error:
                form.refuse(error)
            else:
                return self._after_royalty(request, article)
        return self._royalty_page(request, article, form, royalty)

    def _royalty_page(
        self, request: HttpRequest, article: Article, form: RoyaltyForm, royalty: ArticleRoyalty | None
    ) -> HttpResponse:
        paid = RoyaltyLine.objects.filter(article=article).select_related("sheet").order_by("pk").first()
        context = {
            **self.admin_site.each_context(request),
            "opts": Article._meta,
            "article": article,
            "form": form,
            "royalty": royalty,
            "terms": form.terms,
            "paid": paid,
            "names": Contributor.objects.offered().values_list("pen_name", flat=True),
            "month_url": month_address(article),
            "day": day_of(article),
        }
        return TemplateResponse(request, "admin/news/royalty/article.html", context)

    @staticmethod
    def _after_royalty(request: HttpRequest, article: Article) -> HttpResponse:
        """On to the next article of the month nobody has scored, or back to where the person came from."""
        messages.success(request, _("Đã lưu nhuận bút của “%(title)s”.") % {"title": article.title})
        if "_next" in request.POST:
            following = unscored(first_of(day_of(article))).exclude(pk=article.pk).first()
            if following is not None:
                return HttpResponseRedirect(reverse("admin:news_article_royalty", args=[following.pk]))
        if "_month" in request.POST or "_next" in request.POST:
            return HttpResponseRedirect(month_address(article))
        return HttpResponseRedirect(reverse("admin:news_article_change", args=[article.pk]))


__all__ = ["RoyaltyScreens", "month_address"]
