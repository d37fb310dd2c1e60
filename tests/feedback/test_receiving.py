"""A case arrives: what is kept of it, for whom, and what is not."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from feedback.actions.receive_case import Sent, receive_case
from feedback.enums.cases import CaseKind, ConsentPurpose, EventKind, Moderation, PartyRole
from feedback.models import (
    Case,
    CaseConsent,
    CaseDraft,
    CaseEvent,
    CaseLetter,
    CaseParty,
    CaseRoute,
    CaseSender,
)
from portal.core.letter_codes import read_code
from portal.core.sealing import keyed_hash, unseal
from portal.core.tenancy import ScopeError, unit_scope
from portal.core.visitors import TooMany
from tests.factories.cases import EMAIL, PHONE, a_sending, category_of, make_case, receive
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db


def test_everything_of_a_report_is_kept_at_once(cast: Cast) -> None:
    received = receive(cast.a)
    case = received.case
    assert read_code(case.code) == case.code
    assert (case.intake_unit, case.holder, case.commune) == (cast.a.unit,) * 3
    # Ten working days from Sunday 22 November 2026.
    assert case.due_on == case.first_due_on == date(2026, 12, 4)
    assert case.moderation == Moderation.WAITING
    assert keyed_hash(received.token) == case.token_hash
    with unit_scope(cast.a.unit):
        assert cast.a.marker in unseal(case.sealed_text)
        sender = CaseSender.objects.get(case=case)
        assert (unseal(sender.sealed_phone), unseal(sender.sealed_email)) == (PHONE, EMAIL)
        assert {row.purpose for row in CaseConsent.objects.filter(case=case)} == set(ConsentPurpose)
        assert [event.kind for event in CaseEvent.objects.filter(case=case)] == [EventKind.RECEIVED]
        assert CaseLetter.objects.filter(case=case).count() == 1


def test_no_personal_word_stands_in_the_open(cast: Cast) -> None:
    case = make_case(
        cast.a, text=f"Nhà bà Lê Thị {cast.a.marker}, căn cước 046012345678, gọi 0905 999 888 hoặc xem http://x.vn"
    )
    with unit_scope(cast.a.unit):
        sender = CaseSender.objects.get(case=case)
        assert cast.a.marker not in sender.sealed_name
        assert "046012345678" in unseal(case.sealed_text)
    assert "046012345678" not in case.text
    assert "0905 999 888" not in case.text
    assert "x.vn" not in case.text


def test_units_without_a_part_see_nothing(cast: Cast) -> None:
    case = make_case(cast.a)
    for model in (Case, CaseEvent, CaseSender, CaseConsent, CaseParty):
        with unit_scope(cast.b.unit):
            assert not model.objects.exists(), model
        with unit_scope(cast.province):
            assert model.objects.exists(), model
        with pytest.raises(ScopeError):
            model.objects.exists()
    with unit_scope(cast.province):
        assert CaseParty.objects.get(case=case).role == PartyRole.ABOVE


def test_the_most_exact_route_wins(cast: Cast) -> None:
    since = date(2026, 1, 1)
    CaseRoute.objects.create(kind=CaseKind.REPORT, category=category_of(), to_unit=cast.third, valid_from=since)
    CaseRoute.objects.create(
        kind=CaseKind.REPORT, category=category_of(), commune=cast.a.unit, to_unit=cast.province, valid_from=since
    )
    CaseRoute.objects.create(
        kind=CaseKind.REPORT, category=category_of("cay-xanh"), to_unit=cast.b.unit, valid_from=since,
        valid_to=date(2026, 6, 30),
    )  # fmt: skip
    assert make_case(cast.a).holder == cast.province
    assert make_case(cast.b).holder == cast.third
    assert make_case(cast.a, category=category_of("cay-xanh")).holder == cast.a.unit


def test_a_closed_unit_gets_nothing(cast: Cast) -> None:
    CaseRoute.objects.create(
        kind=CaseKind.REPORT, category=category_of(), to_unit=cast.closed, valid_from=date(2026, 1, 1)
    )
    assert make_case(cast.a).holder == cast.a.unit


def test_one_draft_gives_one_case(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        draft = CaseDraft.objects.create(key="k" * 22, kind=CaseKind.REPORT)
        sent = Sent(kind=CaseKind.REPORT, text="Nắp cống vỡ trước nhà số 12", category=category_of())
        first = receive_case(sent=sent, sending=a_sending(), draft=draft)
        second = receive_case(sent=sent, sending=a_sending(), draft=draft)
        assert first
        assert second
        assert (first.case.pk, first.token) == (second.case.pk, second.token)
        assert Case.objects.count() == 1


def test_without_consent_nobody_can_publish(cast: Cast) -> None:
    case = make_case(cast.a, consents=frozenset({ConsentPurpose.HANDLE}))
    assert case.moderation == Moderation.PRIVATE
    with unit_scope(cast.a.unit), pytest.raises(IntegrityError):
        Case.objects.filter(pk=case.pk).update(moderation=Moderation.PUBLIC)


def test_advertising_is_held_apart(cast: Cast) -> None:
    assert (
        make_case(cast.a, text="Nhà cái uy tín, nổ hũ đổi thưởng, truy cập bet88.com ngay hôm nay").moderation
        == Moderation.SPAM
    )


def test_a_trapped_machine_leaves_nothing(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        sent = Sent(kind=CaseKind.REPORT, text="Nắp cống vỡ trước nhà số 12")
        assert receive_case(sent=sent, sending=a_sending(was_trapped=True)) is None
        assert not Case.objects.exists()


def test_one_address_is_stopped(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        sent = Sent(kind=CaseKind.REPORT, text="Nắp cống vỡ trước nhà số 12")
        sending = a_sending()
        for _turn in range(3):
            receive_case(sent=sent, sending=sending)
        with pytest.raises(TooMany):
            receive_case(sent=sent, sending=sending)
        assert Case.objects.count() == 3


def test_requests_are_never_public(cast: Cast) -> None:
    for kind in (CaseKind.INFORMATION, CaseKind.PERSONAL):
        case = make_case(cast.a, kind=kind)
        assert case.moderation == Moderation.PRIVATE
        with unit_scope(cast.a.unit), pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(moderation=Moderation.PUBLIC)
