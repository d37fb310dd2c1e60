"""Until when a disclosure is in time, and how late it was; the duties themselves, which operators keep."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import DisclosureDuty, DisclosureEntry
from news.rules.disclosure import Period, days_late, due_day, is_periodic, period_at, terms_for
from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_every_generation, bump_generation
from portal.core.tenancy import current_unit_id
from portal.core.working_days import WorkingCalendar
from units.models import Unit

LOOKED_BACK: Final = timedelta(days=800)
"""How far back published entries are measured anew when a duty or a holiday was put right: this year and the two before."""
_BATCH: Final = 500
_SPAN: Final = timedelta(days=60)


def applies_to(duty: DisclosureDuty, kind: str) -> bool:
    """Whether units of this kind owe the duty; one without kinds is owed by all."""
    return not duty.kinds or kind in duty.kinds


def rows_of(duty: DisclosureDuty) -> list[DisclosureDuty]:
    """All dated rows of a duty, the newest first."""
    return list(DisclosureDuty.objects.filter(code=duty.code).order_by("-valid_from")[:50])


def calendar_for(rows: Iterable[DisclosureDuty], first: date, last: date) -> WorkingCalendar:
    """The working days that count between two days and for the longest term behind them; one query."""
    most = max((row.due_days for row in rows), default=0)
    return WorkingCalendar.around(first, last + timedelta(days=most * 2) + _SPAN)


def _measured(
    rows: list[DisclosureDuty], entry: DisclosureEntry, calendar: WorkingCalendar, period: Period | None
) -> tuple[date | None, int]:
    duty = (period and terms_for(rows, period)) or entry.duty
    due = due_day(duty, period, entry.signed_on, calendar)
    done = timezone.localdate(entry.published_at) if entry.published_at else None
    return due, days_late(duty, due, done, calendar)


def _period(entry: DisclosureEntry) -> Period | None:
    kind = entry.duty.period
    return period_at(kind, entry.year, entry.part) if is_periodic(kind) else None


def measure(entry: DisclosureEntry) -> tuple[date | None, int]:
    """The last day in time and the lateness of one entry; two queries."""
    rows, period, today = rows_of(entry.duty), _period(entry), timezone.localdate()
    days = [day for day in (entry.signed_on, period and period.first, period and period.last, today) if day]
    return _measured(rows, entry, calendar_for(rows, min(days), max(days)), period)


@transaction.atomic
def remeasure_disclosures() -> int:
    """Put right, in the unit in scope, what a changed duty or holiday moved; how many rows changed. Can be repeated."""
    entries = list(DisclosureEntry.objects.measured_since(timezone.now() - LOOKED_BACK))
    if not entries:
        return 0
    rows: dict[str, list[DisclosureDuty]] = {}
    for duty in DisclosureDuty.objects.order_by("-valid_from"):
        rows.setdefault(duty.code, []).append(duty)
    today = timezone.localdate()
    begun = [period.first for entry in entries if (period := _period(entry))]
    days = [*begun, *(entry.signed_on for entry in entries if entry.signed_on)]
    calendar = calendar_for([row for group in rows.values() for row in group], min([*days, today]), today)
    changed = []
    for entry in entries:
        measured = _measured(rows.get(entry.duty.code, []), entry, calendar, _period(entry))
        if measured != (entry.due_on, entry.days_late):
            entry.due_on, entry.days_late = measured
            changed.append(entry)
    if changed:
        DisclosureEntry.objects.bulk_update(changed, ["due_on", "days_late"], batch_size=_BATCH)
        bump_generation(current_unit_id())
    return len(changed)


def turn_the_day() -> None:
    """Let no cached page go on saying what was true yesterday; sites do not count as changed by that."""
    Unit.objects.update(generation=F("generation") + 1)


@transaction.atomic
def save_duty(*, duty: DisclosureDuty, actor: User | None) -> DisclosureDuty:
    """Create or change a duty; pages of all units follow at once, kept deadlines in the night (news.measure_all_disclosures)."""
    duty.save()
    record(verb="disclosureduty.save", target=duty, actor=actor, detail={"days": duty.due_days})
    bump_every_generation()
    return duty


@transaction.atomic
def delete_duty(*, duty: DisclosureDuty, actor: User | None) -> None:
    """Take away a duty that has not begun; raises ValidationError for any other: units may have disclosed under it."""
    if duty.valid_from <= timezone.localdate():
        raise ValidationError(_("Dòng này đã áp dụng. Ghi ngày hết áp dụng, đừng xóa."))
    record(verb="disclosureduty.delete", target=duty, actor=actor)
    duty.delete()
    bump_every_generation()
