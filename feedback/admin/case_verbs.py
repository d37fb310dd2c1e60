"""From a button of the case's screen to the action it stands for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import HttpRequest

from feedback.actions import handle_case as actions
from feedback.cases import next_steps as steps
from feedback.cases.clock import extend_until
from feedback.enums.cases import RejectReason
from feedback.forms import handling as forms
from feedback.forms.handling_parts import Choices, StepForm
from feedback.models import Case
from portal.core.admin_base import person_at
from portal.core.models import User

_FORMS: Final[dict[str, type[StepForm]]] = {
    steps.ACCEPT: forms.AcceptForm,
    steps.ASSIGN: forms.AssignForm,
    steps.SORT: forms.SortForm,
    steps.ASK: forms.AskForm,
    steps.TRANSFER: forms.TransferForm,
    steps.EXTEND: forms.ExtendForm,
    steps.PROGRESS: forms.ProgressForm,
    steps.ANSWER: forms.ReplyForm,
    steps.REJECT: forms.RejectForm,
    steps.MERGE: forms.MergeForm,
    steps.NOTE: forms.NoteForm,
    steps.APOLOGISE: forms.ApologyForm,
}


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does what to which case, and which version of it was on the screen."""

    case: Case
    data: dict[str, Any]
    actor: User
    seen: int


def make_form(
    slug: str, case: Case, choices: Choices, request: HttpRequest, *, today: date, is_sent: bool
) -> StepForm:  # fmt: skip
    """The form of one verb, with what was typed where this is the one that was sent."""
    more: dict[str, Any] = {"case": case, "choices": choices, "prefix": slug}
    if is_sent:
        more |= {"data": request.POST, "files": request.FILES}
    if slug in {steps.ACCEPT, steps.ASSIGN}:
        more["person"] = person_at(request)
        more["may_assign"] = request.user.has_perm("feedback.assign_case")
    elif slug == steps.EXTEND:
        more["latest"] = extend_until(case, today)
    elif slug == steps.APOLOGISE:
        more["initial"] = {"text": actions.apology_draft(case)}
    elif slug == steps.ANSWER:
        more["initial"] = {"post": case.answer_post}
    return _FORMS[slug](**more)


def filled(form: StepForm) -> StepForm:
    """The form with the chosen prepared text put in."""
    row = form.chosen_template
    return form.with_words(actions.fill_template(row, form.case)) if row else form.with_words("")


def act(slug: str, deed: Deed) -> None:
    """Do it. Raises PermissionDenied, Stale, ValidationError."""
    _DEEDS[slug](deed)


def _accept(deed: Deed) -> None:
    data = deed.data
    actions.accept(
        case=deed.case, post=data.get("post", ""), assignee=data.get("assignee"),
        is_complex=bool(data.get("is_complex")), actor=deed.actor, seen=deed.seen,
    )  # fmt: skip


def _assign(deed: Deed) -> None:
    actions.assign(case=deed.case, assignee=deed.data["assignee"], actor=deed.actor, seen=deed.seen)


def _sort(deed: Deed) -> None:
    data, case = deed.data, deed.case
    actions.sort(
        case=case, category=data.get("category") if "category" in data else case.category,
        commune=data.get("commune") if "commune" in data else case.commune, priority=data["priority"],
        actor=deed.actor, seen=deed.seen,
    )  # fmt: skip


def _ask(deed: Deed) -> None:
    actions.ask_sender(case=deed.case, text=deed.data["text"], actor=deed.actor, seen=deed.seen)


def _transfer(deed: Deed) -> None:
    data = deed.data
    actions.transfer(
        case=deed.case, to_unit=data["to_unit"], reason=data["reason"], actor=deed.actor, seen=deed.seen
    )  # fmt: skip


def _extend(deed: Deed) -> None:
    data = deed.data
    actions.extend(case=deed.case, due_on=data["due_on"], reason=data["reason"], actor=deed.actor, seen=deed.seen)


def _progress(deed: Deed) -> None:
    data = deed.data
    actions.report_progress(
        case=deed.case, text=data["text"], pictures=data["pictures"], actor=deed.actor, seen=deed.seen
    )  # fmt: skip


def _answer(deed: Deed) -> None:
    data = deed.data
    actions.answer(
        case=deed.case, text=data["text"], post=data["post"], pictures=data["pictures"], actor=deed.actor,
        seen=deed.seen,
    )  # fmt: skip


def _reject(deed: Deed) -> None:
    data = deed.data
    actions.reject(
        case=deed.case, reason=RejectReason(data["reason"]), text=data["text"], responsible=data["responsible"],
        actor=deed.actor, seen=deed.seen,
    )  # fmt: skip


def _merge(deed: Deed) -> None:
    actions.merge(case=deed.case, into=deed.data["code"], text=deed.data["text"], actor=deed.actor, seen=deed.seen)


def _note(deed: Deed) -> None:
    actions.note(case=deed.case, text=deed.data["text"], actor=deed.actor)


def _apologise(deed: Deed) -> None:
    actions.apologise(case=deed.case, text=deed.data["text"], actor=deed.actor, seen=deed.seen)


_DEEDS: Final[dict[str, Callable[[Deed], None]]] = {
    steps.ACCEPT: _accept, steps.ASSIGN: _assign, steps.SORT: _sort, steps.ASK: _ask, steps.TRANSFER: _transfer,
    steps.EXTEND: _extend, steps.PROGRESS: _progress, steps.ANSWER: _answer, steps.REJECT: _reject, steps.MERGE: _merge,
    steps.NOTE: _note, steps.APOLOGISE: _apologise,
}  # fmt: skip
