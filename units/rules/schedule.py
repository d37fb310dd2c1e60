"""Times and weeks as Vietnamese offices write them; needs no database."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from units.enums.schedule import DaySession

NOON: Final = time(12)
EVENING: Final = time(18)
# What a half of the day stands for where nobody wrote a clock time: for conflicts, feeds and order.
SESSION_HOURS: Final[dict[str, tuple[time, time]]] = {
    DaySession.MORNING: (time(7, 30), time(11, 30)),
    DaySession.AFTERNOON: (time(13, 30), time(17)),
    DaySession.EVENING: (time(18), time(21)),
    DaySession.ALL_DAY: (time(7, 30), time(17)),
}
# An entry with a beginning only lasts so long for the search of overlaps and for calendars.
USUAL_LENGTH: Final = timedelta(hours=1, minutes=30)

# 8h, 8h30, 08:30, 8g30, 8 giờ, 8 giờ 30, 8 giờ 30 phút, 8.30, 14h00'
_TIME: Final = re.compile(
    r"(?P<hour>\d{1,2})\s*(?:(?:h|g|:|\.|giờ)\s*(?:(?P<minute>\d{1,2})\s*(?:'|’|p|ph|phút)?)?)", re.IGNORECASE
)
_BETWEEN: Final = re.compile(r"\s*(?:-|–|—|đến|tới|->|→)\s*", re.IGNORECASE)


def read_time(text: str) -> time:
    """The clock time that ``text`` says (“8h”, “8h30”, “14 giờ 30”, “08:30”, “8”); raises ValueError for 25h and for words."""
    found = _TIME.fullmatch(text.strip()) or re.fullmatch(r"(?P<hour>\d{1,2})(?P<minute>)", text.strip())
    if found is None:
        raise ValueError(f"no time: {text!r}")
    return time(int(found["hour"]), int(found["minute"] or 0))


def read_span(text: str) -> tuple[time, time | None]:
    """Beginning and end of “8h00 – 11h30”; the end is None where there is one time only. Raises ValueError as read_time."""
    parts = _BETWEEN.split(text.strip(), maxsplit=1)
    return read_time(parts[0]), read_time(parts[1]) if len(parts) > 1 and parts[1] else None


def session_of(starts_at: time) -> DaySession:
    """The half of the day a clock time lies in."""
    if starts_at < NOON:
        return DaySession.MORNING
    return DaySession.AFTERNOON if starts_at < EVENING else DaySession.EVENING


def time_words(at: time) -> str:
    """As the look writes it: “7:30”, “14:00”."""
    return f"{at.hour}:{at.minute:02d}"


def span_words(starts_at: time | None, ends_at: time | None) -> str:
    """“7:30 – 9:00”, “7:30”; empty without a clock time."""
    if starts_at is None:
        return ""
    return f"{time_words(starts_at)} – {time_words(ends_at)}" if ends_at else time_words(starts_at)


def hours_of(session: str, starts_at: time | None, ends_at: time | None) -> tuple[time, time]:
    """The clock times that something takes: its own, USUAL_LENGTH after a beginning only, else its half of the day."""
    if starts_at is None:
        return SESSION_HOURS[session]
    if ends_at is not None:
        return starts_at, ends_at
    end = datetime.combine(date.min, starts_at) + USUAL_LENGTH
    return starts_at, end.time() if end.date() == date.min else time.max


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def monday_of_week(year: int, week: int) -> date:
    """The Monday of an ISO week; raises ValueError for week 54, or 53 of a year without one."""
    return date.fromisocalendar(year, week, 1)
