"""Four weeks after the answer, whoever has not said whether it is solved is asked once more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail

from feedback.actions.case_mailing import send_waiting
from feedback.actions.second_ask import ask_again
from feedback.actions.sender_steps import confirm_solved, token_of
from feedback.enums.cases import CaseKind, ConsentPurpose, EventKind, SolvedAnswer, TermStep
from feedback.models import CaseEvent, CaseTerm
from feedback.tasks.asking import ask_all_again
from portal.core.tenancy import unit_scope
from tests.factories.cases import make_case
from tests.factories.cast import NOW, Cast
from tests.factories.own_cases import answer, fresh

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=28, minutes=1)


def test_silence_is_asked_once_after_four_weeks(cast: Cast) -> None:
    case = make_case(cast.a)
    answer(cast.a, case)
    with unit_scope(cast.a.unit):
        with time_machine.travel(NOW + timedelta(days=27), tick=False):
            assert ask_again() == 0
        with time_machine.travel(LATER, tick=False):
            assert ask_again() == 1
            assert ask_again() == 0
            send_waiting()
        assert CaseEvent.objects.filter(case=case, kind=EventKind.ASKED_SOLVED).count() == 1
    assert fresh(case).asked_again_at
    letter = mail.outbox[-1]
    assert "đã giải quyết xong chưa?" in letter.subject
    assert f"{token_of(case)}/da-xong/" in letter.body


def test_who_has_spoken_is_not_asked(cast: Cast) -> None:
    case = make_case(cast.a)
    answer(cast.a, case)
    with unit_scope(cast.a.unit):
        confirm_solved(case=fresh(case), answer=SolvedAnswer.YES)
        with time_machine.travel(LATER, tick=False):
            assert ask_again() == 0


def test_who_wants_no_mail_is_passed_over_once(cast: Cast) -> None:
    case = make_case(cast.a, consents=frozenset({ConsentPurpose.HANDLE}))
    answer(cast.a, case)
    with unit_scope(cast.a.unit), time_machine.travel(LATER, tick=False):
        assert ask_again() == 0
        assert fresh(case).asked_again_at
        assert not CaseEvent.objects.filter(case=case, kind=EventKind.ASKED_SOLVED, is_public=True).exists()


def test_the_dated_row_decides(cast: Cast) -> None:
    case = make_case(cast.a)
    answer(cast.a, case)
    CaseTerm.objects.filter(kind=CaseKind.REPORT, step=TermStep.SECOND_ASK).update(days=7)
    CaseTerm.objects.create(
        kind=CaseKind.REPORT, step=TermStep.SECOND_ASK, days=3, is_working=False, valid_from=date(2026, 11, 23)
    )
    with unit_scope(cast.a.unit), time_machine.travel(NOW + timedelta(days=4), tick=False):
        assert ask_again() == 1


def test_every_morning_all_units_are_asked(cast: Cast, eager_tasks: None) -> None:
    for house in (cast.a, cast.b):
        answer(house, make_case(house))
    assert ask_all_again() == 0
    with time_machine.travel(LATER, tick=False):
        assert ask_all_again() == 2
        assert ask_all_again() == 0
