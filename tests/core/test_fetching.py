"""The fetcher speaks to public hosts only, and neither waits nor reads without end."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from portal.core.fetching import FetchError, fetch, is_public
from tests.factories.web import Web, serve


@pytest.fixture
def web(settings: Any) -> Iterator[Web]:
    """A server that the settings allow."""
    with serve() as running:
        settings.FETCH_ALLOWED_HOSTS = [f"127.0.0.1:{running.port}"]
        yield running


def why(url: str, **more: Any) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(url, **more)
    return caught.value.why


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "192.0.2.1", "::1", "::", "fc00::1", "fd12:3456::1", "fe80::1%eth0", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "240.0.0.1", "nonsense",
    ],
)  # fmt: skip
def test_addresses_of_no_public_host(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "203.113.131.1", "2606:4700:4700::1111", "64:ff9b::808:808"])
def test_addresses_of_public_hosts(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://[::1]:{port}/", "http://2130706433:{port}/",
        "http://0x7f.1:{port}/", "http://127.1:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "http://0:{port}/",
    ],
)  # fmt: skip
def test_the_inside_is_never_asked(url: str) -> None:
    with serve() as running:
        running.put("/", b"secret")
        assert why(url.format(port=running.port)) == FetchError.INSIDE
        assert running.asked == []


def test_port_80_of_the_inside_is_not_asked_either() -> None:
    assert why("http://localhost/") == FetchError.INSIDE
    assert why("https://169.254.169.254/latest/meta-data/") == FetchError.INSIDE


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.vn/", "gopher://example.vn/", "javascript:alert(1)", "//example.vn/", "x",
        "http://", "http://user:pass@example.vn/", "http://[::1", "http://exa mple.vn:99999/", "", "http://.../",
    ],
)  # fmt: skip
def test_what_is_no_web_address(url: str) -> None:
    assert why(url) in {FetchError.BAD_ADDRESS, FetchError.NO_HOST}


def test_a_name_that_changes_its_mind_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the first answer is public, the second inside; only the first is ever connected to."""
    asked: list[str] = []
    connected: list[Any] = []

    def resolver(host: str, port: int, **_more: Any) -> list[Any]:
        asked.append(host)
        address = "203.113.131.1" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(self: socket.socket, address: Any) -> None:
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    monkeypatch.setattr(socket.socket, "connect", connect)
    assert why("http://doi-y.example/") == FetchError.UNREACHABLE
    assert asked == ["doi-y.example"]
    assert connected == ["203.113.131.1"]


def test_a_name_with_one_inside_address_is_a_trap(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolver(host: str, port: int, **_more: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("203.113.131.1", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    assert why("http://hai-mat.example/") == FetchError.INSIDE


def test_it_brings_the_body(web: Web) -> None:
    found = fetch(web.put("/anh.png", b"png", Content_Type="image/png"))
    assert (found.status, found.content_type, found.body) == (200, "image/png", b"png")
    sent = web.asked[0][2]
    assert "Cookie" not in sent
    assert "Authorization" not in sent
    assert "Referer" not in sent
    assert "CongThongTin" in sent["User-Agent"]


def test_vietnamese_addresses_are_encoded(web: Web) -> None:
    web.put("/%E1%BA%A3nh/l%E1%BB%85.png?a=1&b=%C4%91", b"x")
    assert fetch(web.url("/ảnh/lễ.png?a=1&b=đ")).body == b"x"


def test_a_redirect_is_followed_and_checked_again(web: Web, settings: Any) -> None:
    web.put("/b", b"end")
    assert fetch(web.put("/a", status=302, Location="/b")).body == b"end"
    with serve() as inside:
        inside.put("/", b"secret")
        evil = web.put("/evil", status=301, Location=inside.url("/"))
        assert why(evil) == FetchError.INSIDE
        assert inside.asked == []
    assert why(web.put("/f", status=301, Location="file:///etc/passwd")) == FetchError.BAD_ADDRESS


def test_redirects_end(web: Web) -> None:
    assert why(web.put("/x", status=302, Location="/x")) == FetchError.TOO_MANY_REDIRECTS


def test_a_large_body_is_dropped(web: Web) -> None:
    assert why(web.put("/big", b"x" * 300_000), limit=100_000) == FetchError.TOO_BIG


def test_a_zipped_bomb_is_dropped(web: Web) -> None:
    bomb = gzip.compress(b"\0" * 30_000_000)
    assert why(web.put("/bomb", bomb, Content_Encoding="gzip"), limit=1_000_000) == FetchError.TOO_BIG
    small = web.put("/small", gzip.compress(b"hello" * 9000), Content_Encoding="gzip")
    assert fetch(small).body == b"hello" * 9000


def test_a_slow_server_is_left(web: Web) -> None:
    web.slow["/slow"] = 3.0
    began = time.monotonic()
    assert why(web.put("/slow"), seconds=0.4) in {FetchError.TIMEOUT, FetchError.UNREACHABLE}
    assert time.monotonic() - began < 2


def test_headers_that_trickle_are_left(settings: Any) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    settings.FETCH_ALLOWED_HOSTS = [f"127.0.0.1:{port}"]

    def trickle() -> None:
        connection, _address = listener.accept()
        try:
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            for _number in range(50):
                connection.sendall(b"X: y\r\n")
                time.sleep(0.1)
        except OSError:
            pass
        finally:
            connection.close()

    thread = threading.Thread(target=trickle, daemon=True)
    thread.start()
    began = time.monotonic()
    assert why(f"http://127.0.0.1:{port}/", seconds=0.5) in {FetchError.TIMEOUT, FetchError.UNREACHABLE}
    assert time.monotonic() - began < 2
    thread.join(6)
    listener.close()


def test_what_is_not_http_is_an_error_of_ours(settings: Any) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    settings.FETCH_ALLOWED_HOSTS = [f"127.0.0.1:{port}"]

    def greet() -> None:
        connection, _address = listener.accept()
        connection.sendall(b"SSH-2.0-OpenSSH\r\n")
        connection.close()

    thread = threading.Thread(target=greet, daemon=True)
    thread.start()
    assert why(f"http://127.0.0.1:{port}/") == FetchError.UNREACHABLE
    thread.join(5)
    listener.close()
