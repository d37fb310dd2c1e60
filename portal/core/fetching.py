"""Fetching from addresses that other people wrote: only public hosts, bounded in size and time, nothing of ours sent along.

Whoever writes a link must not be able to make this server speak to the inside of its own network. Names are resolved here,
every address is checked, and the connection goes to the very address that was checked, so that a name which changes its
mind in between (DNS rebinding) gains nothing. Redirects are followed by hand and checked again.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

USER_AGENT: Final = "CongThongTinDienTu/1.0 (+link check and import of a Vietnamese government portal)"
MOST_REDIRECTS: Final = 5
PORTS: Final = frozenset({80, 443, 8000, 8080, 8443})
CHUNK: Final = 65_536
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


class FetchError(Exception):
    """Nothing usable came; ``why`` says what went wrong in one word of this module."""

    BAD_ADDRESS = "bad-address"
    INSIDE = "inside"
    NO_HOST = "no-host"
    TIMEOUT = "timeout"
    CERTIFICATE = "certificate"
    UNREACHABLE = "unreachable"
    TOO_BIG = "too-big"
    TOO_MANY_REDIRECTS = "too-many-redirects"

    def __init__(self, why: str, detail: str = "") -> None:
        self.why = why
        super().__init__(f"{why}: {detail}" if detail else why)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: the last address, its status and type, and the body (empty after HEAD)."""

    url: str
    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class _Place:
    """One address taken apart, ready to be asked."""

    url: str
    scheme: str
    host: str
    port: int
    path: str


def fetch(url: str, *, method: str = "GET", limit: int = 12_000_000, seconds: float = 15.0) -> Fetched:
    """Ask a public web address; raises FetchError, never anything else.

    ``limit`` bounds the body in bytes, ``seconds`` the whole time with all redirects. A status of 4xx or 5xx is an answer,
    not an error. No cookie, no credentials, no referrer is sent.
    """
    deadline = time.monotonic() + seconds
    for _step in range(MOST_REDIRECTS + 1):
        place = _take_apart(url)
        with _answer(place, method, deadline) as (response, target):
            if target is None:
                body = b"" if method == "HEAD" else _body(response, limit, deadline)
                return Fetched(url, response.status, response.headers.get_content_type(), body)
        url = target
    raise FetchError(FetchError.TOO_MANY_REDIRECTS, url)


def _take_apart(url: str) -> _Place:
    try:
        parts = urlsplit(url.strip())
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = (parts.hostname or "").encode("idna").decode().rstrip(".")
    except (ValueError, UnicodeError) as error:
        raise FetchError(FetchError.BAD_ADDRESS, url) from error
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise FetchError(FetchError.BAD_ADDRESS, url)
    if port not in PORTS and not _is_allowed(host, port):
        raise FetchError(FetchError.INSIDE, f"port {port}")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?[]')}" if parts.query else ""
    return _Place(url, parts.scheme, host, port, path + query)


def _is_allowed(host: str, port: int) -> bool:
    """Hosts of the installation's own network that the operator named (FETCH_ALLOWED_HOSTS)."""
    return bool({host, f"{host}:{port}"} & set(settings.FETCH_ALLOWED_HOSTS))


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public Internet; addresses that hide another one inside are opened."""
    try:
        ip = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        hidden = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if hidden is None and ip in _NAT64:
            hidden = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if hidden is not None:
            return is_public(str(hidden))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _addresses(place: _Place) -> list[tuple[int, Any]]:
    """(family, socket address) of the host; raises FetchError when one of them is not public: such names are traps."""
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(FetchError.NO_HOST, place.host) from error
    if not _is_allowed(place.host, place.port) and not all(is_public(str(entry[4][0])) for entry in found):
        raise FetchError(FetchError.INSIDE, place.host)
    return [(entry[0], entry[4]) for entry in found]


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError(FetchError.TIMEOUT)
    return left


class _Pinned(http.client.HTTPConnection):
    """A connection to one of the addresses that were checked, whatever the name says by now."""

    def __init__(self, place: _Place, deadline: float) -> None:
        super().__init__(place.host, place.port)
        self.place = place
        self.deadline = deadline

        self.watchdog: threading.Timer | None = None

    def close(self) -> None:
        """Hang up, and call the watchdog off."""
        if self.watchdog:
            self.watchdog.cancel()
        super().close()

    def connect(self) -> None:
        """Try the checked addresses in order, then speak TLS with the name's own certificate."""
        failure: OSError | None = None
        for family, address in _addresses(self.place):
            raw = socket.socket(family, socket.SOCK_STREAM)
            try:
                raw.settimeout(min(_left(self.deadline), 8.0))
                raw.connect(address)
                raw.settimeout(_left(self.deadline))
                if self.place.scheme == "https":
                    raw = ssl.create_default_context().wrap_socket(raw, server_hostname=self.place.host)
            except (OSError, FetchError) as error:
                raw.close()
                if isinstance(error, FetchError):
                    raise
                failure = error
                continue
            self.sock = raw
            # A server that sends its headers a byte at a time never runs into the socket's own time limit.
            self.watchdog = threading.Timer(_left(self.deadline), _hang_up, [raw])
            self.watchdog.daemon = True
            self.watchdog.start()
            return
        raise failure or OSError("no address")


def _hang_up(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


class _answer:  # noqa: N801 - used as a function: with _answer(...) as (response, target)
    """One question and its answer; closes the connection whatever happens."""

    def __init__(self, place: _Place, method: str, deadline: float) -> None:
        self.place = place
        self.method = method
        self.connection = _Pinned(place, deadline)
        self.response: http.client.HTTPResponse | None = None

    def __enter__(self) -> tuple[http.client.HTTPResponse, str | None]:
        headers = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "gzip", "Connection": "close"}
        try:
            self.connection.request(self.method, self.place.path, headers=headers)
            response = self.response = self.connection.getresponse()
            location = response.headers.get("Location") if response.status in _MOVED else None
            return response, urljoin(self.place.url, _readable(location)) if location else None
        except BaseException as error:
            self.__exit__()
            if isinstance(error, FetchError):
                raise
            raise _named(error) from error

    def __exit__(self, *_details: object) -> None:
        if self.response:
            self.response.close()
        self.connection.close()


def _readable(location: str) -> str:
    """A Location header as text: servers send raw UTF-8, which HTTP reads as Latin-1."""
    try:
        return location.encode("latin-1").decode()
    except UnicodeError:
        return location


def _named(error: BaseException) -> BaseException:
    """The error in this module's words; what is no fault of the other side (interrupts) passes as it is."""
    if isinstance(error, TimeoutError):
        return FetchError(FetchError.TIMEOUT)
    if isinstance(error, ssl.SSLError):
        return FetchError(FetchError.CERTIFICATE, str(error))
    if isinstance(error, OSError | http.client.HTTPException | ValueError | zlib.error):
        return FetchError(FetchError.UNREACHABLE, str(error))
    return error


def _body(response: http.client.HTTPResponse, limit: int, deadline: float) -> bytes:
    zipped = response.headers.get("Content-Encoding", "").lower() == "gzip"
    found = bytearray()
    try:
        for piece in _unzipped(response, deadline) if zipped else _pieces(response, deadline):
            found += piece
            if len(found) > limit:
                raise FetchError(FetchError.TOO_BIG)
    except (OSError, http.client.HTTPException, zlib.error) as error:
        raise _named(error) from error
    return bytes(found)


def _pieces(response: http.client.HTTPResponse, deadline: float) -> Iterator[bytes]:
    """What comes, piece by piece; one read waits for one packet only, so that a trickle ends at the deadline."""
    while True:
        _left(deadline)
        piece = response.read1(CHUNK)
        if not piece:
            return
        yield piece


def _unzipped(response: http.client.HTTPResponse, deadline: float) -> Iterator[bytes]:
    """The same unzipped in bounded pieces: a small answer that unfolds to gigabytes stops at the limit."""
    unzip = zlib.decompressobj(wbits=31)
    for piece in _pieces(response, deadline):
        waiting = piece
        while waiting:
            yield unzip.decompress(waiting, CHUNK)
            waiting = unzip.unconsumed_tail
