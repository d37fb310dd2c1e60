"""“Gửi” pressed on two tabs at the same moment: one case. Many senders at once: none refused by a lock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from feedback.actions.drafts import drop_draft, save_draft, start_draft
from feedback.actions.receive_case import Received
from feedback.actions.send_report import send_report
from feedback.enums.cases import CaseKind
from feedback.models import Case, CaseDraft
from portal.core.tenancy import unit_scope
from tests.factories.cases import a_sending
from tests.factories.cast import House, make_cast
from tests.factories.races import shared_database, together

TEXT = "Nắp cống vỡ trước nhà số 12, nước tràn vào nhà."


@pytest.fixture
def house(transactional_db: None, clock: Any) -> House:
    """A unit whose rows are committed."""
    return make_cast().a


def _draft(house: House, number: int = 0) -> CaseDraft:
    with unit_scope(house.unit):
        data = {"commune": house.unit.pk, "text": TEXT, "text_done": True}
        draft = start_draft(kind=CaseKind.REPORT, data=data, address_hash=f"{number:064d}")
        save_draft(draft=draft, data=data, step=3)
    return draft


def _send(draft: CaseDraft) -> Callable[[], Received | None]:
    return lambda: send_report(draft=CaseDraft.objects.get(pk=draft.pk), sending=a_sending())


def _codes() -> list[str]:
    return list(Case.objects.values_list("code", flat=True))


def test_two_presses_make_one_case(house: House, tmp_path: Path) -> None:
    draft = _draft(house)
    with shared_database(tmp_path):
        outcomes = together([(house.unit, _send(draft))] * 2)
        assert all(isinstance(one, Received) for one in outcomes), outcomes
        assert len({(one.case.code, one.token) for one in outcomes}) == 1
        [codes] = together([(house.unit, _codes)])
        assert codes == [outcomes[0].case.code]


def test_twenty_senders_at_once_are_all_taken_in(house: House, tmp_path: Path) -> None:
    drafts = [_draft(house, number) for number in range(20)]
    with shared_database(tmp_path):
        outcomes = together([(house.unit, _send(draft)) for draft in drafts])
        assert all(isinstance(one, Received) for one in outcomes), outcomes
        [codes] = together([(house.unit, _codes)])
        assert sorted(codes) == sorted(one.case.code for one in outcomes)


def test_dropping_and_sending_at_once_lose_nothing(house: House, tmp_path: Path) -> None:
    draft = _draft(house)

    def drop() -> None:
        drop_draft(draft=draft)

    with shared_database(tmp_path):
        sent, _dropped = together([(house.unit, _send(draft)), (house.unit, drop)])
        [codes] = together([(house.unit, _codes)])
        # Either it was sent, or it was gone before: never half of each.
        assert codes == ([sent.case.code] if isinstance(sent, Received) else [])
        assert isinstance(sent, Received | CaseDraft.DoesNotExist), sent
