"""Demo data: work schedules of every unit of today; three weeks behind, this one published, the next being made.

In the livelier units this week has a meeting put off, one moved, one added after publishing, an internal one; next week has
proposals of divisions, one of them sent back, and is not published. Meetings are invented. Rows are written in bulk: two
hundred sites must not take minutes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from portal.core.models import Holiday, User
from portal.core.tenancy import unit_scope
from portal.pages.demo.schedule_plans import SERIES, Meeting, meetings_of, rooms_of
from portal.pages.demo.wording import rng
from units.actions.schedule import cancel_entry, move_entry, publish_week, return_entry, save_entry
from units.enums import UnitKind
from units.enums.schedule import EntryStage, Visibility, WeekStatus
from units.models import (
    Division,
    Person,
    ReceptionSession,
    Room,
    ScheduleEntry,
    ScheduleSeries,
    ScheduleWeek,
    Unit,
)
from units.people.posts import PostsBetween
from units.rules.schedule import monday_of, session_of

LIVELY: Final = ("hue", "thuan-an", "phu-xuan")
WEEKS_BEHIND: Final = 3
FRIDAY: Final = 4


@dataclass(frozen=True, slots=True)
class Office:
    """Whom and what a unit's schedule names."""

    unit: Unit
    leaders: Sequence[int]
    divisions: Sequence[Division]
    rooms: Sequence[Room]
    days_off: frozenset[date]
    posts: PostsBetween
    receives: frozenset[tuple[int, date, str]]  # who receives citizens, which half of which day


def load_schedules() -> int:
    """Load work schedules where there are none yet; returns how many units got some."""
    made, today = 0, timezone.localdate()
    first, last = monday_of(today) - timedelta(weeks=WEEKS_BEHIND), monday_of(today) + timedelta(days=13)
    off = frozenset(Holiday.objects.between(first, last).filter(is_worked=False).values_list("day", flat=True))
    units = Unit.objects.current().defer("boundary").order_by("pk")
    for unit in units.filter(kind__in=[UnitKind.PROVINCE, UnitKind.DEPARTMENT, UnitKind.COMMUNE]):
        with unit_scope(unit), transaction.atomic():
            if ScheduleWeek.objects.exists() or not Person.objects.exists():
                continue
            _fill(unit, today, off, PostsBetween.read(first, last))
            made += 1
    return made


def _fill(unit: Unit, today: date, off: frozenset[date], posts: PostsBetween) -> None:
    leaders = [held.person_id for held in posts.leaders(today)]
    if not leaders:
        return
    rooms = Room.objects.bulk_create(
        Room(name=name, place=place, seats=seats, order=order, is_demo=True)
        for order, (name, place, seats) in enumerate(rooms_of(unit), 1)
    )
    sessions = ReceptionSession.objects.filter(receiver__isnull=False).values_list("receiver", "day", "starts_at")
    receives = frozenset((receiver, day, str(session_of(at))) for receiver, day, at in sessions)
    office = Office(unit, leaders, list(Division.objects.all()), rooms, off, posts, receives)
    series = _series(office, monday_of(today) - timedelta(weeks=WEEKS_BEHIND))
    lively = unit.slug in LIVELY
    this = monday_of(today)
    # On Saturday and Sunday the office has next week's table ready: whoever looks at the demo then sees a whole week.
    newest = this + timedelta(days=7) if today.weekday() > FRIDAY else this
    for number in range(WEEKS_BEHIND + 1):
        _published_week(office, newest - timedelta(weeks=WEEKS_BEHIND - number), series)
    if lively:
        _afterwards(office, newest)
        _next_week(office, newest + timedelta(days=7), series)


def _series(office: Office, since: date) -> ScheduleSeries:
    title, rule, at, until = SERIES
    return ScheduleSeries.objects.create(
        title=title, rule=rule, starts_on=since, starts_at=at, ends_at=until, session=session_of(at), is_demo=True,
        chair_id=office.leaders[0], room=office.rooms[0], attendees_text="Lãnh đạo, trưởng các phòng, ban",
    )  # fmt: skip


def _entry(office: Office, week: ScheduleWeek, meeting: Meeting, **more: Any) -> ScheduleEntry | None:
    """One meeting as a row, not saved; None on a day off, and where its chair held no post or receives citizens."""
    day = week.monday + timedelta(days=meeting.weekday)
    chair = office.leaders[meeting.chair % len(office.leaders)]
    half = str(session_of(meeting.starts_at))
    if day in office.days_off or office.posts.on(chair, day) is None or (chair, day, half) in office.receives:
        return None
    values: dict[str, Any] = {
        "week": week, "day": day, "starts_at": meeting.starts_at, "ends_at": meeting.ends_at,
        "session": session_of(meeting.starts_at), "title": meeting.title, "content": meeting.content,
        "place": meeting.place, "chair_id": chair, "attendees_text": meeting.attendees, "is_demo": True,
        "preparing": office.divisions[meeting.chair % len(office.divisions)] if office.divisions else None,
        "visibility": Visibility.INTERNAL if meeting.is_internal else Visibility.PUBLIC, **more,
    }  # fmt: skip
    if not meeting.place:
        values["room"] = office.rooms[meeting.room % len(office.rooms)]
    return ScheduleEntry(**values)


def _weekly(office: Office, week: ScheduleWeek, series: ScheduleSeries) -> list[ScheduleEntry]:
    if week.monday in office.days_off:
        return []
    chair = series.chair_id if series.chair_id and office.posts.on(series.chair_id, week.monday) else None
    return [
        ScheduleEntry(
            week=week, day=week.monday, starts_at=series.starts_at, ends_at=series.ends_at, session=series.session,
            title=series.title, room=series.room, chair_id=chair, attendees_text=series.attendees_text, series=series,
            series_day=week.monday, is_demo=True,
        )
    ]  # fmt: skip


def _published_week(office: Office, monday: date, series: ScheduleSeries) -> None:
    """A table as it was put out on the Friday before, at 16:00."""
    at = timezone.make_aware(datetime.combine(monday - timedelta(days=3), time(16)))
    chief = _person(office.unit, "duyet")
    week = ScheduleWeek.objects.create(
        monday=monday, status=WeekStatus.PUBLISHED, approved_by=chief, approved_at=at, published_by=chief,
        published_at=at, public_changed_at=at, is_demo=True,
    )  # fmt: skip
    meetings = meetings_of(office.unit, monday)
    rows = [*_weekly(office, week, series), *(_entry(office, week, one) for one in meetings)]
    entries = [row for row in rows if row is not None]
    for row in entries:
        row.edited_at = at
        row.published_at = at if row.visibility == Visibility.PUBLIC else None
    _bring_together(office, ScheduleEntry.objects.bulk_create(entries))


def _bring_together(office: Office, entries: Sequence[ScheduleEntry]) -> None:
    """A second leader at some meetings, nobody at two at once; divisions at others."""
    persons, divisions = ScheduleEntry.persons.through, ScheduleEntry.divisions.through
    chance = rng(office.unit.slug, "thành phần", str(entries[0].day) if entries else "")
    attends, brings = [], []
    for entry in entries:
        busy = {other.chair_id for other in entries if other.day == entry.day and other.session == entry.session}
        free = [
            pk
            for pk in office.leaders
            if pk not in busy
            and office.posts.on(pk, entry.day)
            and (pk, entry.day, entry.session) not in office.receives
        ]
        if len(free) > 1 and entry.series_id is None and chance.random() < 0.3:
            attends.append(persons(scheduleentry_id=entry.pk, person_id=free[-1]))
        if office.divisions and chance.random() < 0.5:
            brings.append(divisions(scheduleentry_id=entry.pk, division_id=chance.choice(office.divisions).pk))
    taken: set[tuple[int, date, str]] = set()
    by_pk = {entry.pk: entry for entry in entries}
    kept = []
    for row in attends:
        entry = by_pk[row.scheduleentry_id]
        key = (row.person_id, entry.day, entry.session)
        if key not in taken:
            taken.add(key)
            kept.append(row)
    persons.objects.bulk_create(kept)
    divisions.objects.bulk_create(brings)


def _person(unit: Unit, suffix: str) -> User | None:
    return User.objects.filter(username=f"{unit.slug}.{suffix}").first()


def _afterwards(office: Office, monday: date) -> None:
    """What became of this week after it was published: one put off, one moved, one added, by the actions people use."""
    actor = _person(office.unit, "bientap") or _person(office.unit, "duyet")
    week = ScheduleWeek.objects.get(monday=monday)
    rows = list(ScheduleEntry.objects.public().filter(week=week, series__isnull=True).in_order())
    if len(rows) < 4 or actor is None:
        return
    cancel_entry(entry=rows[1], actor=actor, reason="Mưa lớn, đường ngập; sẽ báo ngày mới.")
    moved = rows[3]
    if moved.starts_at:
        later = time(min(moved.starts_at.hour + 1, 16), moved.starts_at.minute)
        move_entry(
            entry=moved, actor=actor, day=moved.day, starts_at=later, session=moved.session,
            note="Trùng giờ họp trực tuyến của Chính phủ.",
        )  # fmt: skip
    added = Meeting(FRIDAY, time(16), time(17), "Họp rà soát phương án trực cuối tuần mùa mưa lũ", chair=1, room=1)
    entry = _entry(office, week, added)
    if entry is not None:
        save_entry(entry=entry, actor=actor, persons=[])
        publish_week(week=week, actor=_person(office.unit, "duyet") or actor)


def _next_week(office: Office, monday: date, series: ScheduleSeries) -> None:
    """Being made: some lines stand in it, divisions propose, one proposal was sent back."""
    week = ScheduleWeek.objects.create(monday=monday, is_demo=True)
    writer, editor = _person(office.unit, "vietbai"), _person(office.unit, "bientap")
    meetings = meetings_of(office.unit, monday)
    rows: list[ScheduleEntry | None] = [*_weekly(office, week, series)]
    for number, meeting in enumerate(meetings):
        is_own = number % 2 == 0
        values: dict[str, Any] = {} if is_own else {
            "stage": EntryStage.PROPOSED, "proposed_by": writer or _person(office.unit, "duyet"),
            "proposing": office.divisions[number % len(office.divisions)] if office.divisions else None,
        }  # fmt: skip
        rows.append(_entry(office, week, meeting, **values))
    made = ScheduleEntry.objects.bulk_create(row for row in rows if row is not None)
    proposed = [row for row in made if row.stage == EntryStage.PROPOSED]
    if editor and len(proposed) > 1:
        return_entry(entry=proposed[-1], actor=editor, reason="Chưa ghi địa điểm cụ thể và giờ kết thúc.")
