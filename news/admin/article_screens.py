"""What every screen about one article begins with: the article of this unit, the person's right, the frame."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from news.models import Article
from portal.core.admin_base import TenantAdmin


class ArticleScreens(TenantAdmin):
    """Base of the mixins that add screens below /quan-tri/news/article/<id>/."""

    def article_of(self, request: HttpRequest, pk: int, *, to_change: bool = False) -> Article:
        """The article; 404 for another unit's, PermissionDenied for who may not see it, or not change it where it stands."""
        article = get_object_or_404(Article.objects.select_related("category", "picture"), pk=pk)
        allowed = self.has_change_permission if to_change else self.has_view_permission
        if not allowed(request, article):
            raise PermissionDenied
        return article

    def screen(self, request: HttpRequest, article: Article | None, title: Any, **more: Any) -> dict[str, Any]:
        """The context of a screen about ``article``."""
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "article": article,
            "may_change": article is not None and self.has_change_permission(request, article),
            **more,
        }
