"""What search engines read: schema.org NewsArticle and BreadcrumbList as JSON-LD."""

import json
from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from news.models import Article
from portal.core.richtext import plain_text
from units.middleware import unit_of

# A "</script>" or "<!--" inside a title must not end the element it is written in.
_ESCAPES: Final = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def script_safe(data: Any) -> SafeString:
    """JSON that can stand inside a script element whatever the titles say."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - <, >, & are escaped


def _crumbs(request: HttpRequest, crumbs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    items = []
    for position, crumb in enumerate(crumbs, start=1):
        address = request.build_absolute_uri(crumb["url"] or request.path)
        items.append({"@type": "ListItem", "position": position, "name": str(crumb["label"]), "item": address})
    return {"@type": "BreadcrumbList", "itemListElement": items}


def breadcrumbs_json_ld(request: HttpRequest, crumbs: Sequence[dict[str, Any]]) -> SafeString:
    """The way to this page."""
    return script_safe({"@context": "https://schema.org", **_crumbs(request, crumbs)})


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
    return script_safe({"@context": "https://schema.org", "@graph": [news, _crumbs(request, crumbs)]})
