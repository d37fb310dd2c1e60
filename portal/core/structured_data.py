"""What search engines read of any room's page: JSON-LD that can stand inside a script element, and the way to the page."""

import json
from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

# A "</script>" or "<!--" inside a title must not end the element it is written in.
_ESCAPES: Final = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def script_safe(data: Any) -> SafeString:
    """JSON that can stand inside a script element whatever the titles say."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - <, >, & are escaped


def crumb_list(request: HttpRequest, crumbs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The crumbs ({label, url}) as schema.org's BreadcrumbList."""
    items = []
    for position, crumb in enumerate(crumbs, start=1):
        address = request.build_absolute_uri(crumb["url"] or request.path)
        items.append({"@type": "ListItem", "position": position, "name": str(crumb["label"]), "item": address})
    return {"@type": "BreadcrumbList", "itemListElement": items}


def breadcrumbs_json_ld(request: HttpRequest, crumbs: Sequence[dict[str, Any]]) -> SafeString:
    """The way to this page."""
    return script_safe({"@context": "https://schema.org", **crumb_list(request, crumbs)})
