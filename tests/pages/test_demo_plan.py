"""The demo province as pure data: counts, addresses that never change, language, and no two texts alike."""

from __future__ import annotations

import re
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser

import pytest

from portal.pages.demo.composer.draft import ATTRIBUTION
from portal.pages.demo.markup import to_html
from portal.pages.demo.plan import ArticlePlan, ProvincePlan, UnitPlan, province_plan

TODAY, BEFORE = date(2026, 11, 22), date(2025, 6, 30)
FOOTER = ("responsible", "address", "phone", "email", "hours")
ALLOWED = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "strong", "em", "a"}
ALLOWED |= {"table", "caption", "thead", "tbody", "tr", "th", "td"}
OLD_TONES = re.compile(r"(?<![qQ])(oà|oá|oả|oã|oạ|oè|oé|oẻ|oẽ|oẹ|uỳ|uý|uỷ|uỹ|uỵ)(?![A-Za-zÀ-ỹ])")


@pytest.fixture(scope="module")
def plan() -> ProvincePlan:
    return province_plan(TODAY)


@pytest.fixture(scope="module")
def before() -> ProvincePlan:
    return province_plan(BEFORE)


def articles(plan: ProvincePlan) -> Iterator[tuple[UnitPlan, ArticlePlan]]:
    return ((unit, article) for unit in plan.units for article in unit.articles)


def texts(plan: ProvincePlan) -> Iterator[str]:
    for unit in plan.units:
        site = unit.site
        yield from (unit.name, site.intro, site.responsible, site.address, site.hero_title, site.search_placeholder)
        yield from (part for page in unit.pages for part in (page.title, page.body))
        for article in unit.articles:
            yield from (article.title, article.summary, article.body, article.author_name, *article.tags)


def test_today_has_every_unit(plan: ProvincePlan) -> None:
    kinds = Counter(unit.kind for unit in plan.active)
    assert kinds == {"PROVINCE": 1, "DEPARTMENT": 21, "COMMUNE": 40}
    closed = Counter(unit.kind for unit in plan.units if unit.is_closed)
    assert closed == {"COMMUNE": 133, "DISTRICT": 9, "DEPARTMENT": 11}
    assert Counter(unit.type_name for unit in plan.active if unit.kind == "COMMUNE") == {"Phường": 21, "Xã": 19}


def test_june_2025_has_four_levels_and_nothing_of_july(before: ProvincePlan) -> None:
    kinds = Counter(unit.kind for unit in before.active)
    assert kinds == {"PROVINCE": 1, "DEPARTMENT": 21, "DISTRICT": 9, "COMMUNE": 133}
    assert max(unit.valid_from for unit in before.units) < date(2025, 7, 1)
    said = " ".join(texts(before))
    assert "01/7/2025" not in said
    assert "40 phường" not in said


def test_every_active_unit_has_news_in_june_2025_too(before: ProvincePlan) -> None:
    assert [unit.slug for unit in before.active if not unit.articles] == []
    assert all(unit.site.intro and unit.pages for unit in before.units)


def test_too_early_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match="2025-01-01"):
        province_plan(date(2024, 12, 31))


def test_codes_are_reused_with_a_new_meaning(plan: ProvincePlan) -> None:
    meaning = {unit.key: unit.name for unit in plan.units}
    assert meaning["19753", date(2025, 1, 1)] == "Phường Thuận Lộc"
    assert meaning["19753", date(2025, 7, 1)] == "Phường Phú Xuân"
    assert meaning["20074", date(2025, 1, 1)] == "Xã Phú Vinh"
    assert meaning["19945", date(2025, 7, 1)] == "Xã Phú Vinh"
    assert meaning["474", date(2025, 1, 1)] == "Quận Thuận Hóa"
    assert len(meaning) == len(plan.units)


def test_slugs_are_unique_plain_and_never_change(plan: ProvincePlan, before: ProvincePlan) -> None:
    slugs = {unit.key: unit.slug for unit in plan.units}
    assert len(set(slugs.values())) == len(slugs)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs.values())
    assert all(slugs[unit.key] == unit.slug for unit in before.units)
    expected = {
        "hue",
        "thuan-an",
        "phu-vinh",
        "xa-phu-vinh",
        "phuong-thuan-loc",
        "quan-thuan-hoa",
        "huyen-phu-vang",
        "stp",
    }
    assert expected <= set(slugs.values())


def test_every_closed_unit_has_a_successor_that_exists(plan: ProvincePlan) -> None:
    keys = {unit.key for unit in plan.units}
    heirs = defaultdict(set)
    for row in plan.successions:
        assert {row.predecessor, row.successor} <= keys
        assert row.extent in ("full", "partial")
        heirs[row.predecessor].add(row.successor)
    assert all(heirs[unit.key] for unit in plan.units if unit.is_closed)


def test_enough_content_everywhere(plan: ProvincePlan) -> None:
    least = {"PROVINCE": 35, "DEPARTMENT": 3, "COMMUNE": 4}
    assert all(len(unit.articles) >= least[unit.kind] for unit in plan.active)
    assert sum(len(unit.articles) for unit in plan.active) >= 300
    assert all(unit.articles and unit.pages for unit in plan.units if unit.is_closed)
    written = [article for _, article in articles(plan) if "written" in article.source_ref]
    assert len(written) >= 50
    assert all(130 <= len(re.findall(r"\w+", article.body)) <= 350 for article in written)


def test_every_current_unit_has_the_five_facts_and_its_pages(plan: ProvincePlan) -> None:
    common = {"gioi-thieu-chung", "chuc-nang-nhiem-vu", "co-cau-to-chuc", "lich-su-hinh-thanh", "lanh-dao", "lien-he"}
    for unit in plan.active:
        assert all(getattr(unit.site, name) for name in FOOTER), unit.slug
        assert "(tên minh họa)" in unit.site.responsible
        assert "(số minh họa)" in unit.site.phone
        pages = {page.slug for page in unit.pages}
        assert pages == common | ({"ban-do"} if unit.kind == "COMMUNE" else set()), unit.slug
        assert 50 <= len(unit.site.intro.split()) <= 130, unit.slug
    assert len({unit.site.intro for unit in plan.active}) == len(plan.active)
    assert len({unit.site.phone for unit in plan.units}) == len(plan.units)


def test_articles_are_complete(plan: ProvincePlan) -> None:
    for unit, article in articles(plan):
        where = f"{unit.slug}: {article.title}"
        assert 10 < len(article.title) < 90, where
        assert all((article.summary, article.body, article.author_name, article.source_name)), where
        assert article.picture is not None, where
        assert all((article.picture.alt_text, article.picture.caption)), where
        assert re.fullmatch(
            r"(bridge|lagoon|lotus|ngomon|nonla|paper|rain|thap)-(pha|reu|sen|som|son|tim)", article.picture.scene
        ), where
        assert 2 <= len(article.tags) <= 4, where
        assert article.category_slug in {category.slug for category in unit.categories}, where
        assert article.is_demo
    moments = [article.published_on(TODAY) for _, article in articles(plan)]
    assert max(moments).isoformat() <= "2026-11-22T07:30:00"
    assert min(moments).year == 2026


def test_nothing_is_left_unfilled(plan: ProvincePlan, before: ProvincePlan) -> None:
    for text in (*texts(plan), *texts(before)):
        assert not re.search(r"[{}]|None|  |\bnan\b", text), text[:200]


def test_titles_and_references_are_unique(plan: ProvincePlan) -> None:
    for field in ("title", "source_ref"):
        counts = Counter(getattr(article, field) for _, article in articles(plan))
        assert [value for value, count in counts.items() if count > 1] == []


def _sentences(body: str) -> set[str]:
    plain = re.sub(r"(?m)^(#+ |- |> |\d+\. |\| ?)", "", body)
    return {part.strip() for part in re.split(r"(?<=[.?!:])\s+|\n", plain) if len(part.strip()) > 60}


def test_no_long_sentence_in_more_than_three_articles(plan: ProvincePlan) -> None:
    seen: Counter[str] = Counter()
    for _, article in articles(plan):
        seen.update(_sentences(article.body))
    assert {text: count for text, count in seen.items() if count > 3 and text != ATTRIBUTION} == {}


def test_no_paragraph_is_shared(plan: ProvincePlan) -> None:
    seen: dict[str, list[str]] = defaultdict(list)
    for _, article in articles(plan):
        for block in article.body.split("\n\n"):
            if not block.startswith("#") and block != ATTRIBUTION and len(block) > 25:
                seen[block].append(article.title)
    assert {block: titles for block, titles in seen.items() if len(titles) > 1} == {}


def test_text_is_nfc_with_standard_tone_marks(plan: ProvincePlan) -> None:
    for text in texts(plan):
        assert unicodedata.is_normalized("NFC", text)
        assert not OLD_TONES.search(text), (OLD_TONES.search(text), text[:120])


def test_neighbours_do_not_share_a_palette(plan: ProvincePlan) -> None:
    from portal.pages.demo.units_facts import all_units

    palettes = {unit.code: unit.site.palette for unit in plan.active if unit.kind == "COMMUNE"}
    for facts in all_units():
        for code in facts.near:
            assert palettes[facts.code] != palettes[code], (facts.slug, code)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        assert {name for name, _ in attrs} <= {"href", "scope"}


def test_bodies_render_to_the_allowed_tags_only(plan: ProvincePlan) -> None:
    parser = _Tags()
    for text in texts(plan):
        parser.feed(to_html(text))
    assert parser.found <= ALLOWED


def test_markup_escapes_and_refuses_unsafe_links() -> None:
    assert to_html("<script>x</script> & **đậm**") == "<p>&lt;script&gt;x&lt;/script&gt; &amp; <strong>đậm</strong></p>"
    assert "<a" not in to_html("[x](javascript:alert(1))")
    assert to_html("! Giá vé\n| Điểm | Giá |\n| A | 1 |") == (
        '<table><caption>Giá vé</caption><thead><tr><th scope="col">Điểm</th><th scope="col">Giá</th></tr></thead>'
        '<tbody><tr><th scope="row">A</th><td>1</td></tr></tbody></table>'
    )
    assert to_html("Đoạn\n- một\n- hai") == "<p>Đoạn</p>\n<ul><li>một</li><li>hai</li></ul>"
    assert to_html("") == ""


def test_the_plan_is_deterministic_and_fast(plan: ProvincePlan) -> None:
    start = time.perf_counter()
    assert province_plan(TODAY) == plan
    assert time.perf_counter() - start < 3
