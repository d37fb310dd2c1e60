"""Rubbish is thrown away by the clock: only what was marked as such, when its term (TermStep.KEEP_SPAM) is over."""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from feedback.actions.public_copies import delete_after_commit, public_names
from feedback.cases.terms import Term, Terms
from feedback.enums.cases import CaseKind, TermStep
from feedback.models import (
    Case,
    CaseConsent,
    CaseEvent,
    CaseFile,
    CaseJoin,
    CaseLetter,
    CaseParty,
    CaseSender,
)
from feedback.rules.limits import SPAM_KEPT_DAYS
from portal.core import private_files
from portal.core.audit import record_many
from portal.core.tenancy import unit_scope

BATCH: Final = 100


def kept_since(kind: CaseKind, today: date) -> datetime:
    """Rubbish of this kind from before that moment is thrown away today."""
    term = Terms.read(kind, today).find(TermStep.KEEP_SPAM) or Term(SPAM_KEPT_DAYS, is_working=False)
    day = today - timedelta(days=term.days)
    while term.last_day(day) > today:
        day -= timedelta(days=1)
    return datetime.combine(day, time.min, timezone.get_current_timezone())


def delete_old_spam() -> int:
    """Delete the rubbish of the unit in scope whose time is over, with its files; returns how many cases."""
    today, number = timezone.localdate(), 0
    for kind in CaseKind:
        limit = kept_since(kind, today)
        while pks := list(Case.objects.held().of_kind(kind).spam_before(limit).values_list("pk", flat=True)[:BATCH]):
            number += _delete(pks, limit)
    return number


@transaction.atomic
def _delete(pks: list[int], limit: datetime) -> int:
    """What is still rubbish of these, with everything beside it, and one line for each in the audit trail."""
    rows = list(Case.objects.held().filter(pk__in=pks).spam_before(limit).select_for_update(of=("self",)))
    ids = [row.pk for row in rows]
    files = list(CaseFile.objects.filter(case_id__in=ids))
    delete_after_commit(public_names(files))
    private_files.delete_after_commit(
        name for file in files for name in (file.raw_path, file.private_path, file.private_small)
    )
    # Title and code of what was thrown away, so that somebody who asks for a code gets an answer.
    record_many(verb="case.spam_delete", targets=rows, actor=None, detail={"before": limit.date().isoformat()})
    for model in (CaseFile, CaseEvent, CaseSender, CaseConsent, CaseJoin):
        model.objects.filter(case_id__in=ids).delete()
    parties = CaseParty.everywhere.filter(case_id__in=ids)
    # A mail belongs to the unit in whose name it goes out: where it was sent, not always where it is handled.
    for unit_id in sorted(set(parties.order_by().values_list("unit_id", flat=True))):
        with unit_scope(unit_id):
            CaseLetter.objects.filter(case_id__in=ids).delete()
    parties.delete()
    Case.everywhere.filter(pk__in=ids).delete()
    return len(ids)
