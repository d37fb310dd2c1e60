"""Two invented notes of readers: one for the office of the catalogue, one for a commune's own counter."""

from typing import Final

from portal.core.tenancy import unit_scope
from portal.core.visitors import Sending
from services.actions.mistakes import receive_mistake
from services.models import MistakeReport, Procedure
from units.models import Unit

_UNIT: Final = "thuan-an"
_PROCEDURE: Final = "1.001193"
_NOTES: Final = (
    ("noi-nop", "Chiều thứ Sáu tuần trước quầy đóng cửa lúc 16 giờ, trang ghi 17 giờ (góp ý minh họa)."),
    ("giay-to", "Bệnh viện đã gửi Giấy chứng sinh điện tử, nên ghi rõ không cần bản giấy (góp ý minh họa)."),
)


def load_mistakes() -> int:
    """Send the notes where no note of theirs is yet; returns how many were new. Without the catalogue they wait."""
    unit = Unit.objects.current().filter(slug=_UNIT).first()
    procedure = Procedure.objects.current().filter(code=_PROCEDURE).first()
    if unit is None or procedure is None:
        return 0
    with unit_scope(unit):
        if MistakeReport.objects.exists():
            return 0
        for number, (part, text) in enumerate(_NOTES):
            sending = Sending(address_hash=f"demo-{number}")
            receive_mistake(procedure=procedure, part=part, text=text, sent_from=unit, sending=sending)
    return len(_NOTES)
