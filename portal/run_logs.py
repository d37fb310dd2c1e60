"""What becomes of the lines that the supervised processes print.

Every line goes to `<log dir>/<service>.log` with the time; only errors go to the console as well, so that a
person who runs `make run` sees what is wrong without having to read four interleaved logs.
"""

from __future__ import annotations

import re
import sys
import time
from collections import deque
from pathlib import Path

MAX_LOG_BYTES = 10 * 1024 * 1024
TAIL_LINES = 25

_ERROR_LINE = re.compile(r"\b(ERROR|CRITICAL)\b|\[(error|critical)\]")
_TRACEBACK = "Traceback (most recent call last)"


class ServiceLog:
    """One service's log file, with a copy of its errors on the console."""

    def __init__(self, name: str, folder: Path) -> None:
        """Open `<folder>/<name>.log` for appending; a file that has grown too large becomes `.log.1`."""
        self.name = name
        self.path = folder / f"{name}.log"
        self.tail: deque[str] = deque(maxlen=TAIL_LINES)
        self._rest = b""
        self._in_traceback = False
        self._rotate_if_large()
        self._file = self.path.open("a", encoding="utf-8")

    def feed(self, data: bytes) -> None:
        """Take what a process printed, in pieces of any size."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self._write(line.decode("utf-8", "replace"))
        self._file.flush()

    def note(self, text: str) -> None:
        """Write a line of the supervisor's own."""
        self._write(text)
        self._file.flush()

    def close(self) -> None:
        """Write what is left without a line end, and close."""
        if self._rest:
            self._write(self._rest.decode("utf-8", "replace"))
        self._file.close()

    def _write(self, line: str) -> None:
        self.tail.append(line)
        stamp = time.strftime("%Y-%m-%d %H:%M:%S")
        self._file.write(f"{stamp} {line}\n")
        if self._is_error(line):
            print(f"[{self.name}] {line}", file=sys.stderr, flush=True)
        if self._file.tell() > MAX_LOG_BYTES:
            self._file.close()
            self._rotate_if_large()
            self._file = self.path.open("a", encoding="utf-8")

    def _is_error(self, line: str) -> bool:
        if self._in_traceback:
            # The first line of a traceback that is not indented names the exception: it is the last one.
            self._in_traceback = line.startswith((" ", "\t")) or not line
            return True
        self._in_traceback = _TRACEBACK in line
        return self._in_traceback or _ERROR_LINE.search(line) is not None

    def _rotate_if_large(self) -> None:
        if self.path.exists() and self.path.stat().st_size > MAX_LOG_BYTES:
            self.path.replace(self.path.with_suffix(".log.1"))
