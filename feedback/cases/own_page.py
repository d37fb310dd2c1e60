"""What the sender's own page shows: everything of theirs, and what others see of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from feedback.cases.clock import counts_working_days, supply_until
from feedback.cases.letters import noun_of
from feedback.cases.page import Picture, page_of
from feedback.cases.request_details import lines_of_request
from feedback.enums.cases import CaseKind, CaseStatus, ConsentPurpose, EventKind, FileKind, FileState, Moderation
from feedback.models import Case, CaseConsent, CaseEvent, CaseFile, CaseSender
from feedback.rules import own as rules
from feedback.rules.consent import TEXTS, text_of
from portal.core.phone_numbers import masked_phone
from portal.core.sealing import readable

SMALL: Final = "nho"
REQUESTS: Final = frozenset({CaseKind.INFORMATION, CaseKind.PERSONAL})
_MAIL_SHOWN: Final = 2


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One purpose, in the words that were agreed to."""

    row: CaseConsent
    words: str
    can_withdraw: bool
    button: str


def own_context(case: Case, token: str, today: date) -> dict[str, Any]:
    """Everything the template needs, in a constant number of queries."""
    events = list(CaseEvent.objects.filter(case=case).public().in_order()[: rules.EVENTS_SHOWN])
    files = list(CaseFile.objects.filter(case=case).order_by("position", "pk")[: 2 * rules.FILES_OF_CASE])

    def picture_of(file: CaseFile) -> Picture | None:
        return own_picture(file, token)

    page = page_of(
        case, events=events, files=files, today=today, for_sender=True, is_working=counts_working_days(case),
        picture_of=picture_of,
    )  # fmt: skip
    return {
        "page": page,
        "case": case,
        "token": token,
        "noun": noun_of(case),
        "request_lines": lines_of_request(case) if case.kind in REQUESTS else [],
        "own_text": readable(case.sealed_text),
        "asked": _asked(case, events),
        "supply_until": supply_until(case),
        "unfinished": [file for file in files if file.state != FileState.READY],
        "others": _others(case),
        "public_url": case.get_absolute_url() if case.moderation == Moderation.PUBLIC else "",
        "sender": _sender(case),
        "consents": _consents(case),
        "can_supply": case.is_open,
        "can_withdraw": case.is_open,
        "is_answered": case.status in {CaseStatus.ANSWERED, CaseStatus.SOLVED} and bool(case.answer),
    }


def own_picture(file: CaseFile, token: str) -> Picture | None:
    """Addresses of the unblurred file that only the holder of the link may open; None while it is not ready."""
    if file.state != FileState.READY or not file.private_path:
        return None
    url = reverse("feedback:case-own-file", args=[token, file.pk])
    small = f"{url}?{SMALL}=1" if file.private_small else url
    return Picture(url, small, file.description, file.kind == FileKind.VIDEO, file.width, file.height)


def _asked(case: Case, events: list[CaseEvent]) -> CaseEvent | None:
    """What the office wants to know, while it waits for it."""
    if case.status != CaseStatus.WAITING:
        return None
    return next((event for event in reversed(events) if event.kind == EventKind.ASKED), None)


def _others(case: Case) -> str:
    """What others see of it, in one sentence."""
    if case.kind in REQUESTS:
        return _("Yêu cầu không bao giờ công khai. Chỉ đơn vị xử lý đọc được.")
    if case.moderation == Moderation.PUBLIC:
        return _("Ai cũng đọc được bản dưới đây. Tên và số điện thoại không công khai.")
    if case.status == CaseStatus.WITHDRAWN:
        return _("Không công khai. Việc này đã rút.")
    if case.may_publish and case.moderation == Moderation.WAITING:
        return _("Chưa ai đọc được. Cán bộ kiểm tra rồi mới công khai.")
    if case.may_publish:
        return _("Không công khai. Chỉ đơn vị xử lý đọc được.")
    return _("Không công khai, vì không có đồng ý công khai.")


def _sender(case: Case) -> dict[str, Any]:
    """Who one is here: enough to know oneself again, not enough for whoever looks over one's shoulder."""
    sender = CaseSender.objects.filter(case=case).first()
    if sender is None or sender.forgotten_at:
        return {"forgotten_at": sender.forgotten_at if sender else None}
    phone, email = readable(sender.sealed_phone), readable(sender.sealed_email)
    name, at, host = email.partition("@")
    return {
        "name": readable(sender.sealed_name),
        "phone": masked_phone(phone) if phone else "",
        "email": f"{name[:_MAIL_SHOWN]}•••{at}{host}" if at else "",
    }


def _consents(case: Case) -> list[ConsentLine]:
    lines = []
    for row in CaseConsent.objects.filter(case=case).order_by("pk"):
        purpose = ConsentPurpose(row.purpose)
        words = text_of(purpose, row.version) if row.version in TEXTS else str(purpose.label)
        button = {ConsentPurpose.MAIL: _("Thôi nhận thư"), ConsentPurpose.PUBLISH: _("Thôi công khai")}.get(purpose, "")
        lines.append(ConsentLine(row, words, bool(button) and row.withdrawn_at is None, button))
    return lines
