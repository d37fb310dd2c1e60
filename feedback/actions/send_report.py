"""Sending what a form holds: everything that was filled in becomes one case."""

from decimal import Decimal, InvalidOperation
from typing import Any

from feedback.actions.drafts import read_draft
from feedback.actions.receive_case import Received, Sent, receive_case
from feedback.actions.uploads import uploads_of
from feedback.enums.cases import CaseKind, ConsentPurpose
from feedback.models import CaseCategory, CaseDraft
from portal.core.visitors import Sending
from units.models import Unit


def position_of(data: dict[str, Any]) -> tuple[Decimal | None, Decimal | None]:
    """Latitude and longitude that the sender chose to send along; nothing otherwise."""
    try:
        latitude, longitude = (Decimal(part) for part in str(data.get("position", "")).split(","))
    except (ValueError, InvalidOperation):
        return None, None
    return latitude, longitude


def sent_of(draft: CaseDraft, data: dict[str, Any]) -> Sent:
    """What a form's data say, as the receiving action takes it."""
    latitude, longitude = position_of(data)
    category_id, commune_id = data.get("category"), data.get("commune")
    return Sent(
        kind=CaseKind(draft.kind), text=data.get("text", ""),
        category=CaseCategory.objects.filter(pk=category_id).first() if category_id else None,
        commune=Unit.objects.filter(pk=commune_id).defer("boundary").first() if commune_id else None,
        place_text=data.get("place_text", ""), latitude=latitude, longitude=longitude, name=data.get("name", ""),
        phone=data.get("phone", ""), email=data.get("email", ""),
        consents=frozenset(ConsentPurpose(purpose) for purpose in data.get("consents", ())),
        files=tuple(uploads_of(draft)),
    )  # fmt: skip


def send_report(*, draft: CaseDraft, sending: Sending) -> Received | None:
    """Send the report of this form; the same case however often it is pressed; None for a machine. Raises TooMany.

    What is sent is what the form holds: a step that was not kept before is not sent.
    """
    return receive_case(sent=sent_of(draft, read_draft(draft)), sending=sending, draft=draft)
