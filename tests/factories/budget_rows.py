"""Budget tables of the cast, with each house's marks in every text."""

from __future__ import annotations

from typing import Any

from news.actions.budgets import add_tables
from news.budgets.figures import PERCENT, Column, Draft, Figures, Row
from news.models import BudgetTable, DisclosureEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import House
from tests.factories.disclosure import make_entry
from units.enums import Role

COLUMNS = (Column("Dự toán năm"), Column("Thực hiện"), Column("So sánh (%)", PERCENT, of=(1, 0)))


def draft_table(words: str = "", **more: Any) -> Draft:
    """Income and spending of a commune in million đồng: 12,324 of 15,800, 78 percent."""
    rows = (
        Row("", "Tổng số thu", 0, ("15800", "12324", "78")),
        Row("I", f"Phí, lệ phí {words}".strip(), 1, ("2300", "1924", "83.7")),
        Row("II", "Thu bổ sung", 1, ("13500", "10400", "77")),
        Row("", "Tổng số chi", 0, ("15800", "11060", "70")),
        Row("I", "Chi thường xuyên", 1, ("12000", "8900", "74.2")),
        Row("II", "Chi đầu tư", 1, ("3800", "2160", "56.8")),
    )
    values: dict[str, Any] = {
        "title": f"Thực hiện dự toán {words}".strip(), "form_number": "12/MH", "note": words,
        "figures": Figures(COLUMNS, rows), **more,
    }  # fmt: skip
    return Draft(**values)


def add_table(house: House, entry: DisclosureEntry, **more: Any) -> BudgetTable:
    """A table of an entry, in the house's words."""
    with unit_scope(house.unit):
        draft = draft_table(f"{house.marker} {house.word}", **more)
        return add_tables(entry=entry, drafts=[draft], actor=house.people[Role.APPROVER])[0]


def table_of(house: House) -> BudgetTable:
    """A published table of the house, made when it is asked for first."""
    with unit_scope(house.unit):
        known = BudgetTable.objects.published().select_related("entry").first()
    return known or add_table(house, make_entry(house, year=2026, part=6, title="Sáu tháng"))


def table_path(house: House) -> str:
    """The page that shows it."""
    return table_of(house).entry.get_absolute_url()
