"""What the table of rates allows: entries refused, whose table counts, drafts, templates, tables that follow each other."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from news.actions.royalty import Entry, set_article_royalty
from news.actions.royalty_reckoning import reckon
from news.actions.royalty_tables import confirm_table, copy_table, save_table, take_template, withdraw_table
from news.actions.royalty_terms import RateBook
from news.enums.royalty import ShareRole
from news.models import (
    Contributor,
    RoyaltyFactor,
    RoyaltyGenre,
)
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.royalty import (
    computed,
    locked,
    make_table,
    part,
    people,
    published,
    score,
)
from tests.news.test_royalty_sheet import paid

PHOTO = ShareRole.PHOTOGRAPHER


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (Entry(genre="tin", parts=people("A"), coefficient=Decimal("10.5")), "từ 0 đến 10"),
        (Entry(genre="khong-co", parts=people("A")), "Chọn một thể loại"),
        (Entry(genre="anh", parts=people("A")), "Chọn một thể loại"),
        (Entry(genre="nghien-cuu", parts=people("A")), "Nhập hệ số"),
        (Entry(genre="tin"), "ít nhất một tác giả"),
        (Entry(), "Chọn thể loại"),
        (Entry(genre="tin", parts=[part("A", "60"), part("B", "30")]), "cộng lại được 90"),
        (Entry(genre="tin", parts=[part("A", "60"), *people("B")]), "phần trăm cho mọi người"),
        (Entry(genre="tin", parts=people("A", " a ")), "hai lần"),
        (Entry(genre="tin", parts=people("A" * 121)), "Tên dài quá"),
        (Entry(genre="tin", parts=people("A"), supplements={"ngoai": Decimal(80)}), "từ 30 % đến 50 %"),
        (Entry(genre="tin", parts=people("A"), supplements={"x": Decimal(80)}), "không còn trong bảng"),
        (Entry(genre="tin", parts=[*people("A"), part("B", "100", PHOTO)]), "nhập số ảnh"),
    ],
)
def test_what_the_table_does_not_allow_is_refused_and_nothing_is_written(rates: Cast, entry: Entry, words: str) -> None:
    with unit_scope(rates.a.unit):
        article = published(rates.a, 2)
        before, people_before = AuditEntry.objects.count(), list(Contributor.objects.all())
        with pytest.raises(ValidationError, match=words):
            set_article_royalty(article=article, entry=entry, actor=None)
        assert list(Contributor.objects.all()) == people_before
        assert AuditEntry.objects.count() == before


def test_a_pen_name_is_one_person_however_it_is_typed(rates: Cast) -> None:
    with unit_scope(rates.a.unit):
        score(published(rates.a, 2), parts=people("Minh  Anh"))
        score(published(rates.a, 3), parts=people("minh anh"))
        # The same name typed with separate marks.
        score(published(rates.a, 4), parts=people("Minh Anh", "Thu Ha\u0300"))
        score(published(rates.a, 5), parts=people("Thu Hà"))
        names = Contributor.objects.exclude(pen_name__startswith="Cây bút").values_list("pen_name", flat=True)
        assert list(names) == ["Minh Anh", "Thu Hà"]


def test_photographs_nobody_claims_are_the_authors(rates: Cast) -> None:
    house = rates.a
    with unit_scope(house.unit):
        score(published(house, 2), coefficient="1", photo_count=2, parts=[part("Minh Anh", "70"), part("Thu Hà", "30")])
        # Text 50.600 and photographs 50.600, each 70 : 30.
        assert paid(computed(house)) == [
            ("Tin", "Minh Anh", 35_420), ("Tin", "Thu Hà", 15_180), ("Ảnh", "Minh Anh", 35_420), ("Ảnh", "Thu Hà", 15_180),
        ]  # fmt: skip


def test_an_own_table_comes_before_the_provinces_and_is_paid_in_full(rates: Cast) -> None:
    with unit_scope(rates.a.unit):
        make_table(date(2026, 10, 10), 100_000)
        book = RateBook()
        terms = [book.on(date(2026, 10, day)) for day in (9, 10)]
        found: Any = [(t.table.base_amount, t.percent) for t in terms if t]
        assert found == [(253_000, 20), (100_000, 100)]
        assert book.on(date(2026, 6, 30)) is None
    with unit_scope(rates.b.unit):
        other = RateBook().on(date(2026, 10, 10))
        assert other is not None
        assert other.table.base_amount == 253_000


def test_a_row_for_one_unit_comes_before_the_row_for_its_kind(rates: Cast) -> None:
    with unit_scope(rates.province):
        RoyaltyFactor.objects.create(target_unit=rates.a.unit, percent=Decimal(35), valid_from=date(2026, 10, 10))
        terms = RateBook().on(date(2026, 10, 12))
        assert terms is not None
        assert terms.percent == 100
    for house, percent in ((rates.a, 35), (rates.b, 20)):
        with unit_scope(house.unit):
            terms = RateBook().on(date(2026, 10, 12))
            assert terms is not None
            assert terms.percent == percent


def test_drafts_of_the_province_pay_nobody(cast: Cast) -> None:
    with unit_scope(cast.province):
        take_template(valid_from=date(2026, 9, 1), actor=None)
    with unit_scope(cast.a.unit):
        assert RateBook().on(date(2026, 10, 2)) is None
        with pytest.raises(ValidationError, match="Chưa có bảng mức"):
            score(published(cast.a, 2))


def test_a_template_is_confirmed_with_its_decision_and_ends_the_table_before(cast: Cast) -> None:
    with unit_scope(cast.province):
        old = make_table(date(2026, 7, 1), 253_000)
        table = take_template(valid_from=date(2026, 9, 1), actor=None)
        assert table.genres.count() == 8
        with pytest.raises(ValidationError, match="số và ngày của quyết định"):
            confirm_table(table=table, actor=None)
        table.decision_number, table.decision_date = "12/QĐ-UBND", date(2026, 8, 30)
        save_table(table=table, actor=None)
        confirm_table(table=table, actor=None)
        old.refresh_from_db()
        assert old.valid_to == date(2026, 8, 31)
        table.refresh_from_db()
        with pytest.raises(ValidationError, match="không sửa được"):
            save_table(table=table, actor=None)
        draft = copy_table(table=table, valid_from=date(2026, 9, 1), actor=None)
        assert draft.supplements.count() == table.supplements.count() == 4
        draft.decision_number, draft.decision_date = "13", date(2026, 9, 1)
        with pytest.raises(ValidationError, match="Ngày áp dụng trùng"):
            confirm_table(table=draft, actor=None)


def test_a_table_that_locked_a_month_is_not_taken_back(cast: Cast) -> None:
    house = cast.a
    with unit_scope(house.unit):
        table = make_table(date(2026, 10, 1), 100_000)
        withdraw_table(table=table, actor=None)
        confirm_table(table=table, actor=None)
        score(published(house, 2))
        locked(house)
        with pytest.raises(ValidationError, match="khóa sổ"):
            withdraw_table(table=table, actor=None)


def test_what_the_new_table_no_longer_knows_is_named_not_guessed(rates: Cast) -> None:
    house = rates.a
    with unit_scope(house.unit):
        article = published(house, 2)
        score(article, "phong-su")
    with unit_scope(rates.province):
        RoyaltyGenre.objects.filter(code="phong-su").delete()
    with unit_scope(house.unit):
        result = reckon(computed(house))
        assert [problem.article for problem in result.problems] == [article]
        assert "Thể loại không có trong bảng" in result.problems[0].words
