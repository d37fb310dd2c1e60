"""`make run`: prepares the portal and serves it with everything beside it, until one Ctrl-C or SIGTERM.

Starts gunicorn, a Celery worker, the search indexer (a second worker: Whoosh has one writer) and Celery beat.
State lives in VAR_DIR (`var/`). Reads PORT (8000), HOST (127.0.0.1 and ::1), PORTAL_DOMAIN (localhost), VAR_DIR;
everything else is read by `portal.settings`. Exit codes: 0 stopped as asked, 1 could not start, 130 interrupted
while preparing. Standard library only: runs before Django is ready and says clearly why it cannot.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import http.client
import json
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from portal.guardian import die_with_parent
from portal.supervisor import Service, Supervisor

PROJECT = Path(__file__).resolve().parent.parent
PROBE_PAUSE_SECONDS = 0.3
LAST_PORT = 65535


class StartError(Exception):
    """The portal cannot start; the text says why, for the person at the console."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Prepare, serve, stop; the exit code."""
    options = _parse(arguments)
    if options.follow_parent:
        die_with_parent(signal.SIGTERM)
    try:
        port = _port(os.environ.get("PORT", "8000"))
        hosts = _free_hosts(os.environ.get("HOST", ""), port)
        environment = _environment(port, hosts)
    except StartError as error:
        print(error, file=sys.stderr)
        return 1
    var = Path(environment["VAR_DIR"])
    supervisor = Supervisor(var / "log", environment)
    try:
        if not options.no_prepare:
            code = supervisor.run_once([sys.executable, "-m", "portal.prepare"])
            if code or supervisor.stop_requests:
                return code or 130
        services = _services_from(options.services) if options.services else _services(var)
        probe = Probe(hosts[0], port, environment["PORTAL_DOMAIN"])
        return supervisor.run(services, probe, lambda: _print_banner(environment))
    finally:
        supervisor.close()
        print("Cổng đã dừng. (Stopped.)", flush=True)


class Probe:
    """Asks /healthz whether the portal answers; at most about three times a second."""

    def __init__(self, host: str, port: int, domain: str) -> None:
        """The address to ask, and the domain to name in the request."""
        self._address = (host, port)
        self._domain = domain
        self._next = 0.0

    def __call__(self) -> bool:
        """Whether anything but a server error was answered."""
        if time.monotonic() < self._next:
            return False
        self._next = time.monotonic() + PROBE_PAUSE_SECONDS
        connection = http.client.HTTPConnection(*self._address, timeout=2)
        try:
            connection.request("GET", "/healthz", headers={"Host": f"{self._domain}:{self._address[1]}"})
            return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m portal.run", description=__doc__)
    parser.add_argument("--no-prepare", action="store_true", help="skip migrations, demo, index and static files")
    parser.add_argument("--services", type=Path, help='a JSON file {"name": ["command", …]} to run instead (tests)')
    parser.add_argument("--follow-parent", action="store_true", help="stop when the parent process ends (make)")
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) <= LAST_PORT:
        return int(text)
    raise StartError(f"PORT={text!r} không phải là số cổng từ 1 đến 65535. (PORT must be a number from 1 to 65535.)")


def _free_hosts(host: str, port: int) -> list[str]:
    """The addresses to listen on; raises StartError when one is in use.

    By default both loopback addresses, because browsers resolve `*.localhost` to either.
    """
    hosts = [host] if host else ["127.0.0.1", "::1"]
    free = []
    for candidate in hosts:
        try:
            _try_to_listen(candidate, port)
            free.append(candidate)
        except PermissionError as error:
            raise StartError(f"Không được phép dùng cổng {port}. (No permission for port {port}.)") from error
        except OSError as error:
            if candidate == "::1" and error.errno != errno.EADDRINUSE:
                continue  # a machine without IPv6
            raise StartError(
                f"Không mở được {candidate}:{port} ({error.strerror}). Có thể cổng đang được dùng; hãy thử: PORT=8001 make run\n"
                f"(Cannot listen on {candidate}:{port}; it may be in use. Try PORT=8001 make run)"
            ) from error
    return free


def _try_to_listen(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        probe.listen(1)


def _environment(port: int, hosts: Sequence[str]) -> dict[str, str]:
    """The children's environment: production settings, state under VAR_DIR, a secret made once."""
    environment = dict(os.environ)
    # Threads that search would otherwise each keep a heap of their own; two are enough and halve the memory.
    environment.setdefault("MALLOC_ARENA_MAX", "2")
    var = Path(environment.get("VAR_DIR") or PROJECT / "var").resolve()
    for folder in ("broker", "log", "mail", "media", "run", "static", "whoosh"):
        (var / folder).mkdir(parents=True, exist_ok=True)
    environment.update(
        VAR_DIR=str(var),
        PORT=str(port),
        PORTAL_BIND=",".join(f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host in hosts),
        DJANGO_SETTINGS_MODULE="portal.settings.base",
        PYTHONUNBUFFERED="1",
    )
    environment.setdefault("DEBUG", "0")
    environment.setdefault("PORTAL_DOMAIN", "localhost")
    if not environment.get("SECRET_KEY"):
        environment.pop("SECRET_KEY", None)
        environment.setdefault("SECRET_KEY_FILE", str(_secret_key_file(var)))
    return environment


def _secret_key_file(var: Path) -> Path:
    """`var/secret_key`, made on the first start, readable by its owner only."""
    path = var / "secret_key"
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path


def _services(var: Path) -> list[Service]:
    python = [sys.executable, "-m"]
    worker = [*python, "celery", "-A", "portal", "worker", "--loglevel", "INFO", "--without-mingle", "--without-gossip"]
    return [
        Service("web", [*python, "gunicorn", "-c", "python:portal.gunicorn_conf", "portal.wsgi:application"]),
        Service("worker", [*worker, "-Q", "celery", "-n", "worker@%h", "-c", "1"], waits=True),
        Service("indexer", [*worker, "-Q", "index", "-n", "indexer@%h", "-c", "1", "-P", "solo"], waits=True),
        Service(
            "beat",
            [*python, "celery", "-A", "portal", "beat", "--pidfile=", "-s", str(var / "run" / "beat-schedule")],
            waits=True,
        ),
    ]


def _services_from(path: Path) -> list[Service]:
    return [Service(name, command) for name, command in json.loads(path.read_text()).items()]


def _print_banner(environment: Mapping[str, str]) -> None:
    """Addresses and demo accounts, when the portal answers."""
    var = Path(environment["VAR_DIR"])
    suffix = f"{environment['PORTAL_DOMAIN']}:{environment['PORT']}"
    lines = ["", "Cổng đang chạy. (The portal is running.)", "", f"  Toàn tỉnh / province   http://{suffix}/"]
    slugs = var / "run" / "sites.txt"
    if slugs.exists():
        lines += [f"  Đơn vị / unit          http://{slug}.{suffix}/" for slug in slugs.read_text().split()]
    lines.append(f"  Quản trị / admin       http://{suffix}/quan-tri/")
    accounts = var / "demo-accounts.txt"
    if accounts.exists():
        lines += ["", "Tài khoản trình diễn / demo accounts:", ""]
        lines += [f"  {line}" for line in accounts.read_text(encoding="utf-8").splitlines()]
    lines += ["", f"Nhật ký / logs: {var / 'log'}    Dừng / stop: Ctrl-C", ""]
    print("\n".join(lines), flush=True)


if __name__ == "__main__":
    sys.exit(main())
