"""A text that another room hands to the newsroom as a draft; neither room imports the other.

The newsroom registers how a draft is made; whoever has a text asks here. What is made is a draft like any other: it is
edited, approved by a second person and published there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from portal.core.models import User


@dataclass(frozen=True, slots=True)
class DraftText:
    """What the draft begins with; ``body`` is HTML that the newsroom cleans."""

    title: str
    summary: str
    body: str


Writer = Callable[[DraftText, User], str]
_writers: Final[list[Writer]] = []


def register_draft_writer(writer: Writer) -> None:
    """Let other rooms hand texts over; ``writer`` makes the draft in the unit in scope and gives the address of its form."""
    if writer not in _writers:
        _writers.append(writer)


def write_draft(text: DraftText, actor: User) -> str:
    """Make a draft of it; returns the address of its form. Raises LookupError without a newsroom, and what the newsroom raises."""
    if not _writers:
        raise LookupError("no newsroom has registered")
    return _writers[0](text, actor)
