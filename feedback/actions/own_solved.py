"""“Đã giải quyết chưa?”: what the office closed is solved when its sender says so, and opened again when not."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from feedback.actions.case_letters import tell_holder
from feedback.actions.case_steps import Stale, Step, take_step
from feedback.cases.terms import Terms
from feedback.enums import Satisfaction
from feedback.enums.cases import CaseStatus, Escalation, EventKind, LetterKind, PartyRole, SolvedAnswer, TermStep
from feedback.models import Case
from feedback.rules import own as rules
from feedback.rules.words import clean_words
from portal.core.text import one_line
from units.enums import UnitKind
from units.models import Unit


class TooLate(Exception):
    """The days in which “chưa xong” opens a case again are over."""


@dataclass(frozen=True, slots=True)
class _Voice:
    """The sender's level and words, cleaned."""

    satisfaction: str
    words: str

    @property
    def columns(self) -> dict[str, Any]:
        return {"satisfaction": self.satisfaction, "satisfaction_text": self.words}

    @property
    def detail(self) -> dict[str, Any]:
        return {"satisfaction": self.satisfaction} if self.satisfaction else {}


def may_answer(case: Case, today: date) -> bool:
    """Whether the question stands open: answered, and the days to say “chưa xong” are not over."""
    if case.status != CaseStatus.ANSWERED or case.solved or case.answered_at is None:
        return False
    term = Terms.read(case.kind, today).find(TermStep.CONFIRM, category_id=case.category_id, wish=case.wish)
    return term is None or today <= term.last_day(timezone.localdate(case.answered_at))


@transaction.atomic
def confirm_solved(*, case: Case, answer: SolvedAnswer, satisfaction: str = "", text: str = "") -> None:
    """Write down what the sender says of an answered case. Raises Stale, TooLate.

    “Đã xong” solves it. “Chưa xong” opens it again with the unit that answered; the second time it goes to the province;
    after that it stays written down that it is not solved.
    """
    today = timezone.localdate()
    if case.status != CaseStatus.ANSWERED or case.solved:
        raise Stale
    if not may_answer(case, today):
        raise TooLate
    voice = _Voice(
        satisfaction if satisfaction in Satisfaction.values else "",
        one_line(clean_words(text).text)[: rules.RATING_LIMIT],
    )
    if answer == SolvedAnswer.YES:
        _solve(case, voice)
    elif case.reopened >= rules.MOST_REOPENED:
        _note_unsolved(case, voice)
    else:
        _open_again(case, voice, today)


@transaction.atomic
def rate(*, case: Case, satisfaction: str, text: str = "") -> None:
    """The sender's level for what is solved, where none was given with the answer; once. Raises Stale."""
    voice = _Voice(Satisfaction(satisfaction).value, one_line(clean_words(text).text)[: rules.RATING_LIMIT])
    step = Step(
        EventKind.RATED, [CaseStatus.SOLVED], voice.columns, text=voice.words, by_holder=False, detail=voice.detail,
        where=Q(satisfaction=""),
    )  # fmt: skip
    take_step(case, step, actor=None)


def _solve(case: Case, voice: _Voice) -> None:
    now = timezone.now()
    changes = {"status": CaseStatus.SOLVED, "solved": SolvedAnswer.YES, "solved_at": now, **voice.columns}
    if case.closed_at is None:
        changes["closed_at"] = now
    _take(case, EventKind.CONFIRMED, changes, voice)


def _note_unsolved(case: Case, voice: _Voice) -> None:
    changes = {"solved": SolvedAnswer.NO, "solved_at": timezone.now(), **voice.columns}
    _take(case, EventKind.RATED, changes, voice, detail={"solved": str(SolvedAnswer.NO)})


def _take(
    case: Case, kind: EventKind, changes: dict[str, Any], voice: _Voice, *, detail: dict[str, Any] | None = None,
    **more: Any,
) -> None:  # fmt: skip
    """One step of the sender's, bound to the version they saw: a double press is one answer."""
    step = Step(
        kind, [CaseStatus.ANSWERED], changes, text=voice.words, by_holder=False, seen=case.version,
        detail={**voice.detail, **(detail or {})}, **more,
    )  # fmt: skip
    take_step(case, step, actor=None)


def _open_again(case: Case, voice: _Voice, today: date) -> None:
    """The term to answer runs anew; the first day stays what offices are judged by."""
    term = Terms.read(case.kind, today).find(TermStep.ANSWER, category_id=case.category_id, wish=case.wish)
    due = term.last_day(today) if term else case.due_on
    changes: dict[str, Any] = {
        "status": CaseStatus.ACCEPTED, "reopened": case.reopened + 1, "due_on": due, "stopped_on": None,
        "reminded_on": None, "escalation": Escalation.NONE, "solved": "", "solved_at": None, "asked_at": None,
        "asked_again_at": None, "closed_at": None, **voice.columns,
    }  # fmt: skip
    more: dict[str, Any] = {}
    province = _province() if case.reopened else None
    if province is not None:
        changes |= {
            "status": CaseStatus.RECEIVED, "holder": province, "held_since": timezone.now(), "assignee": None,
            "escalation": Escalation.PROVINCE, "accepted_at": None,
        }  # fmt: skip
        if province.pk != case.holder_id:
            more = {"to_unit": province, "parties": _parties(case, province)}
    detail = {"due": due.isoformat() if due else "", "time": case.reopened + 1}
    _take(case, EventKind.REOPENED, changes, voice, detail=detail, letters=(LetterKind.REOPENED,), **more)
    tell_holder(case, LetterKind.STAFF_NEW)


def _province() -> Unit | None:
    found: Unit | None = Unit.objects.current().filter(kind=UnitKind.PROVINCE).defer("boundary").order_by("pk").first()
    return found


def _parties(case: Case, province: Unit) -> dict[int, PartyRole]:
    """Who held it keeps a part in it: as the office that received it, or as one that passed it on."""
    role = PartyRole.INTAKE if case.holder_id == case.intake_unit_id else PartyRole.FORMER
    return {case.holder_id: role, province.pk: PartyRole.HOLDER}
