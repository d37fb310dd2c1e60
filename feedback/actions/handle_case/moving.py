"""A case goes to another unit."""

from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.actions.case_letters import tell_holder
from feedback.actions.case_steps import Step, take_step
from feedback.actions.handle_case import checks
from feedback.actions.province import tell_province
from feedback.cases.clock import resume, transfer_until
from feedback.cases.targets import may_go_to
from feedback.enums.cases import OPEN, CaseStatus, Escalation, EventKind, LetterKind, PartyRole
from feedback.models import Case, CaseEvent
from portal.core.models import User
from portal.core.tenancy import current_unit_id
from portal.core.working_days import working_days_late
from units.enums import UnitKind
from units.models import Unit

TOLD_AFTER: Final = 3
"""After so many transfers the province is told: a case that nobody wants is the province's to place."""


@transaction.atomic
def transfer(*, case: Case, to_unit: Unit, reason: str, actor: User, seen: int) -> Case:
    """Pass the case on, with a public reason; the day to answer stays, a standing clock goes on.

    Within the TRANSFER term, counted from the day the case came to this unit. After it only who may assign (APPROVER,
    UNIT_ADMIN, operators) passes it on, and the event says for ever by how many days it was late. A unit that had it
    before may get it again; the event says so as well (``back``).
    """
    checks.need(actor)
    said = checks.reason_words(reason)
    if not may_go_to(case, to_unit):
        sentence = _("Không chuyển được cho đơn vị này. Chọn đơn vị khác đang nhận việc loại này.")
        raise ValidationError({"to_unit": sentence}, code="not_a_target")
    detail = _facts(case, to_unit, actor)
    step = Step(
        EventKind.TRANSFERRED, OPEN, _changes(case, to_unit), text=said, to_unit=to_unit, detail=detail, seen=seen,
        letters=(LetterKind.TRANSFERRED,), parties={current_unit_id(): _role_after(), to_unit.pk: PartyRole.HOLDER},
        audit={"to": to_unit.slug, "reason": said[:200]},
    )  # fmt: skip
    take_step(case, step, actor=actor)
    tell_holder(case, LetterKind.STAFF_NEW)
    if case.transferred == TOLD_AFTER:
        _tell_province(case)
    return case


def _changes(case: Case, to_unit: Unit) -> dict[str, Any]:
    """Whoever gets it begins anew: nobody has accepted, been reminded or been told that it is late."""
    return {
        **resume(case, checks.today()), "holder": to_unit, "held_since": timezone.now(), "assignee": None,
        "status": CaseStatus.RECEIVED, "accepted_at": None, "reminded_on": None, "escalation": Escalation.NONE,
        "transferred": F("transferred") + 1,
    }  # fmt: skip


def _role_after() -> PartyRole:
    """The province goes on watching; everybody else once had it."""
    is_province = Unit.objects.filter(pk=current_unit_id(), kind=UnitKind.PROVINCE).exists()
    return PartyRole.ABOVE if is_province else PartyRole.FORMER


def _facts(case: Case, to_unit: Unit, actor: User) -> dict[str, Any]:
    """What the event says beside the names. Raises ValidationError when it is too late for this person."""
    detail: dict[str, Any] = checks.due_detail(case, resume(case, checks.today()))
    late = transfer_late(case, checks.today())
    if late and not actor.has_perm(checks.ASSIGN):
        sentence = _("Đã qua hạn chuyển đơn vị. Chỉ người duyệt hoặc quản trị đơn vị chuyển được.")
        raise ValidationError({"to_unit": sentence}, code="late")
    if late:
        detail["late_days"] = late
    passed = CaseEvent.objects.filter(case=case, kind=EventKind.TRANSFERRED)
    if passed.filter(unit=to_unit).exists():
        detail["back"] = True
    return detail


def transfer_late(case: Case, today: date) -> int:
    """How many working days the TRANSFER term is over; at least 1 where it is, for a term may end on a day off."""
    until = transfer_until(case)
    if until is None or today <= until:
        return 0
    return max(1, working_days_late(until, today))


def _tell_province(case: Case) -> None:
    """Not public: the chain of units that passed it on is, and says it all."""
    detail = {"why": "TRANSFERS", "transferred": case.transferred}
    step = Step(
        EventKind.ESCALATED, [CaseStatus.RECEIVED], is_public=False, by_holder=False, is_quiet=True, detail=detail
    )
    take_step(case, step, actor=None)
    tell_province(case, LetterKind.PROVINCE_LATE)
