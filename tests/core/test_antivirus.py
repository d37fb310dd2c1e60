"""clamd is asked where there is one, and an upload waits rather than pass unseen."""

from __future__ import annotations

import io
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from portal.core.antivirus import antivirus_check, refuse_infected

EICAR = b"a-known-virus"


def _serve(listening: socket.socket) -> None:
    """A clamd as far as INSTREAM goes."""
    while True:
        try:
            link, _address = listening.accept()
        except OSError:
            return
        with link, link.makefile("rb") as stream:
            if not stream.read(10):
                continue
            content = b""
            while length := struct.unpack("!L", stream.read(4))[0]:
                content += stream.read(length)
            link.sendall(b"stream: Eicar FOUND\0" if EICAR in content else b"stream: OK\0")


@pytest.fixture
def clamd(tmp_path: Path, settings: Any) -> Iterator[None]:
    path = tmp_path / "clamd.sock"
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(str(path))
    listening.listen()
    thread = threading.Thread(target=_serve, args=(listening,), daemon=True)
    thread.start()
    settings.CLAMD_SOCKET = str(path)
    yield
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(5)


def test_a_known_virus_is_refused_and_a_clean_file_passes(clamd: None) -> None:
    refuse_infected(io.BytesIO(b"x" * 600_000))
    with pytest.raises(ValidationError, match="có vi-rút"):
        refuse_infected(io.BytesIO(b"x" * 600_000 + EICAR))
    assert antivirus_check(None) == []


def test_a_clamd_that_is_down_holds_uploads_back_and_is_reported(settings: Any, tmp_path: Path) -> None:
    settings.CLAMD_SOCKET = str(tmp_path / "nobody.sock")
    with pytest.raises(ValidationError, match="chưa trả lời"):
        refuse_infected(io.BytesIO(b"x"))
    assert [message.id for message in antivirus_check(None)] == ["cong.W002"]


def test_without_clamd_uploads_pass_and_the_deploy_check_says_so(settings: Any) -> None:
    settings.CLAMD_SOCKET = ""
    refuse_infected(io.BytesIO(EICAR))
    assert [message.id for message in antivirus_check(None)] == ["cong.I001"]
