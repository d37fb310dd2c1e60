"""The week as its desk shows it: what waits, what collides, what citizens see, what changed. A constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.core.models import User
from portal.core.templatetags.portal_text import WEEKDAYS, date_short
from units.actions.schedule import series_on_holidays
from units.enums.schedule import EntryStage, EntryStatus, Visibility, WeekStatus
from units.models import Person, ReceptionSession, ScheduleChange, ScheduleEntry, ScheduleWeek
from units.people.posts import PostsBetween
from units.rules.schedule import hours_of, span_words
from units.schedule.addresses import desk_url, week_keys
from units.schedule.conflicts import Conflict, conflicts_between, time_text_of
from units.schedule.states import state_tag, waiting_words

LINES_LIMIT: Final = 400
CHANGES_LIMIT: Final = 40


@dataclass(slots=True)
class DeskLine:
    """One entry in short, or one session of citizen reception."""

    row: Any  # ScheduleEntry, or ReceptionSession where is_reception
    time_text: str
    chair: str
    place: str
    collides: bool = False
    is_reception: bool = False

    @property
    def begins(self) -> time:
        """For the order within a day; what has no clock time begins with its half."""
        at: time = self.row.starts_at or hours_of(self.row.session, None, None)[0]
        return at

    @property
    def tag(self) -> SafeString:
        """Where it stands."""
        return state_tag(self.row)

    @property
    def fate(self) -> str:
        """What became of a proposal, in a sentence."""
        return waiting_words(self.row)


@dataclass(frozen=True, slots=True)
class DeskConflict:
    """One overlap with both entries and the reason that is stored or was just typed."""

    conflict: Conflict
    entry: ScheduleEntry
    other: ScheduleEntry | None
    reason: str = ""
    is_excused: bool = False
    is_first: bool = True  # the reason is asked once for an entry, however often it collides

    @property
    def time_text(self) -> str:
        """When the entry itself is."""
        return time_text_of(self.entry.session, self.entry.starts_at, self.entry.ends_at)


@dataclass(slots=True)
class Desk:
    """Everything on one week's desk, for one person."""

    monday: date
    week: ScheduleWeek | None
    is_office: bool
    is_chief: bool
    posts: PostsBetween
    days: list[tuple[date, str, list[DeskLine]]] = field(default_factory=list)
    proposals: list[DeskLine] = field(default_factory=list)
    own: list[DeskLine] = field(default_factory=list)
    conflicts: list[DeskConflict] = field(default_factory=list)
    changes: list[ScheduleChange] = field(default_factory=list)
    skipped: list[tuple[str, date, str]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def title(self) -> str:
        """“Lịch tuần 48 (23/11 – 29/11/2026)”."""
        sunday = self.monday + timedelta(days=6)
        return _("Bàn lịch tuần %(week)d (%(first)s – %(last)s/%(year)d)") % {
            "week": self.monday.isocalendar()[1],
            "first": date_short(self.monday),
            "last": date_short(sunday),
            "year": sunday.year,
        }

    @property
    def keys(self) -> dict[str, Any]:
        """For addresses."""
        return week_keys(self.monday)

    @property
    def before(self) -> str:
        """The desk of the week before."""
        return desk_url(self.monday - timedelta(days=7))

    @property
    def after(self) -> str:
        """The desk of the week after."""
        return desk_url(self.monday + timedelta(days=7))

    @property
    def is_this_week(self) -> bool:
        """Whether today lies in it."""
        return self.monday <= timezone.localdate() <= self.monday + timedelta(days=6)

    @property
    def status(self) -> str:
        """The week's; collecting where nobody has begun it."""
        return self.week.status if self.week else WeekStatus.COLLECTING

    @property
    def may_approve(self) -> bool:
        """Whether the button is this person's, now."""
        return self.is_chief and self.status == WeekStatus.COLLECTING and self.numbers["table"] > 0

    @property
    def may_publish(self) -> bool:
        """Likewise: approved, or published with something added since."""
        if not self.is_chief or self.status == WeekStatus.COLLECTING:
            return False
        return self.status == WeekStatus.APPROVED or self.numbers["unpublished"] > 0

    @property
    def open_conflicts(self) -> int:
        """Overlaps without a reason."""
        return sum(not one.is_excused for one in self.conflicts)


def read_desk(monday: date, user: User, typed: dict[int, str] | None = None) -> Desk:
    """The week's desk as ``user`` may see it; ``typed``: reasons that were just written and not stored."""
    week = ScheduleWeek.objects.select_related("approved_by", "published_by").filter(monday=monday).first()
    posts = PostsBetween.read(monday, monday + timedelta(days=6))
    desk = Desk(
        monday, week, user.has_perm("units.consolidate_schedule"), user.has_perm("units.publish_schedule"), posts
    )
    rows = ScheduleEntry.objects.between(monday, monday + timedelta(days=6)).in_order()
    rows = rows.select_related("room", "chair", "proposing", "proposed_by")
    if not desk.is_office:
        desk.own = [_line(row, desk.posts) for row in rows.proposed_by(user.pk)[:LINES_LIMIT]]
        return desk
    entries = list(rows[:LINES_LIMIT])
    _read_conflicts(desk, entries, typed or {})
    _read_table(desk, entries)
    if week:
        desk.skipped = series_on_holidays(week)
        changes = ScheduleChange.objects.filter(entry__week=week).select_related("entry", "by")
        desk.changes = list(changes.order_by("-at", "-pk")[:CHANGES_LIMIT])
    return desk


def _name(person: Person | None, text: str, day: date, posts: PostsBetween) -> str:
    """The post's short title on that day; the name of one without, or the free text."""
    return (posts.short(person.pk, day) or person.full_name) if person else text


def _line(row: ScheduleEntry, posts: PostsBetween, *, collides: bool = False) -> DeskLine:
    return DeskLine(
        row,
        time_text_of(row.session, row.starts_at, row.ends_at),
        _name(row.chair, row.chair_text, row.day, posts),
        row.room.name if row.room else row.place,
        collides,
    )


def _reception_line(row: ReceptionSession, posts: PostsBetween) -> DeskLine:
    return DeskLine(
        row,
        span_words(row.starts_at, row.ends_at),
        _name(row.receiver, row.receiver_text, row.day, posts),
        row.place,
        is_reception=True,
    )


def _read_conflicts(desk: Desk, entries: list[ScheduleEntry], typed: dict[int, str]) -> None:
    """Of the table; a proposal's are told beside the proposal."""
    known = {row.pk: row for row in entries}
    asked: set[int] = set()
    found = conflicts_between(desk.monday, desk.monday + timedelta(days=6), with_proposals=True)
    for one in found:
        entry = known.get(one.entry_id)
        other = None if one.is_reception else known.get(one.other_id)
        both = [row for row in (entry, other) if row is not None]
        desk.numbers[f"collides-{one.entry_id}"] += 1
        if not one.is_reception:
            desk.numbers[f"collides-{one.other_id}"] += 1
        if entry is None or any(row.stage != EntryStage.ACCEPTED for row in both):
            continue
        reason = typed.get(entry.pk) or next((row.override_reason for row in both if row.override_reason), "")
        is_excused = any(row.override_reason for row in both)
        desk.conflicts.append(DeskConflict(one, entry, other, reason, is_excused, entry.pk not in asked))
        asked.add(entry.pk)


def _read_table(desk: Desk, entries: list[ScheduleEntry]) -> None:
    days: dict[date, list[DeskLine]] = defaultdict(list)
    numbers = desk.numbers
    for row in entries:
        line = _line(row, desk.posts, collides=bool(numbers.get(f"collides-{row.pk}")))
        if row.stage == EntryStage.PROPOSED:
            desk.proposals.append(line)
        elif row.stage == EntryStage.ACCEPTED:
            days[row.day].append(line)
            numbers["table"] += 1
            numbers["internal"] += row.visibility == Visibility.INTERNAL
            is_public = row.visibility == Visibility.PUBLIC
            numbers["seen"] += is_public and row.published_at is not None
            is_new = is_public and row.published_at is None and row.status != EntryStatus.CANCELLED
            numbers["unpublished"] += is_new
        else:
            numbers["returned"] += 1
    sessions = ReceptionSession.objects.between(desk.monday, desk.monday + timedelta(days=6)).select_related("receiver")
    for session in sessions[:LINES_LIMIT]:
        days[session.day].append(_reception_line(session, desk.posts))
    for lines in days.values():
        lines.sort(key=lambda line: line.begins)
    desk.days = [(day, str(WEEKDAYS[day.weekday()]), lines) for day, lines in sorted(days.items())]
