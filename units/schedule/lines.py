"""Lines of the schedule in words: an entry or a session of citizen reception as every output shows it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Self

from django.db.models import Value
from django.urls import reverse
from django.utils.translation import gettext as _

from units.enums.reception import ReceptionKind, SessionStatus
from units.enums.schedule import ChangeKind, EntryStage, EntryStatus, Visibility
from units.models import ReceptionSession, ScheduleChange, ScheduleEntry
from units.people.posts import PostsBetween
from units.rules.schedule import session_of, time_words
from units.schedule.changes import Left, at_words, change_words, shown_changes, told, when_words
from units.schedule.table import Line

_PERSON: Final = 0
_ATTENDING: Final[tuple[tuple[Any, str], ...]] = (
    (ScheduleEntry.persons.through, "person__full_name"),
    (ScheduleEntry.divisions.through, "division__name"),
    (ScheduleEntry.invited_units.through, "unit__name"),
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the lines of a span need beside their own rows; read in three queries, whatever their number."""

    posts: PostsBetween
    attending: dict[int, list[tuple[int, int, str]]]  # entry → place in _ATTENDING, id, name
    changes: dict[int, list[ScheduleChange]] = field(default_factory=dict)
    internal: bool = False

    @classmethod
    def read(cls, first: date, last: date, entries: Sequence[ScheduleEntry], *, internal: bool) -> Self:
        """For these entries, with the moves of others away from a day of the span."""
        keys = [entry.pk for entry in entries]
        days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
        changes: dict[int, list[ScheduleChange]] = defaultdict(list)
        for change in ScheduleChange.objects.told_between(keys, days):
            changes[change.entry_id].append(change)
        everything = sorted({*keys, *changes})
        return cls(PostsBetween.read(first, last), _attending(everything), dict(changes), internal)

    def person(self, key: int, name: str, day: date) -> str:
        """“Phó Chủ tịch Nguyễn Văn An”; the name alone for one without a post on that day."""
        return f"{self.posts.short(key, day)} {name}".strip()


def _attending(keys: Sequence[int]) -> dict[int, list[tuple[int, int, str]]]:
    """Who takes part in which entry, people, divisions and units in one query; the entries were read in scope."""
    parts: list[Any] = []
    for place, (model, name) in enumerate(_ATTENDING):
        rows: Any = model.objects.filter(scheduleentry__in=keys)
        link = f"{name.partition('__')[0]}_id"
        parts.append(rows.values_list("scheduleentry_id", Value(place), link, name, "pk"))
    rows = parts[0].union(*parts[1:], all=True)
    found: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for entry, place, who, name, _pk in sorted(rows, key=lambda row: (row[0], row[1], row[4])):
        found[entry].append((place, who, name))
    return dict(found)


def time_text(starts_at: time | None, ends_at: time | None) -> str:
    """“7:30”, “7:30 – 9:00”; empty without a clock time."""
    if starts_at is None:
        return ""
    return f"{time_words(starts_at)} – {time_words(ends_at)}" if ends_at else time_words(starts_at)


def _attendees(entry: ScheduleEntry, around: Surroundings) -> str:
    """Leaders in their posts' order, then divisions, units, free words."""
    rows = around.attending.get(entry.pk, [])
    held = around.posts.on
    people = [(who, name) for kind, who, name in rows if kind == _PERSON and who != entry.chair_id]
    people.sort(key=lambda one: post.order if (post := held(one[0], entry.day)) else 1_000_000)
    words = [around.person(who, name, entry.day) for who, name in people]
    words += [name for kind, _who, name in rows if kind != _PERSON]
    return "; ".join([*words, *filter(None, [entry.attendees_text.strip()])])


def _place(entry: ScheduleEntry) -> str:
    if entry.room is None:
        return entry.place
    return ", ".join(filter(None, [entry.room.name, entry.room.place]))


def person_ids(entry: ScheduleEntry, around: Surroundings) -> frozenset[int]:
    """Who chairs and attends."""
    rows = around.attending.get(entry.pk, [])
    return frozenset([who for kind, who, _name in rows if kind == _PERSON] + [*filter(None, [entry.chair_id])])


def entry_url(entry: ScheduleEntry) -> str:
    """Where the entry stands with everything: its day's page."""
    day = entry.day
    path = reverse("units:schedule-day", args=[day.year, f"{day.month:02d}", f"{day.day:02d}"])
    return f"{path}#viec-{entry.pk}"


def entry_line(entry: ScheduleEntry, around: Surroundings) -> Line:
    """An entry that whoever looks may see in full."""
    day, chair = entry.day, entry.chair
    changes = shown_changes(around.changes.get(entry.pk, []))
    is_cancelled = entry.status == EntryStatus.CANCELLED
    tag, words = change_words(entry, changes)
    return Line(
        row=entry,
        day=day,
        session=entry.session,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        time_text=time_text(entry.starts_at, entry.ends_at),
        title=entry.title,
        content=entry.content,
        chair=(around.posts.short(chair.pk, day) or chair.full_name) if chair else entry.chair_text,
        chair_name=chair.full_name if chair else "",
        attendees=_attendees(entry, around),
        place=_place(entry),
        preparing=entry.preparing.name if entry.preparing else entry.preparing_text,
        person_ids=person_ids(entry, around),
        is_cancelled=is_cancelled,
        is_changed=not is_cancelled and bool(words),
        is_internal=not is_public(entry),
        change_text=words,
        changed_at=entry.changed_at if words else None,
        url=entry_url(entry),
        tag=tag,
        history=told(around.changes.get(entry.pk, [])),
    )


def is_public(entry: ScheduleEntry) -> bool:
    """Whether citizens see it, as ScheduleEntryQuerySet.public() asks of rows."""
    seen = entry.visibility == Visibility.PUBLIC and entry.stage == EntryStage.ACCEPTED
    return seen and entry.published_at is not None


def _bare(day: date, session: str, title: str, words: str, at: datetime | None, **more: Any) -> Line:
    """A line that says little more than that something stood here."""
    empty: dict[str, Any] = dict.fromkeys(("time_text", "content", "chair", "chair_name", "attendees", "place"), "")
    empty |= {"row": None, "starts_at": None, "ends_at": None, "preparing": "", "person_ids": frozenset()}
    return Line(
        **{**empty, "day": day, "session": session, "title": title, "change_text": words, "changed_at": at, **more}
    )


def neutral_line(entry: ScheduleEntry, around: Surroundings) -> Line:
    """What stays of an entry that was taken off the public page: that there was one, never what."""
    rows = [row for row in around.changes.get(entry.pk, []) if row.kind == ChangeKind.WITHDRAWN]
    at = rows[-1].at if rows else entry.changed_at
    title = _("Một việc đã gỡ khỏi lịch công khai")
    return _bare(entry.day, entry.session, title, at_words(_("Gỡ"), at), at, is_withdrawn=True, is_changed=True)


def moved_line(change: ScheduleChange, left: Left) -> Line:
    """What stays on the day that an entry was moved away from; leads to the day where it stands now."""
    entry = change.entry
    words = at_words(
        _("Dời sang %(when)s") % {"when": when_words(entry.starts_at, entry.session, entry.day)}, change.at
    )
    return _bare(
        left.day, left.session, entry.title, words, change.at, time_text=time_text(left.starts_at, None),
        starts_at=left.starts_at, url=entry_url(entry), is_cancelled=True, tag=_("Dời"),
    )  # fmt: skip


def reception_line(session: ReceptionSession, around: Surroundings) -> Line:
    """A session of citizen reception among the other lines."""
    who, is_cancelled = session.receiver, session.status == SessionStatus.CANCELLED
    regular = session.kind == ReceptionKind.REGULAR
    words = session.cancel_reason if is_cancelled else session.change_note
    tag = (_("Hoãn") if is_cancelled else _("Đổi")) if is_cancelled or session.changed_at else ""
    return Line(
        row=session,
        day=session.day,
        session=session_of(session.starts_at),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        time_text=time_text(session.starts_at, session.ends_at),
        title=_("Tiếp công dân định kỳ") if regular else _("Tiếp công dân đột xuất"),
        content=" ".join(filter(None, [session.subject, session.note])),
        chair=(around.posts.short(who.pk, session.day) or who.full_name) if who else session.receiver_text,
        chair_name=who.full_name if who else "",
        attendees="",
        place=session.place,
        preparing="",
        person_ids=frozenset(filter(None, [session.receiver_id])),
        is_reception=True,
        is_cancelled=is_cancelled,
        is_changed=not is_cancelled and session.changed_at is not None,
        change_text=at_words(tag, session.changed_at, words) if tag else "",
        changed_at=session.changed_at,
        url=reverse("units:reception"),
        tag=tag,
    )
