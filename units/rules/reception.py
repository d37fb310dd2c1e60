"""Citizen reception without a database: codes, telephone numbers, queue times, months, limits."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Final

# --- who may send how much ----------------------------------------------------------------------------------------------

PURPOSE: Final = "reception"
"""What the proof of work and the limits are for (portal.core.proof_of_work)."""
BOOKINGS_PER_HOUR: Final = 10
UNPROVED_PER_HOUR: Final = 3
UNPROVED_UNIT_PER_HOUR: Final = 40
TRIES_PER_HOUR: Final = 30
# A family behind one address looks up a few codes; a machine that guesses is stopped by the second number as well.
LOOKUPS_PER_HOUR: Final = 20
LOOKUPS_UNIT_PER_HOUR: Final = 400

# --- terms that no law sets ---------------------------------------------------------------------------------------------

CLOSES_BEFORE: Final = timedelta(hours=1)
"""Registering ends so long before the session begins: by then the desk has printed its list."""
WEEKS_AHEAD: Final = 9
"""How far ahead the sessions of a series are made: the coming month is always whole."""
TICKET_LIFETIME: Final = timedelta(hours=2)
"""How long the address of the slip works after registering or looking up."""
KEEP_DAYS: Final = 30
"""Where no dated row (TermCode.RECEPTION_KEEP_DAYS) says how long names are kept."""

# --- consent (Luật Bảo vệ dữ liệu cá nhân 91/2025) -----------------------------------------------------------------------

CONSENT_TEXT: Final = "2026-11"
"""Version of the sentences beside the ticks; a new wording gets a new one."""
DESK_CONSENT: Final = f"{CONSENT_TEXT}:tai-ban"
NAME_LIMIT: Final = 80
SUBJECT_LIMIT: Final = 300


def consent_version(*, by_mail: bool) -> str:
    """What somebody agreed to: the wording's version and the purposes ticked."""
    return f"{CONSENT_TEXT}:lich,thu" if by_mail else f"{CONSENT_TEXT}:lich"


# --- the queue ----------------------------------------------------------------------------------------------------------


def free_number(taken: Iterable[int]) -> int:
    """The first number in the queue that nobody holds."""
    held = set(taken)
    return next(number for number in count(1) if number not in held)


def about_when(starts_at: time, ends_at: time, capacity: int, number: int) -> time:
    """When number ``number`` is likely called: the session in equal parts, in steps of five minutes, never behind its end."""
    begin, end = starts_at.hour * 60 + starts_at.minute, ends_at.hour * 60 + ends_at.minute
    part = (end - begin) / max(capacity, 1)
    minutes = min(begin + int((number - 1) * part), end - 1)
    minutes = max(begin, minutes // 5 * 5)
    return time(minutes // 60, minutes % 60)


def begins_at(day: date, starts_at: time) -> datetime:
    """The moment a session begins, without a zone: compared with the local clock."""
    return datetime.combine(day, starts_at)


def takes_until(day: date, starts_at: time) -> datetime:
    """The last moment at which one can register, local time."""
    return begins_at(day, starts_at) - CLOSES_BEFORE


def month_of(day: date) -> tuple[date, date]:
    """First and last day of the month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def next_month(day: date) -> date:
    """The first day of the next month."""
    return month_of(day)[1] + timedelta(days=1)
