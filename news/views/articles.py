"""One article as citizens read it."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.models import Article
from news.structured_data import article_json_ld
from news.views.lists import calendar_for
from portal.core.page_cache import public_page

SIDE_ITEMS = 4


def _share(request: HttpRequest, article: Article) -> list[dict[str, str]]:
    address = request.build_absolute_uri(article.get_absolute_url())
    mail = urlencode({"subject": article.title, "body": address}).replace("+", "%20")
    return [
        {"label": "Facebook", "url": f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': address})}"},
        {"label": "Zalo", "url": f"https://zalo.me/share?{urlencode({'url': address})}"},
        {"label": _("Thư điện tử"), "url": f"mailto:?{mail}"},
    ]


@require_safe
@public_page
def article_detail(request: HttpRequest, category_slug: str, slug: str, pk: int) -> HttpResponse:
    """One article; an outdated category or title in the address redirects to the lasting one."""
    article = get_object_or_404(Article.objects.published().for_detail(), pk=pk)
    if request.path != article.get_absolute_url():
        return HttpResponsePermanentRedirect(article.get_absolute_url())
    crumbs: list[dict[str, Any]] = [
        {"label": _("Trang chủ"), "url": "/"},
        {"label": _("Tin tức"), "url": reverse("news:article-list")},
        {"label": article.category.name, "url": article.category.get_absolute_url()},
        {"label": article.title, "url": None},
    ]
    local = timezone.localdate(article.published_at)
    context = {
        "article": article,
        "tags": list(article.tags.all()),
        "breadcrumbs": crumbs,
        "same_category": Article.objects.neighbours_of(article, SIDE_ITEMS),
        "other_news": Article.objects.others_than(article, SIDE_ITEMS),
        "share": _share(request, article),
        "calendar": calendar_for(local.replace(day=1), local),
        "json_ld": article_json_ld(request, article, crumbs),
    }
    return render(request, "news/article_detail.html", context)
