"""A week's schedule as every output shows it: the page, the board, the printed sheet, XLSX and DOCX."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One entry or one session of citizen reception, in words."""

    row: Any  # ScheduleEntry or ReceptionSession; None for what was taken off or moved away
    day: date
    session: str  # DaySession
    starts_at: time | None
    ends_at: time | None
    time_text: str  # "7:30", "7:30 – 9:00", "" without a clock time
    title: str
    content: str
    chair: str  # post held on that day, or the free text
    chair_name: str  # the person's name, where there is one
    attendees: str
    place: str
    preparing: str
    person_ids: frozenset[int]  # who chairs and attends: for one leader's view and the leaders' columns
    is_reception: bool = False
    is_cancelled: bool = False
    is_changed: bool = False
    is_internal: bool = False
    change_text: str = ""  # "Dời từ 8:00 · lúc 9:15, 24/11"
    changed_at: datetime | None = None
    url: str = ""
    tag: str = ""  # one word: "Hoãn", "Dời", "Bổ sung"
    is_withdrawn: bool = False  # taken off the public page: nothing of it is told
    history: list[Any] = field(default_factory=list)  # units.schedule.changes.Told, for the day's page


@dataclass(frozen=True, slots=True)
class Half:
    """Morning, afternoon or evening of one day; entries for the whole day stand in the morning."""

    session: str
    label: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Day:
    """One day with its solar and lunar date and, where it is one, the holiday's name."""

    date: date
    lunar: str  # "14/10 âm lịch"
    holiday: str
    is_today: bool
    is_past: bool
    halves: list[Half] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WeekTable:
    """One week: Monday to Sunday (Saturday and Sunday are shown where something stands in them)."""

    monday: date
    days: list[Day]
    is_published: bool
    note: str
    updated_at: datetime | None
    leaders: list[tuple[int, str, str]]  # (person id, short title, name), in order
    slugs: dict[int, str] = field(default_factory=dict)  # of the leaders, for addresses
    titles: dict[int, str] = field(default_factory=dict)  # their posts in full
