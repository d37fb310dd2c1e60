"""The week's table as a whole: approving, publishing, copying another week's."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.models import User
from portal.core.text import nfc, one_line
from units.actions.schedule_checks import WeekHasConflicts, check_present, short_note
from units.actions.schedule_keeping import lock_weeks, show, undo_approval
from units.actions.schedule_openings import (
    SERIES_SHAPE,
    day_in,
    days_off,
    leave_absent_out,
    open_week,
    refuse_closed_unit,
)
from units.enums.schedule import ChangeKind, EntryStage, EntryStatus, WeekStatus
from units.models import ScheduleChange, ScheduleEntry, ScheduleWeek
from units.people.posts import PostsBetween
from units.rules.schedule import monday_of
from units.schedule.conflicts import Conflict, conflicts_between

NO_REASONS: Mapping[int, str] = MappingProxyType({})


@transaction.atomic
def approve_week(*, week: ScheduleWeek, actor: User) -> bool:
    """The chief of office agrees with the table; False when somebody else just did. Any later change asks for it again.

    Raises ValidationError for an empty table.
    """
    fresh = lock_weeks([week.pk])[week.pk]
    if not ScheduleEntry.objects.accepted().filter(week=fresh).exists():
        raise ValidationError(_("Lịch tuần này chưa có việc nào."))
    waiting = ScheduleWeek.objects.filter(pk=week.pk, status=WeekStatus.COLLECTING)
    if not waiting.update(status=WeekStatus.APPROVED, approved_by=actor, approved_at=timezone.now()):
        return False
    record(verb="schedule.approve", target=fresh, actor=actor)
    week.refresh_from_db()
    return True


@transaction.atomic
def publish_week(*, week: ScheduleWeek, actor: User, overrides: Mapping[int, str] = NO_REASONS) -> int:
    """Put out the public part of an approved table; returns how many entries became public.

    Again: puts out what was added since, each marked as added. Raises WeekHasConflicts while somebody or a room is taken
    twice without a reason (``overrides``: entry → reason), ValidationError for a table that is not approved, and for one that
    names somebody who has left since.
    """
    refuse_closed_unit()
    fresh = lock_weeks([week.pk])[week.pk]
    if fresh.status == WeekStatus.COLLECTING:
        raise ValidationError(_("Lịch chưa duyệt, hoặc đã sửa sau khi duyệt. Duyệt lại rồi mới công bố được."))
    conflicts = conflicts_between(fresh.monday, fresh.sunday)
    _keep_reasons(conflicts, overrides)
    if left := unexcused(conflicts):
        raise WeekHasConflicts(left)
    now = timezone.now()
    rows = list(
        ScheduleEntry.objects.unpublished().filter(week=fresh).select_related("chair").prefetch_related("persons")
    )
    check_present(rows)
    number = ScheduleEntry.objects.unpublished().filter(week=fresh).update(published_at=now)
    if fresh.published_at is not None:
        ScheduleChange.objects.bulk_create(
            ScheduleChange(entry=row, kind=ChangeKind.ADDED, at=now, by=actor) for row in rows
        )
    if fresh.status != WeekStatus.PUBLISHED or number:
        _mark_published(fresh, actor, number)
    week.refresh_from_db()
    return number


def _mark_published(week: ScheduleWeek, actor: User, number: int) -> None:
    now = timezone.now()
    first: dict[str, Any] = {} if week.published_at else {"published_at": now, "published_by": actor}
    ScheduleWeek.objects.filter(pk=week.pk).update(status=WeekStatus.PUBLISHED, **first)
    record(verb="schedule.publish", target=week, actor=actor, detail={"entries": number})
    show([week], now)


def _keep_reasons(conflicts: Iterable[Conflict], overrides: Mapping[int, str]) -> None:
    """Only for entries that collide: a reason for nothing is not kept."""
    concerned = {key for one in conflicts for key in (one.entry_id, 0 if one.is_reception else one.other_id)}
    for key, text in overrides.items():
        if key in concerned and (reason := short_note(text, "reason")):
            ScheduleEntry.objects.filter(pk=key).update(override_reason=reason)


def unexcused(conflicts: list[Conflict]) -> list[Conflict]:
    """Those for which neither entry has a reason; one query."""
    if not conflicts:
        return []
    keys = {key for one in conflicts for key in (one.entry_id, 0 if one.is_reception else one.other_id)}
    rows = ScheduleEntry.objects.filter(pk__in=keys).exclude(override_reason="")
    excused = set(rows.values_list("pk", flat=True))
    return [
        one
        for one in conflicts
        if one.entry_id not in excused and (one.is_reception or one.other_id not in excused)
    ]  # fmt: skip


@transaction.atomic
def save_week_note(*, week: ScheduleWeek, note: str, actor: User) -> ScheduleWeek:
    """The public remark above the table; an approved table is to be approved again."""
    words = short_note(nfc(note))
    fresh = lock_weeks([week.pk])[week.pk]
    if fresh.note != words:
        ScheduleWeek.objects.filter(pk=week.pk).update(note=words)
        record(verb="schedule.note", target=fresh, actor=actor, detail={"before": fresh.note, "after": words})
        undo_approval([fresh], actor=actor)
        if fresh.published_at:
            show([fresh], timezone.now())
    week.refresh_from_db()
    return week


def copyable(monday: date) -> list[ScheduleEntry]:
    """Lines of a week that may come along into another: not put off, not recurring ones, which come by themselves."""
    rows: Any = ScheduleEntry.objects.accepted().with_people().filter(week__monday=monday)
    return list(rows.exclude(status=EntryStatus.CANCELLED).exclude(series__is_active=True).in_order())


def line_key(row: ScheduleEntry, day: date) -> tuple[Any, ...]:
    """What makes two lines the same one on ``day``."""
    return day, row.session, row.starts_at, one_line(row.title).lower()


@transaction.atomic
def copy_week(*, source: date, target: date, actor: User | None, chosen: Collection[int] | None = None) -> int:
    """Copy one week's table, or its ``chosen`` lines, into another (``source``, ``target``: any day of it); returns how many.

    Put-off entries, recurring ones and days off are left out, and what already stands in the target (day, time, title), so
    that pressing twice copies once. A leader without a post on the new day is left out; the internal note says so.
    """
    if monday_of(source) == monday_of(target):
        raise ValidationError(_("Chọn tuần khác để chép từ đó."))
    week = open_week(day=target)
    lock_weeks([week.pk])
    off, posts = days_off(week.monday, week.sunday), PostsBetween.read(week.monday, week.sunday)
    known = {line_key(row, row.day) for row in ScheduleEntry.objects.filter(week=week)}
    number = 0
    for row in copyable(monday_of(source)):
        day = day_in(week, monday_of(source), row.day)
        if (chosen is None or row.pk in chosen) and day not in off and line_key(row, day) not in known:
            _copy(row, day, week, posts)
            known.add(line_key(row, day))
            number += 1
    if number:
        detail = {"from": monday_of(source).isoformat(), "entries": number}
        record(verb="schedule.copy", target=week, actor=actor, detail=detail)
        undo_approval([week], actor=actor)
    return number


def _copy(row: ScheduleEntry, day: date, week: ScheduleWeek, posts: PostsBetween) -> None:
    values = {name: getattr(row, name) for name in (*SERIES_SHAPE, "proposing_id", "is_demo")}
    entry = ScheduleEntry(week=week, day=day, stage=EntryStage.ACCEPTED, **values)
    leave_absent_out(entry, posts)
    entry.save()
    entry.persons.set([one for one in row.persons.all() if posts.on(one.pk, day)])
    entry.divisions.set(row.divisions.all())
    entry.invited_units.set(row.invited_units.all())
