"""What the law asks of citizen reception, measured: days of notice before a session, days of reception in a month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

from django.utils import timezone

from portal.core.working_days import WorkingCalendar
from units.enums.people import TermCode
from units.enums.reception import ReceptionKind
from units.models import LegalTerm, ReceptionSession
from units.people.posts import PostsBetween
from units.rules import reception as rules

# No office publishes sooner; where one does, this many days are counted.
_BEFORE: Final = timedelta(days=120)
_CODES: Final = (TermCode.RECEPTION_POST_DAYS, TermCode.RECEPTION_SESSIONS)


@dataclass(frozen=True, slots=True)
class Term:
    """A number of the law with where it stands."""

    number: int
    source: str


@dataclass(frozen=True, slots=True)
class Law:
    """What is asked of a kind of unit on one day; None where nobody has entered it."""

    notice: Term | None
    sessions: Term | None

    @classmethod
    def on(cls, day: date, kind: str = "") -> Self:
        """In one query; a row for the kind goes before one for all."""
        rows = LegalTerm.objects.on(day).filter(code__in=_CODES, kind__in={"", kind}).order_by("kind", "valid_from")
        found = {code: Term(number, source) for code, number, source in rows.values_list("code", "number", "source")}
        return cls(*(found.get(code) for code in _CODES))


@dataclass(frozen=True, slots=True)
class Notice:
    """How many working days before a session citizens knew of it."""

    days: int
    wanted: int
    is_special: bool

    @property
    def is_late(self) -> bool:
        """Shorter than the law asks; nothing is asked of a session that could not be foreseen."""
        return not self.is_special and self.days < self.wanted


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """The term and the calendar, read once for a list."""

    term: Term | None
    calendar: WorkingCalendar

    @classmethod
    def read(cls, first: date, last: date, law: Law | None = None) -> Self:
        """For sessions from ``first`` to ``last``; one query, two without ``law``."""
        known = law or Law.on(timezone.localdate())
        return cls(known.notice, WorkingCalendar.around(first - _BEFORE, last))

    @property
    def wanted(self) -> int:
        """Working days that must lie between publishing and the session; 0 where no law is entered."""
        return self.term.number if self.term else 0

    def of(self, session: ReceptionSession) -> Notice | None:
        """The notice a published session was given; None before it is published."""
        if session.published_at is None:
            return None
        known = max(timezone.localdate(session.published_at), session.day - _BEFORE)
        is_special = session.kind == ReceptionKind.SPECIAL
        return Notice(self.calendar.between(known, session.day), self.wanted, is_special)

    def publish_by(self, day: date) -> date:
        """The last working day on which a session of ``day`` is published in time."""
        known = day
        for _step in range(_BEFORE.days):
            if self.calendar.between(known, day) >= self.wanted and self.calendar.is_working(known):
                return known
            known -= timedelta(days=1)
        return known


@dataclass(frozen=True, slots=True)
class MonthCount:
    """On how many days of a month the unit's head receives, and how many the law asks."""

    month: date
    days: int
    term: Term
    head_title: str

    @property
    def is_short(self) -> bool:
        """Fewer than the law asks."""
        return self.days < self.term.number

    @property
    def missing(self) -> int:
        """How many days are still to be planned."""
        return max(self.term.number - self.days, 0)


def months_counted(today: date) -> tuple[date, date]:
    """First and last day of what is counted: this month and the next."""
    return rules.month_of(today)[0], rules.month_of(rules.next_month(today))[1]


def month_counts(
    sessions: Iterable[ReceptionSession], posts: PostsBetween, term: Term | None, today: date
) -> list[MonthCount]:
    """This month and the next, of sessions that were not called off; empty where no law is entered.

    Days count on which the head of the unit, the first of its leaders on that day, receives; where the unit has entered no
    leaders, every day of reception does.
    """
    if term is None:
        return []
    days = {row.day for row in sessions if _is_head(posts, row.day, row.receiver_id)}
    first = months_counted(today)[0]
    return [
        MonthCount(month, sum(day.replace(day=1) == month for day in days), term, _head_title(posts, month, today))
        for month in (first, rules.next_month(first))
    ]


def counts_planned(kind: str, today: date) -> list[MonthCount]:
    """The same of everything the office has planned, published or not; three queries."""
    first, last = months_counted(today)
    rows = ReceptionSession.objects.between(first, last).held().only("day", "receiver_id", "unit_id")
    return month_counts(list(rows), PostsBetween.read(first, last), Law.on(today, kind).sessions, today)


def _is_head(posts: PostsBetween, day: date, person_id: int | None) -> bool:
    leaders = posts.leaders(day)
    return not leaders or person_id == leaders[0].person_id


def _head_title(posts: PostsBetween, month: date, today: date) -> str:
    leaders = posts.leaders(max(month, today))
    return leaders[0].title if leaders else ""
