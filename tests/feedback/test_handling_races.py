"""Two at the same moment about one case: one step is taken, the other is refused, and nothing of a citizen is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from feedback.actions import handle_case as verbs
from feedback.actions.case_duties import do_duties
from feedback.actions.case_steps import Stale
from feedback.actions.sender_steps import supply
from feedback.enums.cases import CaseStatus, EventKind, LetterKind, PartyRole
from feedback.models import Case, CaseEvent, CaseJoin, CaseLetter
from portal.core.tenancy import unit_scope
from tests.factories.case_desk import do, fresh, handler, leader, roles
from tests.factories.cases import make_public_case
from tests.factories.cast import HANOI, Cast, make_cast
from tests.factories.races import Deed, shared_database, together
from units.models import Unit

Verb = Callable[..., Any]


@pytest.fixture
def cast(transactional_db: None, clock: Any) -> Cast:
    """The cast in tables that an earlier test may have emptied of what migrations wrote."""
    import_module("feedback.migrations.0004_seed_case_terms_and_categories").add(apps, None)
    return make_cast()


@pytest.fixture
def at_once(cast: Cast, tmp_path: Path) -> Iterator[Callable[..., list[Any]]]:
    """Run deeds together. The first call fixes what is there; what follows must be read and written through it as well."""
    with ExitStack() as stack:
        begun: list[bool] = []

        def run(*deeds: Deed) -> list[Any]:
            if not begun:
                begun.append(True)
                stack.enter_context(shared_database(tmp_path))
            return together(list(deeds))

        yield run


def _verb(verb: Verb, case: Case, unit: Unit, *, seen: int, **facts: Any) -> tuple[Unit, Callable[[], Any]]:
    return unit, lambda: verb(case=Case.everywhere.get(pk=case.pk), seen=seen, **facts)


def _read(at_once: Any, unit: Unit, what: Callable[[], Any]) -> Any:
    (found,) = at_once((unit, what))
    if isinstance(found, BaseException):
        raise found
    return found


def _kinds(case: Case) -> list[str]:
    return list(CaseEvent.objects.filter(case=case).order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("attempt", range(2))
def test_two_clerks_pass_it_on_at_once(cast: Cast, at_once: Any, attempt: int) -> None:
    case = make_public_case(cast.a)
    outcomes = _run_two_transfers(cast, at_once, case)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Case", "Stale"], outcomes
    now, kinds, parts = _read(at_once, cast.a.unit, lambda: (fresh(case), _kinds(case), roles(case)))
    won = cast.b.unit if isinstance(outcomes[0], Case) else cast.third
    assert (now.holder_id, now.transferred, now.version) == (won.pk, 1, 2)
    assert kinds == [EventKind.RECEIVED, EventKind.TRANSFERRED]
    assert [unit for unit, role in parts.items() if role == PartyRole.HOLDER] == [won.pk]
    lost = cast.third if won == cast.b.unit else cast.b.unit
    assert lost.pk not in parts


def _run_two_transfers(cast: Cast, at_once: Any, case: Case) -> list[Any]:
    first, second = handler(cast.a), leader(cast.a)
    facts: dict[str, Any] = {"reason": "Không thuộc Thuận An.", "seen": 1}
    outcomes: list[Any] = at_once(
        _verb(verbs.transfer, case, cast.a.unit, to_unit=cast.b.unit, actor=first, **facts),
        _verb(verbs.transfer, case, cast.a.unit, to_unit=cast.third, actor=second, **facts),
    )
    return outcomes


@pytest.mark.parametrize("attempt", range(3))
def test_passed_on_while_the_sender_answers(cast: Cast, at_once: Any, attempt: int) -> None:
    """Whoever is first, what the sender added is kept, the clock runs, and it stands with one unit."""
    case = make_public_case(cast.a)
    _read(at_once, cast.a.unit, lambda: do(verbs.ask_sender, case, cast.a, text="Số nhà nào?"))
    outcomes = at_once(
        _verb(
            verbs.transfer,
            case,
            cast.a.unit,
            to_unit=cast.b.unit,
            reason="Thuộc Phú Vinh.",
            actor=handler(cast.a),
            seen=2,
        ),
        (cast.a.unit, lambda: supply(case=Case.everywhere.get(pk=case.pk), text="Nhà số 12, cạnh chợ cũ.")),
    )
    moved = not isinstance(outcomes[0], Exception)
    assert moved or isinstance(outcomes[0], Stale), outcomes
    assert not isinstance(outcomes[1], Exception), outcomes
    now, kinds = _read(at_once, cast.a.unit, lambda: (fresh(case), _kinds(case)))
    assert EventKind.SUPPLIED in kinds
    assert (now.status, now.stopped_on, now.due_on) == (CaseStatus.RECEIVED, None, case.due_on)
    assert now.holder_id == (cast.b.unit if moved else cast.a.unit).pk
    assert now.version == 2 + 1 + moved


@pytest.mark.parametrize("attempt", range(2))
def test_answered_while_it_is_merged(cast: Cast, at_once: Any, attempt: int) -> None:
    case, into = make_public_case(cast.a), make_public_case(cast.a)
    outcomes = at_once(
        _verb(verbs.answer, case, cast.a.unit, seen=1, text="Đã thay.", post="Chủ tịch", actor=handler(cast.a)),
        _verb(verbs.merge, case, cast.a.unit, seen=1, into=into, text="", actor=leader(cast.a)),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Case", "Stale"], outcomes
    now, target = _read(at_once, cast.a.unit, lambda: (fresh(case), fresh(into)))
    merged = isinstance(outcomes[1], Case)
    assert now.status == (CaseStatus.MERGED if merged else CaseStatus.ANSWERED)
    assert target.joins == int(merged)
    assert bool(now.answer) is not merged


@pytest.mark.parametrize("attempt", range(2))
def test_the_other_one_is_answered_while_this_is_merged_into_it(cast: Cast, at_once: Any, attempt: int) -> None:
    """Either the answer is written anew by somebody who sees the new sender, or the sender is merged into an answered case."""
    case, into = make_public_case(cast.a), make_public_case(cast.a)
    answered, merged = at_once(
        _verb(verbs.answer, into, cast.a.unit, seen=1, text="Đã thay.", post="Chủ tịch", actor=handler(cast.a)),
        _verb(verbs.merge, case, cast.a.unit, seen=1, into=into, text="", actor=leader(cast.a)),
    )
    assert isinstance(merged, Case), merged
    assert isinstance(answered, Case | Stale), answered

    def read() -> tuple[str, int, int]:
        joined = CaseJoin.objects.filter(case=into).count()
        return fresh(into).status, fresh(into).joins, joined

    status, joins, rows = _read(at_once, cast.a.unit, read)
    assert (joins, rows) == (1, 1)
    assert status == (CaseStatus.ANSWERED if isinstance(answered, Case) else CaseStatus.RECEIVED)


@pytest.mark.parametrize("attempt", range(2))
def test_each_into_the_other_leaves_one(cast: Cast, at_once: Any, attempt: int) -> None:
    one, two = make_public_case(cast.a), make_public_case(cast.a)
    outcomes = at_once(
        _verb(verbs.merge, one, cast.a.unit, seen=1, into=two, text="", actor=handler(cast.a)),
        _verb(verbs.merge, two, cast.a.unit, seen=1, into=one, text="", actor=leader(cast.a)),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Case", "ValidationError"], outcomes
    statuses = _read(at_once, cast.a.unit, lambda: sorted([fresh(one).status, fresh(two).status]))
    assert statuses == [CaseStatus.MERGED, CaseStatus.RECEIVED]


def test_two_workers_remind_once(cast: Cast, at_once: Any, clock: Any) -> None:
    cases = [make_public_case(cast.a) for _ in range(3)]
    with unit_scope(cast.a.unit):
        for user in cast.a.people.values():
            user.email = f"{user.username}@example.vn"
            user.save(update_fields=["email"])
    clock.move_to(datetime(2026, 12, 7, 7, 40, tzinfo=HANOI))
    outcomes = at_once((cast.a.unit, do_duties), (cast.a.unit, do_duties))
    assert sum(outcome["leader"] for outcome in outcomes) == len(cases), outcomes

    def read() -> tuple[int, int]:
        told = CaseEvent.objects.filter(kind=EventKind.ESCALATED).count()
        return told, CaseLetter.objects.filter(kind=LetterKind.STAFF_LATE).count()

    assert _read(at_once, cast.a.unit, read) == (3, 6)


@pytest.mark.parametrize("attempt", range(2))
def test_steps_of_cases_that_share_units_do_not_wait_for_each_other_for_ever(
    cast: Cast, at_once: Any, attempt: int
) -> None:
    """Each raises the pages of the same units, beginning from another one."""
    pairs = [(cast.a, cast.b), (cast.b, cast.a)] * 3
    cases = [make_public_case(house) for house, _other in pairs]
    outcomes = at_once(
        *(
            _verb(
                verbs.transfer,
                case,
                house.unit,
                seen=1,
                to_unit=other.unit,
                reason="Thuộc xã kia.",
                actor=handler(house),
            )
            for case, (house, other) in zip(cases, pairs, strict=True)
        )
    )
    assert all(isinstance(outcome, Case) for outcome in outcomes), outcomes
