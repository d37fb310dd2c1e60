"""Runs several long-lived processes as one: start, log, restart with back-off, stop within seconds.

Pure standard library and free of Django, so that it starts at once and can be tested with trivial commands.
One thread, one loop; every child is the leader of its own process group.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from portal.guardian import Guardian, die_with_parent, group_is_alive, signal_group
from portal.run_logs import ServiceLog

TICK_SECONDS = 0.2
MAX_BACK_OFF_SECONDS = 30.0
# A process that has run this long is taken to be healthy: its failures are forgotten.
HEALTHY_SECONDS = 60.0
# From the wish to stop until everything is gone: below the ten seconds that most callers allow.
SOFT_STOP_SECONDS = 7.0
HARD_STOP_SECONDS = 9.0
# Failures before the portal has answered for the first time after which starting is given up.
MAX_START_FAILURES = 3


@dataclass(frozen=True)
class Service:
    """A process to keep running. One that `waits` is started only when the portal answers."""

    name: str
    command: Sequence[str]
    waits: bool = False


@dataclass
class Child:
    """A service with its running process, if it has one."""

    service: Service
    log: ServiceLog
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0
    start_at: float = field(default=0.0)

    @property
    def group(self) -> int | None:
        """The process group, which is the number of its leader."""
        return self.process.pid if self.process else None


class Supervisor:
    """Keeps services alive until SIGINT, SIGTERM or SIGHUP asks it to stop."""

    def __init__(self, log_folder: Path, environment: Mapping[str, str]) -> None:
        """Take over the signals and fork the guardian; call from the main thread."""
        log_folder.mkdir(parents=True, exist_ok=True)
        self.log_folder = log_folder
        self.environment = dict(environment)
        self.stop_requests = 0
        self.guardian = Guardian()
        self._selector = selectors.DefaultSelector()
        self._children: list[Child] = []
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def run_once(self, command: Sequence[str]) -> int:
        """Run one command to its end with its output on the console; its exit code, 130 when interrupted."""
        process = self._spawn(command, None)
        while process.poll() is None and not self.stop_requests:
            time.sleep(0.05)
        if process.returncode is None:
            self._end_group(process)
            return 130
        self.guardian.forget(process.pid)
        return process.returncode

    def run(self, services: Sequence[Service], is_ready: Callable[[], bool], on_ready: Callable[[], None]) -> int:
        """Run until asked to stop. Returns 0, or 1 when a service never came up."""
        self._children = [Child(service, ServiceLog(service.name, self.log_folder)) for service in services]
        ready = False
        code = 0
        while not self.stop_requests:
            self._start_due(ready=ready)
            self._read_output(TICK_SECONDS)
            self._reap()
            if not ready and is_ready():
                ready = True
                on_ready()
            if not ready and any(child.failures >= MAX_START_FAILURES for child in self._children):
                self._print_tails()
                code = 1
                break
        self._stop_all()
        return code

    def close(self) -> None:
        """End the guardian. Nothing of ours runs afterwards."""
        self.guardian.close()

    def _on_signal(self, _number: int, _frame: object) -> None:
        self.stop_requests += 1

    def _spawn(self, command: Sequence[str], output: int | None) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            env=self.environment,
            start_new_session=True,
            # Safe here: this process has a single thread.
            preexec_fn=partial(die_with_parent, signal.SIGTERM),  # noqa: PLW1509
        )
        self.guardian.watch(process.pid)
        return process

    def _start_due(self, *, ready: bool) -> None:
        now = time.monotonic()
        for child in self._children:
            if child.process is None and now >= child.start_at and (ready or not child.service.waits):
                self._start(child)

    def _start(self, child: Child) -> None:
        child.started_at = time.monotonic()
        child.process = self._spawn(child.service.command, subprocess.PIPE)
        child.log.note(f"started, process {child.process.pid}")
        if child.process.stdout:
            os.set_blocking(child.process.stdout.fileno(), False)
            self._selector.register(child.process.stdout, selectors.EVENT_READ, child)

    def _read_output(self, timeout: float) -> None:
        if not self._selector.get_map():
            time.sleep(timeout)
            return
        for key, _ in self._selector.select(timeout):
            data = os.read(key.fd, 65536)
            if data:
                key.data.log.feed(data)
            else:
                self._selector.unregister(key.fileobj)

    def _reap(self) -> None:
        for child in self._children:
            process = child.process
            if process is None or process.poll() is None:
                continue
            lived = time.monotonic() - child.started_at
            child.failures = 1 if lived > HEALTHY_SECONDS else child.failures + 1
            pause = min(2.0 ** (child.failures - 1), MAX_BACK_OFF_SECONDS)
            self._release(child)
            child.log.note(f"ERROR ended with code {process.returncode}; starting again in {pause:.0f} s")
            child.start_at = time.monotonic() + pause

    def _release(self, child: Child) -> None:
        """Drain the pipe of a process that has ended, end what it left behind, and forget it."""
        process = child.process
        if process is None:
            return
        signal_group(process.pid, signal.SIGKILL)
        if process.stdout:
            while data := _read_all(process.stdout.fileno()):
                child.log.feed(data)
            if process.stdout in {key.fileobj for key in self._selector.get_map().values()}:
                self._selector.unregister(process.stdout)
            process.stdout.close()
        self.guardian.forget(process.pid)
        child.process = None

    def _stop_all(self) -> None:
        """SIGTERM to each leader; SIGQUIT to the groups when that takes long; SIGKILL at last."""
        began = time.monotonic()
        requests = self.stop_requests
        alive = [child for child in self._children if child.process]
        for child in alive:
            if child.process:
                child.process.terminate()
        escalated = False
        while any(self._is_running(child) for child in alive):
            elapsed = time.monotonic() - began
            if elapsed > HARD_STOP_SECONDS or self.stop_requests > requests + 1:
                break
            if not escalated and (elapsed > SOFT_STOP_SECONDS or self.stop_requests > requests):
                escalated = True
                self._hurry(alive)
            self._read_output(TICK_SECONDS / 2)
        for child in self._children:
            self._kill(child)
            child.log.close()

    def _hurry(self, children: Sequence[Child]) -> None:
        """SIGQUIT: gunicorn's quick and Celery's cold shutdown, which puts unfinished tasks back."""
        for child in children:
            if child.group is not None:
                signal_group(child.group, signal.SIGQUIT)

    def _is_running(self, child: Child) -> bool:
        if child.process is None or child.group is None:
            return False
        return child.process.poll() is None or group_is_alive(child.group)

    def _kill(self, child: Child) -> None:
        process = child.process
        if process is None:
            return
        if process.poll() is None:
            signal_group(process.pid, signal.SIGKILL)
            process.wait()
        self._release(child)

    def _end_group(self, process: subprocess.Popen[bytes]) -> None:
        signal_group(process.pid, signal.SIGTERM)
        try:
            process.wait(SOFT_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            signal_group(process.pid, signal.SIGKILL)
            process.wait()
        self.guardian.forget(process.pid)

    def _print_tails(self) -> None:
        for child in self._children:
            if child.failures:
                print(f"--- {child.log.path}", *child.log.tail, sep="\n")


def _read_all(descriptor: int) -> bytes:
    """What can be read now without waiting; empty at the end or when nothing is there."""
    try:
        return os.read(descriptor, 65536)
    except (BlockingIOError, OSError):
        return b""
