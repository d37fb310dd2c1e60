"""Who may handle a case, and who is refused: each verb for each kind of stranger, and for a screen that was opened too early."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from feedback.actions import handle_case as verbs
from feedback.actions.case_steps import Stale
from feedback.enums.cases import CaseStatus, EventKind, PartyRole
from feedback.models import Case, CaseParty
from portal.core.models import User
from portal.core.tenancy import unit_scope
from tests.factories.case_desk import VERBS, audited, do, events, every_verb, fresh, handler, leader, letters
from tests.factories.cases import make_case, make_public_case
from tests.factories.cast import Cast
from units.enums import Role
from units.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]


def _generations() -> dict[int, int]:
    return dict(Unit.objects.values_list("pk", "generation"))


@pytest.mark.parametrize("name", VERBS)
def test_only_people_with_the_right(cast: Cast, name: str) -> None:
    case, other = make_case(cast.a), make_public_case(cast.a)
    verb, facts = every_verb(cast, case, other)[name]
    for actor in (cast.a.people[Role.AUTHOR], handler(cast.b), cast.outsider, cast.stranger):
        with pytest.raises(PermissionDenied):
            do(verb, case, cast.a, actor=User.objects.get(pk=actor.pk), **facts)
    assert fresh(case).version == 1
    assert [event.kind for event in events(case, cast.a.unit)] == [EventKind.RECEIVED]


@pytest.mark.parametrize("name", VERBS)
def test_only_the_unit_that_holds_it(cast: Cast, name: str) -> None:
    """The province follows the case and Phú Vinh has passed it on: neither acts. A note of one's own is left to all parties."""
    case, other = make_case(cast.b), make_public_case(cast.b)
    with unit_scope(cast.b.unit):
        for row in (case, other):
            CaseParty(
                case=row, unit=cast.a.unit, role=PartyRole.FORMER, **CaseParty.copies_of(row)
            ).save(force_insert=True)  # fmt: skip
    verb, facts = every_verb(cast, case, other)[name]
    facts = facts | ({"to_unit": cast.third} if name == "transfer" else {})
    if name == "note":
        do(verb, case, cast.a, actor=leader(cast.a), **facts)
        assert [event.unit_id for event in events(case, cast.a.unit, EventKind.NOTE)] == [cast.a.unit.pk]
        return
    with pytest.raises(Stale):
        do(verb, case, cast.a, actor=leader(cast.a), **facts)
    assert (fresh(case).version, fresh(other).version) == (1, 1)


@pytest.mark.parametrize("name", VERBS)
def test_a_unit_without_a_part_reaches_nothing(cast: Cast, name: str) -> None:
    case, other = make_case(cast.b), make_public_case(cast.b)
    verb, facts = every_verb(cast, case, other)[name]
    facts = facts | ({"to_unit": cast.third} if name == "transfer" else {})
    with pytest.raises((Stale, ValidationError)) as caught:
        do(verb, case, cast.a, actor=leader(cast.a), **facts)
    assert cast.b.marker not in str(caught.value)
    assert audited(cast.a.unit) == []


@pytest.mark.parametrize("name", [name for name in VERBS if name not in {"note", "unmask"}])
def test_a_screen_opened_before_somebody_else_s_step_is_refused(cast: Cast, name: str) -> None:
    case, other = make_case(cast.a), make_public_case(cast.a)
    verb, facts = every_verb(cast, case, other)[name]
    do(verbs.report_progress, case, cast.a, text="Đang xem.")
    before = audited(cast.a.unit)
    with pytest.raises(Stale):
        do(verb, case, cast.a, actor=leader(cast.a), seen=1, **facts)
    assert audited(cast.a.unit) == before
    assert fresh(case).status == CaseStatus.RECEIVED


@pytest.mark.parametrize("name", [name for name in VERBS if name not in {"note", "unmask"}])
def test_nothing_is_done_to_what_is_closed(cast: Cast, name: str) -> None:
    case, other = make_case(cast.a), make_public_case(cast.a)
    do(verbs.reject, case, cast.a, reason="UNTRUE", text="Không có.")
    verb, facts = every_verb(cast, fresh(case), other)[name]
    with pytest.raises(Stale):
        do(verb, case, cast.a, actor=leader(cast.a), **facts)


@pytest.mark.parametrize("name", VERBS)
def test_each_leaves_a_step_an_audit_row_and_fresh_pages(cast: Cast, name: str) -> None:
    case, other = make_public_case(cast.a), make_public_case(cast.a)
    with unit_scope(cast.b.unit):
        # A unit that once passed it on: its list shows the case as well.
        CaseParty(
            case=case, unit=cast.third, role=PartyRole.FORMER, **CaseParty.copies_of(case)
        ).save(force_insert=True)  # fmt: skip
    verb, facts = every_verb(cast, case, other)[name]
    before, status = _generations(), case.status
    do(verb, case, cast.a, actor=leader(cast.a), **facts)
    kind = {
        "accept": EventKind.ACCEPTED, "assign": EventKind.ASSIGNED, "sort": EventKind.SORTED, "ask_sender": EventKind.ASKED,
        "transfer": EventKind.TRANSFERRED, "extend": EventKind.EXTENDED, "report_progress": EventKind.PROGRESS,
        "answer": EventKind.ANSWERED, "reject": EventKind.REJECTED, "merge": EventKind.MERGED, "note": EventKind.NOTE,
        "unmask": EventKind.UNMASKED,
    }[name]  # fmt: skip
    (event,) = events(case, cast.a.unit, kind)
    inside = name in {"assign", "sort", "note", "unmask"}
    assert event.is_public is not inside
    assert event.actor_id == cast.a.people[Role.APPROVER].pk
    assert f"case.{kind.lower()}" in audited(cast.a.unit)
    assert set(CaseParty.everywhere.filter(case=case).values_list("status", flat=True)) == {fresh(case).status}
    if not inside:
        after = _generations()
        assert all(after[pk] > before[pk] for pk in (cast.a.unit.pk, cast.third.pk, cast.province.pk))
        assert before[cast.closed.pk] == after[cast.closed.pk]
    told = letters(case, cast.a.unit)[1:]
    expected = {
        "accept": ["ACCEPTED"], "ask_sender": ["ASKED"], "transfer": ["TRANSFERRED"], "extend": ["EXTENDED"],
        "report_progress": ["PROGRESS"], "answer": ["ANSWERED"], "reject": ["REJECTED"], "merge": ["MERGED"],
    }  # fmt: skip
    assert told == expected.get(name, [])
    assert status == CaseStatus.RECEIVED


def test_looks_and_notes_refuse_nobody(cast: Cast) -> None:
    """A colleague's note while an answer is being written costs nothing."""
    case = make_case(cast.a)
    do(verbs.note, case, cast.a, text="Đã gọi.")
    do(verbs.unmask, case, cast.a, actor=leader(cast.a), reason="Gọi hỏi.")
    do(verbs.answer, case, cast.a, seen=1, text="Đã thay.", post="Chủ tịch")
    assert fresh(case).status == CaseStatus.ANSWERED


def test_an_editor_may_not_look_at_who_sent_it(cast: Cast) -> None:
    case = make_case(cast.a)
    with pytest.raises(PermissionDenied):
        do(verbs.unmask, case, cast.a, reason="Tò mò.")
    with unit_scope(cast.a.unit):
        assert Case.objects.get(pk=case.pk).version == 1


def test_an_operator_acts_like_a_leader(cast: Cast) -> None:
    case = make_case(cast.a)
    do(verbs.accept, case, cast.a, actor=cast.operator)
    # No member of the unit: the operator handles it for nobody in particular.
    assert fresh(case).assignee is None
    with pytest.raises(ValidationError):
        do(verbs.assign, case, cast.a, actor=cast.operator, assignee=cast.operator)
