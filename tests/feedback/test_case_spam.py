"""Rubbish goes when its time is over: only rubbish, whole, with its files, and with a line in the audit trail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import TestCase

from feedback.actions.case_spam import delete_old_spam
from feedback.actions.moderate_case import hide, mark_spam, restore
from feedback.enums.cases import CaseKind, ConsentPurpose, HideReason, Moderation, TermStep
from feedback.models import (
    Case,
    CaseConsent,
    CaseEvent,
    CaseFile,
    CaseLetter,
    CaseParty,
    CaseRoute,
    CaseSender,
    CaseTerm,
)
from feedback.tasks.moderation import dispatch_public_files, dispatch_spam
from portal.core.models import AuditEntry
from portal.core.private_files import path_of
from portal.core.tenancy import unit_scope
from tests.factories.case_files import add_file
from tests.factories.cases import make_case
from tests.factories.cast import NOW, Cast, House
from tests.feedback.moderation_steps import SPAM

pytestmark = pytest.mark.django_db


def throw_away(house: House) -> int:
    with unit_scope(house.unit), TestCase.captureOnCommitCallbacks(execute=True):
        return delete_old_spam()


def exists(case: Case) -> bool:
    return Case.everywhere.filter(pk=case.pk).exists()


def test_old_rubbish_goes_with_everything_of_it(cast: Cast, clock: time_machine.Traveller) -> None:
    spam, honest = make_case(cast.a, text=SPAM), make_case(cast.a)
    foreign = make_case(cast.b, text=SPAM)
    file = add_file(spam)
    code = spam.code
    clock.move_to(NOW + timedelta(days=30))
    assert throw_away(cast.a) == 0, "thirty whole days"
    clock.move_to(NOW + timedelta(days=31))
    assert throw_away(cast.a) == 1
    assert not exists(spam)
    assert exists(honest)
    assert exists(foreign), "each unit its own"
    assert not path_of(file.private_path).exists()
    assert not path_of(file.private_small).exists()
    for house_unit in (cast.a.unit, cast.province):
        with unit_scope(house_unit):
            for model in (CaseParty, CaseEvent, CaseFile, CaseSender, CaseConsent, CaseLetter):
                assert not model.objects.filter(case_id=spam.pk).exists(), model
    with unit_scope(cast.a.unit):
        entry = AuditEntry.objects.get(verb="case.spam_delete")
    assert (entry.target_id, entry.actor) == (spam.pk, None)
    assert code[:3] in entry.target_name
    assert throw_away(cast.a) == 0


def test_only_what_is_rubbish_now(cast: Cast, clock: time_machine.Traveller) -> None:
    back, hidden, fresh_mark = make_case(cast.a, text=SPAM), make_case(cast.a), make_case(cast.a)
    editor = cast.a.admin
    with unit_scope(cast.a.unit):
        restore(case=back, seen=back.version, actor=editor)
        hide(case=hidden, reason=HideReason.RUDE, seen=hidden.version, actor=editor)
    clock.move_to(NOW + timedelta(days=60))
    with unit_scope(cast.a.unit):
        # Marked today: its days begin today, however long ago it came.
        mark_spam(case=fresh_mark, seen=fresh_mark.version, actor=editor)
    assert throw_away(cast.a) == 0
    clock.move_to(NOW + timedelta(days=91))
    assert throw_away(cast.a) == 1
    assert (exists(back), exists(hidden), exists(fresh_mark)) == (True, True, False)


def test_the_number_of_days_is_a_row(cast: Cast, clock: time_machine.Traveller) -> None:
    spam = make_case(cast.a, text=SPAM)
    CaseTerm.objects.filter(kind=CaseKind.REPORT, step=TermStep.KEEP_SPAM).update(days=5, is_working=True)
    clock.move_to(NOW + timedelta(days=6))
    assert throw_away(cast.a) == 0, "five working days take a week"
    clock.move_to(NOW + timedelta(days=9))
    assert throw_away(cast.a) == 1
    assert not exists(spam)


def test_what_was_sent_at_one_unit_and_is_held_by_another(cast: Cast, clock: time_machine.Traveller) -> None:
    CaseRoute.objects.create(kind=CaseKind.REPORT, to_unit=cast.third, valid_from=NOW.date())
    spam = make_case(cast.a, text=SPAM)
    assert spam.holder == cast.third
    with unit_scope(cast.a.unit):
        assert CaseLetter.objects.filter(case=spam).exists(), "its mail belongs to the unit where it was sent"
    clock.move_to(NOW + timedelta(days=40))
    assert throw_away(cast.a) == 0
    with unit_scope(cast.third), TestCase.captureOnCommitCallbacks(execute=True):
        assert delete_old_spam() == 1
    assert not exists(spam)


def test_what_another_case_was_merged_into_stays(cast: Cast, clock: time_machine.Traveller) -> None:
    spam, merged = make_case(cast.a, text=SPAM), make_case(cast.a)
    Case.everywhere.filter(pk=merged.pk).update(merged_into=spam, status="MERGED")
    clock.move_to(NOW + timedelta(days=60))
    assert throw_away(cast.a) == 0
    assert exists(spam)


def test_the_clock_starts_it_for_those_who_have_some(
    cast: Cast, clock: time_machine.Traveller, eager_tasks: Any
) -> None:  # fmt: skip
    spam = make_case(cast.a, text=SPAM)
    kept = make_case(cast.b, consents=frozenset({ConsentPurpose.HANDLE}))
    assert dispatch_spam() == 0
    clock.move_to(NOW + timedelta(days=40))
    assert dispatch_spam() == 1
    assert not exists(spam)
    assert exists(kept)
    assert kept.moderation == Moderation.PRIVATE
    assert dispatch_public_files() >= 3
