"""Reading the short columns: levels, audience, channels, limits, fees, legal bases. What can not be read surely stays words.

Cells come in NFC (services.importing.rows).
"""

import re
from functools import lru_cache
from typing import Final

from portal.core.text import folded, one_line
from services.enums import Channel, FeeKind
from services.rules.shapes import Basis, Fee, TimeLimit

CHANNELS: Final = {
    "truc tuyen": Channel.ONLINE,
    "dich vu buu chinh": Channel.POST,
    "buu chinh": Channel.POST,
    "truc tiep": Channel.DIRECT,
}
LEVELS: Final = {
    "cap bo": "at_ministry",
    "cap trung uong": "at_ministry",
    "cap tinh": "at_province",
    "cap huyen": "at_district",
    "cap xa": "at_commune",
    "co quan khac": "at_other",
}
MINISTRIES: Final = {
    "bo-tai-chinh": "Bộ Tài chính",
    "bo-nong-nghiep-mt": "Bộ Nông nghiệp và Môi trường",
    "bo-xay-dung": "Bộ Xây dựng",
    "bo-cong-an": "Bộ Công an",
    "bo-tu-phap": "Bộ Tư pháp",
    "ngan-hang-nha-nuoc": "Ngân hàng Nhà nước Việt Nam",
    "toa-an-nhan-dan": "Tòa án nhân dân",
}
UNITS: Final = {"ngay lam viec": "WORKDAY", "ngay": "DAY", "gio": "HOUR", "thang": "MONTH", "nam": "YEAR"}

# Said of organisations, it names enterprises only to leave them out.
_WITHOUT: Final = re.compile(r"\(\s*khong bao gom[^)]*\)")
_BUSINESS: Final = ("doanh nghiep", "hop tac xa", "ho kinh doanh", "hkd")
_PEOPLE: Final = (
    *("cong dan", "ca nhan", "nguoi dan", "nguoi nuoc ngoai", "nguoi viet nam", "ho gia dinh"),
    *("can bo", "cong chuc", "vien chuc", "dang vien", "nguoi lao dong"),
)
# The source joins channels with "; ", and writes "; " inside its remarks too: only before a channel's name it divides.
_NEXT_CHANNEL: Final = re.compile(r";\s*(?=(?:Trực tuyến|Dịch vụ bưu chính|Trực tiếp)\s*:)")
_CHANNEL: Final = re.compile(r"\A(Trực tuyến|Dịch vụ bưu chính|Trực tiếp)\s*:\s*")
_LIMIT: Final = re.compile(r"\A(\d{1,4}(?:[.,]\d{1,2})?)\s*(.*)\Z", re.DOTALL)
_NO_UNIT: Final = re.compile(r"\A\(đơn vị không ghi\)\s*\??\Z", re.IGNORECASE)
_DONG: Final = re.compile(
    r"\A(\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+|\d{1,9})\s*(?:Việt Nam Đồng|VNĐ|VND|đồng|đ)(?=\W|\Z)"
)
_MONEY: Final = re.compile(r"\A\d[\d.,]*\s*(?:Việt Nam Đồng|VNĐ|VND|USD|đồng|đ)(?=\W|\Z)")
_SUM_IN_REMARK: Final = re.compile(r"(\d[\d.,]*)\s*(?:đồng|đ|triệu|nghìn|vnđ|usd|%)(?=\W|\Z)", re.IGNORECASE)
# Remarks that say again that nothing is to be paid, or only number a case.
_STILL_FREE: Final = re.compile(
    r"(?:không(?: có| quy định| thu(?: phí| lệ phí)?)?|miễn(?: phí| lệ phí)?|\(?[ivx]{1,4}\)?|\d{1,2}|[a-zđ])",
    re.IGNORECASE,
)
_WAIVED: Final = re.compile(r"[-\s]*(?:không thu|miễn|không được quy định)\b", re.IGNORECASE)
_ON_CONDITION: Final = re.compile(r"trường hợp|đối với|nếu|đồng|riêng|%", re.IGNORECASE)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """``folded``, remembered: a catalogue says the same few hundred short things thousands of times."""
    return folded(text)


def levels(text: str, doubts: list[str]) -> dict[str, bool]:
    """Flags of the model for “Cấp tỉnh, Cấp xã”; an unknown level is a doubt."""
    flags = dict.fromkeys(LEVELS.values(), False)
    for part in re.split(r"[,;]", text):
        if not part.strip():
            continue
        flag = LEVELS.get(plain(part))
        if flag:
            flags[flag] = True
        else:
            doubts.append(one_line(part))
    return flags


def audience(text: str) -> tuple[bool, bool]:
    """(for people, for business); both False where the words name neither."""
    words = _WITHOUT.sub(" ", plain(text))
    return any(name in words for name in _PEOPLE), any(name in words for name in _BUSINESS)


def channels(text: str, doubts: list[str]) -> list[str]:
    """Values of Channel in the source's order, each once."""
    found: dict[str, None] = {}
    for part in text.split(";"):
        if not part.strip():
            continue
        channel = CHANNELS.get(plain(part))
        if channel:
            found[channel.value] = None
        else:
            doubts.append(one_line(part))
    return list(found)


def _by_channel(text: str) -> list[tuple[str, str]]:
    """(channel or "", words) for each part of “Trực tuyến: …; Trực tiếp: …”."""
    parts = []
    for part in _NEXT_CHANNEL.split(text):
        named = _CHANNEL.match(part)
        channel = CHANNELS[plain(named[1])].value if named else ""
        if words := " ".join(part[named.end() :].split() if named else part.split()):
            parts.append((channel, words))
    return parts


def times(text: str, doubts: list[str]) -> list[TimeLimit]:
    """Limits by channel; a number the source gives no unit stays without one."""
    return [_time(channel, words, doubts) for channel, words in _by_channel(text)]


def _time(channel: str, words: str, doubts: list[str]) -> TimeLimit:
    if plain(words) == "khong co thong tin":
        return TimeLimit(words=words, channel=channel)
    read = _LIMIT.match(words)
    if read is None:
        doubts.append(words)
        return TimeLimit(words=words, channel=channel)
    number = float(read[1].replace(",", "."))
    if _NO_UNIT.match(read[2]):
        shown = f"{read[1]} (nguồn không ghi đơn vị)"  # part of the source's words, so Vietnamese and not translated
        return TimeLimit(words=shown, channel=channel, number=number)
    unit = UNITS.get(plain(read[2]), "")
    if not unit:
        doubts.append(words)
    return TimeLimit(words=words, channel=channel, number=number if unit else None, unit=unit)


def fees(text: str, doubts: list[str]) -> list[Fee]:
    """Fees by channel; repeated ones once. Only what the source calls free without a second word is free."""
    read = [_fee(channel, words, doubts) for channel, words in _by_channel(text)]
    return list(dict.fromkeys(read))


def _fee(channel: str, words: str, doubts: list[str]) -> Fee:
    said = plain(words)
    if said.startswith("khong co thong tin"):
        return Fee(words=words, kind=FeeKind.UNSTATED.value, channel=channel)
    if said.startswith("mien phi"):
        remark = words[len("Miễn phí") :].strip().removeprefix("(").removesuffix(")").strip(" .")
        return Fee(words=words, kind=_free_or_noted(remark).value, channel=channel)
    if not _MONEY.match(words):
        doubts.append(words)
        return Fee(words=words, kind=FeeKind.NOTED.value, channel=channel)
    return Fee(words=words, kind=FeeKind.AMOUNT.value, channel=channel, amount=_amount(words))


def _free_or_noted(remark: str) -> FeeKind:
    if not remark or _STILL_FREE.fullmatch(remark):
        return FeeKind.FREE
    if _WAIVED.match(remark) and not _ON_CONDITION.search(remark):
        return FeeKind.FREE
    return FeeKind.NOTED


def _amount(words: str) -> int | None:
    """Đồng, where the part names one sum and its remark no other one."""
    read = _DONG.match(words)
    if read is None:
        return None
    amount = int(re.sub(r"[.,]", "", read[1]))
    others = {re.sub(r"[.,]", "", other) for other in _SUM_IN_REMARK.findall(words[read.end() :])}
    return amount if others <= {str(amount)} else None


def bases(text: str) -> list[Basis]:
    """Legal bases of “number: title | number: title”, each once."""
    read: dict[Basis, None] = {}
    for part in text.split(" | "):
        number, colon, title = (piece.strip() for piece in part.partition(":"))
        is_number = len(number) <= 60 and " " not in number and (bool(colon) or "/" in number)  # noqa: PLR2004 - has 33
        basis = Basis(number=number, title=" ".join(title.split())) if is_number else Basis("", " ".join(part.split()))
        if basis.number or basis.title:
            read[basis] = None
    return list(read)
