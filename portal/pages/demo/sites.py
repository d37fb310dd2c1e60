"""Site settings of every unit: colours, footer facts, contacts, links."""

from __future__ import annotations

from functools import cache

from .plan import (
    COMMUNE,
    COMMUNES,
    DEPARTMENT,
    DEPARTMENTS,
    DISTRICT,
    GOVERNMENT,
    PROVINCE,
    PROVINCE_LINKS,
    ContactPlan,
    LinkPlan,
    SitePlan,
)  # fmt: skip
from .records import profiles
from .units_facts import UnitFacts, all_units, successions
from .wording import INVENTED, INVENTED_NUMBER, capital, number, person

# The six palettes of the artwork nearest to the eight palettes a unit may choose.
ART = {"tim": "tim", "pha": "pha", "cham": "som", "reu": "reu", "dat": "son", "sen": "sen", "da": "som", "go": "son"}
_BY_RISK = {
    "coast": ("pha", "cham", "sen", "tim"), "lagoon": ("pha", "reu", "cham", "dat", "sen"),
    "river": ("reu", "dat", "sen", "pha", "go", "cham"), "urban": ("tim", "sen", "cham", "go"),
    "mountain": ("reu", "go", "dat", "cham", "da"), "hill": ("dat", "go", "reu", "cham"),
}  # fmt: skip
_FIXED = {"thuan-an": "pha", "nam-dong": "reu", "phong-dinh": "dat", "vy-da": "sen", "a-luoi-1": "go"}
_GOVERNMENT = (
    ("Cổng Dịch vụ công quốc gia", "https://dichvucong.gov.vn/"), ("Cổng thông tin Chính phủ", "https://chinhphu.vn/"),
    ("Cơ sở dữ liệu quốc gia về văn bản pháp luật", "https://vbpl.vn/"), ("Quốc hội Việt Nam", "https://quochoi.vn/"),
)  # fmt: skip
_CITY = (
    ("Tra cứu thủ tục hành chính thành phố Huế", "https://tthc.hue.gov.vn/"),
    ("Phản ánh hiện trường Hue-S", "https://tuongtac.hue.gov.vn/"),
    ("Dữ liệu mở thành phố Huế", "https://data.hue.gov.vn/"),
    ("Cảnh báo của HueIOC", "https://ioc-canhbao.hue.gov.vn/"),
)  # fmt: skip


@cache
def palettes() -> dict[str, str]:
    """Palette by slug of today's communes: a quiet greedy colouring, so that neighbours differ."""
    communes = {unit.code: unit for unit in all_units() if unit.kind == COMMUNE and unit.valid_to is None}
    chosen = dict(_FIXED)
    for unit in sorted(communes.values(), key=lambda item: (-len(item.near), item.code)):
        if unit.slug in chosen:
            continue
        around = {chosen.get(communes[code].slug, "") for code in unit.near}
        wishes = _BY_RISK[profiles("communes.txt")[unit.slug]["risk"]] + tuple(ART)
        chosen[unit.slug] = next(palette for palette in wishes if palette not in around)
    return chosen


@cache
def _heirs() -> dict[tuple[str, object], UnitFacts]:
    by_key = {unit.key: unit for unit in all_units()}
    found: dict[tuple[str, object], UnitFacts] = {}
    for old, new, _ in successions():
        found.setdefault(old, by_key[new])
    return found


def profile(unit: UnitFacts) -> dict[str, str]:
    """Hand-written facts of a unit that stands today; of its first successor for a unit of before July 2025."""
    name = "communes.txt" if unit.kind == COMMUNE else "departments.txt"
    known = profiles(name).get(unit.slug)
    if known is not None and unit.key not in _heirs():
        return known
    return profile(_heirs()[unit.key])


def palette_of(unit: UnitFacts) -> str:
    """The palette key of a unit; a unit of before the mergers wears the colour of its first successor."""
    if unit.key in _heirs():
        return palette_of(_heirs()[unit.key])
    return palettes()[unit.slug] if unit.kind == COMMUNE else profile(unit)["palette"]


def _banner(unit: UnitFacts) -> str:
    facts = profile(unit)
    wet = facts.get("scene") == "lagoon" or facts.get("risk") in ("coast", "lagoon")
    return f"banner-{'lagoon' if wet else 'citadel'}-{ART[palette_of(unit)]}"


def phone(unit: UnitFacts) -> str:
    """An invented number of the 0234 300 block, different for every unit that has its own office."""
    offices = [item.slug for item in all_units()]
    return f"0234 300 0{offices.index(unit.slug):03d} {INVENTED_NUMBER}"


def email(unit: UnitFacts) -> str:
    """`thuanan@hue.gov.vn` by the habit of the province's addresses; marked because it is not verified."""
    return f"{'cttdt' if unit.kind == PROVINCE else unit.slug.replace('-', '')}@hue.gov.vn"


def address(unit: UnitFacts) -> str:
    """The office. Only the addresses of the city and of the conservation centre are real; others say so."""
    if unit.kind == PROVINCE:
        return "16 Lê Lợi, phường Thuận Hóa, thành phố Huế"
    if unit.slug == "ttbtdt":
        return "23 Tống Duy Tân, phường Phú Xuân, thành phố Huế"
    if unit.kind == DEPARTMENT:
        return f"Khu hành chính tập trung {INVENTED}, phường Vỹ Dạ, thành phố Huế"
    return f"Trụ sở Ủy ban nhân dân {unit.low} {INVENTED}, thành phố Huế"


def over_line(unit: UnitFacts) -> str:
    """The line above the name in the header."""
    return "Thành phố Huế" if unit.kind == DEPARTMENT else "Ủy ban nhân dân"


def _responsible(unit: UnitFacts) -> str:
    if unit.kind == DEPARTMENT:
        return f"{person(unit.slug, 'responsible')}, phụ trách Ban biên tập"
    if unit.kind == PROVINCE:
        return f"{person(unit.slug, 'responsible')}, Phó Chánh Văn phòng UBND thành phố"
    return f"{person(unit.slug, 'responsible')}, Phó Chủ tịch UBND {unit.low}"


def _contacts(unit: UnitFacts) -> tuple[ContactPlan, ...]:
    listed = profile(unit).get("contacts")
    if listed:
        pairs = (pair.split(" = ") for pair in listed.split("; "))
        return tuple(ContactPlan(label, detail) for label, detail in pairs)
    ward = unit.type_name in ("Phường", "Quận")
    head = "Tổ trưởng tổ dân phố của bạn" if ward else "Trưởng thôn của bạn"
    return (
        ContactPlan("Hộ tịch, chứng thực", "Bàn 1, 2"), ContactPlan("Đất đai, xây dựng", "Bàn 3"),
        ContactPlan("Chính sách, bảo trợ", "Bàn 4"), ContactPlan("Hộ kinh doanh, thuế", "Bàn 5"),
        ContactPlan("Căn cước, cư trú", "Công an " + unit.type_name.lower()), ContactPlan(head, "Xem danh sách"),
    )  # fmt: skip


def _popular(unit: UnitFacts) -> tuple[str, ...]:
    words = profile(unit).get("popular")
    if words:
        return tuple(words.split("; "))
    risk = profile(unit)["risk"]
    last = {"coast": "tàu cá", "lagoon": "nuôi thủy sản", "mountain": "trồng rừng", "urban": "dùng tạm vỉa hè"}
    return "khai sinh", "giấy độc thân", "chứng thực bản sao", last.get(risk, "tranh chấp đất")


def _intro(unit: UnitFacts) -> str:
    if unit.valid_to is None and unit.key not in _heirs():
        return profile(unit)["intro"].replace("{area}", number(unit.area or 0))
    return ""


def _chips(unit: UnitFacts) -> tuple[tuple[str, str], ...]:
    base = "/gioi-thieu/"
    if unit.kind == DISTRICT or unit.key in _heirs():
        return (("Giới thiệu", f"{base}gioi-thieu-chung/"),)
    chips: tuple[tuple[str, str], ...] = (
        ("Lãnh đạo", f"{base}lanh-dao/"),
        ("Cơ cấu tổ chức", f"{base}co-cau-to-chuc/"),
    )
    if unit.kind == COMMUNE:
        chips += (("Bản đồ, địa lý", f"{base}ban-do/"), ("Tên cũ, tên mới", f"{base}lich-su-hinh-thanh/"))
    return chips


def site_plan(unit: UnitFacts, intro: str = "") -> SitePlan:
    """The site settings of one unit; `intro` replaces the hand-written one (used for closed units)."""
    name = capital(unit.low)
    asked = {PROVINCE: "Thành phố Huế", DEPARTMENT: unit.name}.get(unit.kind, name)
    what = "thủ tục, thông báo, số điện thoại"
    lead = f"Tìm {what} của {unit.type_name.lower()}." if unit.kind in (COMMUNE, DISTRICT) else f"Tìm {what}."
    words = _popular(unit)
    return SitePlan(
        palette=palette_of(unit), banner=_banner(unit), over_line=over_line(unit), responsible=_responsible(unit),
        address=address(unit), phone=phone(unit), email=email(unit), email_note="" if unit.kind == PROVINCE else "địa chỉ minh họa",
        hours="Thứ Hai đến Thứ Sáu: sáng 7:30 – 11:30, chiều 13:30 – 17:00", intro=intro or _intro(unit),
        hero_title=f"{asked} giúp gì được cho bạn?", hero_lead=lead,
        search_placeholder=f"Ví dụ: {words[0]}, {words[1]}", popular=words, chips=_chips(unit),
        contacts=_contacts(unit),
    )  # fmt: skip


def _unit_links(units: tuple[UnitFacts, ...], kind: str, group: str) -> list[LinkPlan]:
    chosen = [unit for unit in units if unit.kind == kind and unit.valid_to is None]
    return [LinkPlan(group, unit.name, f"//{unit.slug}/", number, unit.slug) for number, unit in enumerate(chosen)]


def link_plans(unit: UnitFacts, units: tuple[UnitFacts, ...]) -> tuple[LinkPlan, ...]:
    """The four groups of the link directory; a commune lists its neighbours only, the city all units."""
    links = [LinkPlan(GOVERNMENT, label, url, order) for order, (label, url) in enumerate(_GOVERNMENT)]
    if unit.kind != PROVINCE:
        links.append(LinkPlan(PROVINCE_LINKS, "Cổng thông tin thành phố Huế", "//hue/", 0, "hue"))
    links += [LinkPlan(PROVINCE_LINKS, label, url, order + 1) for order, (label, url) in enumerate(_CITY)]
    departments = _unit_links(units, DEPARTMENT, DEPARTMENTS)
    communes = _unit_links(units, COMMUNE, COMMUNES)
    if unit.kind == PROVINCE:
        return (*links, *departments, *communes)
    near = {item.slug for item in units if item.code in unit.near and item.valid_to is None}
    close = [link for link in communes if link.unit_slug in near] or communes[:8]
    useful = {"hcc", "ioc", "snnmt", "stp", "syt", "sgddt", "congan"} if unit.kind == COMMUNE else set()
    kept = [link for link in departments if not useful or link.unit_slug in useful]
    return (*links, *(link for link in kept if link.unit_slug != unit.slug), *close)
