"""Mails to the people of the unit that holds a case: who gets which, once, and nothing of who sent it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from feedback.actions.case_mailing import send_waiting
from feedback.actions.staff_letters import write_staff_letters
from feedback.models import Case, CaseLetter
from portal.core.tenancy import unit_scope
from tests.factories.cases import PHONE, make_case
from tests.factories.cast import Cast, House
from units.enums import Role

pytestmark = pytest.mark.django_db


def both(letter: Any) -> list[str]:
    """Plain text and HTML."""
    return [str(letter.body), str(letter.alternatives[0][0])]


def give_addresses(house: House) -> None:
    for role, person in house.people.items():
        person.email = f"{role.lower()}@{house.word}.vn"
        person.save()


def test_handlers_are_told_once_of_a_new_case(cast: Cast) -> None:
    give_addresses(cast.a)
    case = make_case(cast.a)
    with unit_scope(cast.a.unit):
        assert write_staff_letters(case_id=case.pk, kind="STAFF_NEW") == 3
        assert write_staff_letters(case_id=case.pk, kind="STAFF_NEW") == 0
        assert write_staff_letters(case_id=10**9, kind="STAFF_NEW") == 0
        assert send_waiting() == 4
    staff = mail.outbox[1:]
    assert {letter.to[0].split("@")[0] for letter in staff} == {"editor", "approver", "unit_admin"}
    for letter in staff:
        for text in both(letter):
            assert PHONE not in text
            assert f"Nguyễn Thị {cast.a.marker}" not in text
            assert f"/quan-tri/feedback/case/{case.pk}/change/" in text
    with unit_scope(cast.b.unit):
        assert write_staff_letters(case_id=case.pk, kind="STAFF_NEW") == 0


def test_whoever_has_it_is_told_alone_and_leaders_of_what_is_late(cast: Cast) -> None:
    give_addresses(cast.a)
    case = make_case(cast.a)
    with unit_scope(cast.a.unit):
        Case.everywhere.filter(pk=case.pk).update(assignee=cast.a.people[Role.EDITOR])
        assert write_staff_letters(case_id=case.pk, kind="STAFF_DUE") == 1
        assert write_staff_letters(case_id=case.pk, kind="STAFF_LATE") == 2
        kinds = CaseLetter.objects.filter(staff__isnull=False).values_list("kind", "staff__email")
        assert set(kinds) == {
            ("STAFF_DUE", f"editor@{cast.a.word}.vn"),
            ("STAFF_LATE", f"approver@{cast.a.word}.vn"),
            ("STAFF_LATE", f"unit_admin@{cast.a.word}.vn"),
        }
