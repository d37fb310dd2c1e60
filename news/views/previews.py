"""Looking at an unpublished article without an account."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from news.actions.previews import PREVIEW_STATUSES, find_preview, note_opened
from news.article_page import closed_to_others, preview_page
from news.models import Article


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The article of an open link as citizens will see it; of any other link a page that tells what to do and nothing else."""
    link = find_preview(token)
    if link is None:
        return _closed(request, 404)
    if link.revoked_at or link.expires_at <= timezone.now():
        return _closed(request, 410)
    if link.article.status not in PREVIEW_STATUSES:
        return _on_to_the_article(request, link.article)
    note_opened(link)
    return preview_page(request, link.article)


def _on_to_the_article(request: HttpRequest, article: Article) -> HttpResponse:
    """Published meanwhile: citizens' own address; withdrawn: a closed link."""
    if Article.objects.published().filter(pk=article.pk).exists():
        return closed_to_others(HttpResponseRedirect(article.get_absolute_url()))
    return _closed(request, 410)


def _closed(request: HttpRequest, status: int) -> HttpResponse:
    context = {"canonical_url": "", "page_path": ""}
    return closed_to_others(render(request, "news/preview_closed.html", context, status=status))
