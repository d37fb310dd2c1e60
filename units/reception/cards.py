"""Sessions as pages show them: who receives under which post, how many places are left, whether one can still register."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from django.utils import timezone

from units.enums.reception import ReceptionKind, SessionStatus
from units.models import ReceptionSession
from units.people.posts import PostsBetween
from units.reception.measures import Notice, NoticeRule
from units.rules import reception as rules
from units.rules.schedule import time_words

# What can be done with a session now.
OPEN: Final = "open"
FULL: Final = "full"
CLOSED: Final = "closed"
WALK_IN: Final = "walk-in"
OVER: Final = "over"
OFF: Final = "off"


@dataclass(frozen=True, slots=True)
class Card:
    """One session on a page."""

    session: ReceptionSession
    receiver_title: str
    receiver_name: str
    notice: Notice | None
    state: str

    @property
    def left(self) -> int:
        """Places one can still register for."""
        return max(self.session.capacity - self.session.booked, 0)

    @property
    def hours(self) -> str:
        """“7:30 – 11:30”."""
        return hours_words(self.session.starts_at, self.session.ends_at)

    @property
    def is_special(self) -> bool:
        """Called for one matter, not by the calendar."""
        return self.session.kind == ReceptionKind.SPECIAL

    @property
    def is_off(self) -> bool:
        """Called off."""
        return self.state == OFF


def hours_words(starts_at: time, ends_at: time) -> str:
    """“7:30 – 11:30”."""
    return f"{time_words(starts_at)} – {time_words(ends_at)}"


def receiver_words(session: ReceptionSession, posts: PostsBetween) -> str:
    """Who receives, by the post held on that day: “Chủ tịch UBND phường Nguyễn Văn A”."""
    return " ".join(filter(None, _receiver(session, posts)))


def _receiver(session: ReceptionSession, posts: PostsBetween) -> tuple[str, str]:
    if session.receiver is None:
        return str(session.receiver_text), ""
    return posts.title(session.receiver_id or 0, session.day), str(session.receiver.full_name)


def state_of(session: ReceptionSession, now: datetime) -> str:
    """What can be done with it at ``now``, local time without a zone."""
    if session.status == SessionStatus.CANCELLED:
        return OFF
    if session.status == SessionStatus.DONE or rules.begins_at(session.day, session.ends_at) <= now:
        return OVER
    if not session.takes_bookings:
        return WALK_IN
    if rules.takes_until(session.day, session.starts_at) <= now:
        return CLOSED
    return FULL if session.booked >= session.capacity else OPEN


def cards_of(
    sessions: Iterable[ReceptionSession], posts: PostsBetween | None = None, rule: NoticeRule | None = None
) -> list[Card]:
    """Cards of sessions read with their receiver; what is not given is read in up to three queries for all of them."""
    rows = list(sessions)
    if not rows:
        return []
    days = [row.day for row in rows]
    posts = posts or PostsBetween.read(min(days), max(days))
    rule = rule or NoticeRule.read(min(days), max(days))
    now = timezone.localtime().replace(tzinfo=None)
    return [Card(row, *_receiver(row, posts), notice=rule.of(row), state=state_of(row, now)) for row in rows]


def card_of(session: ReceptionSession) -> Card:
    """One session's card."""
    return cards_of([session])[0]


def next_open(today: date, *, but: int = 0) -> Card | None:
    """The next session one can still register for; None where there is none published."""
    now = timezone.localtime().replace(tzinfo=None)
    rows = ReceptionSession.objects.open_after(today).exclude(pk=but).with_people()[:5]
    found = next((row for row in rows if state_of(row, now) == OPEN), None)
    return card_of(found) if found else None
