"""Two moderators press at the same moment: one outcome, and no copy of the one who was late."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import connection

from feedback.actions.case_steps import Stale
from feedback.actions.moderate_case import hide, mark_spam, publish
from feedback.enums.cases import HideReason, Moderation
from feedback.models import Case, CaseEvent, CaseFile
from portal.core.tenancy import unit_scope
from tests.factories.case_files import PLATE, add_file
from tests.factories.case_seeds import seed_cases
from tests.factories.cases import make_case
from tests.factories.cast import Cast, make_cast
from tests.feedback.moderation_steps import media_of
from units.enums import Role


def _seeded_case(cast: Cast) -> Case:
    """A test that commits leaves the tables empty, of what migrations wrote as well."""
    seed_cases()
    return make_case(cast.a)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_one_outcome(clock: time_machine.Traveller) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    cast = make_cast()
    case = _seeded_case(cast)
    file = add_file(case)
    before, start, seen = media_of(cast.a), Barrier(6), case.version

    def show(boxes: list[Any], row: Case, actor: Any) -> None:
        words: dict[str, Any] = {"title": "Cống", "text": "Cống vỡ.", "descriptions": {file.pk: "Cống"}}
        publish(case=row, pictures={file.pk: boxes}, seen=seen, actor=actor, **words)

    verbs: list[Callable[[Case, Any], Any]] = [
        lambda row, actor: show([], row, actor), lambda row, actor: show([PLATE], row, actor),
        lambda row, actor: hide(case=row, reason=HideReason.RUDE, seen=seen, actor=actor),
    ] * 2  # fmt: skip
    verbs[-1] = lambda row, actor: mark_spam(case=row, seen=seen, actor=actor)

    def press(verb: Callable[[Case, Any], Any]) -> bool:
        try:
            with unit_scope(cast.a.unit):
                row = Case.objects.get(pk=case.pk)
                start.wait()
                verb(row, cast.a.people[Role.EDITOR])
                return True
        except Stale:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(press, verbs))
    assert sum(done) == 1
    row, kept = Case.everywhere.get(pk=case.pk), CaseFile.everywhere.get(pk=file.pk)
    names = [name for name in (kept.public_path, kept.public_small) if name]
    assert len(media_of(cast.a) - before) == len(names) == (2 if row.moderation == Moderation.PUBLIC else 0)
    assert all(default_storage.exists(name) for name in names)
    with unit_scope(cast.a.unit):
        assert CaseEvent.objects.filter(case=case).count() == 2
