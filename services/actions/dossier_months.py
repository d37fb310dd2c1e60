"""Counting months of dossiers: exact, repeatable, and anew for every month whose dossiers are all still here."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.page_cache import bump_generation
from portal.core.tenancy import current_unit_id
from services.models import Dossier, DossierMonth
from services.rules import dossiers as rules

MOST_FIELDS: Final = 100
_COUNTS: Final = ("received", "on_time", "late", "running", "overdue")
Counts = dict[str, dict[str, int]]


def month_ends(month: date) -> tuple[date, date]:
    """First and last day of the month that ``month`` lies in."""
    first = month.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def months_to_count(today: date) -> Iterator[date]:
    """First days of the months that can be counted exactly, oldest first, up to this one.

    Dropped dossiers were finished, or last named, more than KEPT_DAYS ago, so none of them touches a month that begins later.
    """
    month = (today - timedelta(days=rules.KEPT_DAYS) + timedelta(days=31)).replace(day=1)
    while month <= today:
        yield month
        month = month_ends(month)[1] + timedelta(days=1)


@transaction.atomic
def count_months(*, today: date) -> int:
    """Count the unit in scope; returns how many rows stand for the counted months. Older months stay as they were."""
    counted_at = timezone.now()
    months = list(months_to_count(today))
    rows = [
        DossierMonth(month=month, field_name=name, counted_at=counted_at, **counts)
        for month in months
        for name, counts in _counts(month, today).items()
    ]
    DossierMonth.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["unit", "month", "field_name"],
        update_fields=[*_COUNTS, "counted_at"],
    )
    DossierMonth.objects.filter(month__gte=months[0], counted_at__lt=counted_at).delete()
    bump_generation(current_unit_id())
    return len(rows)


def _counts(month: date, today: date) -> Counts:
    """Field → counts, with the unit's whole under the empty name; nothing for a month without any dossier."""
    first, last = month_ends(month)
    found = Dossier.objects.all().counted(first, min(last, today))
    fields: Counts = {row["field_name"]: {name: row[name] for name in _COUNTS} for row in found}
    fields = {name: counts for name, counts in fields.items() if any(counts.values())}
    if not fields:
        return {}
    whole: dict[str, int] = defaultdict(int)
    for counts in fields.values():
        for name, number in counts.items():
            whole[name] += number
    return {"": dict(whole), **_bounded(fields)}


def _bounded(fields: Counts) -> Counts:
    """At most MOST_FIELDS fields: a source with a field for each dossier must not fill the table; the rest is added up."""
    if len(fields) <= MOST_FIELDS:
        return fields
    order = sorted(fields, key=lambda name: (-sum(fields[name].values()), name))
    kept = {name: fields[name] for name in order[: MOST_FIELDS - 1]}
    rest = _("Các lĩnh vực còn lại")
    kept[rest] = {count: sum(fields[name][count] for name in order[MOST_FIELDS - 1 :]) for count in _COUNTS}
    return kept
