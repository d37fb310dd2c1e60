"""Drafts of the cast, with each house's marks in every text."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from news.actions.consultations import publish_consultation, save_consultation
from news.models import Consultation
from portal.core.tenancy import unit_scope
from tests.factories.cast import House
from units.enums import Role

TODAY = date(2026, 11, 22)


def make_draft(house: House, *, opens: int = -10, closes: int = 50, **more: Any) -> Consultation:
    """A draft nobody has seen; ``opens`` and ``closes`` are days from today."""
    words = f"{house.marker} {house.word}"
    values: dict[str, Any] = {
        "title": f"Quy chế chợ đêm {words}",
        "drafting_office": f"Phòng Kinh tế {words}",
        "opens_on": timezone.localdate() + timedelta(days=opens),
        "closes_on": timezone.localdate() + timedelta(days=closes),
        "intro": f"<p>Cần góp ý về giờ mở cửa {words}</p>",
        "draft": (
            f"<p>Điều 1. Phạm vi {words}</p><p>Chợ đêm của phường.</p>"
            f"<p>Điều 2. Giờ mở cửa {words}</p><p>Từ 18:00 đến 22:00.</p>"
        ),
        **more,
    }
    with unit_scope(house.unit):
        return save_consultation(consultation=Consultation(**values), actor=house.admin)


def make_consultation(house: House, *, opens: int = -10, closes: int = 50, **more: Any) -> Consultation:
    """A published draft; one that closed was published while it was open."""
    draft = make_draft(house, opens=opens, closes=max(closes, 0), **more)
    with unit_scope(house.unit):
        publish_consultation(consultation=draft, actor=house.people[Role.APPROVER], secrecy_checked=True)
        if closes < 0:
            end = timezone.localdate() + timedelta(days=closes)
            Consultation.objects.filter(pk=draft.pk).update(closes_on=end, summary_due_on=end + timedelta(days=60))
        draft.refresh_from_db()
    return draft


def consultation_of(house: House) -> Consultation:
    """The house's published draft, made when it is asked for first."""
    with unit_scope(house.unit):
        known = Consultation.objects.published().first()
    return known or make_consultation(house)
