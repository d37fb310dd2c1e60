"""Forms between their steps: kept sealed on the server under a key that only the sender's address bar knows; no cookie."""

import json
import secrets
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from feedback.actions.receive_case import Received
from feedback.actions.uploads import forget_files
from feedback.enums.cases import CaseKind
from feedback.models import Case, CaseDraft
from feedback.rules import cases as rules
from portal.core.sealing import Unreadable, seal, unseal
from portal.core.visitors import Limit, TooMany, take

_STARTED: Final = Limit(f"{rules.PURPOSE}-draft", rules.DRAFTS_PER_HOUR)
KEY_BYTES: Final = 16
FORGOTTEN_AT_ONCE: Final = 200


def oldest_kept() -> datetime:
    """A form that nobody touched since is over."""
    return timezone.now() - timedelta(hours=rules.DRAFT_HOURS)


def start_draft(*, kind: CaseKind, data: dict[str, Any], address_hash: str) -> CaseDraft:
    """A new form with what its first step says. Raises TooMany."""
    with transaction.atomic():
        if not take(_STARTED, address_hash):
            raise TooMany
        return CaseDraft.objects.create(
            key=secrets.token_urlsafe(KEY_BYTES),
            kind=kind,
            sealed_data=_sealed(data),
            step=1,
            address_hash=address_hash,
        )


def find_draft(key: str, kind: CaseKind = CaseKind.REPORT) -> CaseDraft | None:
    """The form with this key in the unit in scope, sent or not; None where it is unknown, another unit's or over."""
    draft = CaseDraft.objects.with_key(key)
    if draft is None or draft.kind != kind or draft.touched_at < oldest_kept():
        return None
    return draft


def read_draft(draft: CaseDraft) -> dict[str, Any]:
    """What was filled in so far; nothing where the key it was sealed under is gone."""
    try:
        data = json.loads(unseal(draft.sealed_data) or "{}")
    except (Unreadable, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def save_draft(*, draft: CaseDraft, data: dict[str, Any], step: int) -> None:
    """Keep what was filled in, and the furthest step. A form that was sent keeps nothing more."""
    draft.sealed_data, draft.step, draft.touched_at = _sealed(data), max(draft.step, step), timezone.now()
    CaseDraft.objects.filter(pk=draft.pk, case_id__isnull=True).update(
        sealed_data=draft.sealed_data, step=draft.step, touched_at=draft.touched_at
    )


def _sealed(data: dict[str, Any]) -> str:
    return seal(json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def sent_from(draft: CaseDraft) -> Received | None:
    """What became of a form that was sent; None while it is not. Its key is the proof of whose it is."""
    if draft.case_id is None:
        return None
    case = Case.everywhere.select_related("holder", "category", "commune", "intake_unit").get(pk=draft.case_id)
    return Received(case, unseal(case.sealed_token))


def drop_draft(*, draft: CaseDraft) -> None:
    """Throw a form and its files away, because its sender does not want it any more. One that was sent stays."""
    with transaction.atomic():
        # Held until the end: files that go with a case at this very moment must not be deleted behind it.
        locked = CaseDraft.objects.select_for_update().filter(pk=draft.pk, case_id__isnull=True).first()
        if locked is not None:
            forget_files(locked)
            locked.delete()


def forget_drafts() -> int:
    """Delete forms that nobody touched for two days, with files that were never sent, in the unit in scope; how many."""
    number = 0
    while True:
        with transaction.atomic():
            drafts = list(CaseDraft.objects.stale(oldest_kept()).select_for_update().order_by("pk")[:FORGOTTEN_AT_ONCE])
            if not drafts:
                return number
            for draft in drafts:
                forget_files(draft)
            CaseDraft.objects.filter(pk__in=[draft.pk for draft in drafts]).delete()
            number += len(drafts)
