"""What a link answers: own ones by looking them up, other sites' by asking them, gently."""

import contextlib
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.urls import Resolver404, ResolverMatch, resolve

from news.enums import PageLanguage
from news.enums.imports import LinkFault
from news.models import Article, Category, Page, Tag
from portal.core.fetching import FetchError, fetch
from portal.core.tenancy import current_unit_id, unit_scope
from units.addresses import AddressKey, candidate_paths, candidate_queries, query_pairs
from units.models import Domain, QueryShape, Redirect

CACHED_SECONDS: Final = 24 * 3600
ASK_SECONDS: Final = 12.0
_TRY_GET: Final = frozenset({400, 403, 404, 405, 406, 410, 500, 501, 503})
_BLOCKS: Final = frozenset({401, 403, 405, 406, 407, 408, 425, 429, 451})
_FAULTS: Final = {
    FetchError.NO_HOST: (LinkFault.NO_HOST, True),
    FetchError.CERTIFICATE: (LinkFault.BAD_CERTIFICATE, True),
    FetchError.BAD_ADDRESS: (LinkFault.WRITTEN_WRONG, True),
    FetchError.INSIDE: (LinkFault.INSIDE, True),
    FetchError.TOO_MANY_REDIRECTS: (LinkFault.SERVER_ERROR, True),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of one address. ``is_certain``: it failed for good, not for a moment; ``is_inside``: it is our own."""

    fault: LinkFault | None = None
    status: int | None = None
    is_certain: bool = False
    is_inside: bool = False
    is_unasked: bool = False

    @property
    def is_fine(self) -> bool:
        """It answered well."""
        return self.fault is None and not self.is_unasked


FINE: Final = Verdict()
UNASKED: Final = Verdict(is_unasked=True)
NOT_HERE: Final = Verdict(LinkFault.NOT_HERE, 404, is_certain=True, is_inside=True)
WRITTEN_WRONG: Final = Verdict(LinkFault.WRITTEN_WRONG, None, is_certain=True, is_inside=True)


# --- our own ----------------------------------------------------------------------------------------------------------


def verdict_inside(url: str) -> Verdict | None:
    """The verdict on an address of this portal, without asking over the network; None for another site's."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return WRITTEN_WRONG
    if parts.scheme not in ("", "http", "https"):
        return WRITTEN_WRONG
    if not host:
        # What stands in a text without host and slash leads below the text's own address, where nothing is.
        return _own(parts.path, parts.query) if parts.path.startswith("/") else WRITTEN_WRONG
    domain = Domain.objects.for_host(host)
    if domain is None:
        return None
    with unit_scope(domain.unit_id):
        return _own(parts.path or "/", parts.query)


def _own(path: str, query: str) -> Verdict:
    path = unquote(path)
    if path.startswith("/static/"):
        return FINE
    return FINE if _answers(path) or _is_old_address(path, query) else NOT_HERE


def _answers(path: str) -> bool:
    match = _resolved(path)
    if match is None:
        return False
    # Lists, forms and the like have no row that could be missing.
    is_there = _ROWS.get(match.view_name)
    return is_there(match.kwargs) if is_there else True


def _resolved(path: str) -> ResolverMatch | None:
    for form in dict.fromkeys((path, f"{path.rstrip('/')}/")):
        with contextlib.suppress(Resolver404):
            return resolve(form)
    return None


def _page(slug: str, language: PageLanguage) -> bool:
    return Page.objects.published().filter(slug=slug, language=language).exists()


def _category(given: dict[str, Any]) -> bool:
    return Category.objects.filter(slug=given["category_slug"]).exists()


def _file_is_there(name: str) -> bool:
    if not name.startswith(f"u{current_unit_id()}/"):
        return False
    try:
        return default_storage.exists(name)
    except SuspiciousOperation:
        return False


_ROWS: Final[dict[str, Callable[[dict[str, Any]], bool]]] = {
    "news:article-detail": lambda given: Article.objects.readable().filter(pk=given["pk"]).exists(),
    "news:category": _category,
    "news:category-feed": _category,
    "news:category-atom": _category,
    "news:tag": lambda given: Tag.objects.filter(slug=given["tag_slug"]).exists(),
    "news:page-detail": lambda given: _page(given["slug"], PageLanguage.VI),
    "news:page-detail-en": lambda given: _page(given["slug"], PageLanguage.EN),
    "pages:media": lambda given: _file_is_there(given["name"]),
}
"""Views that show one row, and how it is known whether the row is there."""


def _is_old_address(path: str, query: str) -> bool:
    paths, pairs = candidate_paths(path), query_pairs(query)
    shapes = QueryShape.objects.of_paths(paths) if pairs else {}
    keys = [
        AddressKey(part, found) for part in paths for found in (*candidate_queries(pairs, shapes.get(part, ())), "")
    ]
    return Redirect.objects.at(keys).exists()


# --- other sites' ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class OutsideAsker:
    """Asks other sites: at most ``limit`` of them, a pause for each host, the answer kept for a day for all units."""

    limit: int
    uses_cache: bool = True
    asked: int = 0
    last: dict[str, float] = field(default_factory=dict)

    @property
    def may_go_on(self) -> bool:
        """Whether the bound is not reached yet."""
        return self.asked < self.limit

    def __call__(self, url: str) -> Verdict:
        """The verdict on one address; UNASKED when the bound is reached."""
        key = f"link:{hashlib.sha256(url.encode()).hexdigest()}"
        kept = cache.get(key) if self.uses_cache else None
        if kept is not None:
            fault, status, certain = kept
            return Verdict(LinkFault(fault) if fault else None, status, is_certain=certain)
        if not self.may_go_on:
            return UNASKED
        self.asked += 1
        self._pause(urlsplit(url).netloc)
        verdict = _ask(url)
        cache.set(key, (verdict.fault, verdict.status, verdict.is_certain), CACHED_SECONDS)
        return verdict

    def _pause(self, host: str) -> None:
        wait = self.last.get(host, 0.0) + settings.LINK_PAUSE_SECONDS - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self.last[host] = time.monotonic()


def _ask(url: str) -> Verdict:
    try:
        answer = fetch(url, method="HEAD", seconds=ASK_SECONDS)
        if answer.status in _TRY_GET:
            # Many servers do not know HEAD, or lie about it.
            answer = fetch(url, limit=2_000_000, seconds=ASK_SECONDS)
    except FetchError as error:
        if error.why == FetchError.TOO_BIG:
            return FINE
        fault, certain = _FAULTS.get(error.why, (LinkFault.NO_ANSWER, False))
        return Verdict(fault, is_certain=certain)
    status = answer.status
    if status < 400:  # noqa: PLR2004
        return FINE
    if status in _BLOCKS:
        return Verdict(LinkFault.BLOCKED, status)
    if status >= 500:  # noqa: PLR2004
        return Verdict(LinkFault.SERVER_ERROR, status)
    return Verdict(LinkFault.NOT_FOUND, status, is_certain=True)
