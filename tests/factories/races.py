"""Several people at the same moment: real threads, each on a connection of its own, on PostgreSQL and on SQLite.

SQLite's test database lies in memory, where two connections get in each other's way as they never would in a file: for these
tests it is copied into one.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections

from portal.core.tenancy import unit_scope
from units.models import Unit

Deed = tuple[Unit, Callable[[], Any]]
"""Something done in the scope of a unit."""


@contextmanager
def shared_database(folder: Path) -> Iterator[None]:
    """What several connections may use at once."""
    known = connections.settings["default"]["NAME"]
    if connection.vendor == "sqlite":
        path = str(folder / "race.sqlite3")
        connection.ensure_connection()
        with sqlite3.connect(path) as copy:
            connection.connection.backup(copy)
        connections.settings["default"]["NAME"] = path
    try:
        yield
    finally:
        connections.settings["default"]["NAME"] = known


def together(deeds: list[Deed]) -> list[Any]:
    """Do all at the same moment; gives what each returned or raised."""
    start = threading.Barrier(len(deeds))
    outcomes: list[Any] = [None] * len(deeds)

    def work(place: int, unit: Unit, deed: Callable[[], Any]) -> None:
        with unit_scope(unit):
            start.wait()
            try:
                outcomes[place] = deed()
            except Exception as error:  # noqa: BLE001 - whatever it is belongs to the outcome
                outcomes[place] = error
        connection.close()

    threads = [threading.Thread(target=work, args=(place, *deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes
