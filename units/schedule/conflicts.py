"""Who or which room is taken twice at the same time: said while typing, refused at publishing (issue 5, points 3 and 7).

Everything in the unit's table counts, internal entries too; cancelled entries and proposals do not (proposals on request).
A session of citizen reception takes its receiver's time. The number of queries does not depend on the number of entries.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from itertools import combinations
from typing import Literal

from django.utils.translation import gettext as _

from units.enums.reception import SessionStatus
from units.enums.schedule import DaySession, EntryStage, EntryStatus
from units.models import Person, ReceptionSession, Room, ScheduleEntry
from units.rules.schedule import hours_of, span_words

Kind = Literal["person", "room"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One person or one room in two places at once.

    ``entry_id`` is the later of the two (0 for one not saved yet), ``other_id`` the earlier: an entry's key, or a reception
    session's where ``is_reception``. ``time_text`` and ``other_title`` are the other's.
    """

    entry_id: int
    other_id: int
    kind: Kind
    name: str
    day: date
    time_text: str
    other_title: str
    is_reception: bool = False


@dataclass(frozen=True, slots=True)
class _Taken:
    """What one entry or one session takes: a time of a day, people, a room."""

    pk: int
    day: date
    begin: time
    end: time
    person_ids: frozenset[int]
    room_id: int | None
    title: str
    time_text: str
    is_reception: bool = False

    def overlaps(self, other: "_Taken") -> bool:
        """Whether the two are at one time; one that begins when the other ends does not."""
        return self.day == other.day and self.begin < other.end and other.begin < self.end

    @property
    def rank(self) -> tuple[bool, time, int]:
        """A session of citizen reception is promised by law and goes first; then the earlier; then the older."""
        return (not self.is_reception, self.begin, self.pk or 2**62)


def time_text_of(session: str, starts_at: time | None, ends_at: time | None) -> str:
    """“8:00 – 9:30”, or the half of the day."""
    return span_words(starts_at, ends_at) or str(DaySession(session).label)


def _entries_taken(first: date, last: date, stages: Collection[str]) -> list[_Taken]:
    rows = ScheduleEntry.objects.between(first, last).filter(stage__in=stages).exclude(status=EntryStatus.CANCELLED)
    people: dict[int, set[int]] = defaultdict(set)
    for entry_id, person_id in rows.filter(persons__isnull=False).values_list("pk", "persons"):
        people[entry_id].add(person_id)
    found = []
    for row in rows.only("pk", "unit", "day", "session", "starts_at", "ends_at", "title", "chair", "room"):
        begin, end = hours_of(row.session, row.starts_at, row.ends_at)
        ids = frozenset(people[row.pk] | ({row.chair_id} if row.chair_id else set()))
        text = time_text_of(row.session, row.starts_at, row.ends_at)
        found.append(_Taken(row.pk, row.day, begin, end, ids, row.room_id, row.title, text))
    return found


def _receptions_taken(first: date, last: date) -> list[_Taken]:
    rows = ReceptionSession.objects.between(first, last).filter(receiver__isnull=False)
    rows = rows.exclude(status=SessionStatus.CANCELLED)
    words = _("Tiếp công dân")
    columns = rows.values_list("pk", "day", "starts_at", "ends_at", "receiver")
    return [
        _Taken(pk, day, begin, end, frozenset({person}), None, words, span_words(begin, end), is_reception=True)
        for pk, day, begin, end, person in columns
    ]


def _shared(pairs: Iterable[tuple[_Taken, _Taken]]) -> Iterator[tuple[_Taken, _Taken, Kind, int]]:
    """The later, the earlier, and what both take."""
    for one, two in pairs:
        if (one.is_reception and two.is_reception) or not one.overlaps(two):
            continue
        earlier, later = sorted((one, two), key=lambda taken: taken.rank)
        for person_id in sorted(one.person_ids & two.person_ids):
            yield later, earlier, "person", person_id
        if one.room_id and one.room_id == two.room_id:
            yield later, earlier, "room", one.room_id


def _named(found: list[tuple[_Taken, _Taken, Kind, int]]) -> list[Conflict]:
    if not found:
        return []
    names: dict[tuple[Kind, int], str] = {}
    people = Person.objects.filter(pk__in={key for _later, _earlier, kind, key in found if kind == "person"})
    rooms = Room.objects.filter(pk__in={key for _later, _earlier, kind, key in found if kind == "room"})
    names.update({("person", pk): name for pk, name in people.values_list("pk", "full_name")})
    names.update({("room", pk): name for pk, name in rooms.values_list("pk", "name")})
    found.sort(key=lambda one: (one[0].day, one[0].begin, one[0].pk, one[1].pk))
    return [
        Conflict(
            later.pk, earlier.pk, kind, names.get((kind, key), ""), later.day, earlier.time_text, earlier.title,
            earlier.is_reception,
        )
        for later, earlier, kind, key in found
    ]  # fmt: skip


def conflicts_between(first: date, last: date, *, with_proposals: bool = False) -> list[Conflict]:
    """Everything that collides from ``first`` to ``last``, each pair once for each person and room; five queries at most."""
    stages = [EntryStage.ACCEPTED, *([EntryStage.PROPOSED] if with_proposals else [])]
    days: dict[date, list[_Taken]] = defaultdict(list)
    for taken in (*_entries_taken(first, last, stages), *_receptions_taken(first, last)):
        days[taken.day].append(taken)
    return _named([one for day in days.values() for one in _shared(combinations(day, 2))])


def conflicts_of(entry: ScheduleEntry, person_ids: Collection[int], room_id: int | None) -> list[Conflict]:
    """What an entry would collide with as it stands in the form, saved or not; ``other_id`` is always the other.

    ``person_ids`` are whoever attends; the chair counts by itself. A cancelled entry takes nothing.
    """
    if entry.status == EntryStatus.CANCELLED:
        return []
    begin, end = hours_of(entry.session, entry.starts_at, entry.ends_at)
    ids = frozenset({*person_ids, *([entry.chair_id] if entry.chair_id else [])})
    text = time_text_of(entry.session, entry.starts_at, entry.ends_at)
    own = _Taken(entry.pk or 0, entry.day, begin, end, ids, room_id, entry.title, text)
    others = (*_entries_taken(entry.day, entry.day, [EntryStage.ACCEPTED]), *_receptions_taken(entry.day, entry.day))
    pairs = ((own, other) for other in others if other.is_reception or other.pk != own.pk)
    return _named(
        [
            (own, later if earlier is own else earlier, kind, key)
            for later, earlier, kind, key in _shared(pairs)
        ]
    )  # fmt: skip
