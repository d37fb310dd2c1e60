"""The four facts at the top of a procedure's page: how long, how much, where, how far online."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from services.enums import Channel, OnlineLevel
from services.models import Procedure
from services.rules.facts import Said, fee_said, time_said
from services.rules.shapes import Fee, TimeLimit
from units.enums import UnitKind
from units.models import Unit


@dataclass(frozen=True, slots=True)
class Online:
    """How far a procedure goes online, with what that means."""

    text: str
    explanation: str
    is_offered: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """One box: its label, what is said, small print, and the way to more on the same page."""

    icon: str
    label: str
    said: tuple[Said, ...]
    note: str = ""
    target: str = ""
    link: str = ""


def online_said(procedure: Procedure) -> Online:
    """The level in words. The law asks for the reason where a procedure is not done wholly online (NĐ 224/2026 Điều 14–15)."""
    level = procedure.online_level
    if level == OnlineLevel.UNSTATED and Channel.ONLINE not in procedure.channels:
        if not procedure.channels:
            return Online(_("Không có thông tin"), _("nguồn không ghi cách nộp"), is_offered=False)
        level = OnlineLevel.NONE
    explanations = {
        OnlineLevel.FULL: _("làm trọn trên mạng, từ nộp đến nhận kết quả"),
        OnlineLevel.PARTIAL: procedure.online_reason or _("có bước phải đến trực tiếp"),
        OnlineLevel.NONE: procedure.online_reason or _("nguồn không có cách nộp trực tuyến"),
        OnlineLevel.UNSTATED: _("nguồn không ghi toàn trình hay một phần"),
    }
    known = OnlineLevel(level)
    return Online(str(known.label), explanations[known], is_offered=known != OnlineLevel.NONE)


def facts_of(procedure: Procedure, unit: Unit, block: dict[str, Any]) -> list[Fact]:
    """Time, fee, place, online; ``block`` is the local answer, whose fees go before the catalogue's."""
    online = online_said(procedure)
    return [
        Fact("clock", _("Thời hạn"), tuple(time_said(TimeLimit.many(procedure.times)))),
        _fee(procedure, block),
        _place(procedure, unit, block),
        Fact("globe", _("Trên mạng"), (Said(online.text, detail=online.explanation),)),
    ]


def _fee(procedure: Procedure, block: dict[str, Any]) -> Fact:
    local = (block.get("fees") or {}).get("now")
    if local:
        said = [Said(str(fee["amount"]), fee["channel"], fee["per"]) for fee in local]
        return Fact("coins", _("Lệ phí"), tuple(said), target="noi-nop", link=_("Theo nghị quyết ở đây"))
    said = fee_said(Fee.many(procedure.fees))
    has_more = any(row.detail and not row.short_detail for row in said) or bool(procedure.fee_note)
    more = {"target": "le-phi", "link": _("Xem điều kèm theo")} if has_more else {}
    return Fact("coins", _("Lệ phí"), tuple(said), **more)


def _place(procedure: Procedure, unit: Unit, block: dict[str, Any]) -> Fact:
    """On the site of a unit that takes it: the unit; else the levels that the source names."""
    state = block.get("state")
    if state == "here":
        return Fact(
            "map-pin", _("Nộp ở đâu"), (Said(unit.name),), target="noi-nop", link=_("Xem địa chỉ, giờ làm việc")
        )
    link = _("Tìm phường, xã của bạn") if unit.kind == UnitKind.PROVINCE and procedure.at_commune else _("Xem nơi nhận")
    return Fact("map-pin", _("Nộp ở đâu"), (Said(levels_of(procedure)),), target="noi-nop", link=link)


def levels_of(procedure: Procedure) -> str:
    """Who decides, in everyday words: “Phường, xã”, “Sở, ngành; phường, xã”."""
    levels = [
        (procedure.at_commune, _("phường, xã")),
        (procedure.at_district, _("cấp huyện (trước 01/7/2025)")),
        (procedure.at_province, _("cơ quan cấp tỉnh, thành phố")),
        (procedure.at_ministry, _("bộ, ngành trung ương")),
        (procedure.at_other, _("cơ quan khác")),
    ]
    words = "; ".join(label for is_there, label in levels if is_there)
    return words[:1].upper() + words[1:] if words else _("Không có thông tin")
