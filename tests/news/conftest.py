"""Fixtures that several stories of the newsroom share."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection

from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House
from tests.factories.royalty import make_rates


@pytest.fixture
def house(cast: Cast) -> Iterator[House]:
    """Thuận An, with its scope open."""
    with unit_scope(cast.a.unit):
        yield cast.a


@pytest.fixture
def rates(cast: Cast) -> Cast:
    """The cast, with the province's table of royalty rates."""
    make_rates(cast.province)
    return cast


@pytest.fixture
def two(transactional_db: None, clock: time_machine.Traveller) -> Callable[..., list[Any]]:
    """Run functions at the same time, each on its own connection; gives what each returned or raised, in order."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: SQLite writes one after the other")

    def run(cast: Cast, *verbs: Callable[[], Any]) -> list[Any]:
        start = threading.Barrier(len(verbs))
        outcomes: list[Any] = [None] * len(verbs)

        def work(place: int, verb: Callable[[], Any]) -> None:
            with unit_scope(cast.a.unit):
                start.wait()
                try:
                    outcomes[place] = verb()
                except ValidationError as error:
                    outcomes[place] = error
            connection.close()

        threads = [threading.Thread(target=work, args=(place, verb)) for place, verb in enumerate(verbs)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        return outcomes

    return run
