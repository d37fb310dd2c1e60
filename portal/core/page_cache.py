"""The page cache behind nginx's: whole anonymous pages, keyed by unit, generation and day (design.md section 5).

A view says with :func:`public_page` that its answer is the same for everybody. Publishing raises the unit's generation,
which is read with the host in one query, so old pages are never found again. Bodies are kept gzipped as well.
"""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, cast

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags

P = ParamSpec("P")
CACHE_CONTROL: Final = "public, max-age=0, s-maxage=1, stale-while-revalidate=1"
# Any other parameter would let a stranger fill the cache with copies of one page.
CACHED_PARAMETERS: Final = frozenset({"truoc", "sau"})
KEY_LIMIT: Final = 300
# Set anew for each answer, or never part of a page that is the same for everybody.
_OWN_HEADERS: Final = frozenset(
    {"content-type", "content-length", "set-cookie", "vary", "etag", "last-modified", "cache-control"}
)


@dataclass(frozen=True, slots=True)
class StoredPage:
    """One page as it is sent: body, the same gzipped, its type, validators, and what views and middleware below added."""

    body: bytes
    zipped: bytes
    content_type: str
    etag: str
    last_modified: str
    csp_update: dict[str, list[str]] | None
    headers: dict[str, str]


def public_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Mark a view's successful answers as the same for everybody: no cookie, no token, no per-visitor part."""

    @wraps(view)
    def marked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.is_public_page = response.status_code == 200  # type: ignore[attr-defined]  # noqa: PLR2004
        _let_in_measurement(request, response)
        return response

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", marked)


def _let_in_measurement(request: HttpRequest, response: HttpResponse) -> None:
    """Let the page's CSP load the ministry's measurement script where the unit has one; a named origin, nothing unsafe."""
    origin = getattr(getattr(request, "site", None), "script_origin", "")
    if origin:
        # A view may have let something in already, a video's server for instance.
        known: dict[str, list[str]] = getattr(response, "_csp_update", None) or {}
        update = {**known, "script-src": [origin], "connect-src": [origin], "img-src": [origin]}
        response._csp_update = update  # type: ignore[attr-defined]  # django-csp's own channel


def bump_generation(*unit_ids: int) -> None:
    """Make every cached page of the units unreachable, and the province's, whose pages show what units publish."""
    unit_model = apps.get_model("units", "Unit")
    with transaction.atomic():
        keys = unit_model.objects.locked_for_pages_of(unit_ids)
        unit_model.objects.filter(pk__in=keys).update(generation=F("generation") + 1, changed_at=timezone.now())


def bump_every_generation() -> None:
    """The same for all units at once: what every site shows alike has changed (the catalogue of procedures)."""
    unit_model = apps.get_model("units", "Unit")
    unit_model.objects.update(generation=F("generation") + 1, changed_at=timezone.now())


class PageCacheMiddleware:
    """Answers from the cache, stores public pages, sets validators; everything else is marked ``no-store``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve one request; see the class."""
        key = self._key(request)
        cache = caches["pages"]
        stored: StoredPage | None = cache.get(key) if key else None
        if stored is None:
            response = self.get_response(request)
            if not getattr(response, "is_public_page", False) or not isinstance(response, HttpResponse):
                if "Cache-Control" not in response.headers:
                    response.headers["Cache-Control"] = "no-store"
                return response
            stored = self._stored(request, response)
            if key and not response.cookies:
                cache.set(key, stored, settings.PAGE_CACHE_SECONDS)
        return self._answer(request, stored)

    @staticmethod
    def _key(request: HttpRequest) -> str | None:
        unit: Any = getattr(request, "unit", None)
        if unit is None or request.method not in ("GET", "HEAD"):
            return None
        if not CACHED_PARAMETERS.issuperset(request.GET) or len(request.get_full_path()) > KEY_LIMIT:
            return None
        digest = hashlib.sha256(request.build_absolute_uri().encode()).hexdigest()
        # Pages say which day is today: midnight turns them all.
        return f"u{unit.pk}:g{unit.generation}:{timezone.localdate():%Y%m%d}:{digest}"

    @staticmethod
    def _stored(request: HttpRequest, response: HttpResponse) -> StoredPage:
        body = response.content
        unit: Any = getattr(request, "unit", None)
        return StoredPage(
            body=body,
            zipped=gzip.compress(body, 5),
            content_type=response.headers["Content-Type"],
            etag=f'W/"{hashlib.sha256(body).hexdigest()[:24]}"',
            last_modified=http_date((unit.changed_at if unit else timezone.now()).timestamp()),
            csp_update=getattr(response, "_csp_update", None),
            headers={name: text for name, text in response.headers.items() if name.lower() not in _OWN_HEADERS},
        )

    @staticmethod
    def _answer(request: HttpRequest, page: StoredPage) -> HttpResponse:
        if page.etag in parse_etags(request.headers.get("If-None-Match", "")):
            response: HttpResponse = HttpResponseNotModified()
        else:
            zipped = "gzip" in request.headers.get("Accept-Encoding", "")
            body = page.zipped if zipped else page.body
            response = HttpResponse(body if request.method == "GET" else b"", content_type=page.content_type)
            response.headers["Content-Length"] = str(len(body))
            if zipped:
                response.headers["Content-Encoding"] = "gzip"
        for name, text in page.headers.items():
            response.headers[name] = text
        if page.csp_update:
            response._csp_update = page.csp_update  # type: ignore[attr-defined]  # django-csp's own channel
        response.headers["ETag"] = page.etag
        response.headers["Last-Modified"] = page.last_modified
        response.headers["Cache-Control"] = CACHE_CONTROL
        patch_vary_headers(response, ["Accept-Encoding"])
        return response
