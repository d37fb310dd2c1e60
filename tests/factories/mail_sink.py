"""A small SMTP server for tests: takes what it is given, refuses or hangs up when told to."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any


class _Handler(socketserver.StreamRequestHandler):
    """One connection: HELO, MAIL, RCPT, DATA, RSET, QUIT."""

    def handle(self) -> None:
        sink: Any = self.server
        self._say("220 sink")
        while line := self.rfile.readline().decode("utf-8", "replace").strip():
            verb = line[:4].upper()
            if verb == "DATA":
                self._take(sink)
            elif verb == "QUIT":
                self._say("221 bye")
                return
            elif verb == "RCPT":
                self._say(sink.sink.answer_for(line))
            else:
                self._say("250 ok")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def _take(self, server: Any) -> None:
        self._say("354 go on")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        server.sink.keep(message)
        self._say("250 kept")


class MailSink:
    """What arrived, in order; ``refused`` addresses get a 550, ``on_mail`` is called for each mail that is kept."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refused: set[str] = set()
        self.on_mail: Callable[[], None] | None = None
        self._lock = threading.Lock()

    def answer_for(self, line: str) -> str:
        """The answer to RCPT TO."""
        return "550 no such mailbox" if any(address in line for address in self.refused) else "250 ok"

    def keep(self, message: Any) -> None:
        """Store one mail."""
        with self._lock:
            self.mails.append(message)
        if self.on_mail:
            self.on_mail()

    @property
    def to(self) -> list[str]:
        """Who got a mail, in order."""
        return [str(mail["To"]) for mail in self.mails]


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    sink: MailSink


@contextmanager
def running_sink() -> Iterator[tuple[MailSink, int]]:
    """A sink on a free port of this machine, until the end of the block."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.sink = MailSink()
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.sink, server.server_address[1]
        finally:
            server.shutdown()
            thread.join(5)
