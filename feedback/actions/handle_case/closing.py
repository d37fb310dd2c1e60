"""The unit closes a case: by an answer, or by saying why it does not take it."""

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.actions.case_steps import Step, take_step
from feedback.actions.handle_case import checks
from feedback.actions.handle_case.joiners import tell_joiners
from feedback.actions.office_files import attach_pictures, prepare_pictures
from feedback.cases.clock import may_close_unanswered, resume, supply_until
from feedback.enums.cases import OPEN, CaseKind, CaseStatus, EventKind, LetterKind, RejectReason
from feedback.models import Case
from portal.core.models import User
from portal.core.templatetags.portal_text import date_full

_OF_REQUESTS: Final = frozenset({RejectReason.LAWFUL_REFUSAL})
_OF_REPORTS: Final = frozenset({RejectReason.UNTRUE})
REQUESTS: Final = frozenset({CaseKind.INFORMATION, CaseKind.PERSONAL})


def answer(
    *, case: Case, text: str, post: str, actor: User, seen: int, pictures: Sequence["UploadedFile[Any]"] = ()
) -> Case:
    """Answer in the name of a post; the sender and those who joined are told, and asked whether it is solved.

    Closed by the unit is not solved. The day to answer stays as it is: whether it was kept is judged by it.
    """
    checks.need(actor)
    said = checks.words(text)
    named = checks.line(
        post, field="post", limit=checks.POST_LIMIT, required=True, missing=_("Hãy ghi chức vụ của người trả lời.")
    )
    prepared = prepare_pictures(pictures)
    with transaction.atomic():
        now = timezone.now()
        changes: dict[str, Any] = {
            **resume(case, checks.today()), "status": CaseStatus.ANSWERED, "answer": said, "answer_post": named,
            "answered_at": now, "first_answered_at": Coalesce(F("first_answered_at"), Value(now)), "closed_at": now,
            "asked_at": now, "asked_again_at": None, "solved": "", "solved_at": None,
        }  # fmt: skip
        detail = {"post": named, "pictures": len(prepared), **checks.due_detail(case, changes)}
        step = Step(
            EventKind.ANSWERED, OPEN, changes, text=said, detail=detail, seen=seen, letters=(LetterKind.ANSWERED,)
        )
        event = take_step(case, step, actor=actor, at=now)
        tell_joiners(case, event)
        attach_pictures(case, event, prepared)
    return case


def reject_reasons(kind: str) -> list[RejectReason]:
    """The reasons offered for one kind: a lawful refusal of a request, an untrue report, the rest for all."""
    left_out = _OF_REPORTS if kind in REQUESTS else _OF_REQUESTS
    return [reason for reason in RejectReason if reason not in left_out]


@transaction.atomic
def reject(*, case: Case, reason: RejectReason, text: str, responsible: str = "", actor: User, seen: int) -> Case:
    """Say why the unit does not take it on, and who is responsible instead.

    While the sender is asked, UNCLEAR waits until the sender's term is over; after it the case may be closed so, by a
    person, never by itself.
    """
    checks.need(actor)
    if reason not in reject_reasons(case.kind):
        raise ValidationError({"reason": _("Chọn một lý do trong danh sách.")}, code="unknown")
    said = checks.words(text)
    who = checks.line(
        responsible, field="responsible", limit=checks.RESPONSIBLE_LIMIT, required=reason == RejectReason.NOT_OURS,
        missing=_("Hãy ghi nơi có trách nhiệm giải quyết, để người gửi biết đến đâu."),
    )  # fmt: skip
    _check_waiting(case, reason)
    changes: dict[str, Any] = {
        **resume(case, checks.today()), "status": CaseStatus.REJECTED, "reject_reason": reason, "responsible": who,
        "closed_at": timezone.now(),
    }  # fmt: skip
    detail = {"reason": str(reason), "responsible": who}
    step = Step(EventKind.REJECTED, OPEN, changes, text=said, detail=detail, seen=seen, letters=(LetterKind.REJECTED,))
    take_step(case, step, actor=actor)
    return case


def _check_waiting(case: Case, reason: RejectReason) -> None:
    if reason != RejectReason.UNCLEAR or case.status != CaseStatus.WAITING:
        return
    if not may_close_unanswered(case, checks.today()) and (until := supply_until(case)):
        sentence = _("Người gửi còn thời gian bổ sung đến hết %(day)s.") % {"day": date_full(until)}
        raise ValidationError({"reason": sentence}, code="too_early")
