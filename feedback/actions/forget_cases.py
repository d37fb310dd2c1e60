"""Forgetting who sent: names, numbers, addresses, the words as they were written, pictures that were not blurred.

What others were allowed to see stays, without anybody behind it; so do figures and the public timeline. Each deletion is
proven by a row (feedback.CaseForgetting) that names the rule and the codes (Luật 91/2025 Điều 3, Điều 14).
"""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.cases.terms import Term, Terms
from feedback.enums.cases import CaseKind, EventKind, Moderation, TermStep
from feedback.models import Case, CaseEvent, CaseFile, CaseForgetting, CaseJoin, CaseSender
from feedback.querysets.forgetting import to_forget
from feedback.rules.limits import today_began
from portal.core.audit import record
from portal.core.models import User
from portal.core.private_files import delete_after_commit

AT_ONCE: Final = 200
_OF_SENDER: Final = (
    EventKind.SUPPLIED, EventKind.CONFIRMED, EventKind.REOPENED, EventKind.RATED, EventKind.WITHDRAWN,
)  # fmt: skip


def keep_term(kind: CaseKind | str) -> Term | None:
    """How long contact data of a kind are kept after its end, by the dated row; None: no row, nothing is deleted."""
    return Terms.read(str(kind), timezone.localdate()).find(TermStep.KEEP_CONTACT)


def forget_old_senders() -> int:
    """Forget those of the unit in scope whose time is over; returns how many. Each batch is a transaction of its own."""
    number = 0
    for kind in CaseKind:
        term = keep_term(kind)
        if term is None:
            continue
        limit = timezone.now() - timedelta(days=term.days)
        while batch := list(to_forget(Case.objects.held(), kind, limit)[:AT_ONCE]):
            number += _forget_batch(kind, term, batch)
    return number


@transaction.atomic
def _forget_batch(kind: CaseKind, term: Term, batch: list[Case]) -> int:
    done = [case for case in batch if _wipe(case)]
    if done:
        codes = [case.code for case in done]
        CaseForgetting(kind=kind, rule=term.source, keep_days=term.days, number=len(done), codes=codes).save()
        record(verb="case.forget", target=done[0], actor=None, detail={"number": len(done), "days": term.days})
    return len(done)


@transaction.atomic
def forget_sender(*, case: Case, actor: User | None) -> bool:
    """Forget one sender, at their own wish or by an officer of a personal-data request; False when it was done before."""
    if not _wipe(case):
        return False
    record(verb="case.forget", target=case, actor=actor, detail={"number": 1})
    return True


def _wipe(case: Case) -> bool:
    """Empty everything personal of one case; claimed by a conditional update, so that it happens once."""
    claimed = CaseSender.everywhere.filter(case=case, forgotten_at__isnull=True).update(
        sealed_name="", sealed_phone="", sealed_email="", sealed_address="", phone_hash="", forgotten_at=timezone.now()
    )
    if not claimed:
        return False
    CaseJoin.objects.filter(case=case).update(sealed_email="", address_hash="")
    # What a sender added later is theirs as well; the timeline keeps that something was added.
    CaseEvent.objects.filter(case=case, kind__in=_OF_SENDER).update(text="")
    changes = {
        "sealed_text": "", "sealed_details": "", "address_hash": "", "draft_key": None, "satisfaction_text": "",
    }  # fmt: skip
    if case.moderation != Moderation.PUBLIC:
        words = _("(đã xóa theo thời hạn lưu)")
        changes |= {"title": words, "text": words, "folded": "", "place_text": ""}
    Case.everywhere.filter(pk=case.pk).update(**changes)
    _forget_files(case)
    CaseEvent(case=case, kind=EventKind.FORGOTTEN, unit_id=case.holder_id, is_public=False).save(force_insert=True)
    return True


def _forget_files(case: Case) -> None:
    """Pictures as they were sent; the blurred copies that everybody may see stay."""
    files = CaseFile.everywhere.filter(case=case, is_from_sender=True)
    delete_after_commit(name for file in files for name in (file.raw_path, file.private_path, file.private_small))
    files.update(raw_path="", private_path="", private_small="")
    files.filter(is_public=False).delete()


@transaction.atomic
def forget_address_hashes() -> int:
    """Empty what stands for yesterday's visitors in the unit in scope; returns how many rows."""
    began = today_began()
    rows = Case.objects.filter(intake_unit_id__isnull=False, received_at__lt=began).exclude(address_hash="")
    number = rows.update(address_hash="")
    return number + CaseJoin.objects.filter(at__lt=began).exclude(address_hash="").update(address_hash="")
