"""A procedure in one line of a list: how far it goes online, what it costs, how long it takes, at which level it is handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from services.enums import Channel, FeeKind, OnlineLevel
from services.rules.facts import fee_said, time_said
from services.rules.shapes import Fee, TimeLimit

# Longer words of the source are for the procedure's own page.
BRIEF_LIMIT: Final = 60


@dataclass(frozen=True, slots=True)
class OnlineTag:
    """The tag in front of a line: its words, colour (“ok”, “info”, “plain”) and icon."""

    words: str
    kind: str
    icon: str


def online_tag(level: str, channels: Sequence[str]) -> OnlineTag:
    """How far the procedure goes online; a source that names the channel but no level says no more than that."""
    if level == OnlineLevel.FULL:
        return OnlineTag(_("Toàn trình trên mạng"), "ok", "monitor-check")
    if level == OnlineLevel.PARTIAL:
        return OnlineTag(_("Một phần trên mạng"), "info", "monitor")
    if level == OnlineLevel.UNSTATED and Channel.ONLINE in channels:
        return OnlineTag(_("Có nộp trực tuyến"), "info", "monitor")
    if Channel.DIRECT not in channels and Channel.POST in channels:
        return OnlineTag(_("Gửi bưu điện"), "plain", "mail")
    return OnlineTag(_("Đến trực tiếp"), "plain", "map-pin")


def fee_brief(fees: Sequence[dict[str, Any]]) -> str:
    """“Miễn phí”, “Có lệ phí”, “20.000 đồng”; “Nguồn không ghi lệ phí” is not free."""
    kinds = {fee.get("kind") for fee in fees}
    said = {line.text for line in fee_said([Fee.from_json(fee) for fee in fees])}
    if kinds <= {FeeKind.UNSTATED}:
        return _("Nguồn không ghi lệ phí")
    if FeeKind.NOTED in kinds:
        return _("Có thể có lệ phí")
    if len(said) == 1 and len(text := said.pop()) <= BRIEF_LIMIT:
        return text
    return str(FeeKind.AMOUNT.label) if FeeKind.AMOUNT in kinds else _("Lệ phí tùy trường hợp")


def time_brief(times: Sequence[dict[str, Any]]) -> str:
    """“5 ngày làm việc”, “12 – 22 ngày làm việc”, “1 (nguồn không ghi đơn vị)”; what can not be said in one line is on the page."""
    limits = [TimeLimit.from_json(limit) for limit in times]
    numbered = sorted((limit for limit in limits if limit.number is not None), key=lambda limit: limit.number or 0)
    if not numbered:
        return _("Nguồn không ghi thời hạn")
    if len(numbered) < len(limits) or len({limit.unit for limit in limits}) > 1:
        return _("Thời hạn tùy trường hợp")
    least, most = (time_said([limit])[0].text for limit in (numbered[0], numbered[-1]))
    # Both end in the same unit, so the first needs its number only.
    return most if least == most else f"{least.split(' ', 1)[0]} – {most}"


def place_brief(*, commune: bool, district: bool, province: bool, ministry: bool, other: bool) -> str:
    """The levels of the offices that are handed the dossier, the nearest first; empty where the source names none."""
    words = (
        (commune, _("phường, xã")), (district, _("quận, huyện")), (province, _("cấp tỉnh")),
        (ministry, _("bộ, ngành")), (other, _("cơ quan khác")),
    )  # fmt: skip
    text = _("; ").join(word for is_so, word in words if is_so)
    return text[:1].upper() + text[1:]
