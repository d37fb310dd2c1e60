"""Those who stand behind a case beside its sender: who joined it, and who sent what was merged into it."""

from typing import Final

from feedback.actions.case_letters import start_sending
from feedback.enums.cases import ConsentPurpose, LetterKind
from feedback.models import Case, CaseConsent, CaseEvent, CaseJoin, CaseLetter, CaseSender
from portal.core.sealing import readable
from portal.core.tenancy import current_unit_id

_BATCH: Final = 500


def tell_joiners(case: Case, event: CaseEvent) -> int:
    """Write down a mail to everybody who joined and left an address; returns how many."""
    _forget_unwilling(case)
    keys = CaseJoin.objects.filter(case=case).exclude(sealed_email="").order_by("pk").values_list("pk", flat=True)
    letters = [
        CaseLetter(unit_id=current_unit_id(), case=case, event=event, join_id=key, kind=LetterKind.JOINER_ANSWERED)
        for key in keys
    ]
    if letters:
        CaseLetter.objects.bulk_create(letters, batch_size=_BATCH)
        start_sending()
    return len(letters)


def _forget_unwilling(case: Case) -> None:
    """Whoever sent a merged case and wants no mails any more gets none about the case that goes on either."""
    withdrawn = CaseConsent.objects.filter(
        case__merged_into=case, purpose=ConsentPurpose.MAIL, withdrawn_at__isnull=False
    )
    senders = CaseSender.everywhere.filter(case_id__in=withdrawn.values("case_id")).exclude(sealed_email="")
    unwilling = {readable(sealed) for sealed in senders.values_list("sealed_email", flat=True)}
    if not unwilling:
        return
    joined = CaseJoin.objects.filter(case=case).exclude(sealed_email="").values_list("pk", "sealed_email")
    keys = [key for key, sealed in joined if readable(sealed) in unwilling]
    CaseJoin.objects.filter(pk__in=keys).update(sealed_email="")
