"""Which rates hold for the unit in scope on a day: its own table, or its province's with the unit's part of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from news.enums.royalty import WorkKind
from news.models import RoyaltyFactor, RoyaltyGenre, RoyaltySupplement, RoyaltyTable
from news.rules.royalty import HUNDRED, newest_on
from portal.core.tenancy import current_unit_id, units_scope
from units.enums import UnitKind
from units.models import Unit


@dataclass(frozen=True)
class Terms:
    """One table with the part of it that this unit pays."""

    table: RoyaltyTable
    percent: Decimal
    factor: RoyaltyFactor | None = None

    @cached_property
    def genres(self) -> dict[str, RoyaltyGenre]:
        """The table's genres by code, in its order."""
        return {genre.code: genre for genre in self.table.genres.all()}

    @cached_property
    def supplements(self) -> dict[str, RoyaltySupplement]:
        """The table's supplements by code, in its order."""
        return {row.code: row for row in self.table.supplements.all()}

    def genres_for(self, kind: WorkKind, *, is_copy: bool = False) -> list[RoyaltyGenre]:
        """Genres to choose from: for texts or for pictures, for own articles or for those taken from another unit."""
        return [row for row in self.genres.values() if row.kind == kind and (row.pays_copies or not is_copy)]

    def as_snapshot(self) -> dict[str, Any]:
        """What a sheet keeps of it for ever."""
        return {
            "table": self.table.name,
            "decision": self.table.decision_number,
            "decision_date": self.table.decision_date.isoformat() if self.table.decision_date else "",
            "valid_from": self.table.valid_from.isoformat(),
            "base": self.table.base_amount,
            "article_ceiling": self.table.article_ceiling,
            "supplement_ceiling": str(self.table.supplement_ceiling) if self.table.supplement_ceiling else None,
            "percent": str(self.percent),
            "factor_decision": self.factor.decision_number if self.factor else "",
        }


class RateBook:
    """Every rate that may hold for the unit in scope, read once (five queries), asked for any day.

    The province's tables are read on purpose, in a read-only scope of the own unit and its province only. Drafts are
    nobody else's business: only confirmed tables are in the book.
    """

    def __init__(self) -> None:
        self.unit = Unit.objects.defer("boundary").get(pk=current_unit_id())
        self.province = province_of(self.unit)
        with units_scope({self.unit.pk, self.province.pk}):
            tables = list(RoyaltyTable.objects.in_force())
        self.own = [table for table in tables if table.unit_id == self.unit.pk]
        self.provincial = [table for table in tables if table.unit_id == self.province.pk]
        self.factors: list[RoyaltyFactor] = []
        if self.province.pk != self.unit.pk:
            with units_scope([self.province]):
                self.factors = list(RoyaltyFactor.objects.for_unit(self.unit.pk, self.unit.kind))

    def on(self, day: date) -> Terms | None:
        """What holds on ``day``; None where neither the unit nor its province has confirmed a table."""
        table = newest_on(self.own, day)
        if table is not None:
            return Terms(table, HUNDRED)
        table = newest_on(self.provincial, day)
        if table is None:
            return None
        named = [row for row in self.factors if row.target_unit_id is not None]
        factor = newest_on(named, day) or newest_on((row for row in self.factors if row.target_kind), day)
        return Terms(table, factor.percent if factor else HUNDRED, factor)


def province_of(unit: Unit) -> Unit:
    """The province above a unit; the unit itself where nothing is above it."""
    if unit.kind == UnitKind.PROVINCE or unit.parent_id is None:
        return unit
    above: Any = Unit.objects.ancestors(unit).defer("boundary")
    return next((row for row in above if row.kind == UnitKind.PROVINCE), unit)
