"""Numbers of dossiers in any spelling, what the words of a source mean, and what may not be in it."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from portal.core.text import folded, one_line, without_marks
from services.enums import DossierStatus

KEY_LENGTHS: Final = range(6, 61)
"""How many letters and digits a number has; shorter ones would be found by trying."""
# Everything of a month can be counted anew as long as none of its dossiers was dropped (services.actions.dossier_months).
KEPT_DAYS: Final = 400
"""How many days a dossier that its source no longer names is kept after it was finished, or after it was last named."""
LOOKUPS_PER_HOUR: Final = 60
# A source that was not read for so long is shown with a warning.
OLD_AFTER: Final = timedelta(hours=24)

FINISHED: Final = frozenset(
    {DossierStatus.DONE, DossierStatus.RETURNED, DossierStatus.REFUSED, DossierStatus.WITHDRAWN}
)

_STATUS_WORDS: Final[dict[str, DossierStatus]] = {
    **{str(status.value).lower(): status for status in DossierStatus},
    **dict.fromkeys(
        ("moi tiep nhan", "da tiep nhan", "tiep nhan", "moi nhan", "cho xu ly", "accepted", "new", "submitted"),
        DossierStatus.RECEIVED,
    ),
    **dict.fromkeys(
        (
            *("dang xu ly", "dang giai quyet", "dang thuc hien", "dang tham dinh", "dang xac minh", "cho phe duyet"),
            *("cho ky", "da trinh ky", "lien thong", "dang lien thong", "in progress", "in process"),
        ),
        DossierStatus.PROCESSING,
    ),
    **dict.fromkeys(
        (
            *("cho bo sung", "yeu cau bo sung", "cho bo sung giay to", "bo sung ho so", "dang bo sung"),
            *("tam dung", "dung xu ly", "cho nghia vu tai chinh", "cho thuc hien nghia vu tai chinh", "waiting"),
        ),
        DossierStatus.SUPPLEMENT,
    ),
    **dict.fromkeys(
        ("da co ket qua", "co ket qua", "da xong", "da giai quyet", "da xu ly xong", "hoan thanh", "cho tra ket qua",
         "completed", "finished"), DossierStatus.DONE,
    ),
    **dict.fromkeys(
        ("da tra ket qua", "da tra", "tra ket qua", "da nhan ket qua", "delivered", "closed"), DossierStatus.RETURNED
    ),
    **dict.fromkeys(
        ("tu choi", "bi tu choi", "khong giai quyet", "khong du dieu kien", "tra lai ho so", "da tra lai", "rejected"),
        DossierStatus.REFUSED,
    ),
    **dict.fromkeys(("da rut", "rut ho so", "cong dan rut ho so", "da huy", "cancelled"), DossierStatus.WITHDRAWN),
}  # fmt: skip

_DAY_FIRST: Final = re.compile(r"(?<!\d)(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?!\d)")
_YEAR_FIRST: Final = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
_CLOCK: Final = re.compile(r"\d{1,2}[:h]\d{2}(?::\d{2})?", re.IGNORECASE)

# The family names that nine of ten Vietnamese carry; a cell of two to five capitalised words that begins with one is a name.
_FAMILIES: Final = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Trương|Lương|Đào|Mai|Trịnh|Tôn|Châu|Cao|Tạ|"
    "Hà|La|Thái|Lâm|Phùng|Văn|Nguyen|Tran|Le|Pham|Hoang|Huynh|Vu|Vo|Dang|Bui|Do|Ho|Ngo|Duong|Ly|Dinh|Doan|Truong"
)
_WORD: Final = r"[A-ZÀ-ỸĐ][\wÀ-ỹ]*"
_NAME_CELL: Final = re.compile(rf"(?:(?:ông|bà|anh|chị)\s+)?(?:{_FAMILIES})(?:\s+{_WORD}){{1,4}}", re.IGNORECASE)
_NAME_INSIDE: Final = re.compile(rf"\b(?:(?:ông|bà|anh|chị|Ông|Bà|Anh|Chị)\s+)?(?:{_FAMILIES})(?:\s+{_WORD}){{1,4}}")
_TITLED: Final = re.compile(rf"\b(?:ông|bà|anh|chị|Ông|Bà|Anh|Chị)\s+{_WORD}(?:\s+{_WORD}){{0,4}}")
# Streets and wards carry the names of the dead; offices named after them are no persons.
_OFFICE_WORDS: Final = re.compile(
    r"\b(?:phong|so|ban|bo phan|trung tam|ubnd|uy ban|phuong|xa|chi nhanh|van phong|to|doi|thue|cong an|duong|hop tac|"
    r"chi cuc|cuc|tram|kho bac|ngan hang|buu dien|mot cua|quay|toa|vien|truong)\b"
)
_PRIVATE_NUMBER: Final = re.compile(r"0(?:\d{9}|\d{11})")


def dossier_key(number: str) -> str:
    """Capital letters and digits only: what citizens type with or without dots, dashes and spaces is the same number."""
    return re.sub(r"[^A-Z0-9]", "", without_marks(number).upper())


def is_number(text: str) -> bool:
    """Whether it can be a dossier's number: long enough, with digits, and no identity card or telephone."""
    key = dossier_key(text)
    return len(key) in KEY_LENGTHS and any(char.isdigit() for char in key) and not _PRIVATE_NUMBER.fullmatch(key)


@lru_cache(maxsize=4_096)  # a feed says the same words a hundred thousand times
def status_of(words: str) -> DossierStatus:
    """What the source's words for a status mean; OTHER for words nobody has told us of, which are then shown as they are."""
    return _STATUS_WORDS.get(folded(words).strip(" ."), DossierStatus.OTHER)


@lru_cache(maxsize=4_096)
def day_of(text: str) -> date | None:
    """A day written ``dd/mm/yyyy`` or ISO, with or without a time; None for an empty cell.

    Raises ValueError for anything else: a day is never guessed.
    """
    cell = one_line(text)
    if not cell:
        return None
    found = _YEAR_FIRST.match(cell)
    if found:
        year, month, day = map(int, found.groups())
    else:
        days = _DAY_FIRST.findall(cell)
        rest = _CLOCK.sub("", _DAY_FIRST.sub("", cell)).strip(" ,-")
        if len(days) != 1 or rest:
            raise ValueError(cell)
        day, month, year = map(int, days[0])
    if not 2000 <= year <= 2100:  # noqa: PLR2004 - older or later ones are slips of the keyboard
        raise ValueError(cell)
    return date(year, month, day)


@lru_cache(maxsize=4_096)
def is_person(text: str) -> bool:
    """Whether a whole cell looks like somebody's name: “Nguyễn Thị Mẫu”, not “Phòng Kinh tế”."""
    cell = one_line(text)
    if not cell or _OFFICE_WORDS.search(folded(cell)):
        return False
    return bool(_NAME_CELL.fullmatch(cell)) and all(word[:1].isupper() for word in cell.split()[-2:])


@lru_cache(maxsize=4_096)
def without_persons(text: str) -> str:
    """A source's free words, empty where they speak of a person: better no words than somebody's name."""
    words = one_line(text)
    speaks_of_one = _NAME_INSIDE.search(words) and not _OFFICE_WORDS.search(folded(words))
    return "" if speaks_of_one or _TITLED.search(words) else words
