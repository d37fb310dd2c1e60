"""A case goes from unit to unit: within its term, to those who take such things, and the chain stays public for ever."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from feedback.actions import handle_case as verbs
from feedback.cases.targets import targets_of
from feedback.enums.cases import CaseKind, CaseStatus, Escalation, EventKind, LetterKind, PartyRole
from feedback.models import Case, CaseLetter
from portal.core.models import User
from portal.core.tenancy import unit_scope
from portal.search.models import IndexChange
from tests.factories.case_desk import do, events, fresh, last_event, leader, letters, roles
from tests.factories.cases import make_case, make_public_case
from tests.factories.cast import HANOI, Cast
from units.enums import Module
from units.models import Unit

pytestmark = pytest.mark.django_db
REASON = "Đường này thuộc xã Phú Vinh quản lý."


def test_the_new_unit_begins_anew_and_the_day_stays(cast: Cast, clock: Any) -> None:
    case = make_public_case(cast.a)
    do(verbs.accept, case, cast.a)
    clock.move_to(datetime(2026, 11, 25, 9, tzinfo=HANOI))
    do(verbs.transfer, case, cast.a, to_unit=cast.b.unit, reason=REASON)
    now = fresh(case)
    assert (now.holder, now.status, now.assignee, now.accepted_at) == (cast.b.unit, CaseStatus.RECEIVED, None, None)
    assert (now.due_on, now.transferred) == (date(2026, 12, 4), 1)
    assert now.held_since.astimezone(HANOI).date() == date(2026, 11, 25)
    assert roles(case) == {
        cast.a.unit.pk: PartyRole.FORMER, cast.b.unit.pk: PartyRole.HOLDER, cast.province.pk: PartyRole.ABOVE
    }  # fmt: skip
    event = last_event(case, cast.a.unit)
    assert (event.unit, event.to_unit, event.text, event.is_public) == (cast.a.unit, cast.b.unit, REASON, True)
    assert letters(case, cast.a.unit)[-1] == LetterKind.TRANSFERRED


def test_everybody_of_the_chain_sees_it_whole(cast: Cast) -> None:
    case = make_public_case(cast.a)
    do(verbs.transfer, case, cast.a, to_unit=cast.b.unit, reason=REASON)
    do(verbs.transfer, case, cast.b, to_unit=cast.third, reason="Của phường Kim Long.")
    do(verbs.report_progress, case, cast.third, actor=User.objects.get(pk=cast.outsider.pk), text="Đang làm.")
    for unit in (cast.a.unit, cast.b.unit, cast.third, cast.province):
        chain = [(event.unit, event.to_unit) for event in events(case, unit, EventKind.TRANSFERRED)]
        assert chain == [(cast.a.unit, cast.b.unit), (cast.b.unit, cast.third)]
        with unit_scope(unit):
            assert Case.objects.filter(pk=case.pk).exists()


@pytest.mark.usefixtures("eager_tasks")
def test_the_new_unit_s_people_are_told(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    case = make_case(cast.a)
    for user in cast.b.people.values():
        user.email = f"{user.username}@example.vn"
        user.save(update_fields=["email"])
    with django_capture_on_commit_callbacks(execute=True):
        do(verbs.transfer, case, cast.a, to_unit=cast.b.unit, reason=REASON)
    with unit_scope(cast.b.unit):
        rows = list(CaseLetter.objects.filter(case=case))
        assert rows
        assert {row.kind for row in rows} == {LetterKind.STAFF_NEW}
        assert {row.staff_id for row in rows} <= {user.pk for user in cast.b.people.values()}


def test_only_to_units_that_take_such_things(cast: Cast) -> None:
    case, asked = make_case(cast.a), make_case(cast.a, kind=CaseKind.QUESTION)
    request = make_case(cast.a, kind=CaseKind.INFORMATION)
    with unit_scope(cast.b.unit):
        cast.b.site.modules = [name for name in cast.b.site.modules if name != Module.REPORTS]
        cast.b.site.save()
    for wrong in (cast.a.unit, cast.b.unit, cast.closed):
        with pytest.raises(ValidationError, match="Chọn đơn vị khác"):
            do(verbs.transfer, case, cast.a, to_unit=wrong, reason=REASON)
    assert cast.b.unit not in targets_of(case)
    assert {cast.third, cast.province} <= set(targets_of(case))
    assert not {cast.a.unit, cast.closed} & set(targets_of(case))
    do(verbs.transfer, asked, cast.a, to_unit=cast.b.unit, reason=REASON)
    # Requests must be taken by every office, whatever its site shows.
    do(verbs.transfer, request, cast.a, to_unit=cast.b.unit, reason=REASON)
    assert cast.b.unit in targets_of(make_case(cast.a, kind=CaseKind.PERSONAL, wish="VIEW"))


def test_targets_cost_two_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    case = make_case(cast.a)
    with unit_scope(cast.a.unit), django_assert_num_queries(2):
        targets_of(case)


def test_the_term_is_counted_from_the_day_it_came_to_this_unit(cast: Cast, clock: Any) -> None:
    case = make_case(cast.a)
    clock.move_to(datetime(2026, 11, 27, 9, tzinfo=HANOI))
    do(verbs.transfer, case, cast.a, to_unit=cast.b.unit, reason=REASON)
    # Five working days after Friday 27 November: Friday 4 December, long after those of Thuận An.
    clock.move_to(datetime(2026, 12, 4, 9, tzinfo=HANOI))
    do(verbs.transfer, case, cast.b, to_unit=cast.third, reason="Của phường Kim Long.")
    assert last_event(case, cast.b.unit).detail == {}


def test_after_the_term_only_who_leads_and_never_silently(cast: Cast, clock: Any) -> None:
    case = make_case(cast.a)
    clock.move_to(datetime(2026, 12, 1, 9, tzinfo=HANOI))
    with pytest.raises(ValidationError, match="Đã qua hạn chuyển"):
        do(verbs.transfer, case, cast.a, to_unit=cast.b.unit, reason=REASON)
    assert fresh(case).holder == cast.a.unit
    do(verbs.transfer, case, cast.a, actor=leader(cast.a), to_unit=cast.b.unit, reason=REASON)
    assert last_event(case, cast.a.unit).detail == {"late_days": 2}


def test_an_operator_passes_on_late(cast: Cast, clock: Any) -> None:
    case = make_case(cast.a)
    clock.move_to(datetime(2026, 12, 1, 9, tzinfo=HANOI))
    do(verbs.transfer, case, cast.a, actor=cast.operator, to_unit=cast.b.unit, reason=REASON)
    assert fresh(case).holder == cast.b.unit


def test_back_to_where_it_was_is_seen(cast: Cast) -> None:
    case = make_case(cast.a)
    do(verbs.transfer, case, cast.a, to_unit=cast.b.unit, reason=REASON)
    do(verbs.transfer, case, cast.b, to_unit=cast.a.unit, reason="Đo lại mốc: thuộc Thuận An.")
    assert last_event(case, cast.a.unit).detail == {"back": True}
    assert roles(case)[cast.a.unit.pk] == PartyRole.HOLDER
    assert roles(case)[cast.b.unit.pk] == PartyRole.FORMER


def test_the_province_goes_on_watching(cast: Cast) -> None:
    case = make_case(cast.a)
    do(verbs.transfer, case, cast.a, to_unit=cast.province, reason=REASON)
    do(verbs.transfer, case, cast.province, actor=cast.operator, to_unit=cast.b.unit, reason="Giao Phú Vinh.")
    assert roles(case)[cast.province.pk] == PartyRole.ABOVE


def test_after_three_transfers_the_province_is_told_once(cast: Cast) -> None:
    case = make_case(cast.a)
    outsider = User.objects.get(pk=cast.outsider.pk)
    do(verbs.transfer, case, cast.a, to_unit=cast.b.unit, reason=REASON)
    do(verbs.transfer, case, cast.b, to_unit=cast.third, reason=REASON)
    assert not events(case, cast.province, EventKind.ESCALATED)
    do(verbs.transfer, case, cast.third, actor=outsider, to_unit=cast.a.unit, reason=REASON)
    do(verbs.transfer, case, cast.a, to_unit=cast.b.unit, reason=REASON)
    (event,) = events(case, cast.province, EventKind.ESCALATED)
    assert (event.is_public, event.detail) == (False, {"why": "TRANSFERS", "transferred": 3})
    # Not late: what is told when it is stays to be told.
    assert fresh(case).escalation == Escalation.NONE


def test_a_standing_clock_goes_on_with_the_new_unit(cast: Cast, clock: Any) -> None:
    case = make_case(cast.a)
    do(verbs.ask_sender, case, cast.a, text="Số nhà nào?")
    clock.move_to(datetime(2026, 11, 24, 9, tzinfo=HANOI))
    do(verbs.transfer, case, cast.a, to_unit=cast.b.unit, reason=REASON)
    now = fresh(case)
    assert (now.status, now.stopped_on, now.due_on) == (CaseStatus.RECEIVED, None, date(2026, 12, 8))
    assert last_event(case, cast.a.unit).detail == {"due_before": "2026-12-04", "due": "2026-12-08"}


def test_pages_of_the_new_unit_are_fresh_too(cast: Cast) -> None:
    case = make_public_case(cast.a)
    before = Unit.objects.get(pk=cast.b.unit.pk).generation
    do(verbs.transfer, case, cast.a, to_unit=cast.b.unit, reason=REASON)
    assert Unit.objects.get(pk=cast.b.unit.pk).generation > before


def test_search_follows_what_is_public(cast: Cast) -> None:
    """Under the unit that handles it from now on; of what nobody may read, search hears nothing."""
    hidden, case = make_case(cast.a), make_public_case(cast.a)
    IndexChange.objects.all().delete()
    for row in (hidden, case):
        do(verbs.transfer, row, cast.a, to_unit=cast.b.unit, reason=REASON)
    changes = IndexChange.objects.filter(model_label="feedback.case")
    assert set(changes.values_list("unit_id", "object_id")) == {(cast.b.unit.pk, case.pk)}
