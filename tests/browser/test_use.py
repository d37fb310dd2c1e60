"""What a citizen does: bigger letters, contrast, keyboard only, without JavaScript, from notice to article to search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect


def _letters(page: Page) -> float:
    return float(
        page.evaluate("parseFloat(getComputedStyle(document.querySelector('.prose p, main .story__summary')).fontSize)")
    )


def test_bigger_letters_work_and_stay(site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(site.url(site.cast.a.article.get_absolute_url()))
    before = _letters(page)
    assert before >= 16
    _ease(page)
    button = page.locator("[data-text-size=large]:visible").first
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert _letters(page) > before
    page.goto(site.url("/tin-tuc/"))
    assert page.evaluate("document.documentElement.dataset.text") == "large"
    _ease(page)
    page.locator("[data-text-size=normal]:visible").first.click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.text") is None


def _ease(page: Page) -> None:
    """Unfold the reading tools where they are folded away."""
    if not page.locator("[data-text-size=large]:visible").count():
        fold = page.locator(".strip__ease > summary:visible, [data-menu] > summary:visible").first
        fold.click()


def test_contrast_works_and_stays(site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(site.url("/"))
    colour = "getComputedStyle(document.body).backgroundColor + getComputedStyle(document.body).color"
    before = page.evaluate(colour)
    _ease(page)
    page.locator("[data-contrast-toggle]:visible").first.click()
    assert page.evaluate(colour) != before
    page.goto(site.url("/tin-tuc/"))
    assert page.evaluate("document.documentElement.dataset.contrast") == "high"
    _ease(page)
    page.locator("[data-contrast-toggle]:visible").first.click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.contrast") is None


def test_the_choice_of_one_site_is_not_another_sites(site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(site.url("/"))
    _ease(page)
    page.locator("[data-contrast-toggle]:visible").first.click()
    page.goto(site.url("/", "phu-vinh.localhost"))
    assert page.evaluate("document.documentElement.dataset.contrast") is None


def test_the_first_tab_is_the_skip_link_and_focus_is_seen(site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page()
    for path in ("/", "/tin-tuc/", "/tim-kiem/", "/khong-co/"):
        page.goto(site.url(path))
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#noi-dung", path
        box = page.evaluate(
            "(() => { const b = document.activeElement.getBoundingClientRect(); return [b.top, b.height]; })()"
        )
        assert box[0] >= 0, "the skip link is shown when it has the focus"
        assert box[1] > 20
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "noi-dung", path


def test_every_stop_of_the_keyboard_is_seen(site: Any, open_page: Callable[..., Page]) -> None:
    """Outline, shadow or border must show where one is."""
    page = open_page()
    page.goto(site.url(site.cast.a.article.get_absolute_url()))
    stops, unseen = set(), []
    for _number in range(60):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => { const node = document.activeElement, style = getComputedStyle(node);
              return {name: node.outerHTML.slice(0, 80), body: node === document.body,
                // The calendar key inside a date field is the browser's own, with the browser's own ring.
                inner: node.type === 'date' && !node.matches(':focus'),
                outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
                shadow: style.boxShadow !== 'none', inside: node.getClientRects().length > 0}; }"""
        )
        if state["body"]:
            break
        stops.add(state["name"])
        if not (state["outline"] or state["shadow"] or state["inner"]) or not state["inside"]:
            unseen.append(state["name"])
    assert unseen == []
    assert len(stops) >= 15


def test_escape_closes_the_menu_and_gives_the_focus_back(site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(390)
    page.goto(site.url("/"))
    key = page.locator("[data-menu] > summary")
    key.click()
    expect(page.locator("[data-menu]")).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(page.locator("[data-menu]")).not_to_have_attribute("open", "")
    assert page.evaluate("document.activeElement.matches('[data-menu] > summary')")


def test_without_javascript_menu_search_and_day_form_work(site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(390, java_script_enabled=False)
    page.goto(site.url("/"))
    page.locator("[data-menu] > summary").click()
    panel = page.locator(".menu__panel")
    expect(panel).to_be_visible()
    panel.locator("a[href='/tin-tuc/']").click()
    expect(page).to_have_url(site.url("/tin-tuc/"))
    expect(page.locator("main")).to_contain_text(site.cast.a.article.title)
    page.locator("input[name=ngay]").fill("2026-11-21")
    page.locator(".day-form button").click()
    expect(page).to_have_url(site.url("/tin-tuc/ngay/2026/11/21/"))
    expect(page.locator("main")).to_contain_text(site.cast.a.articles[1].title)
    page.goto(site.url("/tim-kiem/"))
    page.locator("main input[name=q]").fill("le hoi den long")
    page.locator("main form[role=search] button").click()
    expect(page.locator("main")).to_contain_text(site.cast.a.article.title)
    page.locator("main a", has_text="đèn lồng").first.click()
    expect(page.locator("h1")).to_contain_text(site.cast.a.article.title)


def test_without_javascript_no_button_promises_what_does_not_work(site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(site.url(site.cast.a.article.get_absolute_url()))
    for button in page.locator("button:visible").all():
        assert button.get_attribute("type") == "submit", button.evaluate("node => node.outerHTML")


@pytest.mark.parametrize(("typed", "found"), [("lễ hội đèn lồng", True), ("LE HOI DEN LONG", True), ("morvane", False)])
def test_searching_from_the_home_page(site: Any, open_page: Callable[..., Page], typed: str, found: bool) -> None:
    page = open_page()
    page.goto(site.url("/"))
    box = page.locator("main input[name=q]:visible").first
    box.fill(typed)
    box.press("Enter")
    page.wait_for_url("**/tim-kiem/**")
    listed = page.locator("main a", has_text=site.cast.a.marker).count()
    assert (listed > 0) is found
    assert site.cast.b.marker not in page.content()


def test_a_calendar_day_is_reached_by_its_link(site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(site.url("/tin-tuc/"))
    page.locator(".cal a[href='/tin-tuc/ngay/2026/11/20/']").click()
    expect(page.locator("main")).to_contain_text(site.cast.a.articles[2].title)
    expect(page.locator("main h2", has_text=site.cast.a.article.title)).to_have_count(0)


def test_a_printed_article_is_the_article(site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(site.url(site.cast.a.article.get_absolute_url()))
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".print-address")).to_be_visible()
    for hidden in ("nav.nav", ".skip", "form[role=search] >> nth=0", ".cal"):
        expect(page.locator(hidden).first).not_to_be_visible()


def test_an_alias_leads_the_browser_home(site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(site.url("/tin-tuc/", "thuanan.localhost"))
    expect(page).to_have_url(site.url("/tin-tuc/"))
