"""What units did with cases, over 3, 6 or 12 months: rows of feedback.CaseMonth added up, never single cases."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.enums.cases import CaseKind
from feedback.models import CaseMonth
from feedback.rules.months import median_of
from portal.core.spreadsheets import csv_text

PERIODS: Final = (3, 6, 12)
BAR_WIDTH: Final = 250
BAR_STEP: Final = 40
UNITS_SHOWN: Final = 500
_ADDED: Final = (
    "received", "answered", "on_time", "late", "reopened", "rejected", "transferred", "very", "satisfied", "unsatisfied",
)  # fmt: skip


def percent(part: int, whole: int) -> float | None:
    """One decimal, none where it would be 0; 100 and 0 only where that is exact; None of nothing."""
    if not whole:
        return None
    share = round(100 * part / whole, 1)
    share = min(share, 99.9) if part < whole else share
    share = max(share, 0.1) if part else share
    return int(share) if share == int(share) else share


@dataclass(slots=True)
class Line:
    """One row of a table: a unit, a month, or all of them."""

    name: str
    key: Any = None
    url: str = ""
    numbers: Counter[str] = field(default_factory=Counter)
    spread: Counter[int] = field(default_factory=Counter)
    counted_at: datetime | None = None

    def add(self, row: CaseMonth) -> None:
        """Take one month in."""
        for name in _ADDED:
            self.numbers[name] += getattr(row, name)
        for days, number in row.spread:
            self.spread[int(days)] += int(number)
        if self.counted_at is None or row.computed_at > self.counted_at:
            self.counted_at = row.computed_at

    @property
    def received(self) -> int:
        """How many came."""
        return self.numbers["received"]

    @property
    def on_time(self) -> int:
        """First answered, or refused, in time."""
        return self.numbers["on_time"]

    @property
    def late(self) -> int:
        """Answered late, or not answered though the day is over."""
        return self.numbers["late"]

    @property
    def waiting(self) -> int:
        """The rest: under way and in time, merged, taken back."""
        return self.received - self.on_time - self.late

    @property
    def reopened(self) -> int:
        """Of those, opened again because the sender said so."""
        return self.numbers["reopened"]

    @property
    def share(self) -> float | None:
        """Per cent on time of what was due."""
        return percent(self.on_time, self.on_time + self.late)

    @property
    def voices(self) -> int:
        """How many senders have rated."""
        return self.numbers["very"] + self.numbers["satisfied"] + self.numbers["unsatisfied"]

    @property
    def content(self) -> float | None:
        """Per cent of these who were satisfied or more."""
        return percent(self.numbers["very"] + self.numbers["satisfied"], self.voices)

    @property
    def median(self) -> float | None:
        """Calendar days to the first answer: half took no longer."""
        found = median_of(self.spread.items())
        return None if found is None else _tidy(found)


def _tidy(number: Decimal) -> float:
    return int(number) if number == int(number) else float(round(number, 1))


def months_back(today: date, number: int) -> date:
    """First day of the oldest of the last ``number`` months, this one among them."""
    count = today.year * 12 + today.month - number
    return date(count // 12, count % 12 + 1, 1)


def year_of(unit_ids: Sequence[int] | None, kind: CaseKind, today: date) -> Line:
    """The last twelve months of these units together, of all with None; one query."""
    line = Line("")
    rows = CaseMonth.objects.of_kind(kind, months_back(today, PERIODS[-1]))
    for row in rows if unit_ids is None else rows.filter(unit_id__in=unit_ids):
        line.add(row)
    return line


def lines_by_unit(kind: CaseKind, since: date) -> dict[int, Line]:
    """Every unit's months since then added up, with what its address is made of; two queries."""
    lines: dict[int, Line] = {}
    rows = CaseMonth.objects.of_kind(kind, since).select_related("unit").defer("unit__boundary")
    rows = rows.prefetch_related("unit__domains")
    for row in rows.order_by("unit__sort_name", "unit_id", "month"):
        lines.setdefault(row.unit_id, Line(row.unit.name, row.unit)).add(row)
    return lines


def lines_by_month(unit_id: int, kind: CaseKind, since: date) -> list[Line]:
    """One unit's months from ``since`` to this one, newest first; [] where none of them has anything; one query."""
    rows = {row.month: row for row in CaseMonth.objects.of_kind(kind, since).filter(unit_id=unit_id)}
    if not rows:
        return []
    lines = []
    month, last = since, max(*rows, timezone.localdate().replace(day=1))
    while month <= last:
        line = Line(f"{month.month}/{month.year}", month)
        if month in rows:
            line.add(rows[month])
        lines.append(line)
        month = (month + timedelta(days=32)).replace(day=1)
    return lines[::-1]


def sum_of(lines: Iterable[Line], name: str) -> Line:
    """All of them together; the median is of all cases, not of medians."""
    whole = Line(name)
    for line in lines:
        whole.numbers.update(line.numbers)
        whole.spread.update(line.spread)
        moments = [moment for moment in (whole.counted_at, line.counted_at) if moment]
        whole.counted_at = max(moments) if moments else None
    return whole


# --- order -------------------------------------------------------------------------------------------------------------

# Column → its heading, how it is sorted, and whether the largest stands first when it is chosen.
COLUMNS: Final[dict[str, tuple[str, bool]]] = {
    "don-vi": ("key", False), "nhan": ("received", True), "dung-han": ("on_time", True), "tre": ("late", True),
    "ti-le": ("share", True), "mo-lai": ("reopened", True), "hai-long": ("content", True), "so-ngay": ("median", False),
}  # fmt: skip


def in_order(lines: Iterable[Line], column: str) -> list[Line]:
    """Sorted by a column; lines without a value behind all others; equal ones by name, as they come."""
    name, largest_first = COLUMNS[column]
    lines = list(lines)
    if name == "key":
        return lines
    sign = -1 if largest_first else 1

    def place(line: Line) -> tuple[bool, float]:
        value = getattr(line, name)
        return value is None, sign * float(value or 0)

    return sorted(lines, key=place)


# --- drawing and data --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bar:
    """One month's share on time in the drawing; ``width`` None where nothing was due."""

    name: str
    share: float | None
    y: int
    width: float


def bars_of(lines: Iterable[Line]) -> list[Bar]:
    """Oldest first, as one reads a year."""
    ordered = list(lines)[::-1]
    return [
        Bar(line.name, line.share, place * BAR_STEP, round(BAR_WIDTH * (line.share or 0) / 100, 1))
        for place, line in enumerate(ordered)
    ]


def csv_of(lines: Iterable[Line], first_heading: str) -> str:
    """The same numbers for spreadsheets."""
    heads = [
        first_heading, _("Nhận"), _("Đúng hạn"), _("Trễ hạn"), _("Đúng hạn (%)"), _("Mở lại"), _("Không tiếp nhận"),
        _("Chuyển đi"), _("Rất hài lòng"), _("Hài lòng"), _("Chưa hài lòng"), _("Số ngày ở giữa"),
    ]  # fmt: skip
    rows = [
        [
            line.name, line.received, line.on_time, line.late, _cell(line.share), line.reopened, line.numbers["rejected"],
            line.numbers["transferred"], line.numbers["very"], line.numbers["satisfied"], line.numbers["unsatisfied"],
            _cell(line.median),
        ]
        for line in lines
    ]  # fmt: skip
    return csv_text([heads, *rows], delimiter=",")


def _cell(value: float | None) -> str:
    return "" if value is None else str(value)
