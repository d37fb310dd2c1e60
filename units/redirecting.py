"""Citizens who come by an old address are led to the page it stands for now."""

from collections.abc import Callable
from typing import Any, Final

from django.core.cache import caches
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from portal.core.page_cache import CACHE_CONTROL
from units.addresses import AddressKey, candidate_paths, candidate_queries, is_our_own, path_key, query_pairs
from units.models import Domain, QueryShape, Redirect, Unit

NOT_FOUND: Final = 404
KEPT_SECONDS: Final = 3600


def live_shapes(unit: Unit) -> dict[str, list[str]]:
    """The query strings that name old pages on paths where a page of ours stands; one query a generation.

    A new live shape raises the generation, which every request reads with its host, so no process keeps old ones.
    """
    key = f"u{unit.pk}:g{unit.generation}:old-addresses"
    shapes: dict[str, list[str]] | None = caches["pages"].get(key)
    if shapes is None:
        shapes = QueryShape.objects.live()
        caches["pages"].set(key, shapes, KEPT_SECONDS)
    return shapes


class OldAddressMiddleware:
    """Before the page cache: query strings that name an old page. After it: whatever was not found here.

    A request without query string that is answered costs nothing; one that is not found costs one or two indexed queries.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve one request; see the class."""
        unit: Any = getattr(request, "unit", None)
        if unit is None or request.method not in ("GET", "HEAD") or is_our_own(request.path):
            return self.get_response(request)
        if request.META.get("QUERY_STRING"):
            moved = self._by_query(request, unit)
            if moved:
                return moved
        response = self.get_response(request)
        if response.status_code == NOT_FOUND:
            return self._not_found(request) or response
        return response

    def _by_query(self, request: HttpRequest, unit: Unit) -> HttpResponseBase | None:
        path = path_key(request.path)
        shapes = live_shapes(unit).get(path)
        if not shapes:
            return None
        queries = candidate_queries(query_pairs(request.META["QUERY_STRING"]), shapes)
        return self._lead(request, [AddressKey(path, query) for query in queries])

    def _not_found(self, request: HttpRequest) -> HttpResponseBase | None:
        paths = candidate_paths(request.path)
        query = request.META.get("QUERY_STRING", "")
        if paths[:1] == ["/"] and not query:
            return _permanent("/")  # /index.php, /Default.aspx
        pairs = query_pairs(query)
        shapes = QueryShape.objects.of_paths(paths) if pairs else {}
        keys = [
            AddressKey(path, found) for path in paths for found in (*candidate_queries(pairs, shapes.get(path, ())), "")
        ]
        return self._lead(request, keys)

    @staticmethod
    def _lead(request: HttpRequest, keys: list[AddressKey]) -> HttpResponseBase | None:
        """To the target of the first of ``keys`` that is an old address."""
        if not keys:
            return None
        rows = {AddressKey(row.old_path, row.old_query): row.target for row in Redirect.objects.at(keys)}
        target = next((rows[key] for key in keys if key in rows), None)
        if target is None:
            return None
        if target.startswith("//"):
            host, _slash, path = target[2:].partition("/")
            # A host may have left the portal since; nobody is led to a stranger.
            if Domain.objects.for_host(host) is None:
                return None
            port = f":{request.get_port()}" if ":" in request.get_host() else ""
            target = f"{request.scheme}://{host}{port}/{path}"
        return _permanent(target)


def _permanent(target: str) -> HttpResponsePermanentRedirect:
    response = HttpResponsePermanentRedirect(target)
    # A clerk may take it back: browsers ask again, nginx keeps it for a second.
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response
