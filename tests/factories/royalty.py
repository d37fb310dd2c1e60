"""Rate tables, articles of October 2026 and what they are paid with."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from news.actions.royalty import Entry, Part, set_article_royalty
from news.actions.royalty_sheets import check_sheet, compute_sheet, lock_sheet, open_sheet
from news.actions.royalty_tables import confirm_table
from news.enums.royalty import OverBudget, ShareRole, SupplementEffect, WorkKind
from news.models import Article, RoyaltyFactor, RoyaltyGenre, RoyaltySheet, RoyaltySupplement, RoyaltyTable
from portal.core.tenancy import unit_scope
from tests.factories.cast import HANOI, House, make_article
from units.enums import Role, UnitKind
from units.models import Unit

OCTOBER = date(2026, 10, 1)
NOVEMBER = date(2026, 11, 1)


def make_table(valid_from: date, base: int, **more: Any) -> RoyaltyTable:
    """A confirmed table of the unit in scope, with genres and supplements; the table before it ends."""
    table = RoyaltyTable.objects.create(
        name=f"Bảng mức {valid_from:%d/%m/%Y}", valid_from=valid_from, base_amount=base, decision_number="45/2026/QĐ-UBND",
        decision_date=valid_from, **{"article_ceiling": 1_000_000, "supplement_ceiling": Decimal(50), **more},
    )  # fmt: skip
    genres = [
        ("tin", "Tin", WorkKind.TEXT, "10", "2", False),
        ("phong-su", "Phóng sự", WorkKind.TEXT, "30", "12.5", False),
        ("nghien-cuu", "Nghiên cứu", WorkKind.TEXT, "30", None, False),
        ("lay-lai", "Khai thác, biên tập lại", WorkKind.TEXT, "2", "0.5", True),
        ("anh", "Ảnh", WorkKind.PHOTO, "10", "0.5", False),
    ]
    RoyaltyGenre.objects.bulk_create(
        RoyaltyGenre(
            table=table, code=code, name=name, kind=kind, coefficient_max=Decimal(high), order=place,
            coefficient_default=Decimal(usual) if usual else None, pays_copies=copies,
        )
        for place, (code, name, kind, high, usual, copies) in enumerate(genres)
    )  # fmt: skip
    add, portion = SupplementEffect.ADD, SupplementEffect.PORTION
    supplements = [
        ("dich", "Bản dịch", portion, 40, 65),
        ("dan-toc", "Dân tộc", add, 10, 20),
        ("ngoai", "Ngoại ngữ", add, 30, 50),
    ]
    RoyaltySupplement.objects.bulk_create(
        RoyaltySupplement(table=table, code=code, name=name, effect=effect, percent_min=low, percent_max=high)
        for code, name, effect, low, high in supplements
    )
    confirm_table(table=table, actor=None)
    return table


def make_rates(province: Unit) -> None:
    """The province's tables, the second from the middle of October; communes pay 20 % of them (as Ninh Thuận did)."""
    with unit_scope(province):
        make_table(date(2026, 7, 1), 253_000)
        make_table(date(2026, 10, 16), 260_000)
        RoyaltyFactor.objects.create(target_kind=UnitKind.COMMUNE, percent=Decimal(20), valid_from=date(2026, 7, 1))


def published(house: House, day: int, *, hour: int = 8, month: int = 10, title: str = "", **more: Any) -> Article:
    """An article of the house, published on a day of October 2026; call it in the house's scope."""
    at = datetime(2026, month, day, hour, 30, tzinfo=HANOI)
    title = title or f"Bài ngày {day}/{month} {house.marker} {house.word}"
    return make_article(title, category=house.category, published_at=at, **more)


def people(*names: str) -> list[Part]:
    """``people("Minh Anh", "Thu Hà")``: authors in equal parts."""
    return [Part(name) for name in names]


def part(name: str, percent: str, role: ShareRole = ShareRole.AUTHOR) -> Part:
    """One author's part."""
    return Part(name, role, Decimal(percent))


def score(article: Article, genre: str = "tin", coefficient: str | None = None, **more: Any) -> None:
    """Say what the article is paid with; by Minh Anh alone unless said otherwise."""
    entry = Entry(
        genre=genre, coefficient=Decimal(coefficient) if coefficient else None, **{"parts": people("Minh Anh"), **more}
    )
    set_article_royalty(article=article, entry=entry, actor=None)


def computed(house: House, month: date = OCTOBER, budget: int | None = None) -> RoyaltySheet:
    """The month's sheet as the editor computes it."""
    sheet = open_sheet(month=month, actor=house.people[Role.EDITOR])
    return compute_sheet(sheet=sheet, budget=budget, over_budget=OverBudget.REDUCE, actor=house.people[Role.EDITOR])


def locked(house: House, month: date = OCTOBER, budget: int | None = None) -> RoyaltySheet:
    """The same, checked by the approver and locked by the administrator."""
    sheet = computed(house, month, budget)
    check_sheet(sheet=sheet, revision=sheet.revision, actor=house.people[Role.APPROVER])
    lock_sheet(sheet=sheet, revision=sheet.revision, actor=house.people[Role.UNIT_ADMIN])
    return RoyaltySheet.objects.get(pk=sheet.pk)
