"""The same piece twice in the same moment: a phone that lost patience sends again while the first is still under way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from feedback.actions import uploads
from feedback.enums.cases import FileKind
from feedback.models import CaseUpload
from portal.core import private_files
from tests.factories.cast import Cast, make_cast
from tests.factories.races import shared_database, together
from tests.factories.sent_files import draft_of

SENDERS = 6


@pytest.fixture(autouse=True)
def _private(settings: Any, tmp_path: Any) -> None:
    settings.PRIVATE_ROOT = tmp_path / "private"


@pytest.fixture
def cast(transactional_db: None, clock: Any, tmp_path: Path) -> Iterator[Cast]:
    made = make_cast()
    with shared_database(tmp_path):
        yield made


def at_once(cast: Cast, verb: Callable[[int], Any]) -> list[Any]:
    return together([(cast.a.unit, partial(verb, place)) for place in range(SENDERS)])


def prepared(cast: Cast, verb: Callable[[], Any]) -> Any:
    """On the shared database too: this thread's own connection has another one on SQLite."""
    (outcome,) = together([(cast.a.unit, verb)])
    return outcome


def test_of_two_pieces_at_the_same_place_one_wins(cast: Cast) -> None:
    draft = prepared(cast, lambda: draft_of(cast.a))
    upload = prepared(cast, lambda: uploads.announce_upload(draft=draft, kind=FileKind.PICTURE, size=400_000))

    def send(place: int) -> CaseUpload:
        return uploads.append_piece(
            upload=CaseUpload.objects.get(pk=upload.pk), offset=0, data=bytes([place]) * 100_000
        )

    outcomes = at_once(cast, send)
    won = [place for place, outcome in enumerate(outcomes) if isinstance(outcome, CaseUpload)]
    assert len(won) == 1, outcomes
    assert all(isinstance(one, uploads.Conflict) for place, one in enumerate(outcomes) if place != won[0]), outcomes
    assert prepared(cast, lambda: CaseUpload.objects.get().received) == 100_000
    # And it is the winner's bytes that lie there.
    assert private_files.path_of(upload.path).read_bytes() == bytes(won) * 100_000


def test_no_more_than_five_at_once(cast: Cast) -> None:
    draft = prepared(cast, lambda: draft_of(cast.a))
    outcomes = at_once(
        cast, lambda place: uploads.announce_upload(draft=draft, kind=FileKind.PICTURE, size=100 + place)
    )
    assert sum(isinstance(outcome, CaseUpload) for outcome in outcomes) == 5, outcomes


def test_the_same_file_announced_at_once_is_one_row(cast: Cast) -> None:
    draft = prepared(cast, lambda: draft_of(cast.a))
    outcomes = at_once(
        cast,
        lambda place: uploads.announce_upload(draft=draft, kind=FileKind.PICTURE, size=100, client_mark="a"),
    )
    assert len({outcome.pk for outcome in outcomes}) == 1
