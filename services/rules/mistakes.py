"""Telling that something on a procedure's page is wrong: which parts there are, who answers for each, how much is taken."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

TEXT_MINIMUM: Final = 10
TEXT_LIMIT: Final = 1_000
NOTE_LIMIT: Final = 300

MISTAKES_PER_HOUR: Final = 5
# Without JavaScript there is no proof of work: fewer for one sender, and a lid over all of them together.
UNPROVED_PER_HOUR: Final = 2
UNPROVED_UNIT_PER_HOUR: Final = 40

PARTS: Final[dict[str, Any]] = {
    "noi-nop": _("Nơi nộp, giờ làm việc, điện thoại"),
    "muc-thu": _("Mức thu ở địa phương"),
    "cac-buoc": _("Các bước"),
    "giay-to": _("Giấy tờ cần có"),
    "bieu-mau": _("Mẫu đơn, tờ khai"),
    "thoi-han": _("Thời hạn"),
    "le-phi": _("Lệ phí"),
    "can-cu": _("Căn cứ pháp lý"),
    "khac": _("Chỗ khác"),
}
LOCAL_PARTS: Final = frozenset({"noi-nop", "muc-thu"})
"""What the unit itself has written; everything else stands in the catalogue, which the province's office keeps."""


def part_words(part: str) -> str:
    """The part in words; the key itself where the list has changed since."""
    return str(PARTS.get(part, part))
