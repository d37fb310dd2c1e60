"""What every change of the schedule shares: locks, what citizens saw before and after, the week's state, the page cache.

Whoever writes an entry locks its week's row first (weeks in the order of their keys), so that publishing and changing, or
two clerks, come one after the other: on SQLite every transaction is IMMEDIATE, on PostgreSQL the row is locked.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from units.actions.schedule_checks import ScheduleChanged
from units.enums.schedule import ChangeKind, EntryStage, EntryStatus, Visibility, WeekStatus
from units.models import ScheduleChange, ScheduleEntry, ScheduleWeek
from units.rules.schedule import time_words

TIME_FIELDS: Final = frozenset({"day", "session", "starts_at", "ends_at"})
# A reason for an overlap holds only as long as these stay as they were.
TAKING_FIELDS: Final = TIME_FIELDS | {"room", "chair", "persons"}


@dataclass(frozen=True, slots=True)
class Claimed:
    """An entry as it is stored now, with its week and the week it goes to locked."""

    before: ScheduleEntry
    weeks: dict[int, ScheduleWeek]

    @property
    def was_seen(self) -> bool:
        """Whether citizens see it now."""
        return is_seen(self.before)


def is_seen(entry: ScheduleEntry) -> bool:
    """Whether citizens see the entry; one taken off the page is not seen any more."""
    return entry.published_at is not None and entry.visibility == Visibility.PUBLIC


def lock_weeks(keys: Iterable[int | None]) -> dict[int, ScheduleWeek]:
    """The weeks, locked until the transaction ends, always in the same order."""
    wanted = {key for key in keys if key is not None}
    rows = ScheduleWeek.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    return {week.pk: week for week in rows}


def claim(entry: ScheduleEntry, *more_weeks: ScheduleWeek, seen_at: datetime | None = None) -> Claimed:
    """The stored entry, its weeks locked; ScheduleChanged when it is gone, or was written since ``seen_at``."""
    week_id = ScheduleEntry.objects.filter(pk=entry.pk).values_list("week_id", flat=True).first()
    weeks = lock_weeks([week_id, *(week.pk for week in more_weeks)])
    before = ScheduleEntry.objects.with_people().filter(pk=entry.pk).first()
    if before is None or before.week_id not in weeks or (seen_at is not None and before.edited_at != seen_at):
        raise ScheduleChanged
    return Claimed(before, weeks)


def snapshot(entry: ScheduleEntry) -> dict[str, str]:
    """The public fields as text. ``day`` stays ISO, so that moves between weeks can be asked for."""
    return {
        "day": entry.day.isoformat(),
        "session": "" if entry.starts_at else str(entry.get_session_display()),
        "starts_at": time_words(entry.starts_at) if entry.starts_at else "",
        "ends_at": time_words(entry.ends_at) if entry.ends_at else "",
        "title": entry.title,
        "content": entry.content,
        "room": str(entry.room or ""),
        "place": entry.place,
        "chair": str(entry.chair or ""),
        "chair_text": entry.chair_text,
        "persons": _names(entry.persons.all()),
        "divisions": _names(entry.divisions.all()),
        "invited_units": _names(entry.invited_units.all()),
        "attendees_text": entry.attendees_text,
        "preparing": str(entry.preparing or ""),
        "preparing_text": entry.preparing_text,
    }


def _names(rows: Iterable[Any]) -> str:
    return ", ".join(sorted(str(row) for row in rows))


def differences(before: dict[str, str], after: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Of two snapshots, what differs only."""
    names = [name for name in after if before.get(name, "") != after[name]]
    return {name: before.get(name, "") for name in names}, {name: after[name] for name in names}


def next_edit(before: ScheduleEntry | None) -> datetime:
    """Now, but never the moment of the edit before: equal moments would hide a stale write."""
    now = timezone.now()
    return now if before is None else max(now, before.edited_at + timedelta(microseconds=1))


def mark_changed(entry: ScheduleEntry) -> None:
    """After citizens saw it an entry says that it has changed; cancelled ones stay cancelled."""
    if entry.status in {EntryStatus.PLANNED, EntryStatus.DONE}:
        entry.status = EntryStatus.CHANGED


def keep_change(
    entry: ScheduleEntry,
    kind: ChangeKind,
    *,
    actor: User | None,
    note: str,
    values: tuple[dict[str, str], dict[str, str]] = ({}, {}),
) -> None:
    """Write down what citizens are told: what it was, what it became, when; never silently."""
    at = entry.changed_at or timezone.now()
    ScheduleChange.objects.create(entry=entry, kind=kind, at=at, by=actor, before=values[0], after=values[1], note=note)


def show(weeks: Iterable[ScheduleWeek], at: datetime) -> None:
    """What citizens see of the weeks has changed: "Cập nhật lúc" and the page cache follow."""
    rows = list(weeks)
    ScheduleWeek.objects.filter(pk__in=[week.pk for week in rows]).update(public_changed_at=at)
    if rows:
        bump_generation(rows[0].unit_id)


def undo_approval(weeks: Iterable[ScheduleWeek], *, actor: User | None) -> None:
    """A table that changed after it was approved, and before it was published, is to be approved again."""
    for week in weeks:
        approved = ScheduleWeek.objects.filter(pk=week.pk, status=WeekStatus.APPROVED)
        if approved.update(status=WeekStatus.COLLECTING, approved_by=None, approved_at=None):
            record(verb="schedule.unapprove", target=week, actor=actor)


def forget_reasons(entry: ScheduleEntry, changed: Collection[str]) -> None:
    """A reason for an overlap was given for other times or people: whoever shares the day is asked again."""
    if not TAKING_FIELDS & set(changed):
        return
    ScheduleEntry.objects.filter(day=entry.day).exclude(override_reason="").update(override_reason="")
    entry.override_reason = ""


def is_in_table(entry: ScheduleEntry) -> bool:
    """Whether it stands in the week's table, not among the proposals."""
    return entry.stage == EntryStage.ACCEPTED


def iso(day: date) -> str:
    """For the audit trail."""
    return day.isoformat()
