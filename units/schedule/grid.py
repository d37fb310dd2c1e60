"""A week as the clerk sees it who types it in: every line with what may be done with it and what it collides with.

Constant in queries: lines, people, divisions, rooms, conflicts and sessions of reception are read once for the week.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Self

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.models import User
from portal.core.templatetags.portal_text import WEEKDAYS, date_short
from units.enums.schedule import DaySession, EntryStage, EntryStatus, Visibility
from units.models import ReceptionSession, ScheduleEntry, ScheduleWeek
from units.rules.schedule import span_words
from units.schedule.choices import Choices
from units.schedule.conflicts import Conflict, conflicts_between

HALVES = (DaySession.MORNING, DaySession.AFTERNOON, DaySession.EVENING)
SESSION_ORDER = {DaySession.ALL_DAY: 0, DaySession.MORNING: 0, DaySession.AFTERNOON: 1, DaySession.EVENING: 2}
SHORT_DAYS = [gettext_lazy("T2"), gettext_lazy("T3"), gettext_lazy("T4"), gettext_lazy("T5"), gettext_lazy("T6"),
              gettext_lazy("T7"), gettext_lazy("CN")]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who sits at the grid: the office takes lines into the table, a department's writer proposes."""

    user: User
    is_office: bool
    may_propose: bool

    @classmethod
    def of(cls, user: User) -> Self:
        """From the person's role here."""
        return cls(user, user.has_perm("units.consolidate_schedule"), user.has_perm("units.add_scheduleentry"))

    @property
    def may_write(self) -> bool:
        """Whether the quick line is theirs at all."""
        return self.is_office or self.may_propose

    def may_edit(self, entry: ScheduleEntry) -> bool:
        """Whether this line may be changed or moved: a writer's own proposal until the office has taken it."""
        if entry.status == EntryStatus.CANCELLED:
            return False
        if self.is_office:
            return entry.stage != EntryStage.RETURNED
        is_own = self.may_propose and entry.proposed_by_id == self.user.pk
        return is_own and entry.stage in {EntryStage.PROPOSED, EntryStage.RETURNED}

    def seen(self, monday: date) -> QuerySet[ScheduleEntry]:
        """The lines of a week that they may see: all of the table, and proposals; a writer's are their own only."""
        rows = ScheduleEntry.objects.between(monday, monday + timedelta(days=6))
        mine = ~Q(stage=EntryStage.RETURNED) if self.is_office else self._table_and_own
        found: QuerySet[ScheduleEntry] = rows.filter(mine)
        return found

    @property
    def _table_and_own(self) -> Q:
        return Q(stage=EntryStage.ACCEPTED) | Q(proposed_by=self.user)

    def find(self, pk: int) -> ScheduleEntry | None:
        """A line they may see, of any week; None for any other."""
        mine = ~Q(stage=EntryStage.RETURNED) if self.is_office else self._table_and_own
        return ScheduleEntry.objects.select_related("room", "chair").filter(mine, pk=pk).first()


@dataclass(frozen=True, slots=True)
class GridLine:
    """One line, in words."""

    row: Any  # ScheduleEntry, or ReceptionSession where is_reception
    time_text: str
    title: str
    chair: str
    attendees: str
    place: str
    conflicts: list[str] = field(default_factory=list)
    may_edit: bool = False
    is_reception: bool = False
    is_cancelled: bool = False
    is_internal: bool = False
    is_proposal: bool = False
    is_returned: bool = False
    is_seen: bool = False  # citizens have seen it
    is_waiting: bool = False  # added after its week was published, not yet put out


@dataclass(slots=True)
class GridHalf:
    """Morning, afternoon or evening of a day."""

    session: str
    label: str
    lines: list[GridLine] = field(default_factory=list)


@dataclass(slots=True)
class GridDay:
    """One day with its halves."""

    date: date
    name: str
    is_today: bool
    halves: list[GridHalf]

    @property
    def count(self) -> int:
        """Lines of the day."""
        return sum(len(half.lines) for half in self.halves)


@dataclass(slots=True)
class WeekGrid:
    """Seven days, and what stands in them in numbers."""

    monday: date
    week: ScheduleWeek | None
    days: list[GridDay]
    total: int = 0
    public: int = 0
    proposals: int = 0
    collisions: int = 0
    mark: str = ""

    @property
    def label(self) -> str:
        """The ISO week, “2026-W48”."""
        year, week, _day = self.monday.isocalendar()
        return f"{year}-W{week:02d}"

    @property
    def has_evenings(self) -> bool:
        """Whether anything stands in an evening: only then the column does."""
        return any(half.lines for day in self.days for half in day.halves if half.session == DaySession.EVENING)


def day_choices(monday: date) -> list[tuple[str, str]]:
    """The week's days for a select; typing the first letter or number chooses: “2 – Thứ Hai 23/11”."""
    days = [monday + timedelta(days=number) for number in range(7)]
    return [
        (day.isoformat(), f"{number + 2 if number < 6 else 'CN'} – {WEEKDAYS[number]} {date_short(day)}")  # noqa: PLR2004
        for number, day in enumerate(days)
    ]


def mark_of(monday: date, clerk: Clerk) -> str:
    """Changes whenever anything of the week changes; two queries, so a browser may ask often."""
    found = clerk.seen(monday).aggregate(number=Count("pk"), last=Max("edited_at"), sequence=Max("sequence"))
    week = ScheduleWeek.objects.filter(monday=monday).values_list("status", "public_changed_at").first()
    return hashlib.sha256(repr((found, week)).encode()).hexdigest()[:16]


def conflict_words(conflict: Conflict, label: str = "") -> str:
    """“PCT Văn xã đã có: 8:00 Họp …”."""
    return _("%(name)s đã có: %(time)s %(title)s") % {
        "name": label or conflict.name, "time": conflict.time_text, "title": conflict.other_title,
    }  # fmt: skip


def named_conflicts(found: Iterable[Conflict], choices: Choices) -> list[str]:
    """Conflicts in words, people under the short title of their post."""
    labels = {one.hint: one.label for one in choices.people}
    return [conflict_words(one, labels.get(one.name, "") if one.kind == "person" else "") for one in found]


def read_grid(monday: date, clerk: Clerk, choices: Choices) -> WeekGrid:
    """The week of ``monday`` as ``clerk`` may see it."""
    week = ScheduleWeek.objects.filter(monday=monday).first()
    rows = list(clerk.seen(monday).select_related("room", "chair").prefetch_related("persons", "divisions"))
    conflicts: dict[int, list[Conflict]] = defaultdict(list)
    for one in conflicts_between(monday, monday + timedelta(days=6), with_proposals=clerk.is_office):
        conflicts[one.entry_id].append(one)
    grid = WeekGrid(monday, week, _empty_days(monday), mark=mark_of(monday, clerk))
    published = bool(week and week.published_at)
    for row in rows:
        words = named_conflicts(conflicts.get(row.pk, ()), choices)
        _put(grid, _entry_line(row, clerk, choices, words, published=published))
    for session in ReceptionSession.objects.between(monday, monday + timedelta(days=6)).select_related("receiver"):
        _put(grid, _reception_line(session, choices))
    for day in grid.days:
        for half in day.halves:
            half.lines.sort(key=lambda line: (line.row.starts_at is not None, line.row.starts_at or 0, line.row.pk))
    grid.collisions = sum(1 for row in rows if conflicts.get(row.pk))
    return grid


def _empty_days(monday: date) -> list[GridDay]:
    today = timezone.localdate()
    days = [monday + timedelta(days=number) for number in range(7)]
    return [
        GridDay(day, str(WEEKDAYS[day.weekday()]), day == today, [GridHalf(half, str(half.label)) for half in HALVES])
        for day in days
    ]


def _put(grid: WeekGrid, line: GridLine) -> None:
    row = line.row
    number = 1 if line.is_reception and row.starts_at.hour >= 12 else 0  # noqa: PLR2004 - noon
    if not line.is_reception:
        number = SESSION_ORDER[DaySession(row.session)]
        grid.total += line.row.stage == EntryStage.ACCEPTED
        grid.public += row.stage == EntryStage.ACCEPTED and not line.is_internal and not line.is_cancelled
        grid.proposals += line.is_proposal
    grid.days[(row.day - grid.monday).days].halves[number].lines.append(line)


def chair_words(row: ScheduleEntry, choices: Choices) -> str:
    """Who chairs as the quick line writes it: the short title, the name of one without a post now, or the free text."""
    if row.chair is None:
        return row.chair_text
    known = choices.by_person.get(row.chair.pk)
    return known.label if known else row.chair.full_name


def attendee_words(row: ScheduleEntry, choices: Choices) -> str:
    """Everybody else as the quick line writes them."""
    people = [
        choices.by_person[one.pk].label if one.pk in choices.by_person else one.full_name for one in row.persons.all()
    ]
    divisions = [one.short_name or one.name for one in row.divisions.all()]
    return ", ".join(filter(None, [*people, *divisions, row.attendees_text]))


def place_words(row: ScheduleEntry) -> str:
    """The room's name or the place."""
    return row.room.name if row.room else row.place


def _entry_line(
    row: ScheduleEntry, clerk: Clerk, choices: Choices, conflicts: list[str], *, published: bool
) -> GridLine:
    is_all_day = row.session == DaySession.ALL_DAY
    is_internal = row.visibility == Visibility.INTERNAL
    is_cancelled = row.status == EntryStatus.CANCELLED
    is_accepted = row.stage == EntryStage.ACCEPTED
    return GridLine(
        row=row,
        time_text=span_words(row.starts_at, row.ends_at) or (_("Cả ngày") if is_all_day else ""),
        title=row.title,
        chair=chair_words(row, choices),
        attendees=attendee_words(row, choices),
        place=place_words(row),
        conflicts=conflicts,
        may_edit=clerk.may_edit(row),
        is_cancelled=is_cancelled,
        is_internal=is_internal,
        is_proposal=row.stage == EntryStage.PROPOSED,
        is_returned=row.stage == EntryStage.RETURNED,
        is_seen=row.published_at is not None,
        is_waiting=published and is_accepted and not is_internal and not is_cancelled and row.published_at is None,
    )


def _reception_line(session: ReceptionSession, choices: Choices) -> GridLine:
    receiver = session.receiver
    known = choices.by_person.get(receiver.pk) if receiver else None
    return GridLine(
        row=session,
        time_text=span_words(session.starts_at, session.ends_at),
        title=_("Tiếp công dân"),
        chair=known.label if known else receiver.full_name if receiver else session.receiver_text,
        attendees="",
        place=session.place,
        is_reception=True,
        is_cancelled=session.status == EntryStatus.CANCELLED,
    )
