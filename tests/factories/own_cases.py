"""A case on its way, as its sender meets it: asked for more, answered, with a picture; and the sender's browser."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from feedback.actions.case_steps import Step, take_step
from feedback.enums.cases import OPEN, CaseStatus, EventKind, LetterKind
from feedback.models import Case
from portal.core.tenancy import unit_scope
from tests.factories.cast import House
from tests.factories.pictures import png_bytes

OFFICE_WORDS = "Đã thay nắp cống mới ngày 23/11."


def own_path(token: str, more: str = "") -> str:
    """An address of the private pages."""
    return f"/phan-anh/cua-toi/{token}/{more}"


def visit(house: House, path: str, **more: Any) -> Any:
    """A page as the sender's browser gets it."""
    return Client().get(path, headers={"host": house.host}, **more)


def press(house: House, path: str, data: dict[str, Any]) -> Any:
    """A form as it is sent."""
    return Client().post(path, data, headers={"host": house.host})


def body_of(response: Any) -> str:
    """The page as text."""
    return str(response.content.decode())


def fresh(case: Case) -> Case:
    """The case as it stands now."""
    return Case.everywhere.get(pk=case.pk)


def ask(house: House, case: Case, words: str = "Nắp cống ở phía nào của ngõ?") -> Case:
    """The holder asks for more; the clock stands."""
    return _step(
        house, case, EventKind.ASKED, {"status": CaseStatus.WAITING, "stopped_on": timezone.localdate()}, words,
        (LetterKind.ASKED,),
    )  # fmt: skip


def answer(house: House, case: Case, words: str = OFFICE_WORDS) -> Case:
    """The holder answers."""
    now = timezone.now()
    changes = {
        "status": CaseStatus.ANSWERED, "answer": words, "answer_post": "Phó Chủ tịch", "answered_at": now, "asked_at": now,
        "first_answered_at": now,
    }  # fmt: skip
    return _step(house, case, EventKind.ANSWERED, changes, words, (LetterKind.ANSWERED,))


def _step(
    house: House, case: Case, kind: EventKind, changes: dict[str, Any], words: str, letters: tuple[LetterKind, ...]
) -> Case:
    with unit_scope(house.unit):
        row = fresh(case)
        step = Step(kind, OPEN, changes, text=words, letters=letters, by_holder=False)
        take_step(row, step, actor=None)
        return row


def a_picture(colour: tuple[int, int, int] = (30, 90, 140)) -> SimpleUploadedFile:
    """What a telephone sends."""
    return SimpleUploadedFile("anh.png", io.BytesIO(png_bytes(colour)).getvalue(), content_type="image/png")


DAY = timedelta(days=1)

__all__ = ["DAY", "OFFICE_WORDS", "a_picture", "answer", "ask", "body_of", "fresh", "own_path", "press", "visit"]
