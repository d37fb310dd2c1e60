"""What later documents do to earlier ones: replace, end, amend, in part or whole, found later or not at all."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from news.actions.documents import (
    RelationDraft,
    save_document,
    withdraw_document,
)
from news.enums.documents import Effect
from news.models import DocumentRelation
from portal.core.tenancy import ScopeError, unit_scope
from tests.factories.cast import Cast, House
from tests.factories.register import make_document, published_document, stored
from tests.news.document_steps import AMENDS, GUIDES, REPEALS, REPLACES, draft, publish, relate, verbs


def test_a_replaced_document_is_over_the_day_before(house: House) -> None:
    earlier = published_document("54/2023/QĐ-UBND", issued_on=date(2023, 9, 30), effective_from=date(2023, 10, 15))
    later = make_document("60/2026/QĐ-UBND", effective_from=date(2026, 12, 1), source_url="https://x.vn/")
    relate(later, draft(REPLACES, "54/2023/qd–ubnd"))
    assert stored(earlier).expires_on is None, "a draft changes nothing"
    publish(later, house)
    row = stored(earlier)
    assert row.expires_on == date(2026, 11, 30)
    assert (row.effect(date(2026, 11, 30)), row.effect(date(2026, 12, 1))) == (Effect.IN_FORCE, Effect.OVER)
    withdraw_document(document=later, note="Nhầm.", actor=None)
    assert stored(earlier).expires_on is None


def test_the_sooner_of_its_own_end_and_what_others_do_counts(house: House) -> None:
    earlier = published_document("1/2023/QĐ-UBND", effective_from=date(2026, 11, 20), own_end=date(2026, 12, 31))
    later = published_document("2/2026/QĐ-UBND", effective_from=date(2027, 3, 1))
    relate(later, draft(REPEALS, "1/2023/QĐ-UBND"))
    assert stored(earlier).expires_on == date(2026, 12, 31)
    row = stored(earlier)
    row.own_end = None
    save_document(document=row, actor=None)
    assert (stored(earlier).expires_on, row.expires_on) == (date(2027, 2, 28), date(2027, 2, 28))


def test_amending_and_ending_a_part_makes_it_partly_over(house: House) -> None:
    earlier = published_document("1/2020/QĐ-UBND", issued_on=date(2020, 1, 2), effective_from=date(2020, 2, 1))
    first = published_document("2/2021/QĐ-UBND", issued_on=date(2021, 5, 4), effective_from=date(2021, 6, 1))
    second = published_document("3/2024/QĐ-UBND", issued_on=date(2024, 5, 6), effective_from=date(2024, 6, 1))
    relate(first, draft(AMENDS, "1/2020/QĐ-UBND", what="Điều 5"))
    relate(second, draft(REPEALS, "1/2020/QĐ-UBND", is_partial=True, what="Điều 9"))
    row = stored(earlier)
    assert (row.partly_from, row.expires_on) == (date(2021, 6, 1), None)
    assert row.effect(date(2026, 1, 1)) == Effect.PARTLY
    relate(first)
    assert stored(earlier).partly_from == date(2024, 6, 1), "recomputed from what is left"
    relate(second, draft(GUIDES, "1/2020/QĐ-UBND"))
    assert stored(earlier).partly_from is None


def test_three_amendments_then_an_end(house: House) -> None:
    earlier = published_document("1/2015/QĐ-UBND", issued_on=date(2015, 1, 5), effective_from=date(2015, 2, 1))
    for year in (2017, 2019, 2022):
        later = published_document(f"7/{year}/QĐ-UBND", issued_on=date(year, 3, 1), effective_from=date(year, 4, 1))
        relate(later, draft(AMENDS, "1/2015/QĐ-UBND"))
    last = published_document("8/2025/QĐ-UBND", issued_on=date(2025, 3, 3), effective_from=date(2025, 5, 1))
    relate(last, draft(REPLACES, "1/2015/QĐ-UBND"))
    row = stored(earlier)
    assert (row.partly_from, row.expires_on) == (date(2017, 4, 1), date(2025, 4, 30))
    assert [row.effect(date(year, 1, 1)) for year in (2016, 2018, 2026)] == [
        Effect.IN_FORCE, Effect.PARTLY, Effect.OVER,
    ]  # fmt: skip


def test_the_day_named_in_the_relation_goes_before_the_documents_own(house: House) -> None:
    earlier = published_document("1/2023/QĐ-UBND")
    later = published_document("2/2026/QĐ-UBND", effective_from=date(2026, 12, 1))
    relate(later, draft(REPLACES, "1/2023/QĐ-UBND", takes_effect_on=date(2027, 1, 1)))
    assert stored(earlier).expires_on == date(2026, 12, 31)


def test_a_changed_first_day_moves_the_earlier_ones_end(house: House) -> None:
    earlier = published_document("1/2023/QĐ-UBND")
    later = published_document("2/2026/QĐ-UBND", effective_from=date(2026, 12, 1))
    relate(later, draft(REPLACES, "1/2023/QĐ-UBND"))
    row = stored(later)
    row.effective_from = date(2027, 2, 1)
    save_document(document=row, actor=None)
    assert stored(earlier).expires_on == date(2027, 1, 31)


def test_a_document_entered_later_is_found_by_those_that_named_it(house: House) -> None:
    later = published_document("2/2026/QĐ-UBND", effective_from=date(2026, 12, 1))
    relate(later, draft(REPLACES, "01/2020/QĐ-UBND"))
    earlier = make_document("1/2020/qđ-ubnd", issued_on=date(2020, 1, 2))
    assert earlier.expires_on == date(2026, 11, 30)
    earlier.number = "3/2020/QĐ-UBND"
    save_document(document=earlier, actor=None)
    assert stored(earlier).expires_on is None, "another number was another document"


def test_a_number_that_two_documents_have_links_nothing_by_itself(house: House) -> None:
    first = published_document("12/KH-UBND", issued_on=date(2024, 2, 1))
    second = published_document("12/KH-UBND", issued_on=date(2025, 2, 3))
    later = published_document("30/KH-UBND")
    relate(later, draft(REPLACES, "12/KH-UBND"))
    assert (stored(first).expires_on, stored(second).expires_on) == (None, None)
    relate(later, draft(REPLACES, "12/KH-UBND", earlier=second))
    assert stored(first).expires_on is None
    assert stored(second).expires_on == date(2026, 11, 15)


@pytest.mark.parametrize(
    ("drafts", "words"),
    [
        ([draft(REPLACES, "--- / ...")], "Nhập số ký hiệu"),
        ([draft(REPLACES, "2/2026/qd-ubnd")], "chính nó"),
        ([draft(REPLACES, "1/QĐ-UBND"), draft(REPLACES, "01/qd-ubnd")], "ghi hai lần"),
        ([draft(GUIDES, f"{number}/QĐ-UBND") for number in range(1, 50)], "nhiều nhất"),
    ],
)
def test_relations_that_make_no_sense_are_refused(house: House, drafts: list[RelationDraft], words: str) -> None:
    document = make_document("2/2026/QĐ-UBND")
    relate(document, draft(GUIDES, "7/QĐ-UBND"))
    with pytest.raises(ValidationError, match=words):
        relate(document, *drafts)
    assert DocumentRelation.objects.get(document=document).earlier_number == "7/QĐ-UBND"


def test_the_same_relations_again_write_nothing(house: House) -> None:
    document = make_document("2/2026/QĐ-UBND")
    for _time in range(2):
        relate(document, draft(AMENDS, "1/2020/QĐ-UBND", what="Điều 1"))
    assert verbs(document).count("document.relate") == 1


def test_another_units_document_is_neither_found_nor_linked(cast: Cast) -> None:
    with unit_scope(cast.b.unit):
        other = published_document("1/2020/QĐ-UBND")
    with unit_scope(cast.a.unit):
        later = published_document("2/2026/QĐ-UBND", effective_from=date(2026, 12, 1))
        relate(later, draft(REPLACES, "1/2020/QĐ-UBND"))
        assert DocumentRelation.objects.get(document=later).earlier is None
        with pytest.raises(ScopeError):
            relate(later, draft(REPLACES, "1/2020/QĐ-UBND", earlier=other))
    with unit_scope(cast.b.unit):
        assert stored(other).expires_on is None
