"""What every page of a site shows around its own content: names, navigation, footer."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from units.chrome import site_chrome


def portal(request: HttpRequest) -> dict[str, Any]:
    """Unit, site and the frame of the page; empty where no unit is spoken for (an unknown host's error page)."""
    unit = getattr(request, "unit", None)
    if unit is None:
        return {}
    return site_chrome(request, unit, request.site, timezone.now())  # type: ignore[attr-defined]  # the host middleware's
