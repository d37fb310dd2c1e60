"""Sums of money in a few words: “12,3 tỷ đồng”, from whatever a table counts in."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from news.budgets.numbers import rounded, vietnamese
from news.enums.disclosure import MoneyUnit

DONG_IN: Final = {
    MoneyUnit.DONG: Decimal(1),
    MoneyUnit.THOUSAND: Decimal(1_000),
    MoneyUnit.MILLION: Decimal(1_000_000),
    MoneyUnit.BILLION: Decimal(1_000_000_000),
}
_STEPS: Final = ((Decimal(10) ** 12, "nghìn tỷ"), (Decimal(10) ** 9, "tỷ"), (Decimal(10) ** 6, "triệu"))


def in_dong(value: Decimal, money_unit: str) -> Decimal:
    """A table's number in đồng."""
    return value * DONG_IN.get(MoneyUnit(money_unit), Decimal(1))


def short_money(value: Decimal, money_unit: str) -> str:
    """``12345.6`` in million đồng → ``12,3 tỷ``."""
    dong = in_dong(value, money_unit)
    for size, name in _STEPS:
        if abs(dong) >= size:
            return f"{_short(dong / size)} {_name(name)}"
    return _("%(number)s đồng") % {"number": vietnamese(rounded(dong, 0), minus="−")}


def _short(value: Decimal) -> str:
    """Three figures that matter: 1,23; 12,3; 123."""
    decimals = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2  # noqa: PLR2004 - figures before the comma
    text = vietnamese(rounded(value, decimals), minus="−")
    return text.rstrip("0").rstrip(",") if "," in text else text


def _name(name: str) -> str:
    return {"nghìn tỷ": _("nghìn tỷ"), "tỷ": _("tỷ"), "triệu": _("triệu")}[name]


def money_words(value: Decimal, money_unit: str) -> str:
    """The same within a sentence: ``12,3 tỷ đồng``."""
    words = short_money(value, money_unit)
    return words if words.endswith(_("đồng")) else _("%(number)s đồng") % {"number": words}
