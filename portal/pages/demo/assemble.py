"""Puts facts, hand-written texts and composed drafts together into a `ProvincePlan`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from . import allotment
from .composer.about import about_pages
from .composer.past import archive_draft, closed_page, old_unit_page
from .composer.present import old_unit_drafts
from .plan import (
    COMMUNE,
    COMMUNE_FROM,
    DEPARTMENT,
    DISTRICT,
    PROVINCE,
    ArticlePlan,
    CategoryPlan,
    PagePlan,
    ProvincePlan,
    SuccessionPlan,
    UnitPlan,
)  # fmt: skip
from .sites import link_plans, site_plan
from .stories import story, written_story
from .units_facts import UnitFacts, all_units, successions, units_on
from .wording import capital

_CITY = (("Chỉ đạo, điều hành", "chi-dao-dieu-hanh"), ("Đô thị", "do-thi"), ("Văn hóa, du lịch", "van-hoa-du-lich"),
         ("Kinh tế", "kinh-te"), ("Y tế, giáo dục", "y-te-giao-duc"), ("Phòng chống thiên tai", "phong-chong-thien-tai"))  # fmt: skip
_OFFICE = (("Tin hoạt động", "tin-hoat-dong"), ("Hướng dẫn", "huong-dan"), ("Chuyên đề", "chuyen-de"))
_LATER = re.compile(r"01/7/2025|30/6/2025|40 phường|21 phường|2026|tháng 7/2025|cấp huyện|[Nn]ăm xã A Lưới|xã A Lưới")

_INTRO_2025 = (
    "Huế là thành phố trực thuộc Trung ương từ ngày 01/01/2025, gồm hai quận, ba thị xã, bốn huyện và 133 phường, xã, "
    "thị trấn. Cổng này là nơi người dân tìm thủ tục, thông báo, cảnh báo mưa lũ và số điện thoại của từng nơi. Trang có "
    "tin của thành phố, của các sở, của quận, thị xã, huyện và của từng phường, xã, thị trấn."
)


def categories(unit: UnitFacts) -> tuple[CategoryPlan, ...]:
    """News sections by kind of unit; the notices always come first. A closed unit keeps one archive section."""
    if unit.valid_to is not None:
        return (CategoryPlan("Lưu trữ", "luu-tru", 0),)
    notice = CategoryPlan("Thông báo", "thong-bao", 0, is_notice=True)
    local = ((f"Tin của {unit.type_name.lower()}", "tin-dia-phuong"), ("Văn hóa, di tích", "van-hoa-di-tich"),
             ("Thủ tục cần biết", "thu-tuc-can-biet"), ("Phòng chống thiên tai", "phong-chong-thien-tai"))  # fmt: skip
    pairs = {PROVINCE: _CITY, DEPARTMENT: _OFFICE}.get(unit.kind, local)
    return (notice, *(CategoryPlan(name, slug, order) for order, (name, slug) in enumerate(pairs, 1)))


def _closed_intro(unit: UnitFacts) -> str:
    return closed_page(unit).body.split("\n\n## ")[0].replace("\n\n", " ")


def _old_intro(unit: UnitFacts) -> str:
    return old_unit_page(unit)[0].body.split("\n\n## ")[0].replace("\n\n", " ")


def _pages(unit: UnitFacts) -> tuple[PagePlan, ...]:
    if unit.valid_to is not None:
        return (closed_page(unit),)
    if unit.valid_from < COMMUNE_FROM and unit.kind in (COMMUNE, DISTRICT):
        return old_unit_page(unit)
    return about_pages(unit)


def _articles(unit: UnitFacts, today: date) -> list[ArticlePlan]:
    if unit.valid_to is not None:
        row = [item.slug for item in all_units()].index(unit.slug)
        return [story(unit, archive_draft(unit, row), "luu-tru", today, 0)]
    if unit.kind == DISTRICT or (unit.kind == COMMUNE and unit.valid_from < COMMUNE_FROM):
        return [story(unit, draft, section, today, turn) for turn, (draft, section) in enumerate(old_unit_drafts(unit))]
    written = [written_story(unit, text, today) for text in allotment.written_for(unit)]
    composed = [
        story(unit, draft, section, today, turn) for turn, (draft, section) in enumerate(allotment.drafts_for(unit))
    ]
    return sorted(written + composed, key=lambda item: (item.days_before, item.time, item.title))


def _timeless(article: ArticlePlan) -> bool:
    """Whether an article says nothing that was not yet true before July 2025."""
    text = f"{article.title} {article.summary} {article.body}"
    return not _LATER.search(text) and not any(name in text.lower() for name in allotment.new_names())


def _unit_plan(unit: UnitFacts, units: tuple[UnitFacts, ...], as_of: date, today: date) -> UnitPlan:
    articles = _articles(unit, today)
    if as_of < COMMUNE_FROM:
        articles = [article for article in articles if _timeless(article) or unit.kind in (COMMUNE, DISTRICT)]
    old = unit.kind in (COMMUNE, DISTRICT) and unit.valid_from < COMMUNE_FROM
    intro = _closed_intro(unit) if unit.valid_to else _old_intro(unit) if old else ""
    code, start = unit.parent or (None, None)
    return UnitPlan(
        code=unit.code, valid_from=unit.valid_from, valid_to=unit.valid_to, kind=unit.kind, type_name=unit.type_name,
        name=capital(unit.name), name_en=unit.name_en, slug=unit.slug, parent_code=code, parent_from=start,
        site=site_plan(unit, intro), categories=categories(unit), pages=_pages(unit), links=link_plans(unit, units),
        articles=tuple(articles), area_km2=unit.area, lat=unit.lat, lon=unit.lon,
    )  # fmt: skip


def _before_july(plan: UnitPlan) -> UnitPlan:
    """Today's city and departments with the sentences on July 2025 taken out of intro and pages."""
    if plan.kind in (COMMUNE, DISTRICT):
        return plan
    pages = tuple(replace(page, body=_cut(page.body)) for page in plan.pages)
    intro = _INTRO_2025 if plan.kind == PROVINCE else _cut(plan.site.intro)
    site = replace(plan.site, intro=intro, address=_cut_address(plan.site.address))
    pages = tuple(replace(page, body=intro) if page.slug == "gioi-thieu-chung" else page for page in pages)
    return replace(plan, pages=pages, site=site)


def _cut(text: str) -> str:
    lines = []
    for line in text.splitlines():
        kept = [part for part in re.split(r"(?<=[.?!]) ", line) if not _LATER.search(part)]
        if kept or not line:
            lines.append(" ".join(kept))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _cut_address(text: str) -> str:
    old = {"phường Thuận Hóa": "phường Vĩnh Ninh, quận Thuận Hóa", "phường Phú Xuân": "phường Đông Ba, quận Phú Xuân"}
    old["phường Vỹ Dạ"] = "phường Xuân Phú, quận Thuận Hóa"
    for new, before in old.items():
        text = text.replace(new, before)
    return text


def assemble(as_of: date, today: date) -> ProvincePlan:
    """Everything known on `as_of`; units of a later day do not exist, ends still to come are unknown."""
    units = units_on(as_of)
    plans = [_unit_plan(unit, units, as_of, today) for unit in units]
    if as_of < COMMUNE_FROM:
        plans = [_before_july(plan) for plan in plans]
    known = {unit.key for unit in units}
    closed = {unit.key for unit in units if unit.valid_to is not None}
    links = tuple(SuccessionPlan(a, b, extent) for a, b, extent in successions() if a in closed and b in known)
    return ProvincePlan(as_of, today, tuple(plans), links)
