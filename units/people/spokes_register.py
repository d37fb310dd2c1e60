"""The register of spokespersons as pages print it: who, since when, published after how many hours, within the law or not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from units.enums import UnitKind
from units.enums.people import TermCode
from units.models import LegalTerm, Spokesperson, Unit
from units.rules.people import dial, is_late, whole_hours


@dataclass(frozen=True, slots=True)
class SpokesLine:
    """One line; ``limit`` is None where no law set a time on the day of the assignment."""

    row: Spokesperson
    unit: Unit
    hours: int
    limit: int | None
    is_late: bool
    tel: str
    unit_url: str = ""

    @property
    def hours_left(self) -> int:
        """Whole hours until the law's limit; 0 when it is over or there is none."""
        return max(0, (self.limit or 0) - self.hours)

    @property
    def hours_over(self) -> int:
        """Hours beyond the limit, a begun one counted whole."""
        return max(0, self.hours - self.limit) if self.limit is not None else 0


@dataclass(frozen=True, slots=True)
class SpokesGroup:
    """Units of one level: their spokespersons, and which units have none."""

    title: str
    lines: list[SpokesLine]
    missing: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Hours:
    """How many hours the law gives, by day and kind of unit; read once for a page."""

    terms: Sequence[LegalTerm]

    @classmethod
    def read(cls) -> "Hours":
        """All rows there are: a handful, one for each change of the law."""
        return cls(
            list(LegalTerm.objects.filter(code=TermCode.SPOKESPERSON_HOURS).order_by("-kind", "-valid_from")[:50])
        )

    def on(self, day: date, kind: str) -> LegalTerm | None:
        """The term in force on ``day``: the kind's own before the one for all."""
        fitting = [
            one
            for one in self.terms
            if one.kind in ("", kind) and one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)
        ]
        return fitting[0] if fitting else None


def line_of(
    row: Spokesperson, unit: Unit, hours: Hours, *, unit_url: str = "", now: datetime | None = None
) -> SpokesLine:
    """One line; for one who is not published yet the hours run on until ``now``."""
    term = hours.on(timezone.localtime(row.assigned_at).date(), unit.kind)
    end = row.published_at or now or timezone.now()
    late = term is not None and is_late(row.assigned_at, end, term.number)
    return SpokesLine(
        row=row, unit=unit, hours=whole_hours(row.assigned_at, end), limit=term.number if term else None, is_late=late,
        tel=dial(row.phone), unit_url=unit_url,
    )  # fmt: skip


def groups_of(lines: Iterable[SpokesLine], units: Iterable[tuple[Unit, str]]) -> list[SpokesGroup]:
    """Lines by level of unit, the province first; ``units`` are all that must have one, with their addresses."""
    known, rows = list(units), list(lines)
    having = {line.unit.pk for line in rows}
    groups = []
    for kind in (UnitKind.PROVINCE, UnitKind.DEPARTMENT, UnitKind.DISTRICT, UnitKind.COMMUNE):
        here = [line for line in rows if line.unit.kind == kind]
        missing = [(unit.name, url) for unit, url in known if unit.kind == kind and unit.pk not in having]
        if here or missing:
            groups.append(SpokesGroup(str(kind.label), here, missing))
    return groups
