"""One line of a week's table as it was read, before anybody was looked for in it."""

from dataclasses import dataclass, field
from datetime import date, time

TEXT_FIELDS = ("title", "content", "chair", "attendees", "place", "preparing", "vehicle", "notes")


@dataclass(slots=True)
class ReadLine:
    """What a file says of one entry. ``doubts`` names a field and says in a sentence why it should be looked at."""

    source: str
    day: date | None = None
    session: str = ""
    starts_at: time | None = None
    ends_at: time | None = None
    time_text: str = ""
    title: str = ""
    content: str = ""
    chair: str = ""
    attendees: str = ""
    place: str = ""
    preparing: str = ""
    vehicle: str = ""
    notes: str = ""
    is_internal: bool = False
    is_cancelled: bool = False
    doubts: dict[str, str] = field(default_factory=dict)

    def doubt(self, name: str, words: str) -> None:
        """Mark a field; the first reason stays."""
        if words:
            self.doubts.setdefault(name, words)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """All lines of a file in its order, and texts that were left out (so that nothing is lost silently)."""

    lines: list[ReadLine]
    left_out: list[str]
