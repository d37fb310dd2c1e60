"""Public cases in the real index: found on the holder's site, gone when hidden, moved with a transfer."""

from __future__ import annotations

from datetime import date

import pytest

from feedback.enums.cases import Moderation
from portal.core.tenancy import unit_scope
from portal.search.actions import drain_changes, rebuild_index
from portal.search.queries import search_units
from tests.factories.cases import make_case
from tests.factories.cast import Cast
from tests.factories.report_pages import change, pass_on, report_of
from units.models import Unit

pytestmark = pytest.mark.django_db


def found(unit: Unit, words: str) -> list[str]:
    """Addresses of what the unit's site finds."""
    with unit_scope(unit):
        return [hit.url for hit in search_units([unit.pk], words, 1, 20).hits]


def test_a_report_is_found_where_it_is_handled_and_nowhere_else(cast: Cast) -> None:
    make_case(cast.a)
    case = change(report_of(cast.a, date(2026, 11, 10)), title="Vòi rồng trước đình làng")
    rebuild_index()
    url = case.get_absolute_url()
    assert found(cast.a.unit, "voi rong truoc dinh lang") == [url]
    assert found(cast.b.unit, "vòi rồng trước đình làng") == []
    assert found(cast.a.unit, case.code_words) == [url]
    pass_on(case, cast.b.unit)
    drain_changes()
    assert found(cast.a.unit, "vòi rồng trước đình làng") == []
    assert found(cast.b.unit, "vòi rồng trước đình làng") == [url]
    change(case, moderation=Moderation.PRIVATE)
    drain_changes()
    assert found(cast.b.unit, "vòi rồng trước đình làng") == []
