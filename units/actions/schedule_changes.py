"""What happens to an entry after it stands in the table: moved, put off, held after all, taken off the public page."""

from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.models import User
from units.actions.schedule_checks import ScheduleChanged, needed_reason, short_note
from units.actions.schedule_entries import save_entry
from units.actions.schedule_keeping import claim, is_in_table, keep_change, next_edit, show, undo_approval
from units.enums.schedule import ChangeKind, EntryStage, EntryStatus, Visibility
from units.models import ScheduleEntry

STATE = ("status", "visibility", "sequence", "changed_at", "change_note", "edited_at")


def move_entry(
    *, entry: ScheduleEntry, actor: User | None, day: date, starts_at: time | None, session: str, note: str = ""
) -> ScheduleEntry:
    """Another day or time, the length kept; another week takes the entry into its own table.

    Raises as save_entry; a length that would run over midnight too.
    """
    length = _minutes(entry.ends_at) - _minutes(entry.starts_at) if entry.starts_at and entry.ends_at else None
    entry.day, entry.starts_at, entry.session = day, starts_at, session
    if starts_at is None or length is None:
        entry.ends_at = None
    else:
        ends = _minutes(starts_at) + length
        if ends >= 24 * 60:
            raise ValidationError({"starts_at": _("Việc kéo qua nửa đêm thì tách thành hai ngày, ghi thành hai việc.")})
        entry.ends_at = time(ends // 60, ends % 60)
    return save_entry(entry=entry, actor=actor, note=note)


def _minutes(at: time | None) -> int:
    return at.hour * 60 + at.minute if at else 0


@transaction.atomic
def cancel_entry(*, entry: ScheduleEntry, actor: User | None, reason: str) -> ScheduleEntry:
    """Put an entry off: it stays, struck, with the reason. Raises ValidationError without one, or when it is put off."""
    words = needed_reason(reason, _("Viết một câu vì sao hoãn; người dân sẽ đọc câu này."))
    return _restate(entry, ChangeKind.CANCELLED, actor, words)


@transaction.atomic
def restore_entry(*, entry: ScheduleEntry, actor: User | None, note: str) -> ScheduleEntry:
    """Hold after all what was put off; show again what was taken off the public page (whoever may publish)."""
    return _restate(entry, ChangeKind.RESTORED, actor, short_note(note))


@transaction.atomic
def withdraw_entry(*, entry: ScheduleEntry, actor: User | None, reason: str) -> ScheduleEntry:
    """Take an entry off the public page at once: from then on internal. Citizens read only that something was taken off.

    The reason is for the office (audit trail): said in public it could tell what had to be hidden.
    """
    words = needed_reason(reason, _("Viết một câu vì sao gỡ; câu này chỉ lưu nội bộ."))
    return _restate(entry, ChangeKind.WITHDRAWN, actor, words)


def _restate(entry: ScheduleEntry, kind: ChangeKind, actor: User | None, words: str) -> ScheduleEntry:
    claimed = claim(entry)
    row, was_seen = claimed.before, claimed.was_seen
    public_words = "" if kind == ChangeKind.WITHDRAWN else words
    _refuse_step(row, kind)
    was_withdrawn = row.published_at is not None and row.visibility == Visibility.INTERNAL
    if kind == ChangeKind.CANCELLED:
        row.status = EntryStatus.CANCELLED
    elif kind == ChangeKind.WITHDRAWN:
        row.visibility = Visibility.INTERNAL
    elif was_withdrawn:
        row.visibility = Visibility.PUBLIC
    else:
        row.status = EntryStatus.CHANGED if was_seen else EntryStatus.PLANNED
    row.sequence, row.edited_at = row.sequence + 1, next_edit(row)
    row.changed_at = row.edited_at
    row.change_note = row.change_note if kind == ChangeKind.WITHDRAWN else public_words
    row.save(update_fields=STATE)
    record(verb=f"schedule.{VERBS[kind]}", target=row, actor=actor, detail={"reason": words} if words else {})
    if was_seen or was_withdrawn:
        keep_change(row, kind, actor=actor, note=public_words)
        show([row.week], row.edited_at)
    if is_in_table(row):
        undo_approval([row.week], actor=actor)
    entry.refresh_from_db()
    return entry


VERBS = {ChangeKind.CANCELLED: "cancel", ChangeKind.RESTORED: "restore", ChangeKind.WITHDRAWN: "withdraw"}


def _refuse_step(row: ScheduleEntry, kind: ChangeKind) -> None:
    """ValidationError for what is not in the table, ScheduleChanged for what somebody else has done already."""
    is_public = row.published_at is not None and row.visibility == Visibility.PUBLIC
    if row.stage != EntryStage.ACCEPTED:
        raise ValidationError(_("Việc này chưa được đưa vào lịch."))
    if kind == ChangeKind.WITHDRAWN and row.published_at is None:
        raise ValidationError(_("Người dân chưa thấy việc này: không cần gỡ, sửa thành “Nội bộ” là đủ."))
    if kind == ChangeKind.WITHDRAWN and not is_public:
        raise ScheduleChanged
    if kind == ChangeKind.CANCELLED and row.status == EntryStatus.CANCELLED:
        raise ScheduleChanged
    if kind == ChangeKind.RESTORED and row.status != EntryStatus.CANCELLED and (is_public or row.published_at is None):
        raise ScheduleChanged
