"""A case is taken on, given to somebody, sorted; a note is left."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.actions.case_changes import place_changes, sorted_changes
from feedback.actions.case_steps import Stale, Step, take_step
from feedback.actions.handle_case import checks
from feedback.cases.clock import term_for
from feedback.enums.cases import OPEN, CaseStatus, EventKind, LetterKind, PartyRole, Priority, TermStep
from feedback.models import Case, CaseCategory, CaseParty
from portal.core.models import User
from portal.core.page_cache import bump_generation
from units.models import Unit


@transaction.atomic
def accept(
    *, case: Case, post: str = "", text: str = "", assignee: User | None = None, is_complex: bool = False,
    actor: User, seen: int,
) -> Case:  # fmt: skip
    """The unit says that it handles the case: public, with the post that does it; RECEIVED becomes ACCEPTED.

    Without ``assignee`` it stays with whoever has it, else the actor takes it. ``is_complex`` gives the longer term of
    requests (TermStep.COMPLEX).
    """
    checks.need(actor)
    named = checks.line(post, field="post", limit=checks.POST_LIMIT, required=False)
    said = checks.words(text, required=False)
    changes: dict[str, Any] = {"status": CaseStatus.ACCEPTED, "accepted_at": timezone.now()}
    chosen = assignee or (None if case.assignee_id else actor)
    if chosen is not None and (assignee is not None or checks.may_handle_here(actor)):
        _check_giving(chosen, actor)
        changes["assignee"] = chosen
    if is_complex:
        changes |= _complex_term(case)
    moved = checks.due_detail(case, changes)
    detail = {"post": named, **(moved or {"due": case.due_on.isoformat() if case.due_on else ""})}
    step = Step(
        EventKind.ACCEPTED, [CaseStatus.RECEIVED], changes, text=said, detail=detail, seen=seen,
        letters=(LetterKind.ACCEPTED,), audit={"assignee": chosen.pk if chosen else case.assignee_id},
    )  # fmt: skip
    take_step(case, step, actor=actor)
    return case


def _complex_term(case: Case) -> dict[str, Any]:
    received = timezone.localdate(case.received_at)
    term = term_for(case, TermStep.COMPLEX, received)
    if term is None or case.due_on is None:
        raise ValidationError(
            {"is_complex": _("Quy định không có thời hạn riêng cho việc phức tạp loại này.")}, code="no_term"
        )
    return {"due_on": max(case.due_on, term.last_day(received)), "reminded_on": None}


def _check_giving(assignee: User, actor: User) -> None:
    """Who gives work to others needs the right to; anybody who handles may take it on themself."""
    if assignee.pk != actor.pk:
        checks.need(actor, checks.ASSIGN)
    checks.need_assignee(assignee)


@transaction.atomic
def assign(*, case: Case, assignee: User | None, actor: User, seen: int) -> Case:
    """Say who of the unit does it; None takes it from whoever has it. To take it on oneself, the right to handle is enough."""
    checks.need(actor)
    if assignee is not None:
        _check_giving(assignee, actor)
    elif case.assignee_id != actor.pk:
        checks.need(actor, checks.ASSIGN)
    detail = {"assignee": assignee.pk if assignee else None, "name": str(assignee or "")}
    changes = {"assignee": assignee}
    step = Step(EventKind.ASSIGNED, OPEN, changes, is_public=False, detail=detail, seen=seen)
    take_step(case, step, actor=actor)
    return case


@transaction.atomic
def sort(
    *, case: Case, category: CaseCategory | None, commune: Unit | None, priority: str, actor: User, seen: int
) -> Case:
    """Another category, place or urgency; the day to answer moves only where the new category's term differs.

    Category, place and day are public; how urgent an office finds it stays inside.
    """
    checks.need(actor)
    if priority not in Priority.values:
        raise ValidationError({"priority": _("Chọn một mức gấp trong danh sách.")}, code="unknown")
    changes, detail = sorted_changes(case, category, checks.today())
    place, place_detail = place_changes(case, commune)
    changes, detail = {**changes, **place}, {**detail, **place_detail}
    audit: dict[str, Any] = {}
    if priority != case.priority:
        changes["priority"], audit = priority, {"priority_before": case.priority, "priority": priority}
    if not changes:
        return case
    before = case.commune_id
    step = Step(
        EventKind.SORTED, OPEN, changes, is_public=bool(detail), detail=detail or audit, audit=audit, seen=seen
    )  # fmt: skip
    take_step(case, step, actor=actor)
    if case.commune_id != before:
        _move_place(case, before)
    return case


def _move_place(case: Case, before: int | None) -> None:
    """The new place gets its part; the old one loses it, unless it has another, or its readers know the case already."""
    parties = CaseParty.everywhere.filter(case=case)
    if before is not None:
        parties.filter(unit_id=before, role=PartyRole.PLACE, is_public=False).delete()
    if case.commune_id is not None and not parties.filter(unit_id=case.commune_id).exists():
        CaseParty(
            case=case, unit_id=case.commune_id, role=PartyRole.PLACE, **CaseParty.copies_of(case)
        ).save(force_insert=True)  # fmt: skip
        if parties.filter(is_public=True).exists():
            bump_generation(case.commune_id)


@transaction.atomic
def note(*, case: Case, text: str, actor: User) -> Case:
    """A note for the own unit's eyes; any unit with a part in the case may leave its own. Nobody's screen gets stale."""
    checks.need(actor)
    said = checks.words(text)
    if not Case.objects.filter(pk=case.pk).exists():
        raise Stale
    step = Step(EventKind.NOTE, list(CaseStatus), text=said, is_public=False, by_holder=False, is_quiet=True)
    take_step(case, step, actor=actor)
    return case
