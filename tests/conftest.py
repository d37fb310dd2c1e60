"""Fixtures of all rooms. They are built inside each unit's scope and handed out unscoped; tests open the scope they need.

The environment (settings, temporary VAR_DIR, database) is set by tests/environment.py before Django loads.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import pytest_django
import time_machine
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from haystack import connections
from haystack.constants import DEFAULT_ALIAS

from news.models import DocumentType
from portal.celery import app
from portal.search.rebuilding import rebuild_index
from tests import migrated_once
from tests.factories.cast import NOW, Cast, make_cast
from tests.factories.snapshots import made_once


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL and Redis only what asks the database: the rest has answered on SQLite and would say the same."""
    if not os.environ.get("TEST_DATABASE_URL"):
        return
    asking = {"db", "transactional_db", "django_db_setup", "live_server"}
    idle = {
        item
        for item in items
        if item.get_closest_marker("anywhere")
        or (not asking & set(getattr(item, "fixturenames", ())) and not item.get_closest_marker("django_db"))
    }
    config.hook.pytest_deselected(items=sorted(idle, key=lambda item: item.nodeid))
    items[:] = [item for item in items if item not in idle]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
) -> None:
    """A file for the browser's tests: the server's threads would share one connection to a database in memory."""
    if connection.vendor == "sqlite" and any(item.get_closest_marker("browser") for item in request.session.items):
        connection.settings_dict["TEST"]["NAME"] = str(settings.VAR_DIR / "browser.sqlite3")
    with django_db_blocker.unblock():
        migrated_once.before_setup()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> None:
    """The database as migrations leave it, from the copy that the first process made (tests/migrated_once.py)."""
    with django_db_blocker.unblock():
        migrated_once.after_setup()


@pytest.fixture(autouse=True)
def _empty_caches() -> Iterator[None]:
    """Row ids begin anew with each test, so pages of the last one would be found under this one's keys."""
    for alias in ("default", "pages"):
        caches[alias].clear()
    yield
    for alias in ("default", "pages"):
        caches[alias].clear()


@pytest.fixture
def eager_tasks() -> Iterator[None]:
    """Tasks run where they are enqueued, in this test only: Celery reads its settings once, so they are set on the app."""
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Sunday 22 November 2026, 07:30 in Huế."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def cast(db: None, clock: time_machine.Traveller) -> Cast:
    """Two look-alike units, their people, an outsider and an operator."""
    # A test that commits leaves the tables empty, of what migrations wrote as well.
    made: Cast = made_once("cast" if DocumentType.objects.exists() else "cast in emptied tables", make_cast)
    return made


@pytest.fixture
def search_index(tmp_path: Path) -> Iterator[Callable[[], int]]:
    """An index of this test's own; call it to build it from what the database holds now."""
    options = connections.connections_info[DEFAULT_ALIAS]
    before = options["PATH"]
    options["PATH"] = str(tmp_path / "whoosh")
    backend = connections.reload(DEFAULT_ALIAS).get_backend()
    yield rebuild_index
    backend.close()
    options["PATH"] = before
    connections.reload(DEFAULT_ALIAS)
