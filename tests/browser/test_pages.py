"""Every public page type in a real browser: axe finds nothing, nothing overflows, the console stays silent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Watch
from tests.factories.visits import public_paths

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The live server is the same for all pages of one test, so a test walks them all: one start instead of forty.
# Whose frame is looked at as well: one of each kind.
WHOLE = {"home", "english", "list", "not found", "unknown host", "closed unit", "province", "login"}
OTHERS = {
    "not found": ("thuan-an.localhost", "/khong-co/"),
    "unknown host": ("khong-co.localhost", "/"),
    "closed unit": ("phu-thuan.localhost", "/"),
    "empty site": ("kim-long.localhost", "/"),
    "province": ("localhost", "/"),
    "login": ("thuan-an.localhost", "/quan-tri/login/"),
}


def _addresses(site: Any) -> dict[str, str]:
    own = {name: site.url(path) for name, path in public_paths(site.cast.a).items()}
    return own | {name: site.url(path, host) for name, (host, path) in OTHERS.items()}


def _violations(page: Page, *, inside_frame: bool = False) -> list[str]:
    """``inside_frame``: only what stands in <main>; the frame around it is the same on all pages, and looked at on some."""
    page.evaluate(AXE.read_text("utf-8"))
    place = "document.querySelector('main') || document" if inside_frame else "document"
    result = page.evaluate(
        f"rules => axe.run({place}, {{runOnly: {{type: 'tag', values: rules}}, resultTypes: ['violations']}})", RULES
    )
    return [
        f"{found['id']}: {node['target']} {node['failureSummary']}"
        for found in result["violations"]
        for node in found["nodes"][:3]
    ]


def _too_wide(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= window.innerWidth ? [] : ['too wide',
            ...[...document.querySelectorAll('body *')]
            .filter(node => node.getBoundingClientRect().right > window.innerWidth + 1)
            .slice(0, 4).map(node => node.tagName + '.' + node.className)]"""
    )
    return found


def test_the_tools_find_what_is_wrong(site: Any, open_page: Callable[..., Page]) -> None:
    """A check that never fails proves nothing: plant a barrier, an overflow and an inline script."""
    page = open_page(390, bypass_csp=True)
    page.set_content(
        "<html lang=vi><title>x</title><main><h1 style='color:#aaa;background:#bbb'>Chữ mờ</h1><img src=/x></main>"
    )
    found = "".join(_violations(page))
    assert "image-alt" in found
    assert "color-contrast" in found
    page = open_page(320)
    watch = Watch()
    watch.over(page)
    page.goto(site.url("/"))
    assert watch.complaints == []
    page.evaluate(
        """() => { const wide = document.createElement('p'); wide.textContent = 'x'.repeat(500);
          wide.style.whiteSpace = 'nowrap'; document.body.append(wide);
          const script = document.createElement('script'); script.textContent = 'window.hacked = 1';
          document.body.append(script); }"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") > 320
    assert page.evaluate("window.hacked") is None
    assert "Content Security Policy" in "".join(watch.complaints)


@pytest.mark.parametrize("half", [0, 1])
def test_axe_finds_no_barrier(site: Any, open_page: Callable[..., Page], half: int) -> None:
    """Each page is loaded once and looked at in a wide and in a narrow window; in two halves, for two processors."""
    page = open_page(1280, bypass_csp=True)
    barriers = {}
    for name, address in list(_addresses(site).items())[half::2]:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(address)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            if found := _violations(page, inside_frame=name not in WHOLE):
                barriers[f"{name}, {width} px"] = found
    assert barriers == {}


def test_axe_finds_no_barrier_in_high_contrast_and_large_letters(site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(390, bypass_csp=True)
    page.goto(site.url("/"))
    page.evaluate("localStorage.setItem('portal-contrast', 'high'); localStorage.setItem('portal-text', 'large')")
    barriers = {}
    addresses = _addresses(site)
    for name in ("home", "list", "article", "search results", "directory answer", "not found"):
        page.goto(addresses[name])
        if found := _violations(page):
            barriers[name] = found
    assert barriers == {}


@pytest.mark.parametrize("half", [0, 1])
def test_nothing_overflows_and_the_console_is_silent(site: Any, open_page: Callable[..., Page], half: int) -> None:
    """Under the real content policy: a refused style or script would be said in the console. Each page is loaded once, on
    the narrowest phone, and laid out anew for a common one and a desktop; in two halves, for two processors.
    """
    page = open_page(320)
    watch = Watch()
    watch.over(page)
    wide = {}
    for name, address in list(_addresses(site).items())[half::2]:
        page.set_viewport_size({"width": 320, "height": 900})
        page.goto(address, wait_until="load")
        for seen in (320, 390, 1280):
            page.set_viewport_size({"width": seen, "height": 900})
            if found := _too_wide(page):
                wide[f"{name}, {seen} px"] = found
    assert wide == {}
    assert watch.complaints == []


def test_letters_at_400_percent_still_fit(site: Any, open_page: Callable[..., Page]) -> None:
    """1280 px at 400 % zoom is a window of 320 CSS pixels (WCAG 1.4.10)."""
    page = open_page(320, 256)
    for path in ("/", site.cast.a.article.get_absolute_url(), "/tim-kiem/?q=den"):
        page.goto(site.url(path))
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_pictures_and_letters_come_from_the_site_itself(site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page()
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    for path in ("/", site.cast.a.article.get_absolute_url()):
        page.goto(site.url(path), wait_until="networkidle")
    assert asked
    assert all(url.startswith((site.url(""), "data:")) for url in asked), asked
    assert page.evaluate("document.fonts.check('16px \"Be Vietnam Pro\"')")
    loaded = page.evaluate(
        "[...document.images].filter(image => image.complete && !image.naturalWidth).map(i => i.src)"
    )
    assert loaded == []


def test_no_visitor_is_given_a_cookie(site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page()
    for path in ("/", "/tin-tuc/", "/tim-kiem/?q=den", "/khong-co/", "/phuong-xa/"):
        page.goto(site.url(path))
    assert page.context.cookies() == []


def test_targets_are_big_enough_for_fingers(site: Any, open_page: Callable[..., Page]) -> None:
    """44 px for what stands alone; links inside sentences are exempt (WCAG 2.5.8)."""
    page = open_page(390)
    small = {}
    for path in ("/", "/tin-tuc/", site.cast.a.article.get_absolute_url(), "/tim-kiem/"):
        page.goto(site.url(path))
        found = page.evaluate(
            """() => [...document.querySelectorAll('button, input:not([type=hidden]), summary, .btn, .chip')]
                .filter(node => node.getClientRects().length)
                .map(node => [node.outerHTML.slice(0, 90), node.getBoundingClientRect()])
                .filter(([, box]) => box.height < 43.5 && box.width > 1 && box.height > 1)
                .map(([html, box]) => `${html} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
        )
        if found:
            small[path] = found
    assert small == {}
