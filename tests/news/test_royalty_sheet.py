"""The royalty sheet of October 2026, checked by hand; and that a closed month never changes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from news.actions.royalty import Entry, set_article_royalty
from news.actions.royalty_reckoning import reckon, unscored
from news.actions.royalty_sheets import (
    compute_sheet,
    differences,
    lock_sheet,
    open_sheet,
    reopen_sheet,
)
from news.enums import ArticleStatus, WithdrawalKind
from news.enums.royalty import OverBudget, ShareRole
from news.models import (
    Article,
    Contributor,
    RoyaltyFactor,
    RoyaltyLine,
    RoyaltySheet,
    RoyaltyTable,
)
from news.querysets.royalty_sheets import ClosedMonthError
from portal.core.tenancy import ScopeError, unit_scope
from tests.factories.cast import Cast
from tests.factories.royalty import (
    NOVEMBER,
    OCTOBER,
    computed,
    locked,
    part,
    people,
    published,
    score,
)

PHOTO = ShareRole.PHOTOGRAPHER


def paid(sheet: RoyaltySheet) -> list[tuple[str, str, int]]:
    """What the sheet pays: genre, name, amount, line by line."""
    rows = RoyaltyLine.objects.of_sheet(sheet).values_list("genre_name", "pen_name", "amount")
    return list(rows)


def test_october_2026_by_hand(rates: Cast) -> None:
    """One coefficient unit is 253.000 × 20 % = 50.600 đ until 15/10, 260.000 × 20 % = 52.000 đ from 16/10."""
    house = rates.a
    with unit_scope(house.unit):
        # 30/9, 23:30: not October. 01/10, 00:30 in Vietnam is still 30/9 in London, and is October.
        score(published(house, 30, month=9, hour=23), coefficient="5")
        score(published(house, 1, hour=0), coefficient="1", parts=people("Quốc Bảo"))
        score(published(house, 2), coefficient="2")
        score(
            published(house, 3), "phong-su", parts=[part("Minh Anh", "60"), part("Thu Hà", "40")],
            supplements={"dan-toc": Decimal(15), "ngoai": Decimal(40)},
        )  # fmt: skip
        score(
            published(house, 5), coefficient="3.33", supplements={"dich": Decimal(55)},
            parts=[part("Thu Hà", "33.33"), part("Quốc Bảo", "66.67")],
        )  # fmt: skip
        score(
            published(house, 15, hour=23), coefficient="1.5", photo_count=3,
            parts=[part("Thu Hà", "100"), part("Quốc Bảo", "100", PHOTO)],
        )  # fmt: skip
        score(published(house, 16, hour=0), coefficient="2")
        score(published(house, 20), "nghien-cuu", "30", parts=people("Minh Anh", "Thu Hà", "Quốc Bảo"))
        score(published(house, 31, hour=23), coefficient="0.01")
        # What is not paid.
        set_article_royalty(article=published(house, 6), entry=Entry(is_unpaid=True), actor=None)
        error = published(house, 7, status=ArticleStatus.WITHDRAWN, withdrawal_kind=WithdrawalKind.ERROR)
        score(error, coefficient="9")
        copy = published(house, 8, origin_unit=rates.province, origin_article_id=1)
        with pytest.raises(ValidationError, match="Bài lấy lại từ đơn vị khác"):
            score(copy, coefficient="2")
        score(published(house, 9, origin_unit=rates.province, origin_article_id=2), "lay-lai")
        score(published(house, 1, month=11), coefficient="9")

        sheet = locked(house)
        assert paid(sheet) == [
            # 50.600 × 1
            ("Tin", "Quốc Bảo", 50_600),
            # 50.600 × 2
            ("Tin", "Minh Anh", 101_200),
            # 50.600 × 12,5 = 632.500; +15 % +40 % = 55 %, at most 50 %: × 1,5 = 948.750; 60 % and 40 % of it
            ("Phóng sự", "Minh Anh", 569_250),
            ("Phóng sự", "Thu Hà", 379_500),
            # 50.600 × 3,33 = 168.498; 55 % = 92.673,9 → 92.674; 33,33 % = 30.888,24; 66,67 % = 61.785,76
            ("Tin", "Thu Hà", 30_888),
            ("Tin", "Quốc Bảo", 61_786),
            # "biên tập lại": 50.600 × 0,5
            ("Khai thác, biên tập lại", "Minh Anh", 25_300),
            # 15/10, 23:30, old table: 50.600 × 1,5; three photographs: 50.600 × 0,5 × 3
            ("Tin", "Thu Hà", 75_900),
            ("Ảnh", "Quốc Bảo", 75_900),
            # 16/10, 00:30, new table: 52.000 × 2
            ("Tin", "Minh Anh", 104_000),
            # 52.000 × 30 = 1.560.000, at most 1.000.000 an article: 33,34 + 33,33 + 33,33 %
            ("Nghiên cứu", "Minh Anh", 333_400),
            ("Nghiên cứu", "Thu Hà", 333_300),
            ("Nghiên cứu", "Quốc Bảo", 333_300),
            # 52.000 × 0,01
            ("Tin", "Minh Anh", 520),
        ]
        totals = {row["pen_name"]: row["total"] for row in RoyaltyLine.objects.of_sheet(sheet).by_contributor()}
        assert totals == {
            # 101.200 + 569.250 + 25.300 + 104.000 + 333.400 + 520
            "Minh Anh": 1_133_670,
            # 379.500 + 30.888 + 75.900 + 333.300
            "Thu Hà": 819_588,
            # 50.600 + 61.786 + 75.900 + 333.300
            "Quốc Bảo": 521_586,
        }
        # 1.133.670 + 819.588 + 521.586
        assert sheet.total == sheet.total_before == 2_474_844
        assert [(row["base"], row["percent"]) for row in sheet.snapshot] == [(253_000, "20.00"), (260_000, "20.00")]
        # 60 days after the first article of the month, 01/10.
        assert sheet.due_on == date(2026, 11, 30)
        cut = RoyaltyLine.objects.of_sheet(sheet).filter(ceiling_applied=True)
        assert {line.genre_name for line in cut} == {"Nghiên cứu"}


def test_a_month_over_its_budget_is_reduced_in_proportion_or_refused(rates: Cast) -> None:
    house = rates.a
    with unit_scope(house.unit):
        score(published(house, 2), coefficient="6", parts=people("Minh Anh"))  # 303.600
        score(published(house, 3), coefficient="3", parts=people("Thu Hà"))  # 151.800
        score(published(house, 4), coefficient="1", parts=people("Quốc Bảo"))  # 50.600
        sheet = computed(house, budget=400_000)
        # 506.000 → 400.000: × 0,790513…: 240.000; 120.000; 40.000
        assert [amount for _genre, _name, amount in paid(sheet)] == [240_000, 120_000, 40_000]
        assert (sheet.total_before, sheet.total) == (506_000, 400_000)
        with pytest.raises(ValidationError, match=r"Tổng 506\.000 đồng, vượt mức chi 106\.000 đồng"):
            compute_sheet(sheet=sheet, budget=400_000, over_budget=OverBudget.REFUSE, actor=None)
        sheet.refresh_from_db()
        assert (sheet.revision, sheet.total) == (1, 400_000)


def test_a_closed_month_is_never_recomputed_whatever_changes(rates: Cast) -> None:
    house = rates.a
    with unit_scope(house.unit):
        article = published(house, 2)
        score(article, coefficient="2")
        sheet = locked(house)
        lines = list(RoyaltyLine.objects.of_sheet(sheet).values())
        stored = RoyaltySheet.objects.filter(pk=sheet.pk).values().get()

        with pytest.raises(ValidationError, match="Bài đã trả ở bảng tháng 10/2026"):
            score(article, coefficient="9")
        with pytest.raises(ValidationError, match="đã được kiểm tra hoặc khóa"):
            compute_sheet(sheet=sheet, budget=None, over_budget=OverBudget.REDUCE, actor=None)
        with pytest.raises(ValidationError, match="đã khóa"):
            reopen_sheet(sheet=sheet, actor=None)
        for change in (
            lambda: RoyaltyLine.objects.of_sheet(sheet).update(amount=1),
            lambda: RoyaltyLine.objects.of_sheet(sheet).delete(),
            lambda: RoyaltyLine.objects.replace(sheet, []),
            lambda: RoyaltyLine.objects.of_sheet(sheet).get().delete(),
            lambda: RoyaltyLine.objects.of_sheet(sheet).get().save(),
        ):
            with pytest.raises(ClosedMonthError):
                change()
        # Behind the screens' backs: the article, the person, the rates change.
        Article.objects.filter(pk=article.pk).update(title="Tên khác", status=ArticleStatus.WITHDRAWN)
        contributor = Contributor.objects.get(pen_name="Minh Anh")
        contributor.pen_name = "Bút danh khác"
        contributor.save()
    with unit_scope(rates.province):
        RoyaltyTable.objects.update(base_amount=999_000)
        RoyaltyFactor.objects.update(percent=Decimal(90))
    with unit_scope(house.unit):
        computed(house, NOVEMBER)
        assert list(RoyaltyLine.objects.of_sheet(sheet).values()) == lines
        assert RoyaltySheet.objects.filter(pk=sheet.pk).values().get() == stored
        assert differences(sheet, reckon(sheet)) == []
        assert lines[0]["pen_name"] == "Minh Anh"
        assert lines[0]["amount"] == 101_200


def test_what_comes_too_late_for_a_locked_month_is_paid_once_with_the_next(rates: Cast) -> None:
    house = rates.a
    with unit_scope(house.unit):
        late = published(house, 20)
        score(published(house, 2), coefficient="2")
        october = locked(house)
        assert late in unscored(OCTOBER)
        score(late, coefficient="3")
        november = computed(house, NOVEMBER)
        line = RoyaltyLine.objects.of_sheet(november).get()
        # The table of its own publishing day: 52.000 × 3.
        assert (line.article_id, line.is_late, line.amount) == (late.pk, True, 156_000)
        assert RoyaltyLine.objects.of_sheet(october).count() == 1
        # Computing again keeps it where it is; a line of the same work in another sheet is refused by the database.
        again = computed(house, NOVEMBER)
        copy = RoyaltyLine.objects.of_sheet(again).get()
        copy.pk, copy.sheet = None, october
        with pytest.raises((ClosedMonthError, IntegrityError)), transaction.atomic():
            RoyaltyLine.objects.replace(october, [copy])


def test_an_open_month_keeps_its_own_late_entries(rates: Cast) -> None:
    house = rates.a
    with unit_scope(house.unit):
        score(published(house, 2), coefficient="2")
        november = computed(house, NOVEMBER)
        assert paid(november) == []
        assert paid(computed(house)) == [("Tin", "Minh Anh", 101_200)]


def test_the_others_articles_people_and_sheets_are_out_of_reach(rates: Cast) -> None:
    with unit_scope(rates.b.unit):
        theirs = published(rates.b, 2)
        score(theirs, parts=people("Người Phú Vinh"))
        sheet = locked(rates.b)
        person = Contributor.objects.get(pen_name="Người Phú Vinh")
    with unit_scope(rates.a.unit):
        with pytest.raises(Article.DoesNotExist):
            score(theirs)
        assert not Contributor.objects.filter(pen_name="Người Phú Vinh").exists()
        with pytest.raises(ValidationError):
            lock_sheet(sheet=sheet, revision=sheet.revision, actor=rates.a.admin)
        with pytest.raises(ScopeError):
            RoyaltyFactor.objects.create(unit=rates.province, percent=1, target_kind="COMMUNE", valid_from=OCTOBER)
        mine = published(rates.a, 2)
        score(mine)
        with pytest.raises(ScopeError):
            mine.royalty.shares.update(contributor=person)
        assert {line.pen_name for line in RoyaltyLine.objects.of_sheet(computed(rates.a))} == {"Minh Anh"}


def test_a_constant_number_of_queries(rates: Cast) -> None:
    from django.db import connection as used
    from django.test.utils import CaptureQueriesContext

    house = rates.a
    counts = []
    with unit_scope(house.unit):
        sheet = open_sheet(month=OCTOBER, actor=None)
        for days in ((2,), (3, 4)):
            for day in days:
                score(published(house, day), photo_count=1, parts=people("Minh Anh", "Thu Hà"))
            with CaptureQueriesContext(
                used,
            ) as queries:
                reckon(sheet)
            counts.append(len(queries))
    assert counts[0] == counts[1] <= 14
