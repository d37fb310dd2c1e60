"""Bringing a list of units in, all or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.tenancy import unit_scope
from units.actions.units import close_unit, create_unit
from units.importing import ImportRefused, UnitRow
from units.models import Unit


@dataclass(slots=True)
class ImportReport:
    """What an import changed: names of units created, updated and closed, and how many stayed as they were."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    unchanged: int = 0


@transaction.atomic
def import_units(
    *, rows: Iterable[UnitRow], valid_from: date, explicit_date: bool, actor: User | None = None
) -> ImportReport:
    """Bring the units of a checked file in, all or nothing; repeating changes nothing.

    A row is the current unit of its code, unless ``explicit_date`` (``--valid-from`` or the column) says a new one
    begins: then the code's former holder is closed the day before. Raises ImportRefused naming lines.
    """
    run = _Run(valid_from, explicit_date, actor)
    run.take_all(list(rows))
    if run.problems:
        raise ImportRefused(run.problems)
    return run.report


@dataclass(slots=True)
class _Run:
    """One import as it goes: what is done, what went wrong."""

    valid_from: date
    explicit_date: bool
    actor: User | None
    done: dict[str, Unit] = field(default_factory=dict)
    report: ImportReport = field(default_factory=ImportReport)
    problems: list[str] = field(default_factory=list)

    def take_all(self, waiting: list[UnitRow]) -> None:
        """Parents before children, whatever the order of the lines."""
        open_codes = {row.code for row in waiting}
        while waiting:
            ready = [row for row in waiting if row.parent_code not in open_codes]
            if not ready:
                self.problems += [_("Dòng %(line)d: vòng lặp trực thuộc.") % {"line": row.line} for row in waiting]
                return
            for row in ready:
                unit = self.take(row)
                if unit:
                    self.done[row.code] = unit
                open_codes.discard(row.code)
            waiting = [row for row in waiting if row.code in open_codes]

    def take(self, row: UnitRow) -> Unit | None:
        """One row: the unit it is, refreshed or new; None with a problem noted."""
        parent = self._parent_of(row)
        valid_from = row.valid_from or self.valid_from
        dated = self.explicit_date or row.valid_from is not None
        holder = Unit.objects.current().filter(code=row.code).first()
        # A unit that keeps code, name and parent goes on; a new parent makes it a new unit (Phường Vỹ Dạ, 01/7/2025).
        goes_on = holder if holder and (not dated or _is_unchanged(holder, row, parent)) else None
        unit = Unit.objects.filter(code=row.code, valid_from=valid_from).first() or goes_on
        if unit:
            return self._refresh(unit, row, parent, dated=dated)
        if holder and not self._close(holder, row, valid_from):
            return None
        unit = create_unit(
            code=row.code, valid_from=valid_from, valid_to=row.valid_to, kind=row.kind, type_name=row.type_name,
            name=row.name, name_en=row.name_en, slug=row.slug, parent=parent, actor=self.actor,
        )  # fmt: skip
        self.report.created.append(unit.name)
        return unit

    def _parent_of(self, row: UnitRow) -> Unit | None:
        if not row.parent_code:
            return None
        parent = self.done.get(row.parent_code) or Unit.objects.current().filter(code=row.parent_code).first()
        if parent is None:
            self.problems.append(
                _("Dòng %(line)d: không có đơn vị trực thuộc mã %(code)s.")
                % {"line": row.line, "code": row.parent_code}
            )
        return parent

    def _close(self, holder: Unit, row: UnitRow, valid_from: date) -> bool:
        if holder.valid_from >= valid_from:
            self.problems.append(
                _("Dòng %(line)d: mã %(code)s đang thuộc %(name)s từ %(day)s, sau ngày của tệp.")
                % {"line": row.line, "code": row.code, "name": holder.name, "day": holder.valid_from}
            )
            return False
        close_unit(unit=holder, last_day=valid_from - timedelta(days=1), actor=self.actor)
        self.report.closed.append(holder.name)
        return True

    def _refresh(self, unit: Unit, row: UnitRow, parent: Unit | None, *, dated: bool) -> Unit | None:
        if not dated and unit.name != row.name and unit.kind != row.kind:
            self.problems.append(
                _("Dòng %(line)d: mã %(code)s đang thuộc %(name)s; thêm --valid-from để khai đơn vị mới.")
                % {"line": row.line, "code": row.code, "name": unit.name}
            )
            return None
        wanted: dict[str, Any] = {
            "name": row.name,
            "type_name": row.type_name,
            "kind": row.kind,
            "name_en": row.name_en or unit.name_en,
            "parent_id": parent.pk if parent else None,
        }
        changed = {name: value for name, value in wanted.items() if getattr(unit, name) != value}
        if not changed:
            self.report.unchanged += 1
            return unit
        for name, value in changed.items():
            setattr(unit, name, value)
        unit.save()
        bump_generation(unit.pk)
        with unit_scope(unit):
            detail = {name: str(value) for name, value in changed.items()}
            record(verb="unit.update", target=unit, actor=self.actor, detail=detail)
        self.report.updated.append(unit.name)
        return unit


def _is_unchanged(unit: Unit, row: UnitRow, parent: Unit | None) -> bool:
    return (unit.name, unit.kind, unit.parent_id) == (row.name, row.kind, parent.pk if parent else None)
