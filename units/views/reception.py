"""Citizen reception."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def session_list(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """Sessions."""
    raise Http404


def book(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """Register."""
    raise Http404


def booked(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """Registered."""
    raise Http404


def own_booking(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """One's registration."""
    raise Http404


def cancel(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """Cancel it."""
    raise Http404
