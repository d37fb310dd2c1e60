"""One article as citizens read it, and what its address answers after it was taken away."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from news.article_page import TEMPLATE, article_context
from news.enums import ArticleStatus, WithdrawalKind
from news.models import Article
from portal.core.page_cache import public_page

GONE: Final = 410
NOT_FOUND: Final = 404


@require_safe
@public_page
def article_detail(request: HttpRequest, category_slug: str, slug: str, pk: int) -> HttpResponse:
    """One article; an outdated category or title in the address redirects to the lasting one."""
    article = Article.objects.readable().for_detail().filter(pk=pk).first()
    if article is None:
        return _taken_away(request, pk)
    if request.path != article.get_absolute_url():
        return HttpResponsePermanentRedirect(article.get_absolute_url())
    response = render(request, TEMPLATE, article_context(request, article))
    if article.status != ArticleStatus.PUBLISHED:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _taken_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the article went: into another one (redirect), away for good (410 with the reason), back to the desk (404).

    404 without a word where no article ever was.
    """
    told = ("status", "withdrawal_kind", "withdrawal_note", "withdrawn_at", "merged_into_id")
    article = Article.objects.taken_away().filter(pk=pk).only(*told).first()
    if article is None:
        raise Http404
    if article.withdrawal_kind == WithdrawalKind.MERGED:
        target = Article.objects.readable().select_related("category").filter(pk=article.merged_into_id).first()
        if target:
            return HttpResponsePermanentRedirect(target.get_absolute_url())
    is_gone = article.status == ArticleStatus.WITHDRAWN
    context = {"gone": article, "is_reworked": not is_gone}
    return render(request, "news/article_gone.html", context, status=GONE if is_gone else NOT_FOUND)
