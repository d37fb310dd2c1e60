"""What the templates of the administration need beyond Django's own."""

from typing import Any

from django import template
from django.contrib import admin
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

register = template.Library()


@register.filter
def labelled_cells(row: list[str], headers: list[dict[str, Any]]) -> list[SafeString]:
    """Cells of a list's row, each knowing its column's name: on phones a row becomes a card with its own labels."""
    cells = []
    for cell, header in zip(row, headers, strict=False):
        label = escape(capfirst(str(header["text"])))
        # Django made the cell and escaped what stands in it; only an attribute is added to its own tag.
        cells.append(mark_safe(f'{cell[:3]} data-label="{label}"{cell[3:]}'))  # noqa: S308
    return cells


@register.filter
def verb_words(verb: str) -> str:
    """A verb of the audit trail in words; the verb itself where no room has named it."""
    words: dict[str, Any] = admin.site.audit_words  # type: ignore[attr-defined]  # PortalAdminSite's
    return str(words.get(verb, verb))


@register.filter
def initials(name: str) -> str:
    """One or two letters for a person's round mark: first letters of the last two words before any bracket."""
    return "".join(word[0] for word in str(name).split("(")[0].split()[-2:]).upper()
