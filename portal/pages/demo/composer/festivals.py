"""Articles about village festivals, from the list of festivals in the city's open data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from portal.pages.demo.records import festival_notes
from portal.pages.demo.units_facts import UnitFacts, load
from portal.pages.demo.wording import capital, choose

from .draft import ATTRIBUTION, Draft, inside, paragraphs, tidy

_NAMES = {
    "“Kỳ thạch phu nhân” trong tâm thức dân gian": "Tục thờ Kỳ Thạch phu nhân",
    "Lễ hội tưởng nhớ danh nhân lịch sử: bà Trần Thị Đạo": "Lễ tưởng nhớ bà Trần Thị Đạo",
    "Lễ tế Hữu công bát vị khai canh bổn thổ làng Mỹ Lợi": "Lễ tế tám vị khai canh làng Mỹ Lợi",
    "Lế tế Cô hồn làng Trúc Lâm": "Lễ tế cô hồn làng Trúc Lâm", "Lễ Tế Tổ Nghề Rèn": "Lễ tế tổ nghề rèn",
    "Lễ tế Tổ Nghề Rèn": "Lễ tế tổ nghề rèn Hiền Lương", "Lễ Tế Tổ sư thợ Nề": "Lễ tế tổ sư thợ nề",
    "Lễ Tế Tổ ngành ca nhạc Huế": "Lễ tế tổ ngành ca nhạc Huế", "Lễ Tế Tổ ngành Tuồng": "Lễ tế tổ ngành tuồng",
    "Lễ hội “Sóng nước Tam Giang”": "Lễ hội Sóng nước Tam Giang", "Lễ tế Ngài Võ Đại Nho": "Lễ tế ngài Võ Đại Nho",
    "Lễ tế ngài khai canh – Tổ nghề gốm": "Lễ tế tổ nghề gốm Phước Tích",
    "Lễ hội tưởng niệm vị tổ sư nghề điêu khắc": "Lễ tưởng niệm tổ sư nghề chạm khắc Mỹ Xuyên",
    "Đua ghe, thuyền dịp lễ Quốc khánh": "Đua ghe dịp Quốc khánh",
}  # fmt: skip
FORMS = (
    ("{N} và đất {b}", "{d}", "{d}\n\n{w}\n\n## Ở đâu\n\n{p}\n\n{k}"),
    ("{N} diễn ra lúc nào, ở đâu", "{w}", "{w} {p}\n\n## Có gì trong ngày ấy\n\n{d}\n\n{k}"),
    ("Đi xem {n}, cần biết ba điều", "{p}",
     "1. **Thời gian.** {w}\n2. **Địa điểm.** {p}\n3. **Nội dung.** {d}\n\n{k}"),
    ("{U} còn giữ {n}", "{d} {p}", "{d}\n\n{p}\n\n{w} {k}"),
    ("Mùa của {n}", "{w}", "{w}\n\n{d} {p}\n\n## Lời nhắc cho khách\n\n{k}"),
    ("Vì sao người {b} nhớ {n}", "{d}",
     "Hỏi người lớn tuổi ở {u} về {n}, câu trả lời thường ngắn:\n\n> {d}\n\n{p}\n\n{w}\n\n{k}"),
    ("{N}: thông tin ngắn cho người đi xa về", "{p} {w}", "{p}\n\n{w}\n\n## Nhớ gì nhất\n\n{d}\n\n{k}"),
    ("Kể chuyện {n}", "{d}", "{d}\n\nChuyện ấy gắn với một chỗ cụ thể: {q}. {w}\n\n{k}"),
    ("Lịch địa phương: {n}", "{w} {p}",
     "| Mục | Nội dung |\n| Tên | {N} |\n| Nơi tổ chức | {q} |\n| Phường, xã | {U} |\n| Thời gian | {s} |\n\n{d}\n\n{k}"),
    ("{N} có trong danh mục lễ hội của Huế", "{d}",
     "Danh mục lễ hội do thành phố công bố có {n}.\n\n{p} {w}\n\n{d}\n\n{k}"),
    ("Chỉ đường đến {n}", "{p}", "{p}\n\nĐường vào: {r}\n\n{d}\n\n{w}\n\n{k}"),
    ("{N} qua lời kể của làng", "{d} {w}", "{w}\n\n> {d}\n\n{p}\n\n{k}"),
    ("Ngày hội gần nhà: {n}", "{p}", "Không phải đi xa mới có hội. {p}\n\n{d}\n\n{w}\n\n{k}"),
)  # fmt: skip
_WHEN = (
    "{N} mở vào {s}.", "Thời điểm quen thuộc của {n} là {s}.", "Theo lệ, ngày chính của {n} rơi vào {s}.",
    "Người ở xa muốn về kịp {n} thì tính {s}.", "Lịch {n} năm nào cũng xoay quanh {s}.",
)  # fmt: skip
_UNSURE = (
    "Dữ liệu không ghi ngày của {n}; hỏi Ủy ban nhân dân {u} trước khi đi.",
    "Ngày của {n} do làng chọn từng năm, {u} sẽ báo khi có lịch.",
    "Muốn biết ngày chính xác của {n} năm nay, gọi {u}.",
    "Nguồn chưa nêu thời gian của {n}. Bạn xem thông báo của {u} trước khi thu xếp.",
)  # fmt: skip
_WHERE = (
    "{N} tổ chức tại {q}, nay thuộc {u}.", "Nơi diễn ra {n} là {q} ({u}).",
    "Đến {q} ở {u} là gặp {n}.", "{q}, địa bàn {u}, là chỗ của {n}.",
    "{u} có {q}, và ở đó có {n}.",
)  # fmt: skip
_CARE = (
    "Khách dự {n} nên ăn mặc kín đáo khi vào chỗ thờ.", "Đi xem {n}, gửi xe đúng bãi và giữ trẻ cạnh mình.",
    "Ở {q} ngày lễ, đường làng hẹp; đi bộ nhanh hơn lái xe.", "Chụp ảnh {n} ở {q} thì hỏi trước, nhất là lúc đang tế.",
    "Mang theo túi đựng rác khi đến {q}, sạch chỗ thờ và sạch cả đường về.",
    "Ngày có {n}, {u} bố trí người chỉ đường và chỗ để xe.",
    "Ai có việc gấp ở {q} ngày lễ thì tìm tổ trật tự của {u}.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Festival:
    """One festival: where (place inside the commune), when (may be empty) and what happens."""

    name: str
    place: str
    season: str
    detail: str
    code: str
    ref: str


@cache
def festivals() -> tuple[Festival, ...]:
    """Every festival of the open data that has a note of ours."""
    notes = festival_notes()
    found = []
    for row in load("places.json")["festivals"]:
        note = notes.get((row["name"], row["place"]))
        if note is None:
            continue
        place, season, detail = note
        name = _NAMES.get(row["name"], row["name"])
        if name == "Lễ tế bà Đại Càng":
            name = f"{name} ở {place.removeprefix('Đình ').removeprefix('làng ').removeprefix('Làng ')}"
        found.append(Festival(name, inside(place), season, detail, row["code"], f"festival-{row['place']}-{name}"))
    return tuple(found)


def festival_draft(festival: Festival, unit: UnitFacts, road: str, form: int) -> Draft:
    """One article about `festival` held in `unit`; `road` says how to get to the unit."""
    title, summary, body = FORMS[form % len(FORMS)]
    base = {
        "N": capital(festival.name), "n": inside(festival.name), "u": unit.low, "U": unit.name, "b": unit.bare,
        "q": festival.place, "s": festival.season or "chưa có trong dữ liệu", "d": festival.detail, "r": road,
    }  # fmt: skip
    turn = sum(map(ord, festival.ref))
    when = _WHEN if festival.season else _UNSURE
    slots = base | {
        "w": when[turn % len(when)].format(**base), "p": capital(_WHERE[turn % len(_WHERE)].format(**base)),
        "k": _CARE[(turn // 3) % len(_CARE)].format(**base),
    }  # fmt: skip
    wet = any(word in festival.name for word in ("ngư", "Sóng", "biển", "hến", "Ông", "ghe"))
    return Draft(
        title=tidy(title.format(**slots)), summary=tidy(summary.format(**slots)),
        body=paragraphs(tidy_lines(body.format(**slots)), ATTRIBUTION), scene="lagoon" if wet else choose(("lotus", "nonla", "thap", "bridge"), "scene", festival.ref),
        tags=("lễ hội", unit.bare, "văn hóa"), caption=f"{capital(festival.name)}. Tranh minh họa.", ref=festival.ref,
    )  # fmt: skip


def tidy_lines(text: str) -> str:
    """`tidy` line by line, so that blocks stay blocks."""
    return "\n".join(tidy(line) for line in text.splitlines())
