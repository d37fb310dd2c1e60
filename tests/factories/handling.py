"""Cases on their way through an office, through the real actions; the posting of the screen's forms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client

from feedback.actions import handle_case
from feedback.cases import next_steps as steps
from feedback.enums.cases import FileKind
from feedback.models import Case, CaseFile
from portal.core import private_files
from portal.core.models import User
from portal.core.tenancy import unit_scope
from tests.factories.cases import make_case
from tests.factories.cast import House
from tests.factories.pictures import png_bytes
from units.enums import Role

LIST = "/quan-tri/feedback/case/"


def screen_of(case: Case) -> str:
    """The address of a case's screen."""
    return f"{LIST}{case.pk}/change/"


def client_of(user: User) -> Client:
    """Somebody logged in."""
    client = Client()
    client.force_login(user)
    return client


def press(
    house: House, case: Case, slug: str, *, user: User | None = None, seen: int | None = None, **data: Any
) -> Any:
    """Send one of the screen's forms; names of fields as in the form."""
    fields = {f"{slug}-{name}": value for name, value in data.items()}
    sent = {"viec": slug, "seen": seen if seen is not None else fresh(case).version, **fields}
    person = user or house.people[Role.APPROVER]
    return client_of(person).post(screen_of(case), sent, headers={"host": house.host}, follow=True)


def fresh(case: Case) -> Case:
    """The case as it is stored now."""
    return Case.everywhere.get(pk=case.pk)


def accepted_case(house: House, *, role: Role = Role.EDITOR, **more: Any) -> Case:
    """A case that somebody of the house has taken on."""
    case = make_case(house, **more)
    with unit_scope(house.unit):
        handle_case.accept(case=case, actor=house.people[role], seen=case.version)
    return fresh(case)


def due_on(case: Case, day: date) -> Case:
    """The same case with another last day, as if time had passed."""
    Case.everywhere.filter(pk=case.pk).update(due_on=day)
    return fresh(case)


def add_picture(house: House, case: Case) -> CaseFile:
    """A picture that came with the case, as the sending leaves it."""
    with unit_scope(house.unit):
        name = private_files.new_name(house.unit.pk, "phan-anh", ".webp")
        private_files.store(name, png_bytes((10, 90, 60)))
        row = CaseFile(case=case, kind=FileKind.PICTURE, private_path=name, private_small=name, width=8, height=8)
        row.save(force_insert=True)
    return row


__all__ = ["LIST", "accepted_case", "add_picture", "client_of", "due_on", "fresh", "press", "screen_of", "steps"]
