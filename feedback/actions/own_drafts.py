"""The form in which a sender adds to a case: one draft for each addition, so that files can arrive before the words."""

from typing import Final

from django.utils import timezone

from feedback.enums.cases import EventKind
from feedback.models import Case, CaseDraft, CaseEvent
from portal.core.sealing import keyed_hash

_KEY_LETTERS: Final = 32


def supply_draft(case: Case) -> CaseDraft:
    """The draft of the next addition to a case, in the unit in scope; opening the page again gives the same one.

    Its key follows from the case and the number of additions so far, under our own key: nobody guesses it, and a page that
    is opened a hundred times makes one row.
    """
    number = CaseEvent.objects.filter(case=case, kind=EventKind.SUPPLIED).count()
    key = keyed_hash(f"feedback.supply:{case.pk}:{number}")[:_KEY_LETTERS]
    draft, made = CaseDraft.objects.get_or_create(key=key, defaults={"kind": case.kind})
    if not made:
        # What somebody still writes in is not swept away.
        CaseDraft.objects.filter(pk=draft.pk).update(touched_at=timezone.now())
    return draft
