"""Turns drafts and hand-written texts into dated `ArticlePlan`s with picture, byline and tags."""

from __future__ import annotations

from datetime import date, timedelta

from .composer.draft import Draft
from .plan import COMMUNE, DEPARTMENT, ArticlePlan, PicturePlan
from .records import Written
from .sites import ART, palette_of
from .units_facts import UnitFacts, plain
from .wording import capital, dated, rng

_TINT = {
    "tim": "nền trời tím lúc chạng vạng", "pha": "tông xanh lam của đầm phá", "reu": "tông xanh rêu, nắng vàng nhạt",
    "sen": "tông hồng sen", "som": "tông xanh xám buổi sớm", "son": "tông đỏ son",
}  # fmt: skip
_ALT = {
    "bridge": "Cầu nhiều nhịp vòm bắc qua sông, một con đò nhỏ và mặt trời thấp sau núi",
    "lagoon": "Hai chiếc thuyền con trên phá, hàng cọc nò sáo và mặt trời gần mặt nước",
    "lotus": "Ba bông sen nở trên lá tròn, mặt trời nhạt phía sau",
    "ngomon": "Cổng thành có lầu hai tầng mái và năm lối vào, mặt trời sau nóc lầu",
    "nonla": "Ba chiếc nón lá xếp cạnh nhau, thấy rõ vành nón", "paper": "Ba tờ giấy xếp chồng, tờ trên có dấu tròn đỏ",
    "rain": "Mưa xiên trên sông, xa xa là cổng thành có lầu", "thap": "Tháp bảy tầng bên sông, một con đò và mặt trời trên đồi",
}  # fmt: skip
_BYLINES = {
    "thu-tuc-can-biet": "Bộ phận một cửa", "huong-dan": "Bộ phận hướng dẫn thủ tục",
    "van-hoa-di-tich": "Phòng Văn hóa - Xã hội", "phong-chong-thien-tai": "Tổ trực phòng chống thiên tai",
}  # fmt: skip


def picture(unit: UnitFacts, scene: str, caption: str) -> PicturePlan:
    """The illustration of `scene` in the colours of the unit, with its description."""
    art = ART[palette_of(unit)]
    return PicturePlan(f"{scene}-{art}", f"Tranh vẽ: {_ALT[scene][0].lower()}{_ALT[scene][1:]}; {_TINT[art]}.", caption)


def byline(unit: UnitFacts, section: str) -> str:
    """Who signs: the editorial board, or the office that looks after the section."""
    if section in _BYLINES and rng("byline", unit.slug, section).random() < 0.6:
        return _BYLINES[section]
    if unit.kind == COMMUNE:
        return f"Ban biên tập {unit.low}"
    return f"Ban biên tập {unit.name}" if unit.kind == DEPARTMENT and len(unit.name) < 32 else "Ban biên tập"


def _moment(unit: UnitFacts, ref: str, turn: int) -> tuple[int, str]:
    """Days before the base day (1 to 320, denser lately) and a time within office hours."""
    chance = rng("moment", unit.slug, ref)
    recent = turn % 3 == 0
    days = chance.randint(1, 45) if recent else chance.randint(20, 320)
    return days, f"{chance.randint(7, 16):02d}:{chance.choice((0, 5, 10, 15, 20, 30, 40, 45, 50)):02d}"


def _tags(unit: UnitFacts, tags: tuple[str, ...]) -> tuple[str, ...]:
    full = tags if len(tags) > 1 else (*tags, unit.bare if unit.kind == COMMUNE else "Huế")
    return tuple(dict.fromkeys(full))[:4]


def story(unit: UnitFacts, draft: Draft, section: str, today: date, turn: int) -> ArticlePlan:
    """A composed draft as an article of `unit`."""
    days, time = (160, "08:00") if section == "luu-tru" else _moment(unit, draft.ref, turn)
    return ArticlePlan(
        category_slug=section, title=draft.title, summary=draft.summary, body=draft.body,
        author_name=byline(unit, section), source_name=draft.source,
        picture=picture(unit, draft.scene, draft.caption), tags=_tags(unit, draft.tags), days_before=days, time=time,
        source_ref=f"demo:{plain(draft.ref)}",
    )  # fmt: skip


def written_story(unit: UnitFacts, text: Written, today: date) -> ArticlePlan:
    """A hand-written text as an article, its dates counted from the day of publishing."""
    published = today - timedelta(days=text.days)
    return ArticlePlan(
        category_slug=text.category, title=dated(text.title, published), summary=dated(text.summary, published),
        body=dated(text.body, published), author_name=byline(unit, text.category),
        source_name=text.source or capital(unit.low),
        picture=picture(unit, text.scene, text.caption or f"{capital(text.tags[0])}. Tranh minh họa."),
        tags=_tags(unit, text.tags), days_before=text.days, time=text.time,
        source_ref=f"demo:written-{unit.slug}-{plain(text.title)[:60]}", is_pinned=text.pinned,
    )  # fmt: skip
