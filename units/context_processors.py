"""What every page of a site shows around its own content: names, navigation, footer."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from units.chrome import site_chrome
from units.middleware import site_of, unit_of


def portal(request: HttpRequest) -> dict[str, Any]:
    """Unit, site and the frame of the page; empty where no unit is spoken for (an unknown host's error page)."""
    if getattr(request, "unit", None) is None:
        return {}
    return site_chrome(request, unit_of(request), site_of(request), timezone.now())
