"""Leaders, chart, directory, spokespersons, hotlines."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def leader_list(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """Leaders."""
    raise Http404


def chart(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """The chart."""
    raise Http404


def leader_detail(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """One leader."""
    raise Http404


def directory(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """The directory."""
    raise Http404


def spokespersons(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """Who speaks."""
    raise Http404


def hotlines(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """Numbers."""
    raise Http404
