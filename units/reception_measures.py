"""What the law asks of citizen reception, measured: days of notice before a session, days of reception in a month."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

from django.utils import timezone

from portal.core.working_days import WorkingCalendar
from units.enums.people import TermCode
from units.enums.reception import ReceptionKind
from units.models import LegalTerm, ReceptionSession
from units.posts import PostsBetween
from units.rules import reception as rules

# Tet and a weekend on either side; more than any term of notice.
_BEFORE: Final = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Term:
    """A number of the law with where it stands."""

    number: int
    source: str


def term_on(code: TermCode, day: date, kind: str = "") -> Term | None:
    """The number in force on ``day`` for a kind of unit, else for all; one query."""
    rows = LegalTerm.objects.on(day).filter(code=code, kind__in={"", kind}).order_by("-kind", "-valid_from")
    found = rows.values_list("number", "source").first()
    return Term(*found) if found else None


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
    """The term and the calendar, read once for a list: two queries."""

    term: Term | None
    calendar: WorkingCalendar

    @classmethod
    def read(cls, first: date, last: date) -> Self:
        """For sessions from ``first`` to ``last``."""
        return cls(term_on(TermCode.RECEPTION_POST_DAYS, last), WorkingCalendar.around(first - _BEFORE, last))

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
        """The last day on which a session of ``day`` is published in time."""
        known = day
        for _step in range(_BEFORE.days):
            if self.calendar.between(known, day) >= self.wanted:
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


def month_counts(kind: str, today: date, *, public_only: bool) -> list[MonthCount]:
    """This month and the next; empty where no law is entered. Three queries.

    Days count on which the head of the unit, the first of its leaders on that day, receives; where the unit has entered no
    leaders, every day of regular reception does.
    """
    first, last = rules.month_of(today)[0], rules.month_of(rules.next_month(today))[1]
    term = term_on(TermCode.RECEPTION_SESSIONS, last, kind)
    if term is None:
        return []
    posts = PostsBetween.read(first, last)
    rows = ReceptionSession.objects.between(first, last).held()
    if public_only:
        rows = rows.public()
    days = {day for day, receiver in rows.values_list("day", "receiver_id") if _is_head(posts, day, receiver)}
    months = (first, rules.next_month(first))
    return [
        MonthCount(month, sum(day.replace(day=1) == month for day in days), term, _head_title(posts, month))
        for month in months
    ]


def _is_head(posts: PostsBetween, day: date, person_id: int | None) -> bool:
    leaders = posts.leaders(day)
    return not leaders or person_id == leaders[0].person_id


def _head_title(posts: PostsBetween, month: date) -> str:
    leaders = posts.leaders(max(month, timezone.localdate()))
    return leaders[0].title if leaders else ""
