"""What only requests have: a proof by code and number, the longer term, deletion, withdrawal and a copy of what is kept.

Everything else of a request is a case like any other. An officer reaches the cases in which the own unit has a part, of
the person who asks: those that were sent with the same telephone number.
"""

import io
import zipfile
from collections.abc import Collection
from dataclasses import replace
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.actions.case_steps import Step, take_step
from feedback.actions.forget_cases import forget_sender
from feedback.actions.handle_case.checks import UNMASK, due_detail, need, reason_words, today
from feedback.actions.own_door import find_own
from feedback.actions.own_export import export_of
from feedback.actions.receive_case import Received, Sent, phone_material
from feedback.actions.send_case import send_once
from feedback.actions.sender_steps import withdraw_consent
from feedback.cases import request_details as details
from feedback.cases.terms import term_of
from feedback.enums.cases import (
    OPEN,
    RUNNING,
    CaseKind,
    CaseStatus,
    ConsentPurpose,
    EventKind,
    LetterKind,
    PersonalWish,
    TermStep,
)
from feedback.models import Case, CaseForgetting, CaseSender
from feedback.rules.codes import code_words, read_code
from portal.core.models import User
from portal.core.sealing import Unreadable, keyed_hashes, unseal
from portal.core.visitors import Sending

TARGETS_SHOWN: Final = 50
_RULE: Final = "NĐ 356/2025/NĐ-CP Điều 5, theo yêu cầu %s"


def send_personal(*, key: str, sent: Sent, code: str, proof: str, sending: Sending) -> Received | None:
    """Take in a request about personal data; whether code and number fit is kept for the officer, and told to nobody else.

    Raises TooMany, also for whoever tries codes.
    """
    matched = False
    if proof == details.BY_CODE:
        found = find_own(code=code, phone=sent.phone, address_hash=sending.address_hash)
        matched = found is not None
    facts = {details.CODE: code_words(code) if code else "", details.PROOF: proof, details.MATCHED: matched or None}
    return send_once(key=key, sent=replace(sent, details=details.write_details(**facts)), sending=sending)


# --- the longer term --------------------------------------------------------------------------------------------------


@transaction.atomic
def declare_complex(*, case: Case, reason: str, actor: User, seen: int) -> Case:
    """Say that what is asked for takes the longer term (TermStep.COMPLEX); the sender reads why and until when.

    Raises PermissionDenied, Stale and ValidationError.
    """
    need(actor)
    text = reason_words(reason)
    received = timezone.localdate(case.received_at)
    term = term_of(case.kind, TermStep.COMPLEX, received, wish=case.wish)
    if term is None:
        raise ValidationError(_("Loại yêu cầu này không có thời hạn cho việc phức tạp."))
    due_on = term.last_day(received)
    if case.due_on is None or case.due_on < today():
        raise ValidationError(_("Đã quá hạn trả lời. Không báo việc phức tạp được nữa."))
    if due_on <= case.due_on:
        raise ValidationError(_("Hạn trả lời đã bằng hoặc xa hơn thời hạn của việc phức tạp."))
    changes: dict[str, Any] = {"due_on": due_on, "reminded_on": None}
    step = Step(
        EventKind.EXTENDED, RUNNING, changes, text=text, detail={**due_detail(case, changes), "complex": True},
        letters=(LetterKind.EXTENDED,), seen=seen, where=Q(due_on__lt=due_on),
    )  # fmt: skip
    take_step(case, step, actor=actor)
    return case


# --- the person's other cases -----------------------------------------------------------------------------------------


def cases_of_person(case: Case) -> QuerySet[Case]:
    """Cases in which the unit in scope has a part, sent with the number of this request and not yet forgotten."""
    sender = CaseSender.objects.filter(case=case, forgotten_at__isnull=True).first()
    try:
        phone = unseal(sender.sealed_phone) if sender else ""
    except Unreadable:
        phone = ""
    if case.kind != CaseKind.PERSONAL or not phone:
        return Case.objects.none()
    hashes = keyed_hashes(phone_material(phone))
    rows = Case.objects.filter(sender__phone_hash__in=hashes, sender__forgotten_at__isnull=True)
    return rows.exclude(pk=case.pk).order_by("-pk")


def _targets(case: Case, wishes: Collection[PersonalWish], codes: Collection[str], *, in_person: bool) -> list[Case]:
    """The chosen cases, all of them the person's own. Raises ValidationError."""
    if case.kind != CaseKind.PERSONAL or case.wish not in wishes:
        raise ValidationError(_("Yêu cầu này không hỏi việc ấy."))
    if not (in_person or details.is_proved(case)):
        raise ValidationError(
            {
                "seen_in_person": _(
                    "Mã và số điện thoại không khớp. Gặp người yêu cầu, xem căn cước, rồi đánh dấu ô này."
                )
            }
        )
    wanted = {read_code(code) for code in codes if code.strip()}
    found = list(cases_of_person(case).filter(code__in=wanted - {""})[:TARGETS_SHOWN])
    if not found or len(found) != len(wanted):
        raise ValidationError(
            {"target_codes": _("Có mã không thấy ở đơn vị, đã xóa trước đó, hoặc gửi bằng số điện thoại khác.")}
        )
    return found


@transaction.atomic
def carry_out_deletion(
    *, case: Case, target_codes: Collection[str], actor: User, seen: int, seen_in_person: bool = False
) -> Case:
    """Forget the person in the chosen cases and tell them; the request stays open until it is answered.

    Raises PermissionDenied, Stale and ValidationError. A case that is still handled keeps its sender: the unit needs them.
    """
    need(actor, UNMASK)
    targets = _targets(case, (PersonalWish.DELETE,), target_codes, in_person=seen_in_person)
    if running := [target.code_words for target in targets if target.is_open]:
        words = _("Còn đang xử lý: %(codes)s. Trả lời xong, hoặc người gửi rút, rồi mới xóa.")
        raise ValidationError({"target_codes": words % {"codes": ", ".join(running)}})
    done = [target for target in targets if forget_sender(case=target, actor=actor)]
    _prove(case, done)
    text = ngettext(
        "Đã xóa tên, số điện thoại, địa chỉ và lời viết gốc của %(number)d việc.",
        "Đã xóa tên, số điện thoại, địa chỉ và lời viết gốc của %(number)d việc.", len(done),
    ) % {"number": len(done)}  # fmt: skip
    step = Step(
        EventKind.PROGRESS, OPEN, text=text, detail={"forgotten": len(done), "in_person": seen_in_person},
        letters=(LetterKind.PROGRESS,), seen=seen,
    )  # fmt: skip
    take_step(case, step, actor=actor)
    return case


@transaction.atomic
def carry_out_withdrawal(
    *, case: Case, target_codes: Collection[str], actor: User, seen: int, seen_in_person: bool = False
) -> Case:
    """Take back, for the person, the consent to mails and to publication in the chosen cases: nothing of them is public then.

    Raises PermissionDenied, Stale and ValidationError. What is still handled goes on being handled.
    """
    need(actor, UNMASK)
    targets = _targets(case, (PersonalWish.WITHDRAW,), target_codes, in_person=seen_in_person)
    for target in targets:
        for purpose in (ConsentPurpose.MAIL, ConsentPurpose.PUBLISH):
            withdraw_consent(case=target, purpose=purpose)
    text = ngettext(
        "Đã ghi rút đồng ý của %(number)d việc: không gửi thư, không công khai nữa.",
        "Đã ghi rút đồng ý của %(number)d việc: không gửi thư, không công khai nữa.", len(targets),
    ) % {"number": len(targets)}  # fmt: skip
    step = Step(
        EventKind.PROGRESS, OPEN, text=text, detail={"withdrawn": len(targets), "in_person": seen_in_person},
        letters=(LetterKind.PROGRESS,), seen=seen,
    )  # fmt: skip
    take_step(case, step, actor=actor)
    return case


def _prove(case: Case, done: list[Case]) -> None:
    """The row that an auditor reads, one for each kind; it names codes, never the person."""
    for kind in sorted({target.kind for target in done}):
        codes = [target.code for target in done if target.kind == kind]
        rule = _RULE % case.code_words
        CaseForgetting(kind=kind, rule=rule, keep_days=0, number=len(codes), codes=codes).save()


@transaction.atomic
def copy_for_person(
    *, case: Case, target_codes: Collection[str], reason: str, actor: User, seen_in_person: bool = False
) -> bytes:
    """Everything kept in the chosen cases, to be handed to the person: a ZIP with one archive for each. Logged.

    Raises PermissionDenied, Stale and ValidationError.
    """
    need(actor, UNMASK)
    text = reason_words(reason)
    targets = _targets(case, tuple(PersonalWish), target_codes, in_person=seen_in_person)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression=zipfile.ZIP_STORED) as archive:
        for target in targets:
            archive.writestr(f"{target.code}.zip", export_of(target))
            looked = Step(
                EventKind.UNMASKED, list(CaseStatus), text=text, is_public=False, by_holder=False, is_quiet=True
            )
            take_step(target, looked, actor=actor)
    return made.getvalue()
