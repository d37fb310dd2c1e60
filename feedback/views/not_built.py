"""Holds the place of addresses whose pages are still being built in this working tree; no commit on main keeps it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def not_built(request: HttpRequest, **parts: Any) -> HttpResponse:
    """Not found."""
    raise Http404
