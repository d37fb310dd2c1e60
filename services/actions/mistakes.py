"""A note that a procedure's page is wrong: received, handed to whoever wrote that part, decided by a person."""

from typing import Final

from django.db import transaction
from django.utils import timezone

from portal.core.audit import record
from portal.core.models import User
from portal.core.tenancy import unit_scope
from portal.core.visitors import Gate, Sending
from services.enums import MistakeStatus
from services.models import MistakeReport, Procedure
from services.rules import mistakes as rules
from services.rules.days import today_began
from units.models import Unit

_GATE: Final = Gate("mistake", rules.MISTAKES_PER_HOUR, rules.UNPROVED_PER_HOUR, rules.UNPROVED_UNIT_PER_HOUR)


class AlreadyDecided(Exception):
    """Somebody else has decided about it meanwhile; theirs stands."""


@transaction.atomic
def receive_mistake(
    *, procedure: Procedure, part: str, text: str, sent_from: Unit, sending: Sending
) -> MistakeReport | None:
    """Store the note with the unit that answers for the part: ``sent_from`` (the unit in scope) or the province.

    A machine that filled the trap is thanked and nothing is stored: None. Raises TooMany.
    """
    _GATE.let_in(sending.proof, sending.address_hash)
    if sending.was_trapped:
        return None
    # Written on purpose into another unit's rows: the catalogue is the province's, and so are its mistakes.
    with unit_scope(addressee(part, sent_from)):
        report = MistakeReport.objects.create(
            procedure=procedure, part=part, text=text, sent_from=sent_from, address_hash=sending.address_hash
        )
        record(verb="mistake.receive", target=report, actor=None, detail={"code": procedure.code, "part": part})
    return report


def addressee(part: str, sent_from: Unit) -> Unit:
    """Who wrote the part: the unit its local answer, the province's office the catalogue and what a closed unit has left."""
    if part in rules.LOCAL_PARTS and not sent_from.is_closed:
        return sent_from
    return Unit.objects.current().provinces().first() or sent_from


@transaction.atomic
def decide_mistake(*, report: MistakeReport, to: MistakeStatus, note: str, actor: User) -> MistakeReport:
    """Close a new note as mended or as no mistake. Of two people at once the first one's word holds: AlreadyDecided.

    Raises ValueError for “no mistake” without a reason and for anything that is no decision.
    """
    if to not in {MistakeStatus.MENDED, MistakeStatus.NO_MISTAKE} or (to == MistakeStatus.NO_MISTAKE and not note):
        raise ValueError("a decision is MENDED, or NO_MISTAKE with a reason")
    changed = (
        MistakeReport.objects.new()
        .filter(pk=report.pk)
        .update(status=to, decision_note=note[: rules.NOTE_LIMIT], decided_by=actor, decided_at=timezone.now())
    )
    if not changed:
        raise AlreadyDecided
    report.refresh_from_db()
    record(verb="mistake.decide", target=report, actor=actor, detail={"to": str(to)})
    return report


@transaction.atomic
def forget_mistake_senders() -> int:
    """Empty the address hashes of days that are over, in the unit in scope; returns how many rows."""
    return MistakeReport.objects.hashed_before(today_began()).update(address_hash="")
