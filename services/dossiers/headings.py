"""Which column is which: headings in Vietnamese or English, and those that must not be there."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from portal.core.text import folded

HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "number": ("so ho so", "ma ho so", "so bien nhan", "ma bien nhan", "dossier number", "dossier", "number", "code", "ma so ho so"),
    "received_on": ("ngay nhan", "ngay tiep nhan", "ngay nop", "received", "received on", "received date"),
    "due_on": ("ngay hen tra", "ngay hen", "hen tra", "han tra", "han giai quyet", "due", "due on", "due date", "deadline"),
    "finished_on": (
        *("ngay co ket qua", "ngay xong", "ngay hoan thanh", "ngay giai quyet xong", "ngay tra", "ngay tra ket qua"),
        *("finished", "finished on", "finished date", "completed"),
    ),
    "status": ("tinh trang", "trang thai", "status", "state"),
    "office": ("noi dang giu", "don vi xu ly", "phong xu ly", "noi xu ly", "bo phan xu ly", "co quan xu ly", "office"),
    "field_name": ("linh vuc", "field", "sector"),
    "procedure_code": ("ma thu tuc", "ma tthc", "procedure", "procedure code"),
}  # fmt: skip
REQUIRED: Final = ("number", "received_on", "status")
# The names that we tell the office, Vietnamese and English.
SHOWN: Final[dict[str, tuple[str, str]]] = {
    "number": ("Số hồ sơ", "dossier number"),
    "received_on": ("Ngày nhận", "received"),
    "due_on": ("Ngày hẹn trả", "due"),
    "finished_on": ("Ngày có kết quả", "finished"),
    "status": ("Tình trạng", "status"),
    "office": ("Nơi đang giữ", "office"),
    "field_name": ("Lĩnh vực", "field"),
    "procedure_code": ("Mã thủ tục", "procedure code"),
}

# A heading with one of these words tells of a person. Such a column is dropped before a single cell of it is looked at.
_PERSONAL: Final = re.compile(
    r"\b(?:ho ten|ho va ten|ten(?! (?:thu tuc|tthc|linh vuc|don vi|co quan|phong))|nguoi nop|chu ho so|nguoi yeu cau|nguoi dan|cong dan|to chuc|doanh nghiep|can bo|chuyen vien|"
    r"nguoi xu ly|nguoi ky|(?<!procedure )(?<!unit )(?<!office )(?<!field )name|fullname|applicant|person|citizen|owner|officer|signer|dien thoai|so dt|sdt|phone|mobile|"
    r"cccd|cmnd|can cuoc|chung minh|ho chieu|passport|identity|dia chi|address|email|thu dien tu|ngay sinh|birth|birthday|"
    r"tai khoan|account)\b"
)
_KNOWN: Final = {name: key for key, names in HEADINGS.items() for name in names}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each known column stands, and the headings that were refused because they tell of persons."""

    places: dict[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()

    @property
    def missing(self) -> list[str]:
        """Shown names of required columns that are not there."""
        return [SHOWN[key][0] for key in REQUIRED if key not in self.places]


def _plain(heading: str) -> str:
    """``Ngày_Nhận`` and ``receivedOn`` as words."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return folded(re.sub(r"[_\-.:()]+", " ", spaced))


@lru_cache(maxsize=64)
def columns_of(headings: tuple[str, ...]) -> Columns:
    """Which of the headings are known. The first of two that mean the same counts; unknown ones are left out unread."""
    places: dict[str, str] = {}
    refused: list[str] = []
    for heading in headings:
        plain = _plain(heading)
        key = _KNOWN.get(plain)
        if key:
            places.setdefault(key, heading)
        elif _PERSONAL.search(plain):
            refused.append(heading[:60])
    return Columns(places, tuple(refused[:10]))
