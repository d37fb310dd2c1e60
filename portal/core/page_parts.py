"""Parts that one room puts on another room's pages, by the page's slot; neither imports the other.

A room registers a part in its ``AppConfig.ready``; the page says ``{% page_parts "article-end" subject=article %}``. A part is
a callable ``(request, subject) -> dict | None``: None shows nothing, a dict names its ``template`` and carries its context.
Parts on cached pages must be the same for everybody (design.md section 5).
"""

from collections.abc import Callable
from typing import Any, Final

from django.db.models import Model
from django.http import HttpRequest

Part = Callable[[HttpRequest, Model], dict[str, Any] | None]
_parts: Final[dict[str, list[Part]]] = {}


def register_part(slot: str, part: Part) -> None:
    """Show ``part`` in every page's ``slot``, in the order of registering; registering twice changes nothing."""
    parts = _parts.setdefault(slot, [])
    if part not in parts:
        parts.append(part)


def parts_for(slot: str, request: HttpRequest, subject: Model) -> list[dict[str, Any]]:
    """The contexts of all parts that have something to show for ``subject``."""
    found = (part(request, subject) for part in _parts.get(slot, ()))
    return [part for part in found if part]
