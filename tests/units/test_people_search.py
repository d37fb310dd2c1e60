"""Search finds leaders by name and by post with the place's name, spokespersons and hotlines; changes follow at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from portal.core.tenancy import unit_scope
from portal.search.actions import catch_up
from tests.factories.cast import NOW, Cast
from tests.factories.people import hotline_of, person_of, spokesperson_of
from tests.factories.visits import body_of, visit
from units.actions.people import save_staff
from units.models import Person

Index = Callable[[], int]


@pytest.fixture(autouse=True)
def _clock(cast: Cast) -> Any:
    """The cast's own clock ticks; ours stands."""
    with time_machine.travel(NOW, tick=False):
        yield


def _answers(host: str, words: str) -> str:
    return body_of(visit(host, f"/tim-kiem/?q={words.replace(' ', '+')}")).split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(
    "words",
    [
        "chủ tịch phường Thuận An",
        "chu tich phuong thuan an",
        "Trần Văn Mẫu",
        "tran van mau",
        "lãnh đạo phường Thuận An",
    ],
)
def test_a_leader_is_found_by_name_and_by_post(cast: Cast, search_index: Index, words: str) -> None:
    person = person_of(cast.a)
    search_index()
    assert person.get_absolute_url() in _answers(cast.a.host, words)
    assert person.get_absolute_url() not in _answers(cast.b.host, words)


def test_numbers_and_spokespersons_are_found(cast: Cast, search_index: Index) -> None:
    hotline_of(cast.a)
    spokesperson_of(cast.a)
    search_index()
    assert "/duong-day-nong/" in _answers(cast.a.host, "duong day nong")
    assert "/nguoi-phat-ngon/" in _answers(cast.a.host, "người phát ngôn")


def test_a_hidden_leader_is_found_no_more(cast: Cast, search_index: Index) -> None:
    person = person_of(cast.a)
    search_index()
    with unit_scope(cast.a.unit):
        row = Person.objects.get(pk=person.pk)
        row.is_shown = False
        save_staff(person=row, actor=cast.a.admin)
    assert person.get_absolute_url() not in _answers(cast.a.host, "tran van mau"), "before the index knows"
    catch_up(batches=3)
    assert person.get_absolute_url() not in _answers(cast.a.host, "tran van mau")
    with unit_scope(cast.a.unit):
        row.is_shown = True
        save_staff(person=row, actor=cast.a.admin)
    catch_up(batches=3)
    assert person.get_absolute_url() in _answers(cast.a.host, "tran van mau")
