"""Today's schedule: a few lines for the home page, and the whole day for the television in the lobby."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils import timezone

from portal.core.models import Holiday
from units.models import ReceptionSession, ScheduleEntry, ScheduleWeek, Unit
from units.people.posts import PostsBetween
from units.rules.lunar import lunar_words
from units.rules.schedule import SESSION_HOURS, USUAL_LENGTH
from units.schedule.lines import Surroundings, entry_line, reception_line
from units.schedule.table import Line
from units.schedule.tables import read_span

HOME_LINES: Final = 5


@dataclass(frozen=True, slots=True)
class Today:
    """What the home page says of today; ``more`` is how many lines the week's page has beside these."""

    day: date
    lunar: str
    lines: list[Line]
    more: int


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One line of the board with when it runs, for marking what is on now and what comes next."""

    line: Line
    begins: datetime
    ends: datetime
    state: str  # "over", "now", "next", "" for later, "off" for cancelled


@dataclass(frozen=True, slots=True)
class BoardDay:
    """One day on the board."""

    day: date
    lunar: str
    holiday: str
    lines: list[BoardLine]


def today_lines(unit: Unit) -> Today | None:
    """Today's public lines for the home page; None where the unit keeps no schedule at all or is closed. Three queries."""
    if unit.is_closed:
        return None
    today = timezone.localdate()
    entries = list(
        ScheduleEntry.objects.public().between(today, today).select_related("room", "chair", "preparing").in_order()
    )
    sessions = list(ReceptionSession.objects.public().between(today, today).select_related("receiver"))
    if entries or sessions:
        around = Surroundings(PostsBetween.read(today, today), {})
        lines = [entry_line(entry, around) for entry in entries]
        lines += [reception_line(session, around) for session in sessions]
        lines.sort(key=lambda line: line_span(line)[0])
    elif ScheduleWeek.objects.published().exists():
        lines = []
    else:
        return None
    return Today(today, lunar_words(today), lines[:HOME_LINES], max(0, len(lines) - HOME_LINES))


def line_span(line: Line) -> tuple[datetime, datetime]:
    """When a line runs: a half day without a clock time by the office's hours, a beginning alone for the usual length."""
    half = SESSION_HOURS[line.session]
    begins = _at(line.day, line.starts_at or half[0])
    if line.starts_at is None:
        return begins, _at(line.day, half[1])
    return begins, _at(line.day, line.ends_at) if line.ends_at else begins + USUAL_LENGTH


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def _states(lines: Sequence[Line], now: datetime) -> list[BoardLine]:
    """Over, on now, next today, later; everything that begins together is next together."""
    spans = [(line, *line_span(line)) for line in lines]
    today = timezone.localdate(now)
    first = min((begins for line, begins, _ends in spans if begins > now and not line.is_cancelled), default=None)
    if first is not None and timezone.localdate(first) != today:
        first = None
    found = []
    for line, begins, ends in spans:
        state = "over" if ends <= now else "now" if begins <= now else "next" if begins == first else ""
        found.append(BoardLine(line, begins, ends, "off" if line.is_cancelled else state))
    return found


def board_days(now: datetime) -> list[BoardDay]:
    """Today and tomorrow for the board, in six queries; what was taken off the public page is not mentioned there."""
    today = timezone.localdate(now)
    days = [today, today + timedelta(days=1)]
    lines = [line for line in read_span(days[0], days[1]).lines if not line.is_withdrawn]
    names = {row.day: row.name for row in Holiday.objects.between(days[0], days[1])}
    return [
        BoardDay(day, lunar_words(day), names.get(day, ""), _states([line for line in lines if line.day == day], now))
        for day in days
    ]
