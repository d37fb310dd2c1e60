"""Articles about monuments, from the city's open data and our own restated notes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

from portal.pages.demo.records import monument_notes
from portal.pages.demo.units_facts import UnitFacts, load
from portal.pages.demo.wording import capital, choose, dong, number, rng

from .draft import ATTRIBUTION, Draft, inside, paragraphs, tidy
from .heritage_forms import FORMS, HOURS, NEARBY, NOUNS, PAID, PLACE, WALKS, WAYS

_SHORT = {
    "1": "Đình Thai Dương", "2": "Nhà 112 Mai Thúc Loan", "12": "Nơi an táng bà Hoàng Thị Loan",
    "8": "Sân bay A So", "14": "Trường Pháp - Việt Đông Ba", "49": "Nhà hát Duyệt Thị Đường",
    "102": "Khu lưu niệm Phan Bội Châu", "86": "Chùa Thánh Duyên", "92": "Đình Chiết Bi", "87": "Đồi A Bia",
    "178": "Trung tâm huấn luyện biệt kích Nam Đông", "4": "Địa đạo A Đon", "6": "Đồn Đất Đỏ", "7": "Hói Mít",
    "339": "Nhà thờ tổ nghề kim hoàn", "36": "Nhà thờ tổ nghề đúc đồng", "130": "Trấn Bình Đài",
    "9": "Đình Lưu Phước", "13": "Nhà Đại chúng Hòa Mỹ", "88": "Trận thắng Thanh Hương",
    "110": "Ngã ba Ràng Bò", "340": "Ngã ba đầu đường 72", "342": "Ngã ba đầu đường 74",
    "344": "Ngã ba đầu đường 71", "370": "Cánh đồng Thanh Lam Bồ", "374": "Đồn Khe Tre", "90": "Chợ kháng chiến Dương Hòa",
    "362": "Đình và chùa La Chữ", "71": "Tháp Chăm Phú Diên", "233": "Tháp Mỹ Khánh", "77": "Địa đạo động So - A Túc",
    "82": "Khu di tích Chín Hầm", "322": "Lầu Tàng Thơ", "85": "Đình Phú Hòa", "352": "Đại Nội", "34": "Chùa Thiên Mụ",
    "127": "Lăng Đồng Khánh", "128": "Lăng Tự Đức", "55": "Lăng Thiệu Trị", "129": "Lăng Dục Đức",
    "124": "Lăng Gia Long", "357": "Lăng Minh Mạng", "335": "Văn Miếu Huế", "58": "Võ Miếu Huế",
    "103": "Khu lưu niệm Nguyễn Chí Thanh", "358": "Làng cổ Phước Tích", "365": "Chùa Thành Trung",
    "31": "Lăng mộ Đặng Hữu Phổ", "29": "Lăng mộ và nhà thờ Nguyễn Tri Phương", "373": "Hang Đá Nhà ở núi Giòn",
    "111": "Nhà lưu niệm Bác Hồ ở Dương Nỗ", "123": "Đình chùa Thủy Dương", "347": "Địa đạo Khu ủy Trị Thiên Huế",
    "152": "Xiển Võ Từ", "292": "Lầu Tứ Phương Vô Sự", "46": "Phủ Tuy Lý Vương", "353": "Kinh thành Huế",
    "148": "Miếu và mộ Trương Phi Phong", "114": "Nhà thờ họ Lê Văn ở Mỹ Xuyên", "41": "Quảng trường Ngọ Môn", "371": "Đình làng Sình",
    "47": "Phủ công chúa Ngọc Sơn", "40": "Bảo tàng cổ vật ở điện Long An", "354": "Điện Long An",
    "158": "Trường Kỹ nghệ thực hành Huế", "104": "Nhà vườn Lạc Tịnh Viên", "24": "Nhà vườn Ý Thảo",
}  # fmt: skip
# Where the map point of the source lies outside the ground its own address names.
_NO_POINT = {"11", "52", "36", "100", "110", "359", "345", "351", "373", "341", "342", "361", "362"}


@dataclass(frozen=True, slots=True)
class Monument:
    """One monument of the open data: `prices` in đồng (child, adult), `km` from Ngọ Môn in a straight line."""

    ident: str
    name: str
    kind: str
    addr: str
    code: str
    lat: float | None
    lon: float | None
    hours: str
    free: bool
    prices: tuple[int, ...]
    km: float | None
    heading: str
    notes: tuple[str, ...]


# Monuments whose price stands in the ticket table, which is newer than the list of monuments.
_TICKET = {
    "124": "Lăng vua Gia Long", "128": "Lăng vua Tự Đức", "126": "Lăng vua Khải Định", "357": "Lăng vua Minh Mạng",
    "55": "Lăng vua Thiệu Trị", "127": "Lăng vua Đồng Khánh", "129": "Lăng vua Dục Đức", "262": "Điện Hòn Chén",
    "132": "Cung An Định", "244": "Đàn Nam Giao", "352": "Đại Nội Huế", "40": "Bảo tàng Cổ vật Cung đình Huế",
    "354": "Bảo tàng Cổ vật Cung đình Huế",
}  # fmt: skip
# Ruins, offices and open ground whose listed price belongs to the whole Đại Nội: say nothing about tickets.
_UNTICKETED = {"336", "353", "57", "75", "110", "64"}


def _price(row: dict[str, Any]) -> tuple[bool, tuple[int, ...]]:
    """(free, prices) of a monument, from the ticket table where it knows better."""
    name = _TICKET.get(row["id"])
    if name is not None:
        return False, (load("places.json")["tickets"][name]["Người lớn"],)
    return row["free"], tuple(row["prices"])


@cache
def monuments() -> tuple[Monument, ...]:
    """Every monument of the open data that has a note of ours."""
    notes = monument_notes()
    found = []
    for row in load("places.json")["monuments"]:
        if row["id"] not in notes:
            continue
        known = row["lat"] is not None and row["id"] not in _NO_POINT
        found.append(
            Monument(
                row["id"], _SHORT.get(row["id"], row["name"]), row["kind"].replace("( ", "(").replace(" )", ")"),
                row["addr"], row["code"], row["lat"] if known else None, row["lon"] if known else None,
                "" if row["id"] in _UNTICKETED else row["hours"], *_price(row), row["km"] if known else None, row["dir"] or "", notes[row["id"]],
            )
        )  # fmt: skip
    return tuple(found)


def _distance(one: Monument, two: Monument) -> float:
    if one.lat is None or two.lat is None or one.lon is None or two.lon is None:
        return 999.0
    return math.hypot((one.lon - two.lon) * 106.7, (one.lat - two.lat) * 110.9)


def neighbours(monument: Monument) -> list[tuple[str, float]]:
    """Up to two other monuments within 4 km, nearest first, with kilometres."""
    others = [(item.name, _distance(monument, item)) for item in monuments() if item.ident != monument.ident]
    close = sorted((item for item in others if 0.05 < item[1] < 4), key=lambda item: item[1])
    return [(name, round(far, 1)) for name, far in close[:2]]


def _metres(km: float) -> str:
    return f"{round(km * 1000, -1):.0f} m" if km < 1 else f"{number(km)} km"


def _way(monument: Monument, turn: int) -> str:
    if monument.km is None:
        return ""
    if monument.km < 1.3:
        pool = WALKS[turn % len(WALKS)]
        return pool.format(m=max(3, round(monument.km * 16)), n=inside(monument.name), N=capital(monument.name))
    slots = {"km": _metres(monument.km), "dir": monument.heading, "n": inside(monument.name)}
    return WAYS[turn % len(WAYS)].format(**slots)


def _time(monument: Monument, turn: int) -> str:
    if not monument.hours:
        return ""
    slots = {"h": monument.hours, "n": inside(monument.name), "N": capital(monument.name)}
    if monument.free:
        pool = HOURS["day" if monument.hours == "cả ngày" else "clock"]
        return pool[turn % len(pool)].format(**slots)
    if not monument.prices:
        return ""
    return PAID[turn % len(PAID)].format(**slots, p=dong(max(monument.prices)))


def _near(monument: Monument, turn: int) -> str:
    close = neighbours(monument)
    if not close:
        return ""
    slots = {"n": inside(monument.name), "x": inside(close[0][0]), "d": _metres(close[0][1])}
    if len(close) > 1:
        slots |= {"y": inside(close[1][0]), "e": _metres(close[1][1])}
    pool = NEARBY[min(len(close), 2)]
    return pool[turn % len(pool)].format(**slots)


def _place(monument: Monument, unit: UnitFacts, turn: int) -> str:
    slots = {"n": inside(monument.name), "N": capital(monument.name), "u": unit.low, "U": unit.name}
    return PLACE[turn % len(PLACE)].format(**slots, addr=monument.addr)


def _sentence(monument: Monument, note: str) -> str:
    """A note that only names a thing ("Nơi treo chiếu chỉ…") as a full sentence about the monument."""
    return f"{capital(monument.name)} là {note[0].lower()}{note[1:]}" if note.startswith(NOUNS) else note


def _scene(monument: Monument) -> str:
    name = monument.name
    if name.startswith(("Chùa", "Tháp", "Điện Hòn Chén", "Văn Miếu", "Võ")):
        return "thap"
    wet = {"19900", "19942", "19945", "20107", "20122", "20137", "19930", "20014"}
    royal = {"19753", "19813", "19815", "19774", "19789"}
    if monument.code in royal:
        return choose(("ngomon", "lotus", "bridge", "thap"), "scene", monument.ident)
    return choose(("lagoon", "thap") if monument.code in wet else ("lotus", "nonla", "thap"), "scene", monument.ident)


def heritage_draft(monument: Monument, unit: UnitFacts, form: int) -> Draft:
    """One article about `monument`, in form number `form` (any integer; forms repeat after `len(FORMS)`)."""
    title, summary, body = FORMS[form % len(FORMS)]
    turn = rng("turn", monument.ident).randrange(1000)
    facts = [*(_sentence(monument, note) for note in monument.notes), "", ""][:3]
    slots = {
        "N": capital(monument.name), "n": inside(monument.name), "U": unit.name, "u": unit.low,
        "a": facts[0], "b": facts[1], "c": facts[2], "W": _way(monument, turn), "T": _time(monument, turn),
        "R": _near(monument, turn), "A": _place(monument, unit, turn), "kind": monument.kind.lower() or "di tích",
    }  # fmt: skip
    text = "\n".join(tidy(line) for line in body.format(**slots).splitlines())
    lines = [line for line in text.splitlines() if line.strip() not in ("-", "1.", "2.", "3.", "4.")]
    ending = ATTRIBUTION
    return Draft(
        title=tidy(title.format(**slots)), summary=tidy(summary.format(**slots)) or facts[0],
        body=paragraphs(_without_empty_sections("\n".join(lines)), ending), scene=_scene(monument),
        tags=("di tích", unit.bare if unit.name.startswith(("Phường", "Xã")) else "Huế", "dữ liệu mở"),
        caption=f"{capital(monument.name)}, {unit.low}. Tranh minh họa.", ref=f"monument-{monument.ident}",
    )  # fmt: skip


def _without_empty_sections(text: str) -> str:
    """Headings that lost their content (an empty slot) removed."""
    blocks = [block.strip() for block in text.split("\n\n") if block.strip()]
    kept = [
        block
        for position, block in enumerate(blocks)
        if not (
            block.startswith("## ")
            and "\n" not in block
            and (position + 1 == len(blocks) or blocks[position + 1].startswith("## "))
        )
    ]
    return "\n\n".join(kept)
