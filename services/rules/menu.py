"""The shipped menu (services/data/menu.json, ours) as plain values, and the keys by which its lines are remembered."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from portal.core.text import folded

SHIPPED: Final = Path(__file__).resolve().parent.parent / "data" / "menu.json"
KEY_LIMIT: Final = 200


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """A procedure of an event: its code and when it is needed."""

    code: str
    note: str


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """A life event with its procedures in order; the fields are those of ``services.models.LifeEvent``."""

    slug: str
    name: str
    icon: str
    audience: str
    summary: str
    intro: str
    entries: tuple[PlannedEntry, ...]


@dataclass(frozen=True, slots=True)
class MenuPlan:
    """All that is shipped: events, everyday names by code, codes of “Nhiều người cần” in order."""

    events: tuple[PlannedEvent, ...]
    names: dict[str, list[str]]
    often: tuple[str, ...]

    @property
    def codes(self) -> set[str]:
        """Every code that the plan speaks of."""
        return {entry.code for event in self.events for entry in event.entries} | set(self.names) | set(self.often)


def read_plan(path: Path = SHIPPED) -> MenuPlan:
    """The shipped plan, or another file of the same form (tests)."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    events = tuple(
        PlannedEvent(
            **{key: row[key] for key in ("slug", "name", "icon", "audience", "summary", "intro")},
            entries=tuple(PlannedEntry(code, note) for code, note in row["procedures"]),
        )
        for row in data["events"]
    )
    return MenuPlan(events=events, names=data["names"], often=tuple(data["often"]))


def event_key(slug: str) -> str:
    """Key of an event."""
    return f"event:{slug}"[:KEY_LIMIT]


def entry_key(slug: str, code: str) -> str:
    """Key of a procedure within an event."""
    return f"entry:{slug}:{code}"[:KEY_LIMIT]


def name_key(code: str, name: str) -> str:
    """Key of one everyday name; marks and capitals make no difference."""
    return f"name:{code}:{folded(name)}"[:KEY_LIMIT]


def often_key(code: str) -> str:
    """Key of a place in “Nhiều người cần”."""
    return f"often:{code}"[:KEY_LIMIT]
