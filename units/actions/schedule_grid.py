"""What the week's grid writes: one typed line, many pasted ones, chosen lines of another week."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.core.models import User
from units.actions.schedule import propose_entry, save_entry
from units.models import Division, Person, ScheduleEntry


@dataclass(slots=True)
class Line:
    """One line to write: the entry as filled in, and who takes part."""

    entry: ScheduleEntry
    persons: Sequence[Person] = field(default_factory=list)
    divisions: Sequence[Division] = field(default_factory=list)


class LineRefused(ValidationError):
    """One of several lines cannot be written, so none was; ``number`` counts from 0, ``reason`` says why."""

    def __init__(self, number: int, reason: ValidationError) -> None:
        self.number, self.reason = number, reason
        super().__init__(reason.messages)


def save_line(*, line: Line, actor: User, as_proposal: bool, note: str = "") -> ScheduleEntry:
    """Write a typed line into the table, or as a proposal. Sent twice (``entry.uid``) it is written once.

    Raises as save_entry and propose_entry.
    """
    entry = line.entry
    if not entry.pk:
        known = ScheduleEntry.objects.filter(uid=entry.uid).first()
        if known is not None:
            return known
    try:
        return _write(line, actor, as_proposal=as_proposal, note=note)
    except IntegrityError:
        known = ScheduleEntry.objects.filter(uid=entry.uid).first()
        if entry.pk or known is not None:
            return known or entry
        # The browser chose a number that is taken elsewhere; ours are never known beforehand.
        entry.uid = uuid.uuid4()
        return _write(line, actor, as_proposal=as_proposal, note=note)


def _write(line: Line, actor: User, *, as_proposal: bool, note: str) -> ScheduleEntry:
    write = propose_entry if as_proposal else save_entry
    return write(entry=line.entry, actor=actor, persons=line.persons, divisions=line.divisions, note=note)


@transaction.atomic
def save_lines(*, lines: Sequence[Line], actor: User, as_proposal: bool) -> int:
    """Write all of them or none; raises LineRefused with the number of the first that cannot be."""
    for number, line in enumerate(lines):
        try:
            _write(line, actor, as_proposal=as_proposal, note="")
        except ValidationError as reason:
            raise LineRefused(number, reason) from reason
    return len(lines)
