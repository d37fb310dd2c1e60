"""How content citizens are: giving a voice, reading the results."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def satisfaction(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not built yet in this hour."""
    raise Http404


@require_safe
def satisfaction_received(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not built yet in this hour."""
    raise Http404


@require_safe
def satisfaction_results(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not built yet in this hour."""
    raise Http404
