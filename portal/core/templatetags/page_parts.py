"""The tag that shows what other rooms put on a page (portal.core.page_parts)."""

from typing import Any

from django import template
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from portal.core.page_parts import parts_for

register = template.Library()


@register.simple_tag(takes_context=True)
def page_parts(context: Any, slot: str, subject: Model) -> SafeString:
    """Render every part registered for ``slot`` with its own template and context only."""
    request = context["request"]
    shown = [render_to_string(part["template"], part, request=request) for part in parts_for(slot, request, subject)]
    return mark_safe("".join(shown))  # noqa: S308 - templates have escaped what stands in them
