"""What the sender does with a case of their own: add to it, say whether it is solved, take it back, take consent back.

All of it happens on the site, and in the scope, of the unit that received the case. Whoever holds the link is the sender;
no account stands behind it, so there is no actor.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from feedback.actions.case_letters import tell_holder
from feedback.actions.case_steps import Stale, Step, take_step
from feedback.actions.own_door import find_own, own_of, own_path, token_of
from feedback.actions.own_export import export_of, write_export
from feedback.actions.own_files import attach
from feedback.actions.own_solved import TooLate, confirm_solved, may_answer, rate
from feedback.actions.public_copies import drop_copies
from feedback.cases.clock import resume
from feedback.enums.cases import OPEN, CaseStatus, ConsentPurpose, EventKind, LetterKind, Moderation
from feedback.models import Case, CaseConsent, CaseDraft, CaseEvent, CaseUpload
from feedback.rules import own as rules
from feedback.rules.words import clean_words, plain
from portal.core.audit import record
from portal.core.sealing import readable, seal
from portal.core.visitors import Limit, TooMany, take

_SUPPLIES: Final = Limit("report-supply", rules.SUPPLIES_PER_DAY, per_day=True)
_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Supplied:
    """What was added, and whether it came now or with an earlier press of the same button."""

    case: Case
    is_new: bool


# --- adding -----------------------------------------------------------------------------------------------------------


def supply(
    *, case: Case, text: str, uploads: tuple[CaseUpload, ...] = (), draft: CaseDraft | None = None
) -> Supplied:  # fmt: skip
    """Add words and files of the sender to an open case; where the office had asked, its clock runs on.

    The same draft twice adds once. Raises Stale where the case is closed, TooMany where enough was added today.
    """
    for _try in range(_TRIES - 1):
        try:
            return _supply(case, text, uploads, draft)
        except Stale:
            # Somebody of the office was faster; what the sender adds does not depend on it while the case is open.
            case.refresh_from_db(from_queryset=Case.everywhere.all())
    return _supply(case, text, uploads, draft)


@transaction.atomic
def _supply(case: Case, text: str, uploads: tuple[CaseUpload, ...], draft: CaseDraft | None) -> Supplied:
    if draft is not None:
        locked = CaseDraft.objects.select_for_update().get(pk=draft.pk)
        if locked.case_id is not None:
            return Supplied(case, is_new=False)
    if case.status not in OPEN:
        raise Stale
    if not take(_SUPPLIES, f"case-{case.pk}"):
        raise TooMany
    today = timezone.localdate()
    was_asked = case.status == CaseStatus.WAITING
    changes: dict[str, Any] = {"sealed_text": seal(_with_supplement(case, text, today))} if text else {}
    detail: dict[str, Any] = {"pictures": len(uploads)}
    if was_asked:
        changes |= {**resume(case, today), "status": CaseStatus.ACCEPTED if case.accepted_at else CaseStatus.RECEIVED}
        detail["due"] = changes["due_on"].isoformat() if changes.get("due_on") else ""
    step = Step(
        EventKind.SUPPLIED, OPEN, changes, text=clean_words(text).text, by_holder=False, seen=case.version, detail=detail,
    )  # fmt: skip
    event = take_step(case, step, actor=None)
    attach(case, event, uploads)
    if draft is not None:
        CaseDraft.objects.filter(pk=draft.pk).update(case_id=case.pk, sealed_data="")
    tell_holder(case, LetterKind.STAFF_NEW)
    return Supplied(case, is_new=True)


def _with_supplement(case: Case, text: str, today: date) -> str:
    """What was really written, with what was added to it; offices read the cleaned copy in the timeline.

    The cleaned words stand in the text of a step of the sender's, which pages never show to others
    (feedback.cases.event_words.OF_SENDER).
    """
    return f"{readable(case.sealed_text)}\n\n[{today:%d/%m/%Y}]\n{plain(text)}"


# --- taking back ------------------------------------------------------------------------------------------------------


@transaction.atomic
def withdraw(*, case: Case) -> None:
    """The sender takes back what the office has not answered yet; nobody else sees it any more. Raises Stale."""
    changes: dict[str, Any] = {"status": CaseStatus.WITHDRAWN, "closed_at": timezone.now(), "stopped_on": None}
    if case.moderation in {Moderation.PUBLIC, Moderation.WAITING}:
        changes |= {"moderation": Moderation.PRIVATE, "published_at": None}
    step = Step(EventKind.WITHDRAWN, OPEN, changes, by_holder=False, audit={"dropped": drop_copies(case)})
    take_step(case, step, actor=None)


@transaction.atomic
def withdraw_consent(*, case: Case, purpose: ConsentPurpose) -> bool:
    """No mails any more, or nothing public any more; False where it was taken back before, or never given."""
    given = CaseConsent.objects.filter(case=case, purpose=purpose, withdrawn_at__isnull=True)
    if not given.update(withdrawn_at=timezone.now()):
        return False
    if purpose == ConsentPurpose.PUBLISH:
        _hide(case)
    record(verb="case.consent_withdrawn", target=case, actor=None, detail={"purpose": str(purpose)})
    return True


def _hide(case: Case) -> None:
    """Take the public copy away; what stood in the list of any unit is gone with the same transaction."""
    moderation = Moderation.SPAM if case.moderation == Moderation.SPAM else Moderation.PRIVATE
    changes = {"may_publish": False, "moderation": moderation, "published_at": None}
    step = Step(
        EventKind.HIDDEN, list(CaseStatus), changes, is_public=False, by_holder=False, detail={"by": "sender"},
        audit={"dropped": drop_copies(case)},
    )  # fmt: skip
    take_step(case, step, actor=None)


def open_question(case: Case) -> CaseEvent | None:
    """What the office wants to know, while it waits for it."""
    if case.status != CaseStatus.WAITING:
        return None
    return CaseEvent.objects.filter(case=case, kind=EventKind.ASKED).order_by("-pk").first()


__all__ = [
    "Supplied", "TooLate", "confirm_solved", "export_of", "find_own", "may_answer", "open_question", "own_of", "own_path",
    "rate", "supply", "token_of", "withdraw", "withdraw_consent", "write_export",
]  # fmt: skip
