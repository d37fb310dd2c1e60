"""Writing entries of the schedule: the office's own, and departments' proposals on their way into the table."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.audit import record, record_many
from portal.core.models import User
from units.actions.schedule_checks import check_entry, check_present, needed_reason, short_note, tidy
from units.actions.schedule_keeping import (
    TIME_FIELDS,
    Claimed,
    claim,
    differences,
    forget_reasons,
    is_in_table,
    is_seen,
    keep_change,
    lock_weeks,
    mark_changed,
    next_edit,
    show,
    snapshot,
    undo_approval,
)
from units.actions.schedule_openings import open_week
from units.enums.schedule import ChangeKind, EntryStage, Visibility
from units.models import Division, Person, ScheduleEntry, Unit

SHAPE: Final = (
    *("session", "starts_at", "ends_at", "title", "content", "room", "place", "chair", "chair_text", "attendees_text"),
    *("preparing", "preparing_text", "vehicle", "notes", "visibility", "day", "proposing"),
)
KEPT: Final = (
    *("stage", "status", "uid", "sequence", "published_at", "changed_at", "change_note", "override_reason"),
    *("proposed_by_id", "return_reason", "series_id", "series_day", "is_demo"),
)
WRITTEN: Final = (
    *SHAPE,
    *("week", "status", "sequence", "changed_at", "change_note", "override_reason", "edited_at"),
)


@dataclass(frozen=True, slots=True)
class _Guests:
    """Who takes part; None leaves what is stored."""

    persons: Sequence[Person] | None
    divisions: Sequence[Division] | None
    invited_units: Sequence[Unit] | None

    def store(self, entry: ScheduleEntry) -> None:
        if self.persons is not None:
            entry.persons.set(self.persons)
        if self.divisions is not None:
            entry.divisions.set(self.divisions)
        if self.invited_units is not None:
            entry.invited_units.set(self.invited_units)


@transaction.atomic
def save_entry(
    *, entry: ScheduleEntry, actor: User | None, persons: Sequence[Person] | None = None,
    divisions: Sequence[Division] | None = None, invited_units: Sequence[Unit] | None = None, note: str = "",
) -> ScheduleEntry:  # fmt: skip
    """Create or change an entry; None leaves who takes part.

    What citizens have seen changes before their eyes: kept as a ScheduleChange with ``note``. Raises ValidationError by
    field, and ScheduleChanged when somebody else wrote the entry since it was read (``entry.edited_at``).
    """
    return _write(entry, actor, _Guests(persons, divisions, invited_units), note, "schedule.save")


@transaction.atomic
def propose_entry(
    *, entry: ScheduleEntry, actor: User | None, persons: Sequence[Person] | None = None,
    divisions: Sequence[Division] | None = None, invited_units: Sequence[Unit] | None = None, note: str = "",
) -> ScheduleEntry:  # fmt: skip
    """A department asks for a place in a week's table, or mends what was returned; the office takes it in later.

    Any week takes proposals, a published one too: the proposal waits. Raises ValidationError for an entry that the office
    has taken in already.
    """
    if entry.pk:
        known = claim(entry).before
        if known.stage == EntryStage.ACCEPTED:
            raise ValidationError(_("Văn phòng đã đưa việc này vào lịch. Muốn sửa thì báo Văn phòng."))
    else:
        entry.stage, entry.proposed_by = EntryStage.PROPOSED, actor
    _write(entry, actor, _Guests(persons, divisions, invited_units), note, "schedule.propose")
    returned = ScheduleEntry.objects.filter(pk=entry.pk, stage=EntryStage.RETURNED)
    returned.update(stage=EntryStage.PROPOSED, return_reason="")
    entry.stage, entry.return_reason = EntryStage.PROPOSED, ""
    return entry


def _write(entry: ScheduleEntry, actor: User | None, guests: _Guests, note: str, verb: str) -> ScheduleEntry:
    tidy(entry)
    words = short_note(note)
    before = ScheduleEntry.objects.with_people().filter(pk=entry.pk).first() if entry.pk else None
    stored = list(before.persons.all()) if before else []
    persons = stored if guests.persons is None else list(guests.persons)
    week = entry.week if entry.week_id else None
    check_entry(entry, before=before, persons=persons, week=week)
    target = open_week(day=entry.day)
    if before is None and entry._state.adding:
        return _insert(entry, actor, guests, verb)
    claimed = claim(entry, target, seen_at=entry.edited_at)
    return _change(entry, claimed, actor, guests, words, verb)


def _insert(entry: ScheduleEntry, actor: User | None, guests: _Guests, verb: str) -> ScheduleEntry:
    week = open_week(day=entry.day)
    lock_weeks([week.pk])
    entry.week = week
    entry.published_at = None  # only publishing shows anything to citizens
    entry.edited_at = next_edit(None)
    entry.save()
    guests.store(entry)
    record(verb=verb, target=entry, actor=actor, detail={"day": entry.day.isoformat()})
    if is_in_table(entry):
        forget_reasons(entry, TIME_FIELDS)
        undo_approval([week], actor=actor)
    return entry


def _change(
    entry: ScheduleEntry, claimed: Claimed, actor: User | None, guests: _Guests, note: str, verb: str
) -> ScheduleEntry:
    before = claimed.before
    for name in KEPT:
        setattr(entry, name, getattr(before, name))
    _refuse_sudden_secrecy(before, entry)
    old = snapshot(before)
    entry.week = open_week(day=entry.day)
    entry.edited_at = next_edit(before)
    guests.store(entry)
    gone, come = differences(old, snapshot(ScheduleEntry.objects.with_people().get(pk=entry.pk)) | _own(entry))
    if gone or come:
        entry.sequence += 1
        forget_reasons(entry, come)
    if claimed.was_seen and come:
        mark_changed(entry)
        entry.changed_at, entry.change_note = entry.edited_at, note
        kind = ChangeKind.MOVED if TIME_FIELDS & come.keys() else ChangeKind.EDITED
        keep_change(entry, kind, actor=actor, note=note, values=(gone, come))
        show({before.week_id: before.week, entry.week_id: entry.week}.values(), entry.edited_at)
    entry.save(update_fields=WRITTEN)
    record(verb=verb, target=entry, actor=actor, detail={"before": gone, "after": come} if come else {})
    if is_in_table(entry) and (come or before.visibility != entry.visibility):
        undo_approval(claimed.weeks.values(), actor=actor)
    return entry


def _own(entry: ScheduleEntry) -> dict[str, str]:
    """The snapshot of what stands in the row itself: it is not stored yet, who takes part is."""
    shared = {"persons", "divisions", "invited_units"}
    return {name: text for name, text in snapshot(entry).items() if name not in shared}


def _refuse_sudden_secrecy(before: ScheduleEntry, after: ScheduleEntry) -> None:
    if before.published_at is None or before.visibility == after.visibility:
        return
    if after.visibility == Visibility.INTERNAL:
        words = _("Người dân đã thấy việc này. Không chuyển thành nội bộ được; dùng “Gỡ khỏi lịch công khai”.")
    else:
        words = _("Việc này đã gỡ khỏi lịch công khai. Người được công bố lịch mở bàn lịch tuần, bấm “Đăng lại”.")
    raise ValidationError({"visibility": words})


@transaction.atomic
def accept_entries(*, pks: Collection[int], actor: User) -> int:
    """Take proposals into the table; returns how many. Proposals that somebody else took or returned are left.

    Raises ValidationError, and takes none, where somebody named in one holds no post on its day any more.
    """
    week_ids = ScheduleEntry.objects.waiting().filter(pk__in=pks).values_list("week_id", flat=True)
    weeks = lock_weeks(set(week_ids))
    waiting = ScheduleEntry.objects.waiting().filter(pk__in=pks, week_id__in=weeks)
    rows = list(waiting.select_related("chair").prefetch_related("persons"))
    check_present(rows)
    found = ScheduleEntry.objects.waiting().filter(pk__in=[row.pk for row in rows])
    number = found.update(stage=EntryStage.ACCEPTED, return_reason="", edited_at=next_edit(None))
    if number:
        record_many(verb="schedule.accept", targets=rows, actor=actor)
        for row in rows:
            forget_reasons(row, TIME_FIELDS)
        undo_approval([weeks[key] for key in {row.week_id for row in rows}], actor=actor)
    return number


@transaction.atomic
def return_entry(*, entry: ScheduleEntry, actor: User, reason: str) -> ScheduleEntry:
    """Send a proposal back with a reason; also one already in the table, as long as citizens never saw it.

    Raises ValidationError without a reason, for an entry of the office itself, and for one that is public.
    """
    words = needed_reason(reason, _("Viết một câu để phòng, ban biết phải sửa gì."))
    claimed = claim(entry)
    before = claimed.before
    if before.proposed_by_id is None or before.published_at is not None or before.stage == EntryStage.RETURNED:
        raise ValidationError(_("Chỉ trả lại được đề xuất của phòng, ban chưa công bố."))
    at = next_edit(before)
    ScheduleEntry.objects.filter(pk=before.pk).update(stage=EntryStage.RETURNED, return_reason=words, edited_at=at)
    record(verb="schedule.return", target=before, actor=actor, detail={"reason": words})
    if is_in_table(before):
        undo_approval(claimed.weeks.values(), actor=actor)
    entry.refresh_from_db()
    return entry


@transaction.atomic
def delete_entry(*, entry: ScheduleEntry, actor: User | None) -> None:
    """Delete what citizens never saw; raises ValidationError for anything else."""
    claimed = claim(entry)
    before = claimed.before
    if before.published_at is not None:
        raise ValidationError(_("Việc đã công bố thì không xóa: bấm “Hoãn”, hoặc “Gỡ khỏi lịch công khai”."))
    detail: dict[str, Any] = {"day": before.day.isoformat()}
    record(verb="schedule.delete", target=before, actor=actor, detail=detail)
    if is_in_table(before):
        undo_approval(claimed.weeks.values(), actor=actor)
    before.delete()


__all__ = [
    "accept_entries",
    "delete_entry",
    "is_seen",
    "propose_entry",
    "return_entry",
    "save_entry",
]
