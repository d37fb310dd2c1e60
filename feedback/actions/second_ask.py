"""Four weeks after the answer, whoever has not said whether it is solved is asked once more."""

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from feedback.actions.case_letters import wants_mail
from feedback.actions.case_steps import Stale, Step, take_step
from feedback.cases.terms import Terms
from feedback.enums.cases import CaseKind, CaseStatus, EventKind, LetterKind, TermStep
from feedback.models import Case
from feedback.querysets.cases import CaseQuerySet

AT_ONCE: Final = 500


def to_ask_again(day: date) -> CaseQuerySet:
    """Cases of the units in scope whose sender is to be asked again by ``day``; the term is that of each kind."""
    due = Q()
    for kind in CaseKind:
        term = Terms.read(kind, day).find(TermStep.SECOND_ASK)
        if term is not None:
            # A second question is no deadline of anybody: calendar days, whatever the row says.
            due |= Q(kind=kind, answered_at__lte=timezone.now() - timedelta(days=term.days))
    rows = Case.objects.unanswered_since(timezone.now()).filter(due, asked_again_at__isnull=True)
    return rows if due else rows.none()


def ask_again() -> int:
    """Ask the senders of the cases that the unit in scope holds; returns how many. Each once, each in its own transaction."""
    number = 0
    for case in to_ask_again(timezone.localdate()).held().order_by("pk")[:AT_ONCE]:
        try:
            number += _ask(case)
        except Stale:
            # The sender has just said so, or the office has gone on.
            continue
    return number


@transaction.atomic
def _ask(case: Case) -> bool:
    asks = wants_mail(case)
    step = Step(
        EventKind.ASKED_SOLVED, [CaseStatus.ANSWERED], {"asked_again_at": timezone.now()}, by_holder=False,
        where=Q(asked_again_at__isnull=True, solved=""), detail={"again": True}, is_public=asks,
        # Nobody to ask by mail: the question stands on the private page all the same.
        letters=(LetterKind.SECOND_ASK,) if asks else (),
    )  # fmt: skip
    take_step(case, step, actor=None)
    return asks
