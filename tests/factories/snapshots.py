"""The cast, made once in a process and put back row by row for every other test: half of the whole run was making it anew.

What was inserted is read back from the tables and inserted again as it was, keys included; the objects are copies of the first
ones. A test sees exactly what :func:`tests.factories.cast.make_cast` makes, in the transaction that its database fixture opened.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import time_machine
from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The pickled objects, the rows of each table with its columns, the models whose counters follow, the stored files."""

    objects: bytes
    tables: list[tuple[str, list[str], Rows]]
    models: list[Any]
    files: dict[Path, bytes]


_snapshots: dict[str, Snapshot] = {}


def _tables() -> list[Any]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _read(model: Any) -> tuple[list[str], Rows]:
    columns = [field.column for field in model._meta.concrete_fields]
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {connection.ops.quote_name(model._meta.db_table)}")
        return columns, cursor.fetchall()


def _files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def _take(make: Callable[[], Any]) -> Snapshot:
    before = {model: set(_read(model)[1]) for model in _tables()}
    files = _files()
    # All of it at one moment: what a test writes afterwards is later than the cast, however long making it took.
    with time_machine.travel(timezone.now(), tick=False):
        made = make()
    tables, models = [], []
    for model in _tables():
        columns, rows = _read(model)
        if fresh := [row for row in rows if row not in before[model]]:
            tables.append((model._meta.db_table, columns, fresh))
            models.append(model)
    kept = {path: path.read_bytes() for path in _files() - files}
    return Snapshot(pickle.dumps(made), tables, models, kept)


def _put_back(snapshot: Snapshot) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # One errand to the server instead of two for each table.
            cursor.execute(_script(snapshot))
            _put_back_files(snapshot)
            return
        for table, columns, rows in snapshot.tables:
            names = ", ".join(map(connection.ops.quote_name, columns))
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES ({places})", rows)
    _put_back_files(snapshot)


_scripts: dict[int, str] = {}


def _script(snapshot: Snapshot) -> str:
    """All rows and counters as one text; PostgreSQL counts keys beside the tables, where SQLite looks at the rows."""
    if id(snapshot) not in _scripts:
        with connection.cursor() as cursor:
            lines = []
            for table, columns, rows in snapshot.tables:
                names = ", ".join(map(connection.ops.quote_name, columns))
                places = f"({', '.join(['%s'] * len(columns))})"
                values = ", ".join(cursor.mogrify(places, row).decode() for row in rows)
                lines.append(f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES {values}")
        lines += connection.ops.sequence_reset_sql(no_style(), snapshot.models)
        _scripts[id(snapshot)] = ";\n".join(line.rstrip(";") for line in lines)
    return _scripts[id(snapshot)]


def _put_back_files(snapshot: Snapshot) -> None:
    for path, content in snapshot.files.items():
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def made_once(name: str, make: Callable[[], Any]) -> Any:
    """What ``make`` makes: by making it the first time, from the snapshot ever after."""
    if name not in _snapshots:
        _snapshots[name] = _take(make)
    else:
        _put_back(_snapshots[name])
    return pickle.loads(_snapshots[name].objects)
