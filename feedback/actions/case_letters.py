"""Mails about a case: written down with the step they tell of, sent by a worker (feedback.tasks)."""

from collections.abc import Iterable

from feedback.enums.cases import ConsentPurpose, LetterKind
from feedback.models import Case, CaseConsent, CaseEvent, CaseLetter, CaseSender
from feedback.tasks.cases import send_letters, tell_staff
from portal.core.tasks import start_after_commit
from portal.core.tenancy import current_unit_id


def wants_mail(case: Case) -> bool:
    """Whether the sender left an address and agreed to mails."""
    sender = CaseSender.everywhere.filter(case=case, forgotten_at__isnull=True).exclude(sealed_email="")
    agreed = CaseConsent.objects.filter(case=case, purpose=ConsentPurpose.MAIL, withdrawn_at__isnull=True)
    return sender.exists() and agreed.exists()


def queue_letters(case: Case, event: CaseEvent | None, kinds: Iterable[LetterKind]) -> int:
    """Write down mails to the sender, in the name of the unit in scope; returns how many. None where none are wanted."""
    chosen = list(kinds)
    if not chosen or not wants_mail(case):
        return 0
    CaseLetter.objects.bulk_create(
        [CaseLetter(unit_id=current_unit_id(), case=case, event=event, kind=kind) for kind in chosen]
    )
    start_sending()
    return len(chosen)


def start_sending() -> None:
    """Let a worker send what waits in the unit in scope, once the transaction is committed."""
    start_after_commit(send_letters, unit_id=current_unit_id())


def tell_holder(case: Case, kind: LetterKind) -> None:
    """Let the unit that holds the case write to its own people (feedback.actions.staff_letters), after the commit."""
    start_after_commit(tell_staff, unit_id=case.holder_id, case_id=case.pk, kind=str(kind))
