"""Entries of the schedule and sessions of citizen reception as events of a calendar; a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from portal.core.tenancy import current_unit_id
from units.enums.reception import SessionStatus
from units.enums.schedule import DaySession, EntryStage, EntryStatus, Visibility
from units.models import Person, ReceptionSession, ScheduleEntry
from units.people.posts import PostsBetween
from units.rules.schedule import SESSION_HOURS, USUAL_LENGTH

# Five years of a leader's schedule, or half a year of a busy province's; the newest stay when there are more.
EVENTS_LIMIT: Final = 5_000
PERSON_YEARS: Final = 5
UNIT_WEEKS: Final = 26
AHEAD: Final = timedelta(days=400)
_ENTRY: Final = (
    *("pk", "uid", "sequence", "day", "session", "starts_at", "ends_at", "title", "content", "room__name", "place"),
    *("chair_id", "chair_text", "attendees_text", "preparing__name", "preparing_text", "vehicle", "notes", "status"),
    *("visibility", "changed_at", "edited_at", "change_note"),
)


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event; ``start`` and ``end`` are dates for a whole day, else moments in the portal's time zone."""

    uid: str
    sequence: int
    start: date | datetime
    end: date | datetime
    summary: str
    location: str
    description: str
    stamp: datetime
    is_cancelled: bool = False
    is_private: bool = False
    category: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class _Names:
    """What people, divisions and units are called, and who takes part in which entry."""

    posts: PostsBetween
    people: dict[int, str]
    attending: dict[int, list[str]]
    persons: dict[int, list[int]]

    def person(self, key: int, day: date) -> str:
        return self.posts.title(key, day) or self.people.get(key, "")


def public_events_of_unit(today: date) -> list[CalendarEvent]:
    """What citizens may see of the unit in scope, from half a year ago on."""
    first, last = today - timedelta(weeks=UNIT_WEEKS), today + AHEAD
    entries = ScheduleEntry.objects.public().between(first, last)
    sessions = ReceptionSession.objects.public().between(first, last)
    return _events(entries, sessions, first, last, private=False)


def public_events_of_person(person: Person, today: date) -> list[CalendarEvent]:
    """What citizens may see of one leader's schedule, five years back."""
    first, last = _person_span(today)
    entries = ScheduleEntry.objects.public().of_person(person.pk).between(first, last)
    sessions = ReceptionSession.objects.public().filter(receiver=person).between(first, last)
    return _events(entries, sessions, first, last, private=False)


def all_events_of_person(person: Person, today: date) -> list[CalendarEvent]:
    """The whole schedule of one leader with what is internal, for the secret address."""
    first, last = _person_span(today)
    entries = ScheduleEntry.objects.filter(stage=EntryStage.ACCEPTED).of_person(person.pk).between(first, last)
    sessions = ReceptionSession.objects.filter(receiver=person).between(first, last)
    return _events(entries, sessions, first, last, private=True)


def _person_span(today: date) -> tuple[date, date]:
    return today - timedelta(days=365 * PERSON_YEARS + 2), today + AHEAD


def _events(entries: Any, sessions: Any, first: date, last: date, *, private: bool) -> list[CalendarEvent]:
    kept = entries.order_by("-day", "-pk")[:EVENTS_LIMIT]
    rows = list(kept.values(*_ENTRY))
    meetings = list(sessions.order_by("-day", "-pk")[:EVENTS_LIMIT])
    names = _names(rows, first, last)
    events = [_entry_event(row, names, private=private) for row in rows]
    events += [_session_event(row, names) for row in meetings]
    return sorted(events, key=lambda event: (event.start.isoformat(), event.uid))


def _names(rows: list[dict[str, Any]], first: date, last: date) -> _Names:
    """All names of the unit's people at once: they are some dozens, entries are thousands."""
    links: Any = ScheduleEntry
    keys = {row["pk"] for row in rows}
    attending: dict[int, list[str]] = defaultdict(list)
    persons: dict[int, list[int]] = defaultdict(list)
    # By unit and day, not by thousands of keys, which SQLite would refuse; the link tables themselves carry no unit.
    span = {
        "scheduleentry__unit_id": current_unit_id(),
        "scheduleentry__day__gte": first,
        "scheduleentry__day__lte": last,
    }
    mine = links.persons.through.objects.filter(**span).order_by("pk")
    for entry, person in mine.values_list("scheduleentry_id", "person_id"):
        if entry in keys:
            persons[entry].append(person)
    for field, name in (("divisions", "division__name"), ("invited_units", "unit__name")):
        table = getattr(links, field).through.objects.filter(**span).order_by("pk")
        for entry, words in table.values_list("scheduleentry_id", name):
            if entry in keys:
                attending[entry].append(words)
    people = dict(Person.objects.values_list("pk", "full_name"))
    return _Names(PostsBetween.read(first, last), people, attending, persons)


def span_of(
    day: date, session: str, starts_at: time | None, ends_at: time | None
) -> tuple[date | datetime, date | datetime]:
    """Beginning and end of an entry: a whole day as dates, else moments; a half day without a clock time has its usual hours."""
    zone = ZoneInfo(settings.TIME_ZONE)
    if starts_at is None:
        if session == DaySession.ALL_DAY:
            return day, day + timedelta(days=1)
        starts_at, ends_at = SESSION_HOURS[session]
    start = datetime.combine(day, starts_at, zone)
    return start, datetime.combine(day, ends_at, zone) if ends_at else start + USUAL_LENGTH


def _entry_event(row: dict[str, Any], names: _Names, *, private: bool) -> CalendarEvent:
    day: date = row["day"]
    start, end = span_of(day, row["session"], row["starts_at"], row["ends_at"])
    chair = names.person(row["chair_id"], day) if row["chair_id"] else row["chair_text"]
    attending = [names.person(key, day) for key in names.persons.get(row["pk"], ())]
    attending += [*names.attending.get(row["pk"], ()), row["attendees_text"]]
    facts = [
        (_("Chủ trì"), chair),
        (_("Thành phần"), ", ".join(word for word in attending if word)),
        (_("Chuẩn bị"), row["preparing__name"] or row["preparing_text"]),
        ("", row["content"]),
        (_("Thay đổi"), row["change_note"] if row["changed_at"] else ""),
    ]
    if private:
        facts += [(_("Xe"), row["vehicle"]), (_("Ghi chú nội bộ"), row["notes"])]
    return CalendarEvent(
        uid=f"{row['uid']}@lich.cong",
        sequence=row["sequence"],
        start=start,
        end=end,
        summary=row["title"],
        location=row["room__name"] or row["place"],
        description=_lines(facts),
        stamp=row["changed_at"] or row["edited_at"],
        is_cancelled=row["status"] == EntryStatus.CANCELLED,
        is_private=row["visibility"] == Visibility.INTERNAL,
        category=_("Lịch công tác"),
        path=f"/lich-cong-tac/ngay/{day:%Y/%m/%d}/",
    )


def _session_event(row: ReceptionSession, names: _Names) -> CalendarEvent:
    start, end = span_of(row.day, DaySession.MORNING, row.starts_at, row.ends_at)
    receiver = names.person(row.receiver_id, row.day) if row.receiver_id else row.receiver_text
    facts = [(_("Người tiếp"), receiver), ("", row.subject), ("", row.note), (_("Thay đổi"), row.change_note)]
    if row.status == SessionStatus.CANCELLED:
        facts.append((_("Lý do hoãn"), row.cancel_reason))
    changed = row.changed_at or row.published_at
    return CalendarEvent(
        uid=f"tiep-cong-dan-{row.unit_id}-{row.pk}@lich.cong",
        sequence=int(row.changed_at.timestamp()) % 2**31 if row.changed_at else 0,
        start=start,
        end=end,
        summary=_("Tiếp công dân: %(who)s") % {"who": receiver},
        location=row.place,
        description=_lines(facts),
        stamp=changed or datetime.combine(row.day, time.min, ZoneInfo(settings.TIME_ZONE)),
        is_cancelled=row.status == SessionStatus.CANCELLED,
        category=_("Tiếp công dân"),
        path="/tiep-cong-dan/",
    )


def _lines(facts: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{label}: {words}" if label else words for label, words in facts if words)
