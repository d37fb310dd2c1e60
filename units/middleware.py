"""Wall 1: the host decides which unit is spoken for; a host nobody registered is refused."""

from collections.abc import Callable
from typing import Any, Final, cast

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.request import split_domain_port
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from portal.core.middleware import bare_error
from portal.core.tenancy import unit_scope
from units.models import Domain, Site, Unit

# Watchdogs and load balancers call these by address, so they answer on any host and know no unit.
ANY_HOST_PATHS: Final = frozenset({"/healthz", "/readyz"})


def unit_of(request: HttpRequest) -> Unit:
    """The unit this request speaks to; every view of a site may ask."""
    return cast("Unit", request.unit)  # type: ignore[attr-defined]  # set below


def site_of(request: HttpRequest) -> Site:
    """The face of that unit's site; read from the database when first used."""
    return cast("Site", request.site)  # django-stubs takes it for django.contrib.sites'


class HostMiddleware:
    """Host → Domain → Unit; opens the unit's scope around everything that follows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve one request; see the class."""
        if request.path in ANY_HOST_PATHS:
            return self.get_response(request)
        try:
            host, port = split_domain_port(request.get_host())
        except DisallowedHost:
            return bare_error("400.html", 400)
        domain = Domain.objects.for_host(host)
        if domain is None:
            return bare_error("unknown_host.html", 404)
        # One spelling from here on: in canonical addresses, and in the keys of the page cache.
        request.META["HTTP_HOST"] = f"{host}:{port}" if port else host
        if not domain.is_canonical:
            return self._to_canonical(request, domain.unit, port)
        return self._serve(request, domain.unit)

    def _serve(self, request: Any, unit: Unit) -> HttpResponseBase:
        request.unit = unit
        language = "en" if request.path == "/en" or request.path.startswith("/en/") else "vi"
        with unit_scope(unit), translation.override(language):
            # A page served from the cache never needs it.
            request.site = SimpleLazyObject(Site.objects.of_current_unit)
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Host"])
        return response

    @staticmethod
    def _to_canonical(request: HttpRequest, unit: Unit, port: str) -> HttpResponse:
        suffix = f":{port}" if port else ""
        target = f"{request.scheme}://{unit.canonical_host}{suffix}{request.get_full_path()}"
        response = HttpResponsePermanentRedirect(target)
        if request.method not in ("GET", "HEAD"):
            response.status_code = 308
        return response
