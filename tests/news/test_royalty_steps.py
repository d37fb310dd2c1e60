"""The way of a month: computed, checked by another person, locked when it is over, opened again, paid."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from news.actions.royalty_reckoning import reckon
from news.actions.royalty_sheets import (
    check_sheet,
    differences,
    lock_sheet,
    mark_paid,
    open_sheet,
    reopen_sheet,
)
from news.enums.royalty import SheetState
from news.models import (
    RoyaltySheet,
)
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.royalty import (
    NOVEMBER,
    computed,
    locked,
    published,
    score,
)
from tests.news.test_royalty_sheet import paid
from units.enums import Role


def test_another_person_checks_and_nobody_checks_what_has_changed(rates: Cast) -> None:
    house = rates.a
    editor, approver, admin = (house.people[role] for role in (Role.EDITOR, Role.APPROVER, Role.UNIT_ADMIN))
    with unit_scope(house.unit):
        article = published(house, 2)
        score(article, coefficient="2")
        sheet = computed(house)
        with pytest.raises(ValidationError, match="Bạn đã tính bảng này"):
            check_sheet(sheet=sheet, revision=sheet.revision, actor=editor)
        with pytest.raises(ValidationError, match="Người điều hành"):
            check_sheet(sheet=sheet, revision=sheet.revision, actor=rates.operator)
        with pytest.raises(ValidationError, match="đã đổi từ khi bạn mở trang"):
            lock_sheet(sheet=sheet, revision=sheet.revision, actor=admin)
        with pytest.raises(ValidationError, match="đã đổi từ khi bạn mở trang"):
            check_sheet(sheet=sheet, revision=sheet.revision - 1, actor=approver)
        score(article, coefficient="3")
        (difference,) = differences(sheet, reckon(sheet))
        assert (difference.before, difference.after) == (101_200, 151_800)
        with pytest.raises(ValidationError, match="Có thay đổi sau khi tính"):
            check_sheet(sheet=sheet, revision=sheet.revision, actor=approver)
        sheet.refresh_from_db()
        assert sheet.state == SheetState.COMPUTED
        sheet = computed(house)
        check_sheet(sheet=sheet, revision=sheet.revision, actor=approver)
        score(article, coefficient="4")
        with pytest.raises(ValidationError, match="Có thay đổi sau khi tính"):
            lock_sheet(sheet=sheet, revision=sheet.revision, actor=admin)
        verbs = AuditEntry.objects.about(sheet).order_by("pk").values_list("verb", flat=True)
        assert list(verbs) == ["royalty.open", "royalty.compute", "royalty.compute", "royalty.check"]


def test_reopening_frees_the_lines_and_starts_again(rates: Cast) -> None:
    house = rates.a
    with unit_scope(house.unit):
        score(published(house, 2), coefficient="2")
        sheet = computed(house)
        check_sheet(sheet=sheet, revision=sheet.revision, actor=house.people[Role.APPROVER])
        reopen_sheet(sheet=sheet, actor=house.people[Role.APPROVER], reason="Sai hệ số")
        sheet.refresh_from_db()
        assert (sheet.state, sheet.total, paid(sheet)) == (SheetState.OPEN, 0, [])
        assert locked(house).total == 101_200


def test_a_month_is_locked_when_it_is_over(rates: Cast) -> None:
    house = rates.a
    with unit_scope(house.unit):
        sheet = computed(house, NOVEMBER)
        check_sheet(sheet=sheet, revision=sheet.revision, actor=house.people[Role.APPROVER])
        with pytest.raises(ValidationError, match="Tháng chưa hết"):
            lock_sheet(sheet=sheet, revision=sheet.revision, actor=house.admin)
        with pytest.raises(ValidationError, match="Tháng này chưa đến"):
            open_sheet(month=date(2026, 12, 1), actor=None)


def test_the_day_of_payment_is_written_on_locked_sheets_only(rates: Cast) -> None:
    house = rates.a
    with unit_scope(house.unit):
        sheet = computed(house)
        with pytest.raises(ValidationError, match="bảng đã khóa"):
            mark_paid(sheet=sheet, day=date(2026, 11, 20), actor=None)
        score(published(house, 2), coefficient="2")
        sheet = locked(house)
        assert RoyaltySheet.objects.unpaid_by(date(2026, 12, 31)).get() == sheet
        for day in (date(2026, 11, 23), date(2026, 9, 30)):
            with pytest.raises(ValidationError, match="Ngày trả không thể"):
                mark_paid(sheet=sheet, day=day, actor=None)
        mark_paid(sheet=sheet, day=date(2026, 11, 20), actor=None)
        assert not RoyaltySheet.objects.unpaid_by(date(2026, 12, 31)).exists()
