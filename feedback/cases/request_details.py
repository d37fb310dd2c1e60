"""The part of a request's form that has no column: kept as sealed JSON, read back for its sender and for the office."""

import json
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from feedback.enums.cases import CaseKind, InformationWay, PersonalWish
from feedback.models import Case
from portal.core.sealing import Unreadable, unseal

PURPOSE: Final = "muc_dich"
CODE: Final = "ma_viec_da_gui"
PROOF: Final = "cach_chung_minh"
MATCHED: Final = "ma_va_so_khop"
BY_CODE: Final = "CODE"

_PROOF_WORDS: Final = {"CODE": _("Mã tra cứu và số điện thoại"), "OFFICE": _("Mang căn cước đến trụ sở")}


def write_details(**facts: Any) -> str:
    """As it is sealed."""
    return json.dumps({name: fact for name, fact in facts.items() if fact not in {"", None}}, ensure_ascii=False)


def read_details(case: Case) -> dict[str, Any]:
    """What was filled in besides the columns; nothing where it was forgotten or can not be opened."""
    try:
        found = json.loads(unseal(case.sealed_details) or "{}")
    except (Unreadable, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def wish_words(case: Case) -> str:
    """What a request wants, in words; "" for what is no request."""
    choices = {CaseKind.INFORMATION: InformationWay, CaseKind.PERSONAL: PersonalWish}.get(CaseKind(case.kind))
    return str(choices(case.wish).label) if choices and case.wish in choices.values else ""


def lines_of_request(case: Case) -> list[tuple[str, str]]:
    """What an officer and the sender read of a request besides its text: label and words. Tells no name and no number."""
    details = read_details(case)
    first = _("Cách nhận thông tin") if case.kind == CaseKind.INFORMATION else _("Cần làm gì")
    lines = [(str(first), wish_words(case)), (str(_("Dùng để làm gì")), str(details.get(PURPOSE, "")))]
    lines.append((str(_("Về việc đã gửi, mã")), str(details.get(CODE, ""))))
    lines.append((str(_("Chứng minh bằng")), str(_PROOF_WORDS.get(str(details.get(PROOF, "")), ""))))
    return [(label, words) for label, words in lines if words]


def is_proved(case: Case) -> bool:
    """Whether code and telephone number fitted together when the request came; never said to whoever sent it."""
    return bool(read_details(case).get(MATCHED))
