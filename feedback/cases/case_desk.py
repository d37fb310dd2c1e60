"""What the office's screen and the printed sheet show of a case: its facts, its files, what happened, the units' chain."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from feedback.cases import clock
from feedback.cases.event_words import lines_of
from feedback.cases.last_days import LastDay, desk_calendar, last_day_of
from feedback.enums.cases import CaseStatus, EventKind
from feedback.models import Case, CaseEvent, CaseFile
from feedback.querysets.cases import CHAIN_SHOWN
from portal.core.tenancy import current_unit_id

FILES_SHOWN: Final = 60
_INTERNAL: Final = frozenset(
    {
        EventKind.NOTE,
        EventKind.ASSIGNED,
        EventKind.SORTED,
        EventKind.UNMASKED,
        EventKind.REMINDED,
        EventKind.HIDDEN,
        EventKind.SPAM,
        EventKind.RESTORED,
        EventKind.EDITED,
    }
)


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the office's timeline; ``who`` is a person of the own unit, nobody else's people are named."""

    event: CaseEvent
    lead: str
    text: str
    reason: str
    signed: str
    who: str
    files: list[CaseFile]

    @property
    def is_note(self) -> bool:
        """A note of the own unit."""
        return self.event.kind == EventKind.NOTE


@dataclass(slots=True)
class Sheet:
    """Everything the screen shows besides its forms."""

    last: LastDay
    files: list[CaseFile]
    happenings: list[Happening]
    chain: list[tuple[str, datetime]] = field(default_factory=list)
    # Until when the unit should take the case on or pass it on, while it has not taken it on.
    accept_until: date | None = None
    transfer_until: date | None = None
    # Until when the sender may add what was asked.
    supply_until: date | None = None


def sheet_of(case: Case, today: date) -> Sheet:
    """Read it: three queries, and two for each term that the state of the case asks for."""
    files = list(CaseFile.objects.filter(case=case).order_by("position", "pk")[:FILES_SHOWN])
    events = CaseEvent.objects.filter(case=case).for_desk().in_order().select_related("unit", "to_unit", "actor")
    newest = list(events.order_by("-at", "-pk")[:CHAIN_SHOWN])
    sheet = Sheet(
        last=last_day_of(case, today, desk_calendar(today)),
        files=[row for row in files if row.is_from_sender and row.event_id is None],
        happenings=[_happening(event, case, files) for event in newest],
        chain=_chain(case, reversed(newest)),
    )
    if case.status == CaseStatus.RECEIVED:
        sheet.accept_until, sheet.transfer_until = clock.accept_until(case), clock.transfer_until(case)
    elif case.status == CaseStatus.WAITING:
        sheet.supply_until = clock.supply_until(case)
    return sheet


def _happening(event: CaseEvent, case: Case, files: list[CaseFile]) -> Happening:
    lines = lines_of(event, case, for_sender=True)
    lead = _internal_words(event) if event.kind in _INTERNAL else lines.lead
    is_own = event.actor is not None and event.unit_id == current_unit_id()
    return Happening(
        event=event, lead=lead, text=lines.text, reason=lines.reason, signed=lines.signed,
        who=str(event.actor) if is_own else "", files=[row for row in files if row.event_id == event.pk],
    )  # fmt: skip


def _internal_words(event: CaseEvent) -> str:
    """What only the office reads."""
    name: Any = event.detail.get("name")
    if event.kind == EventKind.ASSIGNED and isinstance(name, str):
        return _("Giao cho %(name)s") % {"name": name} if name else _("Chưa giao ai")
    label = str(event.get_kind_display())
    return f"{label}:" if event.text else label


def _chain(case: Case, events: Iterable[CaseEvent]) -> list[tuple[str, datetime]]:
    """Every unit that held the case, in order, since when; from what happened, the received one first."""
    chain = [(case.intake_unit.name, case.received_at)]
    moves = {EventKind.RECEIVED, EventKind.TRANSFERRED, EventKind.REOPENED}
    return chain + [(event.to_unit.name, event.at) for event in events if event.to_unit and event.kind in moves]
