"""How every step of a case is written: one conditional update, one event, the parties' copies, the audit row, the mails.

A step belongs to one transaction. Whoever looked at the case before somebody else's step is refused (:class:`Stale`).
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from feedback.actions.case_index import index_case
from feedback.actions.case_letters import queue_letters
from feedback.enums.cases import CaseStatus, EventKind, LetterKind, Moderation, PartyRole
from feedback.models import Case, CaseEvent, CaseParty
from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.tenancy import current_unit_id
from units.models import Unit


class Stale(Exception):
    """Somebody else was faster, or the case is with another unit now. Nothing was written."""


@dataclass(slots=True)
class Step:
    """What happens. ``changes`` are columns of the case; ``allowed`` the statuses it may start from."""

    kind: EventKind
    allowed: Collection[CaseStatus]
    changes: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    is_public: bool = True
    to_unit: Unit | None = None
    # Roles that units get with it, by their ids.
    parties: dict[int, PartyRole] = field(default_factory=dict)
    detail: dict[str, Any] = field(default_factory=dict)
    letters: tuple[LetterKind, ...] = ()
    # A step of the sender or of the machine is not bound to the unit that holds the case.
    by_holder: bool = True
    # The version the actor's screen was opened with; None for sender and machine, whose steps are guarded by ``allowed``.
    seen: int | None = None
    # What else must hold at the moment of writing, for steps of the machine that happen once.
    where: Q | None = None
    # A note, a look, a reminder: colleagues who write at that moment are not refused for it.
    is_quiet: bool = False
    # Facts for the audit row alone: ``detail`` of a public event can be read by everybody.
    audit: dict[str, Any] = field(default_factory=dict)


def take_step(case: Case, step: Step, *, actor: User | None, at: datetime | None = None) -> CaseEvent:
    """Write one step inside the caller's transaction and refresh ``case``. Raises Stale."""
    _write(case, step)
    case.refresh_from_db(from_queryset=Case.everywhere.all())
    event = CaseEvent(
        case=case, kind=step.kind, at=at or timezone.now(), unit_id=current_unit_id(), actor=actor, to_unit=step.to_unit,
        text=step.text, is_public=step.is_public, detail=step.detail,
    )  # fmt: skip
    event.save(force_insert=True)
    for unit_id, role in step.parties.items():
        set_party(case, unit_id, role)
    if step.changes or step.is_public:
        refresh_parties(case)
    record(verb=f"case.{step.kind.lower()}", target=case, actor=actor, detail={**step.detail, **step.audit})
    queue_letters(case, event, step.letters)
    return event


def _write(case: Case, step: Step) -> None:
    """The conditional update; it also keeps the row locked until the end of the transaction."""
    rows = Case.everywhere.filter(pk=case.pk, status__in=step.allowed)
    if step.by_holder:
        rows = rows.filter(holder_id=current_unit_id())
    if step.seen is not None:
        rows = rows.filter(version=step.seen)
    if step.where is not None:
        rows = rows.filter(step.where)
    if not rows.update(**step.changes, version=F("version") + (0 if step.is_quiet else 1)):
        raise Stale


def set_party(case: Case, unit_id: int, role: PartyRole) -> None:
    """Give a unit a part in the case, or another role in it."""
    values = {"role": role, **CaseParty.copies_of(case)}
    if not CaseParty.everywhere.filter(case=case, unit_id=unit_id).update(**values):
        # Not through a related manager or get_or_create: the base manager sees the own unit's parts only.
        CaseParty(case=case, unit_id=unit_id, **values).save(force_insert=True)


def refresh_parties(case: Case) -> None:
    """Bring the parties' copies up to the case; where others see it, let cached pages of all of them and search follow."""
    parties = CaseParty.everywhere.filter(case=case)
    was_public = parties.filter(is_public=True).exists()
    parties.update(**CaseParty.copies_of(case))
    if was_public or case.moderation == Moderation.PUBLIC:
        bump_generation(*parties.order_by("unit_id").values_list("unit_id", flat=True))
        index_case(case)
