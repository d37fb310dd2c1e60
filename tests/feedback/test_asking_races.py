"""“Gửi” pressed by several fingers at the same moment: one question.

Real threads, each on a connection of its own, on PostgreSQL and on SQLite, whose database in memory is copied into a file.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from feedback.actions.receive_case import Received, Sent
from feedback.actions.send_case import send_once
from feedback.enums.cases import CaseKind
from feedback.models import Case, CaseDraft
from portal.core.tenancy import unit_scope
from tests.factories.cases import a_sending
from tests.factories.cast import House, make_cast

SENT = Sent(kind=CaseKind.QUESTION, text="Đổi căn cước ở đâu, cần mang giấy tờ gì?")


@pytest.fixture
def at_once(transactional_db: None, clock: Any, tmp_path: Path) -> Any:
    """Run verbs at the same moment in a unit's scope, then ``then``; gives the outcomes and what ``then`` returned."""
    house = make_cast().a

    def run(verbs: list[Callable[[], Any]], then: Callable[[], Any]) -> tuple[list[Any], Any]:
        known = connections.settings["default"]["NAME"]
        if connection.vendor == "sqlite":
            path = str(tmp_path / "race.sqlite3")
            connection.ensure_connection()
            with sqlite3.connect(path) as copy:
                connection.connection.backup(copy)
            connections.settings["default"]["NAME"] = path
        try:
            return _together(house, verbs), _together(house, [then])[0]
        finally:
            connections.settings["default"]["NAME"] = known

    return run


def _together(house: House, verbs: list[Callable[[], Any]]) -> list[Any]:
    start = threading.Barrier(len(verbs))
    outcomes: list[Any] = [None] * len(verbs)

    def work(place: int, verb: Callable[[], Any]) -> None:
        with unit_scope(house.unit):
            start.wait()
            try:
                outcomes[place] = verb()
            except Exception as error:  # noqa: BLE001 - whatever it is belongs to the outcome
                outcomes[place] = error
        connections.close_all()

    threads = [threading.Thread(target=work, args=(place, verb)) for place, verb in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_presses_at_the_same_moment_give_one_question(at_once: Any) -> None:
    def press() -> Received | None:
        return send_once(key="k" * 22, sent=SENT, sending=a_sending())

    outcomes, kept = at_once([press] * 4, lambda: (Case.objects.count(), CaseDraft.objects.count()))
    assert kept == (1, 1), outcomes
    assert len({(found.case.pk, found.token) for found in outcomes}) == 1


def test_different_forms_are_different_questions(at_once: Any) -> None:
    def press(key: str) -> Callable[[], Any]:
        return lambda: send_once(key=key * 22, sent=SENT, sending=a_sending())

    outcomes, kept = at_once([press(key) for key in "abcd"], Case.objects.count)
    assert kept == 4, outcomes
