"""Sending a form of one page: however often its button is pressed, it becomes one case."""

import re
import secrets
from typing import Final

from django.db import IntegrityError, transaction

from feedback.actions.receive_case import Received, Sent, receive_case
from feedback.enums.cases import CaseKind
from feedback.models import CaseDraft
from portal.core.visitors import Sending

_KEY_BYTES: Final = 16
_KEY: Final = re.compile(r"[\w-]{22}", re.ASCII)


def new_key() -> str:
    """128 random bits that stand in the form: whoever sends them again means the same case."""
    return secrets.token_urlsafe(_KEY_BYTES)


def is_key(text: str) -> bool:
    """Whether it can be one of ours."""
    return _KEY.fullmatch(text) is not None


@transaction.atomic
def send_once(*, key: str, sent: Sent, sending: Sending) -> Received | None:
    """Take in what a form holds; the same case for the same key; None for a machine. Raises TooMany."""
    return receive_case(sent=sent, sending=sending, draft=_draft_of(key, sent.kind, sending.address_hash))


def _draft_of(key: str, kind: CaseKind, address_hash: str) -> CaseDraft | None:
    """The row that two presses at once meet at. None for a key that is none, or that belongs to something else."""
    if not is_key(key):
        return None
    if (draft := CaseDraft.objects.with_key(key)) is None:
        try:
            with transaction.atomic():
                draft = CaseDraft.objects.create(key=key, kind=kind, address_hash=address_hash)
        except IntegrityError:
            # Made at the same moment, or another unit's.
            draft = CaseDraft.objects.with_key(key)
    return draft if draft is not None and draft.kind == kind else None
