"""Where the index lives on disk: generations beside each other, one of them current, one writer at a time.

    <root>/CURRENT            name of the generation searches read
    <root>/v2-<stamp>-<id>/   a Whoosh directory
    <root>/writer.lock        held by whoever writes, for as long as it writes

A rebuild fills a new generation and then replaces CURRENT in one rename, so a search never finds nothing.
"""

import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.search.errors import IndexBusyError

VERSION = "v2"
"""Raised with every change of the schema or the folding; an index of another version is not read."""

_POLL_SECONDS = 0.05
_KEPT_GENERATIONS = 2
"""The one replaced stays for readers that opened it a moment ago."""


class IndexStore:
    """The directories of one index."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def _pointer(self) -> Path:
        return self.root / "CURRENT"

    def current(self) -> Path | None:
        """The generation to read, or None when there is none of this version."""
        try:
            name = self._pointer.read_text(encoding="ascii").strip()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return self.root / name if name.startswith(f"{VERSION}-") else None

    def new_generation(self) -> Path:
        """Make an empty directory that nobody reads yet."""
        path = self.root / f"{VERSION}-{time.time_ns():020d}-{secrets.token_hex(3)}"
        path.mkdir(parents=True)
        return path

    def promote(self, generation: Path) -> None:
        """Make `generation` the one that searches read, in one step, and drop the oldest others."""
        partial = self._pointer.with_suffix(f".{os.getpid()}")
        partial.write_text(generation.name, encoding="ascii")
        partial.replace(self._pointer)
        self._prune(generation)

    def discard(self, generation: Path) -> None:
        """Remove a generation that was never promoted."""
        shutil.rmtree(generation, ignore_errors=True)

    def _prune(self, newest: Path) -> None:
        others = sorted(path for path in self.root.glob("v*-*") if path.is_dir() and path != newest)
        for path in others[: max(0, len(others) - _KEPT_GENERATIONS + 1)]:
            shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def writing(self, *, timeout: float) -> Iterator[None]:
        """Hold the only right to write; raise IndexBusyError when it is not free within `timeout` seconds.

        The lock is the kernel's: it ends with the process, however that ends.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "writer.lock").open("a") as handle:
            deadline = time.monotonic() + timeout
            while not _try_lock(handle.fileno()):
                if time.monotonic() >= deadline:
                    raise IndexBusyError(str(self.root))
                time.sleep(_POLL_SECONDS)
            yield


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
