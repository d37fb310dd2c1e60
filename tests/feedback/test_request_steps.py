"""What only requests have: the longer term, deletion for the person who asks, a copy of what is kept."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from feedback.actions.case_steps import Stale
from feedback.actions.receive_case import Sent
from feedback.actions.requests import (
    carry_out_deletion,
    carry_out_withdrawal,
    cases_of_person,
    copy_for_person,
    declare_complex,
    send_personal,
)
from feedback.enums.cases import CaseKind, CaseStatus, ConsentPurpose, EventKind, Moderation
from feedback.models import Case, CaseConsent, CaseEvent, CaseForgetting, CaseSender
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cases import PHONE, a_sending, make_case, make_public_case
from tests.factories.cast import Cast, House
from units.enums import Role

pytestmark = pytest.mark.django_db


def _ask(house: House, *, wish: str = "DELETE", code: str = "", proof: str = "OFFICE", phone: str = PHONE) -> Case:
    sent = Sent(
        kind=CaseKind.PERSONAL, text="Xóa giúp dữ liệu", name="Nguyễn Thị Bưởi", phone=phone, wish=wish,
        consents=frozenset({ConsentPurpose.HANDLE}),
    )  # fmt: skip
    with unit_scope(house.unit):
        received = send_personal(key="", sent=sent, code=code, proof=proof, sending=a_sending())
    assert received
    return received.case


def _answered(house: House, **more: Any) -> Case:
    case = make_case(house, **more)
    with unit_scope(house.unit):
        Case.objects.filter(pk=case.pk).update(status=CaseStatus.ANSWERED)
    return case


# --- the longer term --------------------------------------------------------------------------------------------------


def test_a_complex_request_gets_the_longer_term_and_its_sender_reads_why(cast: Cast) -> None:
    case = make_case(cast.a, kind=CaseKind.INFORMATION, wish="MAIL")
    assert str(case.due_on) == "2026-11-27"
    with unit_scope(cast.a.unit):
        declare_complex(case=case, reason="Phải hỏi kho lưu trữ", actor=cast.a.admin, seen=case.version)
        event = CaseEvent.objects.get(case=case, kind=EventKind.EXTENDED)
    assert str(case.due_on) == "2026-12-11"
    assert (event.is_public, event.text) == (True, "Phải hỏi kho lưu trữ")
    assert event.detail == {"due_before": "2026-11-27", "due": "2026-12-11", "complex": True}


def test_it_is_declared_once_in_time_and_only_of_information(cast: Cast) -> None:
    case = make_case(cast.a, kind=CaseKind.INFORMATION)
    personal = _ask(cast.a)
    with unit_scope(cast.a.unit):
        with pytest.raises(ValidationError):
            declare_complex(case=personal, reason="Lâu", actor=cast.a.admin, seen=personal.version)
        with pytest.raises(ValidationError):
            declare_complex(case=case, reason=" ", actor=cast.a.admin, seen=case.version)
        with pytest.raises(Stale):
            declare_complex(case=case, reason="Lâu", actor=cast.a.admin, seen=case.version + 1)
        with pytest.raises(PermissionDenied):
            declare_complex(case=case, reason="Lâu", actor=cast.a.people[Role.AUTHOR], seen=case.version)
        declare_complex(case=case, reason="Lâu", actor=cast.a.admin, seen=case.version)
        with pytest.raises(ValidationError):
            declare_complex(case=case, reason="Lâu", actor=cast.a.admin, seen=case.version)
        Case.objects.filter(pk=case.pk).update(due_on="2026-11-20")
        case.refresh_from_db()
        with pytest.raises(ValidationError):
            declare_complex(case=case, reason="Lâu", actor=cast.a.admin, seen=case.version)


# --- deletion ---------------------------------------------------------------------------------------------------------


def test_deletion_forgets_the_chosen_cases_and_leaves_its_proof(cast: Cast) -> None:
    first, second = _answered(cast.a), _answered(cast.a)
    request = _ask(cast.a, code=first.code, proof="CODE")
    with unit_scope(cast.a.unit):
        assert {case.pk for case in cases_of_person(request)} == {first.pk, second.pk}
        carry_out_deletion(case=request, target_codes=[first.code_words], actor=cast.a.admin, seen=request.version)
        assert CaseSender.objects.get(case=first).forgotten_at
        assert not CaseSender.objects.get(case=second).forgotten_at
        proof = CaseForgetting.objects.get()
        assert proof.codes == [first.code]
        assert request.code_words in proof.rule
        event = CaseEvent.objects.get(case=request, kind=EventKind.PROGRESS)
        assert event.is_public
        assert request.status == CaseStatus.RECEIVED
        trail = json.dumps(list(AuditEntry.objects.values_list("detail", flat=True)), default=str)
    assert "Bưởi" not in trail
    assert PHONE not in trail


def test_without_proof_only_who_was_seen_in_person(cast: Cast) -> None:
    own = _answered(cast.a)
    request = _ask(cast.a, code=own.code, proof="CODE", phone="0905000111")
    seen_at_office = _ask(cast.a)
    with unit_scope(cast.a.unit):
        with pytest.raises(ValidationError) as raised:
            carry_out_deletion(case=request, target_codes=[own.code], actor=cast.a.admin, seen=request.version)
        assert "seen_in_person" in raised.value.message_dict
        # Somebody else's number: not even a face at the desk opens it.
        with pytest.raises(ValidationError) as raised:
            carry_out_deletion(
                case=request, target_codes=[own.code], actor=cast.a.admin, seen=request.version, seen_in_person=True
            )
        assert "target_codes" in raised.value.message_dict
        carry_out_deletion(
            case=seen_at_office, target_codes=[own.code], actor=cast.a.admin, seen=seen_at_office.version,
            seen_in_person=True,
        )  # fmt: skip
        assert CaseSender.objects.get(case=own).forgotten_at


def test_what_is_refused_changes_nothing(cast: Cast) -> None:
    own, running, foreign = _answered(cast.a), make_case(cast.a), _answered(cast.b)
    request, view = _ask(cast.a, code=own.code, proof="CODE"), _ask(cast.a, wish="VIEW", code=own.code, proof="CODE")
    seen = request.version
    with unit_scope(cast.a.unit):
        for codes in ([], ["XXX"], [foreign.code], [own.code, foreign.code], [running.code], [request.code]):
            with pytest.raises(ValidationError):
                carry_out_deletion(case=request, target_codes=codes, actor=cast.a.admin, seen=seen)
        with pytest.raises(ValidationError):
            carry_out_deletion(case=view, target_codes=[own.code], actor=cast.a.admin, seen=view.version)
        with pytest.raises(PermissionDenied):
            carry_out_deletion(case=request, target_codes=[own.code], actor=cast.a.people[Role.EDITOR], seen=seen)
        with pytest.raises(Stale):
            carry_out_deletion(case=request, target_codes=[own.code], actor=cast.a.admin, seen=seen + 1)
        assert not CaseForgetting.objects.exists()
    with unit_scope(cast.b.unit):
        assert not CaseSender.objects.get(case=foreign).forgotten_at
        # The request itself is nothing that another unit may know of.
        assert not cases_of_person(request).exists()


def test_withdrawal_takes_the_public_copy_away(cast: Cast) -> None:
    own = make_public_case(cast.a)
    request = _ask(cast.a, wish="WITHDRAW", code=own.code, proof="CODE")
    with unit_scope(cast.a.unit):
        with pytest.raises(ValidationError):
            carry_out_deletion(case=request, target_codes=[own.code], actor=cast.a.admin, seen=request.version)
        carry_out_withdrawal(case=request, target_codes=[own.code], actor=cast.a.admin, seen=request.version)
        own.refresh_from_db()
        assert (own.moderation, own.may_publish, own.status) == (Moderation.PRIVATE, False, CaseStatus.RECEIVED)
        left = CaseConsent.objects.filter(case=own, withdrawn_at__isnull=True)
        assert {row.purpose for row in left} == {ConsentPurpose.HANDLE}
        assert not CaseSender.objects.get(case=own).forgotten_at


# --- a copy -----------------------------------------------------------------------------------------------------------


def test_a_copy_holds_everything_and_is_logged(cast: Cast) -> None:
    own = _answered(cast.a)
    request = _ask(cast.a, wish="VIEW", code=own.code, proof="CODE")
    with unit_scope(cast.a.unit):
        made = copy_for_person(case=request, target_codes=[own.code], reason="Trao tại quầy", actor=cast.a.admin)
        looked = CaseEvent.objects.get(case=own, kind=EventKind.UNMASKED)
        assert (looked.text, looked.is_public, looked.actor) == ("Trao tại quầy", False, cast.a.admin)
        with pytest.raises(PermissionDenied):
            copy_for_person(case=request, target_codes=[own.code], reason="Xem", actor=cast.a.people[Role.EDITOR])
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == [f"{own.code}.zip"]
        with zipfile.ZipFile(io.BytesIO(archive.read(f"{own.code}.zip"))) as inner:
            assert cast.a.marker in inner.read(f"{own.code}.json").decode()
