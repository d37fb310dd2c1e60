"""Telling that something on a procedure's page is wrong."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def mistake(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not built yet in this hour."""
    raise Http404


@require_safe
def mistake_received(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not built yet in this hour."""
    raise Http404
