"""The migrated database, kept for the next test process on this machine: running all migrations costs a minute of processor time.

The first process runs every migration as always and leaves a copy, named by the migrations' contents: a file beside the
temporary folders for SQLite, a template database for PostgreSQL. Others wait for it and begin with the copy.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import tempfile
from pathlib import Path
from typing import IO

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection

PREFIX = "cong_migrated_"
KEPT = 3
_lock: list[IO[bytes]] = []


def key() -> str:
    """What the migrated database depends on: every migration of ours and the versions below."""
    digest = hashlib.sha256(f"{django.get_version()} {connection.vendor} {sqlite3.sqlite_version}".encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for path in sorted(Path(config.path, "migrations").glob("*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def folder() -> Path:
    """Where the copies and the lock lie."""
    path = Path(tempfile.gettempdir()) / "cong-migrated"
    path.mkdir(exist_ok=True)
    return path


def _is_kept() -> bool:
    if connection.vendor == "sqlite":
        return (folder() / f"{key()}.sqlite3").exists()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [PREFIX + key()])
        return cursor.fetchone() is not None


def before_setup() -> None:
    """Before the test database is made: begin with the copy, or keep others waiting until there is one."""
    lock = (folder() / f"{connection.vendor}.lock").open("wb")
    fcntl.flock(lock, fcntl.LOCK_EX)
    if _is_kept():
        lock.close()
        connection.settings_dict["TEST"]["MIGRATE"] = False
        if connection.vendor == "postgresql":
            connection.settings_dict["TEST"]["TEMPLATE"] = PREFIX + key()
    else:
        _lock.append(lock)


def after_setup() -> None:
    """After it: fill it from the copy, or make the copy."""
    if _lock:
        (_copy_sqlite if connection.vendor == "sqlite" else _copy_postgres)()
        _lock.pop().close()
    elif connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(folder() / f"{key()}.sqlite3") as kept:
            kept.backup(_raw())
        kept.close()
        from django.contrib.contenttypes.models import ContentType

        ContentType.objects.clear_cache()


def make_ahead() -> None:
    """Make the copy before any test asks for it: `make test` does this beside its static checks."""
    with (folder() / f"{connection.vendor}.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _is_kept():
            return
        if connection.vendor == "sqlite":
            call_command("migrate", verbosity=0)
            _copy_sqlite()
            return
        unfinished = f"cong_migrating_{os.getpid()}"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(unfinished)}")
        connection.close()
        connection.settings_dict["NAME"] = unfinished
        call_command("migrate", verbosity=0)
        _copy_postgres()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {connection.ops.quote_name(unfinished)}")


def _raw() -> sqlite3.Connection:
    raw: sqlite3.Connection = connection.connection
    return raw


def _copy_sqlite() -> None:
    connection.ensure_connection()
    unfinished = folder() / f"{key()}.new"
    unfinished.unlink(missing_ok=True)
    with sqlite3.connect(unfinished) as copy:
        _raw().backup(copy)
    copy.close()
    unfinished.rename(folder() / f"{key()}.sqlite3")
    kept = sorted(folder().glob("*.sqlite3"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in kept[KEPT:]:
        old.unlink(missing_ok=True)


def _copy_postgres() -> None:
    quote = connection.ops.quote_name
    source = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
        for (old,) in cursor.fetchall()[: -KEPT + 1]:
            cursor.execute(f"DROP DATABASE IF EXISTS {quote(old)}")
        cursor.execute(f"CREATE DATABASE {quote(PREFIX + key())} TEMPLATE {quote(str(source))}")


if __name__ == "__main__":
    from tests import environment  # noqa: F401 - sets the variables before the settings are read

    django.setup()
    make_ahead()
