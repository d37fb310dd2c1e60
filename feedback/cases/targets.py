"""Which units a case may be passed on to: those of today that have this kind of thing switched on."""

from typing import Final

from feedback.enums.cases import CaseKind
from feedback.models import Case
from portal.core.tenancy import units_scope
from units.enums import Module
from units.models import Site, Unit
from units.models.sites import all_modules

NEEDED: Final[dict[str, Module]] = {CaseKind.REPORT: Module.REPORTS, CaseKind.QUESTION: Module.QUESTIONS}
"""Requests for information and personal data must be taken by every office, whatever its site shows."""
TARGETS_SHOWN: Final = 500


def targets_of(case: Case) -> list[Unit]:
    """Units of today that may get this case, by name, without the one that holds it; two queries, bounded."""
    rows = Unit.objects.current().exclude(pk=case.holder_id).defer("boundary").order_by("sort_name", "pk")
    units = [unit for unit in rows[:TARGETS_SHOWN] if not unit.is_closed]
    needed = NEEDED.get(case.kind)
    if needed is None or not units:
        return units
    with units_scope(units):
        switched = dict(Site.objects.values_list("unit_id", "modules"))
    return [unit for unit in units if needed in switched.get(unit.pk, all_modules())]


def may_go_to(case: Case, unit: Unit) -> bool:
    """Whether this one may get it, asked anew in the step itself."""
    today = Unit.objects.current().filter(pk=unit.pk).first()
    if today is None or today.is_closed or today.pk == case.holder_id:
        return False
    needed = NEEDED.get(case.kind)
    if needed is None:
        return True
    with units_scope([today]):
        site = Site.objects.first()
    return site is None or site.has(needed)
