"""portal.run with trivial commands: however it ends, nothing that it started is left."""

import http.server
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.operations


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def processes_with(mark: str) -> list[int]:
    """Process numbers whose environment carries the mark (Linux)."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if mark.encode() in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def wait_until(condition: Callable[[], bool], seconds: float = 12) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return condition()


class Run:
    """One portal.run process with the services given."""

    def __init__(self, folder: Path, services: dict[str, list[str]], port: int | None = None) -> None:
        self.var = folder / "var"
        self.mark = f"PORTAL_TEST_MARK={folder}"
        plan = folder / "services.json"
        plan.write_text(json.dumps(services))
        self.port = port or free_port()
        environment = {name: value for name, value in os.environ.items() if name not in {"SECRET_KEY", "DEBUG"}}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "portal.run", "--no-prepare", "--services", str(plan)],
            cwd=PROJECT,
            env={
                **environment,
                "PORT": str(self.port),
                "HOST": "127.0.0.1",
                "VAR_DIR": str(self.var),
                "PORTAL_TEST_MARK": str(folder),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def left(self) -> list[int]:
        return processes_with(self.mark)

    def log(self, name: str) -> str:
        path = self.var / "log" / f"{name}.log"
        return path.read_text() if path.exists() else ""

    def started(self) -> bool:
        """Three of: supervisor, guardian, one leader and one child at least."""
        return len(self.left()) >= 4


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Run]]:
    runs: list[Run] = []

    def begin(services: dict[str, list[str]], **options: int) -> Run:
        run = Run(tmp_path, services, **options)
        runs.append(run)
        return run

    yield begin
    for run in runs:
        run.process.kill()
        run.process.wait()
        if run.process.stdout:
            run.process.stdout.close()
        for number in run.left():
            os.kill(number, signal.SIGKILL)


def sleeper() -> list[str]:
    return ["sh", "-c", "sleep 600 & sleep 601 & wait"]


def stubborn() -> list[str]:
    return ["sh", "-c", "trap '' TERM INT QUIT; while :; do sleep 1; done"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signal_stops_everything_with_code_zero(start: Callable[..., Run], number: int) -> None:
    run = start({"a": sleeper(), "b": sleeper()})
    assert wait_until(run.started)
    began = time.monotonic()
    run.process.send_signal(number)
    assert run.process.wait(10) == 0
    assert time.monotonic() - began < 10
    assert wait_until(lambda: run.left() == [], 1)


def test_child_that_ignores_every_signal_is_killed_within_ten_seconds(start: Callable[..., Run]) -> None:
    run = start({"a": stubborn()})
    assert wait_until(run.started)
    run.process.terminate()
    assert run.process.wait(10) == 0
    assert wait_until(lambda: run.left() == [], 1)


def test_killed_supervisor_leaves_no_process(start: Callable[..., Run]) -> None:
    run = start({"a": sleeper(), "b": stubborn()})
    assert wait_until(run.started)
    run.process.kill()
    run.process.wait()
    assert wait_until(lambda: run.left() == [], 10)


def test_service_that_never_comes_up_ends_the_start_and_shows_why(start: Callable[..., Run]) -> None:
    run = start({"a": ["sh", "-c", "echo it is broken; exit 3"], "b": sleeper()})
    assert run.process.wait(15) == 1
    output = run.process.stdout.read() if run.process.stdout else ""
    assert "it is broken" in output
    assert run.log("a").count("ended with code 3") == 3
    assert run.left() == []


def test_restart_after_a_crash_once_the_portal_answers(start: Callable[..., Run]) -> None:
    server = [sys.executable, "-c", _SERVER]
    run = start({"web": server, "flaky": ["sh", "-c", "sleep 2; exit 7"]})
    assert wait_until(lambda: run.log("flaky").count("started, process") >= 3, 20)
    assert run.process.poll() is None


def test_port_in_use_is_said_and_nothing_starts(start: Callable[..., Run]) -> None:
    with _answering_server() as port:
        run = start({"a": sleeper()}, port=port)
        assert run.process.wait(10) == 1
        output = run.process.stdout.read() if run.process.stdout else ""
    assert f"127.0.0.1:{port}" in output
    assert "PORT=8001 make run" in output
    assert run.log("a") == ""


def test_secret_key_is_made_once_and_private(start: Callable[..., Run]) -> None:
    run = start({"a": ["sh", "-c", 'echo "file=$SECRET_KEY_FILE key=$SECRET_KEY"; sleep 600']})
    assert wait_until(lambda: "file=" in run.log("a"))
    key = run.var / "secret_key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert len(key.read_text()) >= 50
    assert f"file={key} key=\n" in run.log("a")


def test_errors_reach_the_console_and_other_lines_only_the_log(start: Callable[..., Run]) -> None:
    script = "echo quiet line; echo 'ERROR loud line'; sleep 600"
    run = start({"a": ["sh", "-c", script]})
    assert wait_until(lambda: "loud line" in run.log("a"))
    run.process.terminate()
    output, _ = run.process.communicate(timeout=10)
    assert "[a] ERROR loud line" in output
    assert "quiet line" not in output
    assert "quiet line" in run.log("a")


_SERVER = """
import http.server, os
class Fine(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.send_header("Content-Length", "0"); self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Fine).serve_forever()
"""


class _answering_server:  # noqa: N801 - used like a function
    """A web server in a thread; gives its port."""

    def __enter__(self) -> int:
        self.server = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        return self.server.server_port

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
