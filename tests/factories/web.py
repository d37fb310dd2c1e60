"""A real web server on this machine: what importing and link checking speak to."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Web:
    """Answers by path; ``asked`` keeps every request's method, path and headers."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.slow: dict[str, float] = {}
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.port = 0

    def put(self, path: str, body: bytes = b"", *, status: int = 200, **headers: str) -> str:
        """Answer ``path`` so; returns its whole address."""
        self.answers[path] = (status, {name.replace("_", "-"): text for name, text in headers.items()}, body)
        return self.url(path)

    def url(self, path: str) -> str:
        """The whole address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def paths(self, method: str = "") -> list[str]:
        """Paths asked so far."""
        return [path for asked, path, _headers in self.asked if not method or asked == method]


@contextmanager
def serve() -> Iterator[Web]:
    """A server of this test's own."""
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            web.asked.append((self.command, self.path, dict(self.headers)))
            status, headers, body = web.answers.get(self.path, (404, {}, b"no"))
            if self.path in web.slow:
                time.sleep(web.slow[self.path])
            self.send_response(status)
            for name, text in headers.items():
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_GET = do_HEAD = _answer  # noqa: N815 - the base class's names

        def log_message(self, *args: Any) -> None:
            pass

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except OSError:
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    web.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
