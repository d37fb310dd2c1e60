"""Who sent a case: looked at with a reason, and logged."""

from dataclasses import dataclass

from django.db import transaction

from feedback.actions.case_steps import Step, take_step
from feedback.actions.handle_case import checks
from feedback.enums.cases import CaseStatus, EventKind
from feedback.models import Case, CaseSender
from portal.core.models import User
from portal.core.sealing import readable


@dataclass(frozen=True, slots=True)
class SenderFacts:
    """Who sent it, and what they really wrote. Never stored, never logged."""

    name: str
    phone: str
    email: str
    address: str
    original: str


@transaction.atomic
def unmask(*, case: Case, reason: str, actor: User) -> SenderFacts:
    """Open what is sealed, and write down who looked and why, for ever and in the same transaction.

    Needs the right feedback.unmask_case in the holding unit. Raises Stale where another unit holds the case.
    """
    checks.need(actor, checks.UNMASK)
    said = checks.reason_words(reason)
    step = Step(
        EventKind.UNMASKED, list(CaseStatus), text=said, is_public=False, is_quiet=True, audit={"reason": said[:200]}
    )
    take_step(case, step, actor=actor)
    sender = CaseSender.objects.filter(case=case).first()
    return SenderFacts(
        name=readable(sender.sealed_name) if sender else "",
        phone=readable(sender.sealed_phone) if sender else "",
        email=readable(sender.sealed_email) if sender else "",
        address=readable(sender.sealed_address) if sender else "",
        original=readable(case.sealed_text),
    )
