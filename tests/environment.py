"""The environment of every test run; a pytest plugin (`-p tests.environment`), so that it comes before the settings.

Tests never read a developer's environment: the database is SQLite in memory, or what TEST_DATABASE_URL names; cache and
broker are local, or what TEST_REDIS_URL names; VAR_DIR is a new folder for each worker, removed at the end.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_FOREIGN = (
    "CELERY_BROKER_URL",
    "CELERY_TASK_ALWAYS_EAGER",
    "CLAMD_SOCKET",
    "EMAIL_URL",
    "HTTPS",
    "MEDIA_ACCEL",
    "MEDIA_ROOT",
    "PRIVATE_ROOT",
    "PROXY_COUNT",
    "REPORT_VIDEO_BYTES",
    "REPORT_VIDEO_SECONDS",
    "REDIS_URL",
    "SEARCH_URL",
    "SECRET_KEY",
    "SECRET_KEY_FILE",
    "SIGNATURE_ROOTS",
    "STATIC_ROOT",
    "VIDEO_EMBED_HOSTS",
    "VIDEO_LIMIT_BYTES",
    "ATTACHMENT_LIMIT_BYTES",
)


def prepare() -> None:
    """Set the variables that the settings read."""
    for name in _FOREIGN:
        os.environ.pop(name, None)
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        var = Path(os.environ["VAR_DIR"]) / worker
        var.mkdir(exist_ok=True)
    else:
        var = Path(tempfile.mkdtemp(prefix="cong-test-"))
        atexit.register(shutil.rmtree, var, ignore_errors=True)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="portal.settings.base",
        # With DEBUG=1 at import time static files need no manifest; pytest-django sets DEBUG to False for the tests.
        DEBUG="1",
        SECRET_KEY="for-tests-only-" + "0123456789abcdef" * 4,
        PORTAL_DOMAIN="localhost",
        VAR_DIR=str(var),
        DATABASE_URL=os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{var / 'db.sqlite3'}",
        # Playwright's loop and Django's guard against it meet in browser tests only.
        DJANGO_ALLOW_ASYNC_UNSAFE="1",
    )
    if redis := os.environ.get("TEST_REDIS_URL"):
        own = _own_redis(redis, worker or "")
        os.environ.update(REDIS_URL=own, CELERY_BROKER_URL=own)


def _own_redis(url: str, worker: str) -> str:
    """Each worker empties a Redis database of its own: the named one, the one below it, and so on."""
    base, slash, number = url.rpartition("/")
    place = int(worker.removeprefix("gw")) if worker else 0
    return f"{base}{slash}{max(0, int(number) - place)}" if number.isdigit() else url


prepare()
