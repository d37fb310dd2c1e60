"""Reads of the workflow."""

from typing import TYPE_CHECKING, Self

from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from news.models import Article, ArticleTransition

STEPS_SHOWN = 50


class TransitionQuerySet(TenantQuerySet["ArticleTransition"]):
    """Steps of articles."""

    def of_article(self, article: "Article") -> Self:
        """The steps of one article with their actors, newest first; bounded."""
        return self.filter(article=article).select_related("actor").order_by("-pk")[:STEPS_SHOWN]
