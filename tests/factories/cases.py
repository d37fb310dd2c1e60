"""Reports, questions and requests as citizens send them, through the real action; every text carries its unit's marks."""

from __future__ import annotations

import secrets
from typing import Any

from django.utils import timezone

from feedback.actions.receive_case import Received, Sent, receive_case
from feedback.enums.cases import CaseKind, ConsentPurpose, Moderation
from feedback.models import Case, CaseCategory, CaseParty
from portal.core.tenancy import unit_scope
from portal.core.visitors import Sending
from tests.factories.cast import House

ALL_CONSENTS = frozenset(ConsentPurpose)
PHONE = "0905123456"
EMAIL = "nguoi-gui@example.vn"


def a_sending(proof: str = "", **more: Any) -> Sending:
    """A sender of their own each time, so that limits are not in the way."""
    return Sending(address_hash=secrets.token_hex(16), proof=proof, **more)


def category_of(slug: str = "cong-ngap-nuoc") -> CaseCategory:
    """One of the seeded categories."""
    return CaseCategory.objects.get(slug=slug)


def receive(house: House, *, kind: CaseKind = CaseKind.REPORT, **more: Any) -> Received:
    """What a citizen of ``house`` sent a moment ago; not yet seen by a moderator."""
    facts: dict[str, Any] = {
        "kind": kind, "name": f"Nguyễn Thị {house.marker}", "phone": PHONE, "email": EMAIL, "consents": ALL_CONSENTS,
        "text": f"Nắp cống vỡ trước nhà số 12 {house.word} {house.marker}, trẻ em đi học ngang qua rất nguy hiểm.",
    }  # fmt: skip
    if kind == CaseKind.REPORT:
        facts |= {"category": category_of(), "commune": house.unit, "place_text": f"Trước số 12 {house.word}"}
    with unit_scope(house.unit):
        received = receive_case(sent=Sent(**{**facts, **more}), sending=a_sending())
    assert received is not None
    return received


def make_case(house: House, **more: Any) -> Case:
    """The case alone."""
    return receive(house, **more).case


def make_public_case(house: House, **more: Any) -> Case:
    """A case that a moderator has let in, without the moderator's action."""

    case = make_case(house, **more)
    with unit_scope(house.unit):
        case.moderation, case.published_at = Moderation.PUBLIC, timezone.now()
        case.save(update_fields=["moderation", "published_at"])
        CaseParty.everywhere.filter(case=case).update(**CaseParty.copies_of(case))
    return case


__all__ = ["EMAIL", "PHONE", "a_sending", "category_of", "make_case", "make_public_case", "receive"]
