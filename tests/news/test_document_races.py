"""Two people with one document at once, each on a connection of their own: one outcome, the register stays true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from news.actions.documents import (
    set_relations,
)
from news.enums.documents import DocumentStatus
from portal.core.tenancy import unit_scope
from tests.factories.cast import make_cast
from tests.factories.register import make_document, published_document, stored
from tests.news.document_steps import AMENDS, REPLACES, draft, publish, relate, verbs
from units.enums import Role


@pytest.mark.postgres
def test_two_publishers_at_once_publish_once(two: Callable[..., list[Any]]) -> None:
    cast = make_cast()
    with unit_scope(cast.a.unit):
        document = make_document(source_url="https://x.vn/")
    outcomes = two(
        cast,
        lambda: publish(stored(document), cast.a, Role.APPROVER),
        lambda: publish(stored(document), cast.a, Role.UNIT_ADMIN),
    )
    assert all(outcome.status == DocumentStatus.PUBLISHED for outcome in outcomes)
    with unit_scope(cast.a.unit):
        assert verbs(document).count("document.publish") == 1


@pytest.mark.postgres
@pytest.mark.parametrize("attempt", range(4))
@pytest.mark.parametrize("removes", [True, False])
def test_relations_rewritten_while_publishing_leave_the_earlier_one_true(
    two: Callable[..., list[Any]], removes: bool, attempt: int
) -> None:
    cast = make_cast()
    relation = draft(REPLACES, "1/2020/QĐ-UBND")
    with unit_scope(cast.a.unit):
        earlier = published_document("1/2020/QĐ-UBND")
        later = make_document("2/2026/QĐ-UBND", effective_from=date(2026, 12, 1), source_url="https://x.vn/")
        relate(later, *([relation] if removes else []))
    two(
        cast,
        lambda: publish(stored(later), cast.a),
        lambda: set_relations(document=stored(later), relations=[] if removes else [relation], actor=None),
    )
    with unit_scope(cast.a.unit):
        assert stored(later).status == DocumentStatus.PUBLISHED
        assert stored(earlier).expires_on == (None if removes else date(2026, 11, 30))


@pytest.mark.postgres
@pytest.mark.parametrize("attempt", range(4))
def test_two_documents_that_end_one_at_once_both_count(two: Callable[..., list[Any]], attempt: int) -> None:
    cast = make_cast()
    with unit_scope(cast.a.unit):
        earlier = published_document("1/2020/QĐ-UBND")
        laters = []
        for number, month in ((2, 12), (3, 1)):
            day = date(2026 + (month == 1), month, 1)
            later = make_document(f"{number}/2026/QĐ-UBND", effective_from=day, source_url="https://x.vn/")
            relate(later, draft(AMENDS if month == 1 else REPLACES, "1/2020/QĐ-UBND"))
            laters.append(later)
    two(cast, *(lambda row=row: publish(stored(row), cast.a) for row in laters))
    with unit_scope(cast.a.unit):
        row = stored(earlier)
        assert (row.expires_on, row.partly_from) == (date(2026, 11, 30), date(2027, 1, 1))
