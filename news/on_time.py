"""“Đăng đúng hạn”: what was published on time and what late, by month and group, and for the province by unit."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from statistics import median
from typing import Any, Final

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from news.enums.documents import DocumentGroup, DocumentStatus
from news.models import Document
from portal.core.spreadsheets import csv_text
from portal.core.tenancy import units_scope
from portal.core.working_days import WorkingCalendar
from units.models import Unit

YEARS_BACK: Final = 10
Fact = tuple[int, str, date | None, datetime, int]  # unit, group, signed, published, days late


@dataclass(slots=True)
class Line:
    """Documents that were published: how many in time, how many late, after how many working days each."""

    on_time: int = 0
    late: int = 0
    days: list[int] = field(default_factory=list)

    def add(self, days: int | None, *, is_late: bool) -> None:
        """Count one document; ``days`` are working days from signing to publishing."""
        self.late, self.on_time = self.late + is_late, self.on_time + (not is_late)
        if days is not None:
            self.days.append(days)

    @property
    def total(self) -> int:
        """All of them."""
        return self.on_time + self.late

    @property
    def median_words(self) -> str:
        """The median of the working days, ``1,5``; a dash where nothing was published."""
        return number_format(round(median(self.days), 1), use_l10n=True) if self.days else "–"

    @property
    def share(self) -> int | None:
        """Hundredths published in time; None where nothing was published."""
        return round(100 * self.on_time / self.total) if self.total else None


@dataclass(slots=True)
class Month:
    """One month of a unit: all groups together, and each that has documents."""

    first: date
    all: Line
    groups: list[tuple[Any, Line]]


@dataclass(slots=True)
class UnitLine:
    """One unit in the province's table."""

    unit: Unit
    line: Line
    waiting: int
    overdue: int


def year_of(text: str) -> int:
    """The year an address names; this year for anything else."""
    this = timezone.localdate().year
    year = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else this  # noqa: PLR2004 - a year
    return year if this - YEARS_BACK <= year <= this else this


def _bounds(year: int) -> tuple[datetime, datetime]:
    zone = timezone.get_current_timezone()
    return datetime.combine(date(year, 1, 1), time.min, zone), datetime.combine(date(year + 1, 1, 1), time.min, zone)


def _facts(year: int) -> list[Fact]:
    rows = Document.objects.published_between(*_bounds(year)).order_by()
    return list(rows.values_list("unit_id", "group", "issued_on", "published_at", "days_late"))


def _calendar(facts: Sequence[Fact]) -> WorkingCalendar:
    signed = [fact[2] for fact in facts if fact[2]]
    today = timezone.localdate()
    return WorkingCalendar.around(min(signed, default=today), today)


def _days(calendar: WorkingCalendar, signed: date | None, published: datetime) -> int | None:
    return calendar.between(signed, timezone.localdate(published)) if signed else None


def months_of(year: int) -> list[Month]:
    """The unit's months of a year in which something was published, newest first; two queries."""
    facts = _facts(year)
    calendar = _calendar(facts)
    lines: dict[int, dict[str, Line]] = defaultdict(lambda: defaultdict(Line))
    for _unit, group, signed, published, late in facts:
        days = _days(calendar, signed, published)
        for name in (group, ""):
            lines[timezone.localdate(published).month][name].add(days, is_late=late > 0)
    return [
        Month(
            date(year, month, 1),
            lines[month][""],
            [(choice.label, lines[month][choice]) for choice in DocumentGroup if choice in lines[month]],
        )
        for month in sorted(lines, reverse=True)
    ]


def waiting_now(today: date) -> dict[str, int]:
    """The unit's drafts that have a deadline, and those of them that are late already; one query."""
    drafts = Document.objects.filter(status=DocumentStatus.DRAFT, due_on__isnull=False).order_by()
    return drafts.aggregate(waiting=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=today)))


def units_in(units: Sequence[Unit], year: int) -> list[UnitLine]:
    """All these units in a year, the most late ones first, units without a document at the end; three queries."""
    with units_scope(units):
        facts = _facts(year)
        drafts = Document.objects.filter(status=DocumentStatus.DRAFT, due_on__isnull=False).order_by().values("unit_id")
        today = timezone.localdate()
        counts = list(
            drafts.annotate(waiting=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=today))).values_list(
                "unit_id", "waiting", "overdue"
            )
        )
    calendar = _calendar(facts)
    lines: dict[int, Line] = defaultdict(Line)
    for unit_id, _group, signed, published, late in facts:
        lines[unit_id].add(_days(calendar, signed, published), is_late=late > 0)
    waiting = {unit_id: (number, overdue) for unit_id, number, overdue in counts}
    rows = [UnitLine(unit, lines[unit.pk], *waiting.get(unit.pk, (0, 0))) for unit in units]
    return sorted(rows, key=lambda row: (-row.line.late - row.overdue, -row.line.total, row.unit.sort_name))


def csv_of(rows: Iterable[UnitLine], year: int) -> str:
    """The province's table as a file for spreadsheets."""
    heads = [
        _("Mã"), _("Đơn vị"), _("Năm"), _("Đăng đúng hạn"), _("Đăng trễ"), _("Số ngày làm việc (trung vị)"),
        _("Chưa đăng"), _("Chưa đăng, đã quá hạn"),
    ]  # fmt: skip
    lines = (
        [row.unit.code, row.unit.name, year, row.line.on_time, row.line.late, row.line.median_words, row.waiting, row.overdue]
        for row in rows
    )  # fmt: skip
    return csv_text([heads, *lines])
