"""Questions that were answered and let in, as the public list shows them; requests and how they are sent through the form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from feedback.enums.cases import CaseKind, CaseStatus, EventKind
from feedback.models import Case, CaseEvent, CaseParty
from portal.core.tenancy import unit_scope
from tests.factories.cases import make_public_case
from tests.factories.cast import House
from units.models import Unit

QUESTION = "Con mới sinh thì đăng ký khai sinh ở đâu, cần mang giấy tờ gì"


def make_pair(house: House, text: str = QUESTION, **more: Any) -> Case:
    """A question of ``house`` that was answered ten days later and published with its answer."""
    case = make_public_case(house, kind=CaseKind.QUESTION, text=f"{text} {house.word} {house.marker}?", **more)
    with unit_scope(house.unit):
        case.received_at = timezone.now() - timedelta(days=10)
        case.status, case.answered_at = CaseStatus.ANSWERED, timezone.now()
        case.answer = f"Đến Bộ phận Một cửa {house.marker}.\nMang giấy chứng sinh."
        case.answer_post = f"Công chức Tư pháp {house.marker}"
        case.save()
        CaseEvent(
            case=case, kind=EventKind.ANSWERED, unit=house.unit, text=case.answer, is_public=True
        ).save(force_insert=True)  # fmt: skip
        CaseParty.everywhere.filter(case=case).update(**CaseParty.copies_of(case))
        Unit.objects.filter(pk=house.unit.pk).update(generation=Unit.objects.get(pk=house.unit.pk).generation + 1)
    return case


def post(client: Client, house: House, path: str, data: dict[str, str]) -> Any:
    """Send a form as a browser without JavaScript does."""
    return client.post(path, {"opened": "", "altcha": "", "trang_web": "", **data}, headers={"host": house.host})


def get(client: Client, house: House, path: str) -> Any:
    """Open a page of a unit."""
    return client.get(path, headers={"host": house.host})
