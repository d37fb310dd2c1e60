"""Where to go with a procedure: the commune's own answer, by name or by the phone's position."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def place(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not built yet in this hour."""
    raise Http404


@require_safe
def boundaries(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not built yet in this hour."""
    raise Http404
