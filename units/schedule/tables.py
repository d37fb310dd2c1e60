"""Building tables of the schedule: a week, a day, a month. A constant number of queries whatever stands in them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils import timezone

from portal.core.models import Holiday
from units.enums.schedule import DaySession
from units.models import ReceptionSession, ScheduleEntry, ScheduleWeek
from units.people.posts import Held, PostsBetween
from units.rules.lunar import lunar_words
from units.schedule.changes import left_by, shown_changes
from units.schedule.lines import (
    Surroundings,
    entry_line,
    is_public,
    moved_line,
    neutral_line,
    person_ids,
    reception_line,
)
from units.schedule.table import Day, Half, Line, WeekTable

# The busiest office has about 100 lines a week; more than this is a mistake or an attack.
LINES_LIMIT: Final = 600
WORKING_DAYS: Final = 5
WEEK_DAYS: Final = 7
_HALVES: Final = (DaySession.MORNING, DaySession.AFTERNOON, DaySession.EVENING)


@dataclass(frozen=True, slots=True)
class Span:
    """All lines between two days, and who held which post then."""

    first: date
    last: date
    lines: list[Line]
    posts: PostsBetween


def read_span(first: date, last: date, *, internal: bool = False, person_id: int | None = None) -> Span:
    """Lines from ``first`` to ``last`` in order; six queries. Public ones only, unless ``internal``."""
    entries = _entries(first, last, internal=internal, person_id=person_id)
    around = Surroundings.read(first, last, entries, internal=internal)
    lines = [_line(entry, around) for entry in entries]
    if person_id is not None:
        # A neutral line of a person's view would tell who took part.
        lines = [line for line in lines if not line.is_withdrawn]
    lines += [] if internal else _moved_away((first, last), around, person_id)
    sessions = ReceptionSession.objects.public().between(first, last).select_related("receiver")
    if person_id is not None:
        sessions = sessions.filter(receiver_id=person_id)
    lines += [reception_line(session, around) for session in sessions.order_by("day", "starts_at", "pk")[:LINES_LIMIT]]
    return Span(first, last, sorted(lines, key=_order), around.posts)


def _entries(first: date, last: date, *, internal: bool, person_id: int | None) -> list[ScheduleEntry]:
    rows = ScheduleEntry.objects.between(first, last)
    rows = rows.accepted() if internal else rows.seen()
    if person_id is not None:
        rows = rows.of_person(person_id)
    return list(rows.select_related("room", "chair", "preparing").in_order()[:LINES_LIMIT])


def _line(entry: ScheduleEntry, around: Surroundings) -> Line:
    return entry_line(entry, around) if around.internal or is_public(entry) else neutral_line(entry, around)


def _moved_away(span: tuple[date, date], around: Surroundings, person_id: int | None) -> list[Line]:
    """What stays where entries were moved away from."""
    moved = [rows for rows in around.changes.values() if is_public(rows[0].entry)]
    if person_id is not None:
        moved = [rows for rows in moved if person_id in person_ids(rows[0].entry, around)]
    found: dict[tuple[int, date], Line] = {}
    for change in (row for rows in moved for row in shown_changes(rows)):
        left = left_by(change, change.entry)
        if left.day != change.entry.day and span[0] <= left.day <= span[1]:
            found[change.entry_id, left.day] = moved_line(change, left)
    return list(found.values())


def _order(line: Line) -> tuple[date, int, bool, time, bool]:
    """By day, half, then what has no clock time, then by time; reception before a meeting at the same time."""
    place = _HALVES.index(DaySession(half_of(line)))
    whole = line.session == DaySession.ALL_DAY
    return line.day, place, not whole and line.starts_at is not None, line.starts_at or time.min, not line.is_reception


def half_of(line: Line) -> str:
    """The half of the day a line stands in; one for the whole day stands in the morning."""
    return DaySession.MORNING if line.session == DaySession.ALL_DAY else line.session


def make_days(
    first: date, last: date, lines: Sequence[Line], *, today: date | None = None, weekend: bool = False
) -> list[Day]:
    """The days of a span with their halves; Saturday and Sunday where something stands there or they are worked."""
    now = today or timezone.localdate()
    holidays = {row.day: row for row in Holiday.objects.between(first, last)}
    by_day: dict[date, list[Line]] = defaultdict(list)
    for line in lines:
        by_day[line.day].append(line)
    days = []
    for count in range((last - first).days + 1):
        day = first + timedelta(days=count)
        row = holidays.get(day)
        is_worked = row is not None and row.is_worked
        if day.weekday() < WORKING_DAYS or weekend or by_day[day] or is_worked:
            name = row.name if row else ""
            days.append(Day(day, lunar_words(day), name, day == now, day < now, _halves(by_day[day])))
    return days


def _halves(lines: Sequence[Line]) -> list[Half]:
    """Morning and afternoon always, the evening where something stands in it."""
    halves = [
        Half(half, str(half.label), [line for line in lines if half_of(line) == half]) for half in _HALVES
    ]  # fmt: skip
    return [half for half in halves if half.lines or half.session != DaySession.EVENING]


def _leaders(posts: PostsBetween, first: date, last: date) -> list[Held]:
    """Who held a leader's post on some day of the span, each once, in the posts' order."""
    held = [one for day in {first, last} for one in posts.leaders(day)]
    held.sort(key=lambda one: (one.order, one.person_id))
    found: dict[int, Held] = {}
    for one in held:
        found.setdefault(one.person_id, one)
    return list(found.values())


def _updated(week: ScheduleWeek | None, lines: Sequence[Line]) -> datetime | None:
    moments = [line.changed_at for line in lines] + ([week.public_changed_at, week.published_at] if week else [])
    return max(filter(None, moments), default=None)


def week_table(
    monday: date,
    *,
    internal: bool = False,
    person_id: int | None = None,
    today: date | None = None,
    weekend: bool = False,
) -> WeekTable:
    """The week from ``monday`` of the unit in scope, in eight queries.

    Public: what citizens may see, one neutral line for what was taken off, one for what was moved to another day. With
    ``internal`` every accepted entry. ``weekend`` gives all seven days even where nothing stands.
    """
    sunday = monday + timedelta(days=WEEK_DAYS - 1)
    week = ScheduleWeek.objects.of_day(monday)
    span = read_span(monday, sunday, internal=internal, person_id=person_id)
    leaders = _leaders(span.posts, monday, sunday)
    return WeekTable(
        monday=monday,
        days=make_days(monday, sunday, span.lines, today=today, weekend=weekend),
        is_published=week is not None and week.published_at is not None,
        note=week.note if week and (internal or week.published_at) else "",
        updated_at=_updated(week, span.lines),
        leaders=[(one.person_id, one.short_title, one.name) for one in leaders],
        slugs={one.person_id: one.slug for one in leaders},
        titles={one.person_id: one.title for one in leaders},
    )


def day_table(day: date, *, internal: bool = False, today: date | None = None) -> Day:
    """One day with everything in it, in seven queries."""
    span = read_span(day, day, internal=internal)
    return make_days(day, day, span.lines, today=today, weekend=True)[0]


def month_days(year: int, month: int, *, today: date | None = None) -> list[Day]:
    """The days of the weeks that a month lies in, from a Monday to a Sunday, in seven queries."""
    begin = date(year, month, 1)
    end = (begin + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    first = begin - timedelta(days=begin.weekday())
    last = end + timedelta(days=WEEK_DAYS - 1 - end.weekday())
    return make_days(first, last, read_span(first, last).lines, today=today, weekend=True)
