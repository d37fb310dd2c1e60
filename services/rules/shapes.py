"""The shapes of what is read from a procedure's source, as they are kept in JSON fields.

Each has ``words``: the source's own text, always shown where nothing better could be read. Numbers that the source does not
give are None, never guessed.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class _Shape:
    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON field."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """What ``as_json`` gave."""
        return cls(**data)

    @classmethod
    def many(cls, rows: Sequence[dict[str, Any]]) -> list[Self]:
        """What stands in a JSON field."""
        return [cls.from_json(row) for row in rows]


@dataclass(frozen=True, slots=True)
class Step(_Shape):
    """One step: a short heading where the source has one, and its text (lines kept)."""

    words: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Paper(_Shape):
    """One paper of the checklist with the number of originals and copies the source asks for.

    ``file_name`` is the name of a form's file on the national portal, where the source glued one to the words.
    """

    words: str
    originals: int | None = None
    copies: int | None = None
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class PaperGroup(_Shape):
    """Papers under one heading of the source; ``is_note`` for headings like “Lưu ý”, whose lines are no papers."""

    title: str
    papers: list[Paper] = field(default_factory=list)
    is_note: bool = False

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The group with its papers."""
        papers = [Paper.from_json(paper) for paper in data.get("papers", [])]
        return cls(title=data.get("title", ""), papers=papers, is_note=bool(data.get("is_note")))


@dataclass(frozen=True, slots=True)
class TimeLimit(_Shape):
    """A limit for one channel. ``unit`` is WORKDAY, DAY, HOUR, MONTH or YEAR; empty where the source names none."""

    words: str
    channel: str = ""  # a value of Channel; empty where the source names none
    number: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Fee(_Shape):
    """What one channel costs; ``kind`` is a value of FeeKind, ``amount`` in đồng."""

    words: str
    kind: str
    channel: str = ""
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Basis(_Shape):
    """One legal basis: the document's number and its title."""

    number: str
    title: str = ""
