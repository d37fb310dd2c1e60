"""What the unit discloses."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def disclosure_list(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """Shelves."""
    raise Http404


def duty_detail(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """One duty."""
    raise Http404


def disclosure_detail(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """One entry."""
    raise Http404


def table_csv(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """A table as CSV."""
    raise Http404


def register_csv(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """The register as CSV."""
    raise Http404


def disclosure_feed(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """RSS."""
    raise Http404
