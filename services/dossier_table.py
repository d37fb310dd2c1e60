"""The monthly table of dossiers: rows, sums, shares on time, and the same as CSV."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.spreadsheets import csv_text
from portal.core.tenancy import units_scope
from portal.core.text import folded
from services.models import DossierMonth
from units.chrome import site_url
from units.enums import UnitKind
from units.models import Unit

CHIPS: Final = 12
MOST_UNITS: Final = 500


@dataclass(slots=True)
class Line:
    """One row: counts of a field or a unit."""

    name: str
    url: str = ""
    received: int = 0
    on_time: int = 0
    late: int = 0
    running: int = 0
    overdue: int = 0

    @property
    def finished(self) -> int:
        """Those that count for the share: finished with a due day, not withdrawn."""
        return self.on_time + self.late

    @property
    def share(self) -> float | None:
        """Per cent on time of those finished, one decimal; None where nothing was finished. 100 only when none was late."""
        if not self.finished:
            return None
        share = min(round(100 * self.on_time / self.finished, 1), 99.9 if self.late else 100.0)
        return int(share) if share == int(share) else share


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by name, their sum, and when they were counted."""

    lines: list[Line]
    whole: Line
    counted_at: datetime


def months_in(scope: list[int]) -> list[date]:
    """First days of the months that are counted in these units, newest first."""
    with units_scope(scope):
        return DossierMonth.objects.all().months()


def _line(row: DossierMonth, name: str, url: str = "") -> Line:
    return Line(name, url, row.received, row.on_time, row.late, row.running, row.overdue)


def table_of(request: HttpRequest, unit: Unit, scope: list[int], month: date) -> Table:
    """The month's table: fields of one unit, or units of the province; two queries at most."""
    with units_scope(scope):
        if unit.kind == UnitKind.PROVINCE:
            rows = list(DossierMonth.objects.all().whole_units(month, scope)[:MOST_UNITS])
        else:
            rows = list(DossierMonth.objects.all().of_month(month))
    newest = max(row.counted_at for row in rows)
    if unit.kind == UnitKind.PROVINCE:
        lines = _by_unit(request, unit, rows, month)
        whole = _sum(lines, _("Cộng các đơn vị"))
    else:
        lines = [_line(row, row.field_name) for row in rows if row.field_name]
        lines.sort(key=lambda line: (folded(line.name), line.name))  # the database puts Đ behind Z
        whole = next((_line(row, _("Cả đơn vị")) for row in rows if not row.field_name), _sum(lines, _("Cả đơn vị")))
    return Table(lines, whole, newest)


def _by_unit(request: HttpRequest, unit: Unit, rows: list[DossierMonth], month: date) -> list[Line]:
    """A row for each unit, by name; its name leads to its own table."""
    ids = [row.unit_id for row in rows]
    units = {row.pk: row for row in Unit.objects.filter(pk__in=ids).defer("boundary").prefetch_related("domains")}
    path = reverse("services:dossier-month", args=[month.year, month.month])
    rows.sort(key=lambda row: (units[row.unit_id].sort_name, row.unit_id))
    return [
        _line(
            row, units[row.unit_id].name, "" if row.unit_id == unit.pk else site_url(request, units[row.unit_id], path)
        )
        for row in rows
    ]


def _sum(lines: list[Line], name: str) -> Line:
    names = ("received", "on_time", "late", "running", "overdue")
    return Line(name, "", *(sum(getattr(line, count) for line in lines) for count in names))


# --- ways to other months ---------------------------------------------------------------------------------------------


def month_url(month: date) -> str:
    """Address of one month's table."""
    return reverse("services:dossier-month", args=[month.year, month.month])


def month_links(months: list[date], current: date | None) -> list[dict[str, Any]]:
    """The newest months as chips."""
    return [
        {"label": f"{month.month}/{month.year}", "url": month_url(month), "is_current": month == current}
        for month in months[:CHIPS]
    ]


def beside(months: list[date], current: date | None, step: int) -> str:
    """Address of the next older (1) or newer (-1) counted month; "" without one."""
    if current is None:
        return ""
    place = months.index(current) + step
    return month_url(months[place]) if 0 <= place < len(months) else ""


# --- CSV --------------------------------------------------------------------------------------------------------------


def csv_of(table: Table, *, by_unit: bool) -> str:
    """The table with its sum as data: commas between columns, a point before tenths."""
    heads = [
        *(_("Đơn vị") if by_unit else _("Lĩnh vực"), _("Nhận"), _("Xong đúng hạn"), _("Xong trễ")),
        *(_("Đang giải quyết, còn hạn"), _("Đang giải quyết, quá hạn"), _("Đúng hạn (%)")),
    ]
    lines = [
        [line.name, line.received, line.on_time, line.late, line.running, line.overdue, _tenths(line.share)]
        for line in [*table.lines, table.whole]
    ]
    return csv_text([heads, *lines], delimiter=",")


def _tenths(share: float | None) -> str:
    return "" if share is None else f"{share:.1f}"
