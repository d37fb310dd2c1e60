"""How old addresses are spelled and compared; needs no database."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit

PATH_LIMIT: Final = 400
QUERY_LIMIT: Final = 250
TARGET_LIMIT: Final = 500
MOST_PARAMETERS: Final = 40
# What mail programs, social networks and advertising add behind an address; it never names a page.
_TRACKING: Final = frozenset(
    {"fbclid", "gclid", "dclid", "msclkid", "zarsrc", "gidzl", "igshid", "mc_cid", "mc_eid", "_ga", "yclid", "amp"}
)
_TRACKING_START: Final = "utm_"
# The first page of other systems under its file's name.
_FIRST_PAGES: Final = re.compile(r"^/(?:index|default|home|trang-?chu)\.(?:php[0-9]?|html?|aspx?|jsp)$")
# What WordPress and its like hang behind a page's address without making it another page.
_TAILS: Final = re.compile(r"/(?:page/\d+|comment-page-\d+|feed(?:/(?:rss2?|rdf|atom))?|amp|embed|trackback|\d{1,3})$")
# Ours: nothing may lead away from them.
_OWN: Final = re.compile(r"^/(?:quan-tri(?:/|$)|media/u\d+/|healthz$|readyz$|\.well-known/)")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\\]")


@dataclass(frozen=True, slots=True, order=True)
class AddressKey:
    """An old address in its one spelling: decoded lower-case path without slash at its end, sorted query."""

    path: str
    query: str = ""

    @property
    def names(self) -> str:
        """The names in the query, sorted: what tells this kind of address from others (QueryShape)."""
        return ",".join(sorted({name for name, _value in parse_qsl(self.query, keep_blank_values=True)}))


def _decoded(path: str) -> str:
    raw = unquote_to_bytes(path)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def path_key(path: str) -> str:
    """One spelling of a path: decoded, composed, lower case, single slashes, none at the end; a first page is ``/``."""
    text = unicodedata.normalize("NFC", _decoded(path)).lower()
    text = "/" + re.sub(r"/{2,}", "/", text).strip("/")
    return "/" if _FIRST_PAGES.match(text) else text


def query_pairs(query: str) -> dict[str, str]:
    """Name → value of a query string without tracking; names in lower case, the last of a repeated name counts."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        return {}
    found = {name.strip().lower(): unicodedata.normalize("NFC", value.strip()) for name, value in pairs}
    return {
        name: value
        for name, value in found.items()
        if name and name not in _TRACKING and not name.startswith(_TRACKING_START)
    }


def query_key(pairs: dict[str, str]) -> str:
    """One spelling of a query: sorted by name."""
    return urlencode(sorted(pairs.items()))


def address_key(address: str) -> AddressKey:
    """The one spelling of an old address, with or without scheme and host; raises ValueError for what is none."""
    if not address.strip() or _CONTROL.search(address.strip()):
        raise ValueError("not an address")
    parts = urlsplit(address.strip())
    if parts.scheme not in ("", "http", "https"):
        raise ValueError("not a web address")
    key = AddressKey(path_key(parts.path), query_key(query_pairs(parts.query)))
    if len(key.path) > PATH_LIMIT or len(key.query) > QUERY_LIMIT:
        raise ValueError("too long")
    return key


def is_our_own(path: str) -> bool:
    """Whether the portal itself needs the path: its administration, its files, its probes."""
    return bool(_OWN.match(path))


def candidate_paths(path: str) -> list[str]:
    """The path's key and, behind it, the keys without what other systems hang on: ``/x/page/3`` → also ``/x/page``, ``/x``."""
    key = path_key(path)
    found = [key]
    while match := _TAILS.search(key):
        if match.group().startswith("/page/"):
            found.append(key[: match.start()] + "/page")
        key = key[: match.start()] or "/"
        found.append(key)
    return [part for part in found if len(part) <= PATH_LIMIT]


def candidate_queries(pairs: dict[str, str], shapes: Iterable[str]) -> list[str]:
    """Queries made of the parts of ``pairs`` that some shape names, the fullest first: ``gd=1&x=2`` of shape ``gd`` → ``gd=1``."""
    fitting = [shape.split(",") for shape in shapes if set(shape.split(",")) <= pairs.keys()]
    fitting.sort(key=lambda names: (-len(names), names))
    return [query_key({name: pairs[name] for name in names}) for names in fitting]


def as_target(path: str) -> str:
    """An own path as it stands in a Location header: percent-encoded once."""
    return quote(path, safe="/%?&=#:@!$'()*+,;~-._")
