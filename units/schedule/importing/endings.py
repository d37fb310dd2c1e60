"""What stands under a week's table and is no part of it: notes, signatures, who receives it."""

import re
from typing import Final

from portal.core.text import folded
from units.schedule.importing.whens import read_when

_ENDS: Final = re.compile(
    r"(?:noi nhan|luu y|lich nay|lich cong tac nay|lich tuan nay|tm |t m |kt |tl |tuq |nguoi lap|nguoi duyet|xac nhan|"
    r"de nghi cac|yeu cau cac|van phong .{0,40}thong bao|tren day la|thay (?:cho )?giay moi|ghi chu)\b"
)


def words_of(text: str) -> str:
    """Without marks, capitals and punctuation."""
    return re.sub(r"[^\w]+", " ", folded(text)).strip()


def ends_table(text: str) -> bool:
    """Whether the text belongs under the table: “Nơi nhận:”, “TM. ỦY BAN NHÂN DÂN”, “* Lịch này thay giấy mời”."""
    words = words_of(text)
    return bool(_ENDS.match(f"{words} ")) and read_when(text.split("\n", maxsplit=1)[0]).starts_at is None
