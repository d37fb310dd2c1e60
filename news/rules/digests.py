"""When digests go out, and what a subscriber has agreed to."""

from datetime import datetime, time, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from news.enums import Rhythm

SENT_AT: Final = time(6, 30)
MONDAY: Final = 0
DIGEST_ITEMS: Final = 20
CONFIRM_WITHIN: Final = timedelta(hours=48)
UNCONFIRMED_KEPT: Final = timedelta(days=3)
# An address that refuses so many digests in a row is taken off.
REFUSALS_TAKEN: Final = 5

ASKS_PER_HOUR: Final = 5
UNPROVED_ASKS_PER_HOUR: Final = 2
UNPROVED_UNIT_ASKS_PER_HOUR: Final = 60
# However many people type an address: its owner gets at most so many mails that ask for confirming.
MAILS_PER_ADDRESS_A_DAY: Final = 3

# Change the version with every change of the words: the row keeps which of them were agreed to.
CONSENT_VERSION: Final = "2026-11-22"


def consent_text(unit_name: str) -> str:
    """What a subscriber agrees to (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15): for what, how long, how to take it back."""
    return _(
        "Tôi đồng ý để %(unit)s dùng địa chỉ thư này chỉ để gửi tin tôi đã chọn, cho đến khi tôi thôi nhận. "
        "Tôi có thể thôi nhận bất cứ lúc nào bằng liên kết trong mỗi thư; khi đó địa chỉ được xóa "
        "(Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15)."
    ) % {"unit": unit_name}


def next_sending(rhythm: Rhythm | str, after: datetime) -> datetime:
    """The first 6:30 after a moment, Vietnamese time; for weekly digests the first on a Monday."""
    local = timezone.localtime(after)
    day = local.date() if local.time() < SENT_AT else local.date() + timedelta(days=1)
    if rhythm == Rhythm.WEEKLY:
        day += timedelta(days=(MONDAY - day.weekday()) % 7)
    return datetime.combine(day, SENT_AT, timezone.get_current_timezone())


def masked_address(email: str) -> str:
    """Enough to recognise one's own address by, for lists and the audit trail: ``t•••@example.vn``."""
    name, _at, host = email.partition("@")
    return f"{name[:1]}•••@{host}"
