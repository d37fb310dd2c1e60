"""The leaders' work schedule: week, day, month, one leader."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def current_week(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """This week."""
    raise Http404


def week(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """One week."""
    raise Http404


def day(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """One day."""
    raise Http404


def month(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """One month."""
    raise Http404


def of_leader(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """One leader's week."""
    raise Http404


def archive(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """All weeks."""
    raise Http404


def print_sheet(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """The week as printed."""
    raise Http404


def board(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """The board in the lobby."""
    raise Http404
