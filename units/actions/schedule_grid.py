"""What the week's grid writes: one typed line, many pasted ones, chosen lines of another week."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.core.audit import record
from portal.core.models import User
from portal.core.text import one_line
from units.actions.schedule import open_week, propose_entry, save_entry
from units.actions.schedule_keeping import lock_weeks, undo_approval
from units.actions.schedule_openings import SERIES_SHAPE, day_in, days_off, leave_absent_out
from units.enums.schedule import EntryStage, EntryStatus
from units.models import Division, Person, ScheduleEntry, ScheduleWeek
from units.posts import PostsBetween
from units.rules.schedule import monday_of


@dataclass(slots=True)
class Line:
    """One line to write: the entry as filled in, and who takes part."""

    entry: ScheduleEntry
    persons: Sequence[Person] = field(default_factory=list)
    divisions: Sequence[Division] = field(default_factory=list)


class LineRefused(ValidationError):
    """One of several lines cannot be written, so none was; ``number`` counts from 0, ``reason`` says why."""

    def __init__(self, number: int, reason: ValidationError) -> None:
        self.number, self.reason = number, reason
        super().__init__(reason.messages)


def save_line(*, line: Line, actor: User, as_proposal: bool, note: str = "") -> ScheduleEntry:
    """Write a typed line into the table, or as a proposal. Sent twice (``entry.uid``) it is written once.

    Raises as save_entry and propose_entry.
    """
    entry = line.entry
    if not entry.pk:
        known = ScheduleEntry.objects.filter(uid=entry.uid).first()
        if known is not None:
            return known
    try:
        return _write(line, actor, as_proposal=as_proposal, note=note)
    except IntegrityError:
        known = ScheduleEntry.objects.filter(uid=entry.uid).first()
        if entry.pk or known is not None:
            return known or entry
        # The browser chose a number that is taken elsewhere; ours are never known beforehand.
        entry.uid = uuid.uuid4()
        return _write(line, actor, as_proposal=as_proposal, note=note)


def _write(line: Line, actor: User, *, as_proposal: bool, note: str) -> ScheduleEntry:
    write = propose_entry if as_proposal else save_entry
    return write(entry=line.entry, actor=actor, persons=line.persons, divisions=line.divisions, note=note)


@transaction.atomic
def save_lines(*, lines: Sequence[Line], actor: User, as_proposal: bool) -> int:
    """Write all of them or none; raises LineRefused with the number of the first that cannot be."""
    for number, line in enumerate(lines):
        try:
            _write(line, actor, as_proposal=as_proposal, note="")
        except ValidationError as reason:
            raise LineRefused(number, reason) from reason
    return len(lines)


def copyable(monday: date) -> list[ScheduleEntry]:
    """Lines of a week that may come along into another: not put off, not recurring ones, which come by themselves."""
    rows: Any = ScheduleEntry.objects.accepted().with_people().filter(week__monday=monday)
    return list(rows.exclude(status=EntryStatus.CANCELLED).exclude(series__is_active=True).in_order())


def line_key(row: ScheduleEntry, day: date) -> tuple[Any, ...]:
    """What makes two lines the same one on ``day``."""
    return day, row.session, row.starts_at, one_line(row.title).lower()


@transaction.atomic
def copy_lines(*, source: date, target: date, pks: Collection[int], actor: User) -> int:
    """Copy chosen lines of the week of ``source`` into the week of ``target``; returns how many.

    As copy_week: days off are left out, and what stands there already; a leader without a post on the new day too.
    """
    week = open_week(day=target)
    lock_weeks([week.pk])
    off, posts = days_off(week.monday, week.sunday), PostsBetween.read(week.monday, week.sunday)
    known = {line_key(row, row.day) for row in ScheduleEntry.objects.filter(week=week)}
    number = 0
    for row in copyable(monday_of(source)):
        day = day_in(week, monday_of(source), row.day)
        if row.pk in pks and day not in off and line_key(row, day) not in known:
            _copy(row, day, week, posts)
            known.add(line_key(row, day))
            number += 1
    if number:
        detail = {"from": monday_of(source).isoformat(), "entries": number}
        record(verb="schedule.copy", target=week, actor=actor, detail=detail)
        undo_approval([week], actor=actor)
    return number


def _copy(row: ScheduleEntry, day: date, week: ScheduleWeek, posts: PostsBetween) -> None:
    values = {name: getattr(row, name) for name in (*SERIES_SHAPE, "proposing_id")}
    entry = ScheduleEntry(week=week, day=day, stage=EntryStage.ACCEPTED, **values)
    leave_absent_out(entry, posts)
    entry.save()
    entry.persons.set([one for one in row.persons.all() if posts.on(one.pk, day)])
    entry.divisions.set(row.divisions.all())
    entry.invited_units.set(row.invited_units.all())
