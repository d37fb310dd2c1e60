"""Following a dossier, and the monthly table of results."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def dossier(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not built yet in this hour."""
    raise Http404


@require_safe
def dossier_months(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not built yet in this hour."""
    raise Http404
