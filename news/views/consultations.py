"""Consultations on drafts."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def consultation_list(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not built yet in this hour."""
    raise Http404


@require_safe
def consultation_detail(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Not built yet in this hour."""
    raise Http404
