"""Challenges for the proof of work that comment and subscription forms ask of a browser."""

from typing import Final

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from portal.core.proof_of_work import make_challenge

PURPOSES: Final = frozenset(
    {"comment", "subscribe", "mistake", "satisfaction", "reception", "report", "poll", "dialogue"}
)


@require_safe
def challenge(request: HttpRequest, purpose: str) -> JsonResponse:
    """A fresh challenge, never cached; 404 for what nobody asks a proof for."""
    if purpose not in PURPOSES:
        raise Http404
    return JsonResponse(make_challenge(purpose))
