"""One row of each royalty model that has a screen, so that the sweeps have another unit's row to ask for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from news.models import Contributor, RoyaltyFactor, RoyaltyGenre, RoyaltySheet, RoyaltyTable
from units.enums import UnitKind


def make_royalty_rows(words: str) -> None:
    """Rows of the unit in scope that carry its words: a writer, a draft table, a factor nobody reads, an old open sheet."""
    Contributor.objects.create(pen_name=f"Cây bút {words}", real_name=f"Nguyễn Văn {words}")
    table = RoyaltyTable.objects.create(name=f"Bảng nháp {words}", valid_from=date(2025, 1, 1), base_amount=234_000)
    RoyaltyGenre.objects.create(table=table, code="tin", name=f"Tin {words}", coefficient_max=Decimal(10))
    RoyaltyFactor.objects.create(
        target_kind=UnitKind.COMMUNE, percent=Decimal(1), valid_from=date(2025, 1, 1), decision_number=words[:60]
    )
    RoyaltySheet.objects.create(month=date(2025, 1, 1))
