"""Who handles what: the most exact of the dated rows; without any, the commune where it happened, else where it was sent."""

from datetime import date

from django.db.models import Q

from feedback.models import CaseCategory, CaseRoute
from units.models import Unit


def _or_empty(name: str, key: int | None) -> Q:
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}_id": key}) if key else Q(**{f"{name}__isnull": True})


def holder_of(
    *, kind: str, category: CaseCategory | None, commune: Unit | None, intake: Unit, day: date
) -> Unit:  # fmt: skip
    """The unit that a new case goes to; one query. A unit that has been closed is passed over."""
    rows = CaseRoute.objects.on(day).filter(
        _or_empty("category", category.pk if category else None), _or_empty("commune", commune.pk if commune else None),
        _or_empty("intake", intake.pk), kind=kind,
    )  # fmt: skip
    found = list(rows.select_related("to_unit").defer("to_unit__boundary"))
    found.sort(key=lambda row: (row.category_id is None, row.commune_id is None, row.intake_id is None, -row.pk))
    here = commune if commune is not None and not commune.is_closed else intake
    for row in found:
        target = row.to_unit or here
        if not target.is_closed:
            return target
    return here
