"""Two clerks press “Đưa vào lịch” in the same second: with one preview, and with two of the same file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.cast import Cast, make_cast
from tests.factories.schedule_imports import import_of
from tests.units.test_reception_races import race
from units.actions.schedule_import import load_import
from units.enums import Role
from units.models import ScheduleEntry, ScheduleImport

__all__ = ["race"]


def _press(cast: Cast, pk: int, role: Role) -> Callable[[], int]:
    return lambda: load_import(row=ScheduleImport.objects.get(pk=pk), actor=cast.a.people[role])


@pytest.mark.parametrize("attempt", range(2))
@pytest.mark.parametrize("previews", [1, 2])
def test_the_week_is_written_once(race: Any, previews: int, attempt: int) -> None:
    cast = make_cast()
    rows = [import_of(cast.a) for _number in range(previews)]
    verbs = [_press(cast, rows[0].pk, Role.EDITOR), _press(cast, rows[-1].pk, Role.APPROVER)]

    outcomes, entries = race(cast, verbs, ScheduleEntry.objects.count)

    assert entries == 6, outcomes
    other = "ImportGone" if previews == 1 else "NowStanding"
    assert sorted(type(one).__name__ for one in outcomes) == [other, "int"], outcomes
