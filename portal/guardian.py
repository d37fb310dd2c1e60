"""A small process that outlives the supervisor just long enough to end what it started.

A supervisor that is killed with SIGKILL cannot clean up after itself. The guardian is forked before any
child starts, holds the reading end of a pipe and learns the process groups through it. When the pipe closes,
however the supervisor died, it ends every group it still knows of. Linux' PR_SET_PDEATHSIG is set as well
(see `die_with_parent`), but it reaches direct children only: not gunicorn's or Celery's own workers.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 4.0


def die_with_parent(signal_number: int) -> None:
    """Ask Linux to send this process `signal_number` when its parent dies; elsewhere do nothing."""
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)


def group_is_alive(group: int) -> bool:
    """Whether any process of the group is left (zombies count until they are waited for)."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def signal_group(group: int, signal_number: int) -> None:
    """Send a signal to a whole process group; a group that is gone is no error."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal_number)


class Guardian:
    """The supervisor's handle on the guardian process."""

    def __init__(self) -> None:
        """Fork the guardian. Call while the process has one thread only."""
        reading, self._writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._writing)
            _guard(reading)
        os.close(reading)

    def watch(self, group: int) -> None:
        """Tell the guardian about a group it has to end if the supervisor dies."""
        self._tell(f"+{group}\n")

    def forget(self, group: int) -> None:
        """Tell the guardian that a group has ended, so that its number may be used again."""
        self._tell(f"-{group}\n")

    def close(self) -> None:
        """Let the guardian go. Groups it has not been told to forget are ended."""
        os.close(self._writing)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)

    def _tell(self, line: str) -> None:
        with contextlib.suppress(BrokenPipeError):
            os.write(self._writing, line.encode())


def _guard(reading: int) -> None:
    """Body of the guardian process: never returns."""
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    # Whoever reads the supervisor's output must see its end when the supervisor dies, not when we do.
    silent = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(silent, descriptor)
    groups: set[int] = set()
    with os.fdopen(reading, encoding="ascii") as lines:
        for line in lines:
            group = int(line[1:])
            if line[0] == "+":
                groups.add(group)
            else:
                groups.discard(group)
    _end(groups)
    os._exit(0)


def _end(groups: set[int]) -> None:
    """End the groups: politely first, then by force."""
    for group in groups:
        signal_group(group, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < deadline and any(group_is_alive(group) for group in groups):
        time.sleep(0.1)
    for group in groups:
        signal_group(group, signal.SIGKILL)
