"""The template of a rate table: the maxima of the old Nghị định 18/2014, which Nghị định 287/2026 repealed on 01/9/2026.

Nothing is paid by these numbers. A person takes them as a draft, changes them to what the province decided, and confirms the
table with the number and day of the decision; from then on the rows count, not this module.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

# 10 % of the base salary (lương cơ sở), before and since the day it was raised.
BASE_RAISED_ON: Final = date(2026, 7, 1)
BASE_BEFORE: Final = 234_000
BASE_SINCE: Final = 253_000


@dataclass(frozen=True, slots=True)
class GenreSeed:
    """A genre and its highest coefficient."""

    code: str
    name: str
    highest: Decimal
    is_photo: bool = False


@dataclass(frozen=True, slots=True)
class SupplementSeed:
    """A supplement with its range in percent."""

    code: str
    name: str
    lowest: Decimal
    highest: Decimal
    is_portion: bool = False


GENRES: Final = (
    GenreSeed("tin", "Tin, trả lời bạn đọc", Decimal(10)),
    GenreSeed("chinh-luan", "Chính luận", Decimal(30)),
    GenreSeed("phong-su", "Phóng sự, ký, bài phỏng vấn", Decimal(30)),
    GenreSeed("van-hoc", "Văn học", Decimal(30)),
    GenreSeed("nghien-cuu", "Nghiên cứu", Decimal(30)),
    GenreSeed("truc-tuyen", "Trực tuyến, media", Decimal(50)),
    GenreSeed("anh", "Ảnh", Decimal(10), is_photo=True),
    GenreSeed("tranh", "Tranh", Decimal(10), is_photo=True),
)
SUPPLEMENTS: Final = (
    SupplementSeed("dich", "Bản dịch", Decimal(40), Decimal(65), is_portion=True),
    SupplementSeed("thieu-nhi-dan-toc", "Cho thiếu nhi, người dân tộc thiểu số", Decimal(10), Decimal(20)),
    SupplementSeed("tieng-nuoc-ngoai", "Viết bằng tiếng nước ngoài, tiếng dân tộc", Decimal(30), Decimal(50)),
    SupplementSeed("kho-khan", "Điều kiện khó khăn, nguy hiểm", Decimal(0), Decimal(100)),
)


def base_amount_on(day: date) -> int:
    """The amount of one coefficient unit that held on ``day``, by the salary decrees known to us."""
    return BASE_SINCE if day >= BASE_RAISED_ON else BASE_BEFORE
