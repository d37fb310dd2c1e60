"""Two cases about one problem become one."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.actions.case_letters import wants_mail
from feedback.actions.case_steps import Step, take_step
from feedback.actions.handle_case import checks
from feedback.cases.clock import resume
from feedback.enums.cases import OPEN, CaseKind, CaseStatus, EventKind, LetterKind, Moderation, PartyRole
from feedback.models import Case, CaseJoin, CaseParty, CaseSender
from feedback.rules import cases as rules
from portal.core.models import User

_TARGETS: Final = (*OPEN, CaseStatus.ANSWERED)
_KINDS: Final = frozenset({CaseKind.REPORT, CaseKind.QUESTION})
_READABLE: Final = frozenset({Moderation.PUBLIC, Moderation.WAITING})


@transaction.atomic
def merge(*, case: Case, into: Case, text: str, actor: User, seen: int) -> Case:
    """Close ``case`` as the same as ``into``; who sent and who joined it now stand behind ``into`` and hear of its answer.

    Only cases that others may read are merged: the answer to ``into`` is mailed to the sender of ``case``. What had been
    merged into ``case`` follows, so that one step always leads from a merged case to the living one.
    """
    checks.need(actor)
    said = checks.words(text, required=False, limit=rules.REASON_LIMIT)
    target = _locked_target(case, into)
    followers = list(Case.everywhere.filter(merged_into=case).order_by("pk").values_list("pk", flat=True))
    changes: dict[str, Any] = {
        **resume(case, checks.today()), "status": CaseStatus.MERGED, "merged_into": target, "joins": 0,
        "closed_at": timezone.now(),
    }  # fmt: skip
    step = Step(
        EventKind.MERGED, OPEN, changes, text=said, detail={"into": target.code}, seen=seen,
        letters=(LetterKind.MERGED,),
    )  # fmt: skip
    take_step(case, step, actor=actor)
    Case.everywhere.filter(pk__in=followers).update(merged_into=target)
    number = _move_people(case, target)
    joined = Step(
        EventKind.JOINED, _TARGETS, {"joins": F("joins") + number}, by_holder=False,
        detail={"merged": case.code, "number": number}, audit={"followers": followers},
        parties=_new_parties(case, target),
    )  # fmt: skip
    take_step(target, joined, actor=actor)
    into.refresh_from_db()
    return case


def _locked_target(case: Case, into: Case) -> Case:
    """The target as it is now. Both rows are locked in the order of their ids: A into B and B into A at once leave one."""
    keys = [row.pk for row in Case.everywhere.filter(pk__in=[case.pk, into.pk]).order_by("pk").select_for_update()]
    if len(keys) < 2:  # noqa: PLR2004 - the case and its target
        raise ValidationError({"into": _("Không gộp một việc vào chính nó. Chọn việc khác.")}, code="itself")
    # In scope: a unit merges into what it has a part in, nothing else.
    target = Case.objects.filter(pk=into.pk, kind=case.kind, status__in=_TARGETS).first()
    if target is None:
        sentence = _("Việc này đã khép lại, khác loại, hoặc không thuộc đơn vị. Chọn việc khác.")
        raise ValidationError({"into": sentence}, code="not_a_target")
    if case.kind not in _KINDS:
        raise ValidationError({"into": _("Yêu cầu của từng người được trả lời riêng, không gộp.")}, code="requests")
    if target.moderation not in _READABLE:
        sentence = _("Việc kia không công khai: người gửi khác không được đọc câu trả lời. Chọn việc khác.")
        raise ValidationError({"into": sentence}, code="private")
    return target


def _new_parties(case: Case, target: Case) -> dict[int, PartyRole]:
    """Whoever has a part in ``case`` follows its way to the end: their readers, and its sender, are led to ``target``."""
    known = set(CaseParty.everywhere.filter(case=target).values_list("unit_id", flat=True))
    parts = CaseParty.everywhere.filter(case=case).exclude(unit_id__in=known).values_list("unit_id", "role")
    return {unit_id: PartyRole.FORMER if role == PartyRole.HOLDER else PartyRole(role) for unit_id, role in parts}


def _move_people(case: Case, target: Case) -> int:
    """Everybody of ``case`` now stands behind ``target``; the sender with their address only where they agreed to mails."""
    joined = CaseJoin.objects.filter(case=case)
    there = CaseJoin.objects.filter(case=target).exclude(address_hash="").values("address_hash")
    # Whoever joined both today has one mark too many for the rule “once a day”.
    joined.filter(address_hash__in=there).update(address_hash="")
    number = joined.update(case=target)
    email = CaseSender.everywhere.get(case=case).sealed_email if wants_mail(case) else ""
    CaseJoin(case=target, sealed_email=email).save(force_insert=True)
    return number + 1
