"""Addresses of what citizens sent, polls and dialogues, with rows of one unit to show there; for the sweeps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from feedback.actions.dialogues import save_dialogue
from feedback.actions.drafts import start_draft
from feedback.actions.polls import save_poll
from feedback.enums.cases import CaseKind, CaseStatus, Moderation
from feedback.enums.polls import DialogueStatus
from feedback.models import Case, CaseParty, Dialogue, DialogueQuestion, Poll
from portal.core.tenancy import unit_scope
from tests.factories.case_files import add_file
from tests.factories.cases import category_of, make_public_case, receive
from tests.factories.cast import House


def report_path(house: House, more: str = "") -> str:
    """The public page of a report of this unit."""
    case = make_public_case(house, phone="")
    return f"/phan-anh/{case.code}/{more}"


def answered_question(house: House) -> Case:
    """A question that was answered in public."""
    case = make_public_case(house, kind=CaseKind.QUESTION, phone="")
    with unit_scope(house.unit):
        case.status, case.answered_at, case.answer_post = CaseStatus.ANSWERED, timezone.now(), f"Chủ tịch {house.word}"
        case.answer = f"Được, {house.word} {house.marker}."
        case.save(update_fields=["status", "answered_at", "answer", "answer_post"])
        CaseParty.everywhere.filter(case=case).update(**CaseParty.copies_of(case))
    return case


def question_path(house: House) -> str:
    """The page of such a question."""
    return f"/hoi-dap/{answered_question(house).code}/"


def shown(house: House, path: str) -> str:
    """A page that lists things, with a report and a question of this unit to show."""
    make_public_case(house, phone="")
    answered_question(house)
    return path


def draft_paths(house: House) -> dict[str, str]:
    """The addresses of a form that is being filled in, by what follows its key."""
    with unit_scope(house.unit):
        data: dict[str, Any] = {"category": category_of().pk, "commune": house.unit.pk, "place_text": house.word}
        draft = start_draft(kind=CaseKind.REPORT, data=data, address_hash=f"sweep-{timezone.now().timestamp()}")
    return {name: f"/phan-anh/gui/{draft.key}/{name}" for name in ("2/", "3/", "tuong-tu/", "da-nhan/", "tep/")}


def own_paths(house: House) -> dict[str, str]:
    """The sender's own addresses of a case that was answered, by what follows the token."""
    received = receive(house, phone="")
    with unit_scope(house.unit):
        Case.objects.filter(pk=received.case.pk).update(
            status=CaseStatus.ANSWERED, moderation=Moderation.WAITING, answered_at=timezone.now(), answer=house.marker
        )
        file = add_file(received.case)
    names = ("", "da-xong/", "tai-ve/", f"tep/{file.pk}/")
    return {name.split("/")[0]: f"/phan-anh/cua-toi/{received.token}/{name}" for name in names}


def open_own_paths(house: House) -> dict[str, str]:
    """The same of a case that is still open."""
    received = receive(house, phone="")
    return {name: f"/phan-anh/cua-toi/{received.token}/{name}" for name in ("bo-sung/", "rut/", "thoi/thu/")}


def poll_path(house: House) -> str:
    """A poll one can vote in now."""
    now = timezone.now()
    poll = Poll(
        title=f"Chọn gì {house.marker}", opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1),
        is_published=True,
    )  # fmt: skip
    with unit_scope(house.unit):
        return f"/binh-chon/{save_poll(poll=poll, options=[house.word, house.marker], actor=None).pk}/"


def dialogue_path(house: House, more: str = "") -> str:
    """A dialogue that takes questions now."""
    now = timezone.now()
    dialogue = Dialogue(
        title=f"Đối thoại {house.marker}", host_text=house.word, questions_from=now - timedelta(days=1),
        starts_at=now, ends_at=now + timedelta(hours=1), status=DialogueStatus.ANNOUNCED,
    )  # fmt: skip
    with unit_scope(house.unit):
        save_dialogue(dialogue=dialogue, actor=None)
        DialogueQuestion.objects.create(dialogue=dialogue, text=house.marker, sealed_text="", state="QUEUED")
    return f"/doi-thoai/{dialogue.pk}/{more}"


def after(house: House, make: Any, path: str) -> str:
    """``path``, once ``make`` has given it something to show."""
    make(house)
    return path
