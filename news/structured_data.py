"""What search engines read of an article: schema.org NewsArticle as JSON-LD, beside the way to it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from news.models import Article
from portal.core.richtext import plain_text
from portal.core.structured_data import breadcrumbs_json_ld, crumb_list, script_safe
from units.middleware import unit_of

__all__ = ["article_json_ld", "breadcrumbs_json_ld", "script_safe"]


def article_json_ld(request: HttpRequest, article: Article, crumbs: Sequence[dict[str, Any]]) -> SafeString:
    """The article and the way to it."""
    unit = unit_of(request)
    changed = article.revised_at or article.published_at
    publisher = {"@type": "GovernmentOrganization", "name": unit.name, "url": request.build_absolute_uri("/")}
    news: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": article.title[:110],
        "description": plain_text(article.summary)[:300],
        "datePublished": article.published_at.isoformat() if article.published_at else None,
        "dateModified": changed.isoformat() if changed else None,
        "author": {"@type": "Organization", "name": article.author_name or unit.name},
        "publisher": publisher,
        "mainEntityOfPage": request.build_absolute_uri(article.get_absolute_url()),
        "articleSection": article.category.name,
        "inLanguage": "vi",
    }
    if article.canonical_url:
        news["isBasedOn"] = article.canonical_url
        news["author"] = {"@type": "Organization", "name": article.author_name or article.source_name}
    if article.picture:
        news["image"] = [request.build_absolute_uri(article.picture.url)]
    return script_safe({"@context": "https://schema.org", "@graph": [news, crumb_list(request, crumbs)]})
