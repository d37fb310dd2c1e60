"""A case is answered, refused, merged into another: who is told, what stays, what the sender of a merged one gets."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback.actions import handle_case as verbs
from feedback.actions.case_steps import Stale
from feedback.actions.sender_steps import withdraw_consent
from feedback.enums.cases import (
    CaseKind,
    CaseStatus,
    ConsentPurpose,
    EventKind,
    LetterKind,
    Moderation,
    PartyRole,
    RejectReason,
)
from feedback.models import Case, CaseJoin, CaseLetter
from portal.core.sealing import seal, unseal
from portal.core.tenancy import unit_scope
from tests.factories.case_desk import do, fresh, last_event, letters, roles
from tests.factories.cases import EMAIL, make_case, make_public_case
from tests.factories.cast import HANOI, Cast, House

pytestmark = pytest.mark.django_db
ANSWER: dict[str, Any] = {"text": "Đã thay nắp cống sáng nay.", "post": "Phó Chủ tịch UBND phường"}


def _join(case: Case, house: House, email: str = "", address_hash: str = "") -> None:
    with unit_scope(house.unit):
        CaseJoin(case=case, sealed_email=seal(email), address_hash=address_hash).save(force_insert=True)
        case.joins += 1
        case.save(update_fields=["joins"])


def test_an_answer_closes_and_asks(cast: Cast) -> None:
    case = make_public_case(cast.a)
    do(verbs.answer, case, cast.a, **ANSWER)
    now = fresh(case)
    assert (now.status, now.answer, now.answer_post) == (CaseStatus.ANSWERED, ANSWER["text"], ANSWER["post"])
    assert now.answered_at == now.first_answered_at == now.asked_at == now.closed_at
    assert (now.solved, now.due_on) == ("", date(2026, 12, 4))
    event = last_event(case, cast.a.unit)
    assert (event.text, event.detail) == (ANSWER["text"], {"post": ANSWER["post"], "pictures": 0})
    assert letters(case, cast.a.unit)[-1] == LetterKind.ANSWERED


def test_an_answer_is_signed_with_a_post(cast: Cast) -> None:
    case = make_case(cast.a)
    for post in ("", "  ", "a" * 161):
        with pytest.raises(ValidationError) as caught:
            do(verbs.answer, case, cast.a, text="Đã thay.", post=post)
        assert set(caught.value.message_dict) == {"post"}


def test_the_first_answer_is_remembered(cast: Cast, clock: Any) -> None:
    case = make_case(cast.a)
    do(verbs.answer, case, cast.a, **ANSWER)
    first = fresh(case).answered_at
    Case.everywhere.filter(pk=case.pk).update(status=CaseStatus.ACCEPTED)
    clock.move_to(datetime(2026, 11, 30, 9, tzinfo=HANOI))
    do(verbs.answer, case, cast.a, text="Đã thay lần nữa.", post="Chủ tịch")
    now = fresh(case)
    assert now.first_answered_at == first
    assert now.answered_at != first


def test_those_who_joined_are_told_too(cast: Cast) -> None:
    case = make_public_case(cast.a)
    for number in range(3):
        _join(fresh(case), cast.a, email=f"{number}@example.vn" if number else "")
    do(verbs.answer, case, cast.a, **ANSWER)
    assert letters(case, cast.a.unit)[1:] == ["ANSWERED", "JOINER_ANSWERED", "JOINER_ANSWERED"]
    with unit_scope(cast.a.unit):
        rows = CaseLetter.objects.filter(case=case, kind=LetterKind.JOINER_ANSWERED).select_related("join")
        assert sorted(unseal(row.join.sealed_email) for row in rows if row.join) == ["1@example.vn", "2@example.vn"]


def test_many_joiners_cost_no_more_queries(cast: Cast) -> None:
    numbers = []
    for joiners in (1, 3):
        case = make_public_case(cast.a)
        for number in range(joiners):
            _join(fresh(case), cast.a, email=f"{number}@example.vn")
        with CaptureQueriesContext(connection) as queries:
            do(verbs.answer, case, cast.a, **ANSWER)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_nobody_without_consent_is_written_to(cast: Cast) -> None:
    case = make_case(cast.a, consents=frozenset({ConsentPurpose.HANDLE, ConsentPurpose.PUBLISH}))
    do(verbs.answer, case, cast.a, **ANSWER)
    assert letters(case, cast.a.unit) == []


def test_a_refusal_says_who_is_responsible(cast: Cast) -> None:
    case = make_case(cast.a)
    with pytest.raises(ValidationError) as caught:
        do(verbs.reject, case, cast.a, reason=RejectReason.NOT_OURS, text="Đường quốc lộ.")
    assert set(caught.value.message_dict) == {"responsible"}
    do(
        verbs.reject, case, cast.a, reason=RejectReason.NOT_OURS, text="Đường quốc lộ.",
        responsible=" Khu Quản lý đường bộ II ",
    )  # fmt: skip
    now = fresh(case)
    assert (now.status, now.reject_reason, now.responsible) == (
        CaseStatus.REJECTED, RejectReason.NOT_OURS, "Khu Quản lý đường bộ II",
    )  # fmt: skip
    assert now.closed_at is not None
    event = last_event(case, cast.a.unit)
    assert event.is_public
    assert event.detail == {"reason": "NOT_OURS", "responsible": "Khu Quản lý đường bộ II"}
    assert letters(case, cast.a.unit)[-1] == LetterKind.REJECTED


def test_reasons_fit_the_kind(cast: Cast) -> None:
    assert RejectReason.LAWFUL_REFUSAL not in verbs.reject_reasons(CaseKind.REPORT)
    assert RejectReason.UNTRUE not in verbs.reject_reasons(CaseKind.INFORMATION)
    with pytest.raises(ValidationError):
        do(verbs.reject, make_case(cast.a), cast.a, reason=RejectReason.LAWFUL_REFUSAL, text="Mật.")
    for wrong in ("", "OTHER"):
        with pytest.raises(ValidationError):
            do(verbs.reject, make_case(cast.a), cast.a, reason=wrong, text="Không.")


def test_merging_moves_everybody_behind_the_other(cast: Cast) -> None:
    case, into = make_public_case(cast.a), make_public_case(cast.a)
    _join(case, cast.a, "mot@example.vn", "x" * 64)
    _join(case, cast.a, "", "y" * 64)
    _join(into, cast.a, "", "x" * 64)
    do(verbs.merge, fresh(case), cast.a, into=into, text="Cùng một nắp cống.")
    merged, target = fresh(case), fresh(into)
    assert (merged.status, merged.merged_into_id, merged.joins) == (CaseStatus.MERGED, target.pk, 0)
    # Two who joined, the sender, and the one who was there.
    assert target.joins == 4
    with unit_scope(cast.a.unit):
        rows = CaseJoin.objects.filter(case=target)
        assert rows.count() == 4
        assert {unseal(row.sealed_email) for row in rows} == {"", "mot@example.vn", EMAIL}
        assert not CaseJoin.objects.filter(case=case).exists()
    assert letters(case, cast.a.unit)[-1] == LetterKind.MERGED
    assert last_event(case, cast.a.unit).detail == {"into": into.code}
    joined = last_event(into, cast.a.unit)
    assert (joined.kind, joined.is_public, joined.detail["number"]) == (EventKind.JOINED, True, 3)
    do(verbs.answer, into, cast.a, **ANSWER)
    assert letters(into, cast.a.unit)[-3:] == ["ANSWERED", "JOINER_ANSWERED", "JOINER_ANSWERED"]


def test_a_sender_without_consent_is_counted_but_not_written_to(cast: Cast) -> None:
    case = make_case(cast.a, consents=frozenset({ConsentPurpose.HANDLE}))
    into = make_public_case(cast.a)
    do(verbs.merge, case, cast.a, into=into, text="")
    with unit_scope(cast.a.unit):
        assert [row.sealed_email for row in CaseJoin.objects.filter(case=into)] == [""]


def test_who_wants_no_mails_any_more_gets_none_of_the_other_case_either(cast: Cast) -> None:
    case, into = make_case(cast.a, email="thoi@example.vn"), make_public_case(cast.a)
    _join(into, cast.a, "con@example.vn")
    do(verbs.merge, case, cast.a, into=fresh(into), text="")
    with unit_scope(cast.a.unit):
        withdraw_consent(case=fresh(case), purpose=ConsentPurpose.MAIL)
    do(verbs.answer, into, cast.a, **ANSWER)
    with unit_scope(cast.a.unit):
        rows = CaseLetter.objects.filter(case=into, kind=LetterKind.JOINER_ANSWERED).select_related("join")
        assert [unseal(row.join.sealed_email) for row in rows if row.join] == ["con@example.vn"]
        assert not any("thoi" in unseal(row.sealed_email) for row in CaseJoin.objects.filter(case=into))


def test_what_was_merged_before_follows(cast: Cast) -> None:
    first, second, third = (make_public_case(cast.a) for _ in range(3))
    do(verbs.merge, first, cast.a, into=second, text="")
    do(verbs.merge, second, cast.a, into=third, text="")
    assert fresh(first).merged_into_id == fresh(second).merged_into_id == third.pk
    assert fresh(third).joins == 2
    # No way back: what was merged is no target any more.
    with pytest.raises(ValidationError):
        do(verbs.merge, third, cast.a, into=fresh(first), text="")


def test_into_an_answered_one_but_not_into_a_closed_one(cast: Cast) -> None:
    answered, refused = make_public_case(cast.a), make_public_case(cast.a)
    do(verbs.answer, answered, cast.a, **ANSWER)
    do(verbs.reject, refused, cast.a, reason=RejectReason.UNTRUE, text="Không có.")
    case = make_case(cast.a)
    with pytest.raises(ValidationError):
        do(verbs.merge, case, cast.a, into=fresh(refused), text="")
    do(verbs.merge, case, cast.a, into=fresh(answered), text="")
    assert fresh(case).merged_into_id == answered.pk


def test_only_into_what_one_may_read_and_others_too(cast: Cast) -> None:
    case = make_case(cast.a)
    theirs, asked = make_public_case(cast.b), make_public_case(cast.a, kind=CaseKind.QUESTION)
    silent = make_case(cast.a, consents=frozenset({ConsentPurpose.HANDLE}))
    for wrong in (case, theirs, asked, silent):
        with pytest.raises(ValidationError) as caught:
            do(verbs.merge, case, cast.a, into=wrong, text="")
        assert cast.b.marker not in str(caught.value)
        assert theirs.code not in str(caught.value)
    Case.everywhere.filter(pk=asked.pk).update(moderation=Moderation.WAITING)
    do(verbs.merge, make_case(cast.a, kind=CaseKind.QUESTION), cast.a, into=fresh(asked), text="")
    request, other = (make_case(cast.a, kind=CaseKind.INFORMATION) for _ in range(2))
    with pytest.raises(ValidationError, match="trả lời riêng"):
        do(verbs.merge, request, cast.a, into=other, text="")


def test_the_unit_it_was_sent_to_is_led_to_the_other_one(cast: Cast) -> None:
    """Its sender looks on the site it was sent to: there, too, one step leads to the living case."""
    case, into = make_public_case(cast.b, commune=cast.a.unit), make_public_case(cast.a)
    assert case.holder == cast.a.unit
    do(verbs.merge, case, cast.a, into=into, text="")
    assert roles(into)[cast.b.unit.pk] == PartyRole.INTAKE
    assert roles(into)[cast.a.unit.pk] == PartyRole.HOLDER
    with unit_scope(cast.b.unit):
        assert Case.objects.get(pk=case.pk).merged_into == fresh(into)


def test_a_target_that_was_passed_on_still_takes_it(cast: Cast) -> None:
    """Thuận An has a part in it for ever; who works on it in Phú Vinh is refused once, and sees the new people."""
    into, case = make_public_case(cast.a), make_case(cast.a)
    do(verbs.transfer, into, cast.a, to_unit=cast.b.unit, reason="Của Phú Vinh.")
    seen = fresh(into).version
    do(verbs.merge, case, cast.a, into=fresh(into), text="")
    with pytest.raises(Stale):
        do(verbs.answer, into, cast.b, seen=seen, **ANSWER)
    do(verbs.answer, into, cast.b, **ANSWER)
    assert letters(into, cast.b.unit) == ["ANSWERED", "JOINER_ANSWERED"]
