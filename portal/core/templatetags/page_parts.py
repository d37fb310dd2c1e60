"""The tag that shows what other rooms put on a page (portal.core.page_parts)."""

from typing import Any, Final

from django import template
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from portal.core.page_parts import parts_for

register = template.Library()


# What the page's frame has read already; rendering with the request would read it again for every part.
_FRAME: Final = ("request", "unit", "site")


@register.simple_tag(takes_context=True)
def page_parts(context: Any, slot: str, subject: Model) -> SafeString:
    """Render every part registered for ``slot`` with its own template, its own context, and whose site it stands on."""
    frame = {name: context.get(name) for name in _FRAME}
    parts = parts_for(slot, context["request"], subject)
    shown = [render_to_string(part["template"], {**frame, **part}) for part in parts]
    return mark_safe("".join(shown))  # noqa: S308 - templates have escaped what stands in them
