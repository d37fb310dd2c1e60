"""What stands around a table in an official form: its number, its title, the unit of money, notes, signatures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from news.enums.disclosure import MoneyUnit
from portal.core.text import folded, one_line

_FORM: Final = re.compile(
    r"(?:biểu|mẫu|phụ lục)\s*(?:mẫu|biểu)?\s*(?:số|:)?\s*:?\s*((?:\d|[IVX]+\b)[\w./\-]*)", re.IGNORECASE
)
_UNIT: Final = re.compile(r"(?:don vi(?: tinh)?|dvt)\b\s*:?\s*([\w. ]{0,12}?)\s*dong\b")
_BARE_UNIT: Final = re.compile(r"^\(?\s*(trieu|nghin|ngan|ty|1\.000|1\.000\.000)?\s*dong\s*\)?$")
_UNIT_BESIDE: Final = re.compile(
    r"\(?\s*(?:(?:ĐVT|đơn vị(?: tính)?)\s*:?\s*[\w. ]{0,12}?|(?:triệu|nghìn|ngàn|tỷ)\s*)đồng\s*\)?\s*$", re.IGNORECASE
)
_IN_BRACKETS: Final = re.compile(
    r"\((?:dvt|don vi(?: tinh)?)?\s*:?\s*(trieu|nghin|ngan|ty|1\.000|1\.000\.000|)\s*dong\)"
)
_UNITS: Final = {
    "": MoneyUnit.DONG, "vnd": MoneyUnit.DONG, "nghin": MoneyUnit.THOUSAND, "ngan": MoneyUnit.THOUSAND,
    "1.000": MoneyUnit.THOUSAND, "1000": MoneyUnit.THOUSAND, "trieu": MoneyUnit.MILLION, "1.000.000": MoneyUnit.MILLION,
    "1000000": MoneyUnit.MILLION, "ty": MoneyUnit.BILLION,
}  # fmt: skip
# What stands above a table and is no title of it; folded.
_NO_TITLE: Final = re.compile(
    r"^(?:ubnd|uy ban nhan dan|hoi dong nhan dan|hdnd|cong hoa xa hoi|doc lap|so tai chinh|don vi|dvt|\(?kem theo|\(?ban hanh"
    r"|\(?du toan (?:trinh|da duoc)|so:|bieu|mau (?:so|bieu)|phu luc|chuong|ma dvqhns|\(?don vi|[\W_]*$)"
)
_SIGNED: Final = re.compile(
    r"^(?:nguoi lap|ke toan|thu truong|chu tich|tm\.?|kt\.?|truong phong|pho chu tich|noi nhan|ky|\(?ky|giam doc)|ngay \S+ thang \S+ nam"
)
_NOTE: Final = re.compile(r"^(?:\(?ghi chu|luu y|\(?\*|\(\d\)|nguon)")
# Words that stay in capitals when a title is written in small letters.
_ACRONYMS: Final = frozenset(
    {
        "NSNN",
        "NSTW",
        "NSĐP",
        "NSX",
        "NSP",
        "UBND",
        "HĐND",
        "ĐTPT",
        "XDCB",
        "TT-BTC",
        "CK-NSNN",
        "KP",
        "TX",
        "CTMTQG",
        "TW",
        "MTTQ",
    }
)


@dataclass(frozen=True, slots=True)
class Around:
    """What the lines above and below a table say; ``money_unit`` is None where none is named."""

    title: str = ""
    form_number: str = ""
    money_unit: MoneyUnit | None = None
    note: str = ""


def around(above: Sequence[str], below: Sequence[str], *, names: Sequence[str] = ()) -> Around:
    """Read the lines around a table; ``names`` (the unit's) keep their capitals in a title of capitals."""
    form = next((found[1].strip(".-/ ") for line in above if (found := _FORM.search(line))), "")
    unit = next((one for line in above if (one := money_unit_in(line)) is not None), None)
    titles = [bare for line in above if not _NO_TITLE.match(folded(line)) and (bare := without_unit(line))]
    title = " ".join(
        sentence_case(line, names=names) if at == 0 else _going_on(line, names) for at, line in enumerate(titles[:2])
    )
    notes = [line for line in below if _NOTE.match(folded(line)) and not _SIGNED.search(folded(line))]
    return Around(title[:300], form[:60], unit, " ".join(notes)[:300])


def money_unit_in(text: str) -> MoneyUnit | None:
    """“Đơn vị: triệu đồng”, “ĐVT: 1.000 đồng”; None where no unit is named."""
    words = folded(text)
    found = _UNIT.search(words) or _BARE_UNIT.match(words) or _IN_BRACKETS.search(words)
    if not found:
        return None
    return _UNITS.get((found[1] or "").strip().replace(" ", ""))


def without_unit(text: str) -> str:
    """A title without the unit of money beside it: ``QUYẾT TOÁN (ĐVT: đồng)`` → ``QUYẾT TOÁN``."""
    return _UNIT_BESIDE.sub("", one_line(text)).strip(" .-–")


def sheet_title(name: str) -> str:
    """A sheet's name as a title; “” for the names that Excel itself gives."""
    return "" if re.fullmatch(r"(?:sheet|trang tính|trang)\s*\d*", name.strip(), re.IGNORECASE) else one_line(name)


def is_signature(text: str) -> bool:
    """“Người lập biểu”, “…, ngày 05 tháng 10 năm 2026”."""
    return bool(_SIGNED.search(folded(text)))


def is_note(text: str) -> bool:
    """“Ghi chú: …”, “(1) …”."""
    return bool(_NOTE.match(folded(text)))


def sentence_case(text: str, *, names: Sequence[str] = ()) -> str:
    """Words all in capitals as a sentence: ``TỔNG SỐ THU NSNN`` → ``Tổng số thu NSNN``; others stay as they are."""
    words = one_line(text)
    letters = [letter for letter in words if letter.isalpha()]
    if len(letters) < 4 or any(letter.islower() for letter in letters):  # noqa: PLR2004 - “UBND” alone stays
        return words
    small = " ".join(
        word if word.strip("(),.;:") in _ACRONYMS or _is_roman(word) else word.lower() for word in words.split()
    )
    for name in names:
        small = re.sub(rf"(?<!\w){re.escape(name.lower())}(?!\w)", name, small)
    return small[:1].upper() + small[1:]


def _going_on(text: str, names: Sequence[str]) -> str:
    """The second line of a title goes on within the sentence."""
    changed = sentence_case(text, names=names)
    begins_name = any(changed.startswith(name) for name in names)
    return changed if changed == one_line(text) or begins_name else changed[:1].lower() + changed[1:]


def _is_roman(word: str) -> bool:
    return bool(re.fullmatch(r"[IVX]{2,4}[.,;]?", word))
