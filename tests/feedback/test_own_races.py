"""Two presses and two workers at the same moment: one addition, one answer, one mail.

Real threads, each on a connection of its own, on PostgreSQL and on SQLite, whose database in memory is copied into a file.
Questions, not reports: a test that commits leaves the tables empty, of what migrations wrote as well.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from feedback.actions.case_mailing import send_waiting
from feedback.actions.case_steps import Stale
from feedback.actions.own_drafts import supply_draft
from feedback.actions.sender_steps import confirm_solved, supply
from feedback.enums.cases import CaseKind, EventKind, SolvedAnswer
from feedback.models import Case, CaseEvent, CaseLetter
from portal.core.tenancy import unit_scope
from tests.factories.cases import make_case
from tests.factories.cast import House, make_cast
from tests.factories.mail_sink import running_sink
from tests.factories.own_cases import answer, fresh

Verb = Callable[[], Any]


@pytest.fixture
def house(transactional_db: None, clock: Any) -> House:
    """A unit whose rows are committed."""
    return make_cast().a


@pytest.fixture
def at_once(house: House, tmp_path: Path) -> Any:
    """Run verbs at the same moment in the unit's scope, then ``then``; gives the outcomes and what ``then`` returned."""

    def run(verbs: list[Verb], then: Verb) -> tuple[list[Any], Any]:
        known = connections.settings["default"]["NAME"]
        if connection.vendor == "sqlite":
            path = str(tmp_path / "race.sqlite3")
            connection.ensure_connection()
            with sqlite3.connect(path) as copy:
                connection.connection.backup(copy)
            connections.settings["default"]["NAME"] = path
        try:
            outcomes = _together(house, verbs)
            return outcomes, _together(house, [then])[0]
        finally:
            connections.settings["default"]["NAME"] = known

    return run


def _together(house: House, verbs: list[Verb]) -> list[Any]:
    start = threading.Barrier(len(verbs))
    outcomes: list[Any] = [None] * len(verbs)

    def work(place: int, verb: Verb) -> None:
        with unit_scope(house.unit):
            start.wait()
            try:
                outcomes[place] = verb()
            except Exception as error:  # noqa: BLE001 - whatever it is belongs to the outcome
                outcomes[place] = error
        connection.close()

    threads = [threading.Thread(target=work, args=(place, verb)) for place, verb in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def question(house: House, **more: Any) -> Case:
    return make_case(house, kind=CaseKind.QUESTION, **more)


def test_two_presses_add_once(house: House, at_once: Any) -> None:
    case = question(house)
    with unit_scope(house.unit):
        draft = supply_draft(case)

    def press(row: Case) -> Verb:
        return lambda: supply(case=row, text="Nước tràn vào nhà", draft=draft).is_new

    found, number = at_once(
        [press(fresh(case)) for _turn in range(4)], lambda: CaseEvent.objects.filter(kind=EventKind.SUPPLIED).count()
    )
    assert sorted(map(str, found)) == ["False", "False", "False", "True"], found
    assert number == 1


def test_two_answers_are_one(house: House, at_once: Any) -> None:
    case = question(house)
    answer(house, case)

    def press(row: Case) -> Verb:
        return lambda: confirm_solved(case=row, answer=SolvedAnswer.NO)

    found, reopened = at_once([press(fresh(case)) for _turn in range(4)], lambda: fresh(case).reopened)
    assert sum(isinstance(one, Stale) for one in found) == 3, found
    assert reopened == 1


def test_workers_send_each_mail_once(house: House, at_once: Any, settings: Any) -> None:
    addresses = [f"nguoi-{number}@example.vn" for number in range(8)]
    for number, address in enumerate(addresses):
        question(house, phone=f"090512345{number}", email=address)
    with running_sink() as (sink, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
        found, waiting = at_once([send_waiting] * 3, lambda: CaseLetter.objects.filter(state="WAITING").count())
        assert sum(found) == 8, found
        assert waiting == 0
        assert sorted(sink.to) == addresses
