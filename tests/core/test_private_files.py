"""Files outside of what nginx serves: named by us, sent with orders to the browser, never raw."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import Http404
from django.test import RequestFactory

from portal.core import private_files
from portal.core.private_files import Busy, beside, locked, new_name, path_of, send_private, store, written_elsewhere


@pytest.fixture(autouse=True)
def _private(settings: Any, tmp_path: Any) -> None:
    settings.PRIVATE_ROOT = tmp_path / "private"


def asked(**headers: str) -> Any:
    return RequestFactory().get("/", headers=headers)


def content(response: Any) -> bytes:
    data = b"".join(response.streaming_content)
    # Not response.close(): it would tell the database that the request is over.
    for close in response._resource_closers:
        close()
    return data


def test_names_tell_the_unit_and_nothing_else() -> None:
    name = new_name(7, "phan-anh")
    assert name.startswith("u7/phan-anh/")
    assert name.endswith(".tep")
    assert beside(name, ".mp4").endswith(".mp4")
    assert name != new_name(7, "phan-anh")
    for strange in ("", "u7/../../etc/passwd", "/etc/passwd", "u7/phan-anh/2026/11/x.webp", f"{name}\n", f"../{name}"):
        with pytest.raises(FileNotFoundError):
            path_of(strange)
        with pytest.raises(Http404):
            send_private(asked(), strange)


def test_a_picture_is_sent_with_orders() -> None:
    name = new_name(7, "phan-anh", ".webp")
    store(name, b"RIFFpicture")
    response = send_private(asked(), name)
    assert content(response) == b"RIFFpicture"
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert path_of(name).stat().st_mode & 0o777 == 0o640


def test_what_came_raw_is_never_sent() -> None:
    for ending in (".tep", ".html", ".svg"):
        name = new_name(7, "phan-anh", ending)
        store(name, b"<script>")
        with pytest.raises(Http404):
            send_private(asked(), name)


@pytest.mark.parametrize(
    ("wanted", "status", "part"),
    [
        ("bytes=2-4", 206, b"234"),
        ("bytes=-3", 206, b"789"),
        ("bytes=8-99", 206, b"89"),
        ("bytes=20-", 416, b""),
        ("x", 200, b"0123456789"),
    ],
)
def test_a_player_may_jump(wanted: str, status: int, part: bytes) -> None:
    name = new_name(7, "phan-anh", ".mp4")
    store(name, b"0123456789")
    response: Any = send_private(asked(range=wanted), name)
    assert response.status_code == status
    if status == 416:
        assert response.content == part
    else:
        assert content(response) == part


def test_one_process_writes_at_a_time() -> None:
    name = new_name(7, "phan-anh")
    with locked(name) as file:
        private_files.write_at(file, name, 0, b"one")
        with pytest.raises(Busy), locked(name):
            pass
    with locked(name):
        assert path_of(name).read_bytes() == b"one"


def test_a_program_that_fails_leaves_nothing() -> None:
    name = new_name(7, "phan-anh", ".mp4")
    store(name, b"old")

    def fail() -> None:
        with written_elsewhere(name) as path:
            path.write_bytes(b"half")
            raise OSError("broken")

    with pytest.raises(OSError, match="broken"):
        fail()
    assert [file.name for file in path_of(name).parent.iterdir()] == [path_of(name).name]
    assert path_of(name).read_bytes() == b"old"
