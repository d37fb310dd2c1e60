"""Public services on a phone: three taps to birth registration, a checklist that remembers, one sheet of A4, no script needed."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import axe_playwright_python
import pypdf
import pytest
from playwright.sync_api import Page, expect

from portal.core.tenancy import unit_scope
from services.models import LifeEvent, LifeEventProcedure
from tests.browser.conftest import Watch
from tests.factories.procedure_rows import BIRTH, make_procedure, mistakes_of, procedure_of
from units.enums import Module

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PATH = f"/dich-vu-cong/{BIRTH}/"
A4 = (595, 842)  # points


def _barriers(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    result = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
    )
    return [f"{found['id']}: {node['target']}" for found in result["violations"] for node in found["nodes"][:3]]


def _overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.fixture
def served(site: Any) -> Any:
    """Birth registration in the menu as the office arranges it: the first life event, and among the most asked for."""
    procedure = procedure_of(site.cast.a)
    procedure.often_order = 1
    procedure.everyday_names = "làm giấy khai sinh"
    procedure.save()
    event = LifeEvent.objects.create(name="Sinh con", slug="sinh-con", icon="users", order=1)
    LifeEventProcedure.objects.create(event=event, procedure=procedure)
    with unit_scope(site.cast.a.unit):
        if not site.cast.a.site.has(Module.SERVICES):
            site.cast.a.site.modules = [*site.cast.a.site.modules, Module.SERVICES.value]
            site.cast.a.site.save()
    return site


def _squeezed(text: str) -> str:
    """Without white space: a PDF breaks words where letters with marks come from another part of the font."""
    return "".join(text.split())


def _words_of(sheet: pypdf.PdfReader) -> str:
    return _squeezed("".join(leaf.extract_text() for leaf in sheet.pages))


def test_birth_registration_is_three_taps_from_a_communes_home(served: Any, open_page: Callable[..., Page]) -> None:
    page, watch = open_page(390, 844, has_touch=True, is_mobile=True), Watch()
    watch.over(page)
    page.goto(served.url("/"))
    taps = 0
    while taps < 3 and not page.url.endswith(PATH):
        straight = page.locator(f"main a[href='{PATH}']:visible")
        event = page.locator("main a[href='/dich-vu-cong/viec/sinh-con/']:visible")
        menu = page.locator("main a[href='/dich-vu-cong/']:visible")
        with page.expect_navigation():
            next(way.first for way in (straight, event, menu) if way.count()).tap()
        taps += 1
    assert page.url.endswith(PATH), f"after {taps} taps"
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng ký khai sinh")
    assert _overflow(page) == 0
    page.evaluate("sessionStorage.removeItem('in')")
    page.add_init_script("window.print = () => sessionStorage.setItem('in', '1')")
    page.get_by_role("link", name="In danh mục giấy tờ").tap()
    page.wait_for_url(f"**{PATH}in/#in", wait_until="load")
    # Asked again and again: wait_for_function needs eval, which the page's own policy refuses.
    for _try in range(100):
        if page.evaluate("sessionStorage.getItem('in')") == "1":
            break
        page.wait_for_timeout(100)
    assert page.evaluate("sessionStorage.getItem('in')") == "1", "the sheet was never printed"
    assert page.url.endswith(f"{PATH}in/#in")
    assert watch.complaints == []


def _sheet(page: Page) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, format="A4")))


def test_the_checklist_is_one_sheet_of_a4(served: Any, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(served.url(f"{PATH}in/"))
    assert _barriers(page) == []
    sheet = _sheet(page)
    assert len(sheet.pages) == 1
    box = sheet.pages[0].mediabox
    assert (round(box.width), round(box.height)) == A4
    words = _words_of(sheet)
    for expected in ("Đăng ký khai sinh", BIRTH, "Giấy chứng sinh.", served.cast.a.marker, "ngoài danh mục", "In lúc"):
        assert _squeezed(expected) in words
    assert "Vềthủtục" not in words, "the buttons stay on the screen"


def test_a_long_checklist_goes_on_on_more_sheets_and_loses_nothing(served: Any, open_page: Callable[..., Page]) -> None:
    papers = [{"words": f"Giấy số {number}: " + "mô tả dài " * 12, "originals": 1, "copies": 1} for number in range(60)]
    make_procedure("1.777777", "Thủ tục dài", papers=[{"title": "", "papers": papers, "is_note": False}])
    page = open_page()
    page.goto(served.url("/dich-vu-cong/1.777777/in/"))
    sheet = _sheet(page)
    words = _words_of(sheet)
    assert 2 <= len(sheet.pages) <= 5
    assert all(f"Giấysố{number}:" in words for number in range(60))


def test_the_page_itself_prints_what_is_folded(served: Any, open_page: Callable[..., Page]) -> None:
    lines = "\n".join(f"Điều kiện thứ {number}." for number in range(300))
    make_procedure("1.888888", "Thủ tục nhiều điều kiện", conditions=lines)
    page = open_page()
    page.goto(served.url("/dich-vu-cong/1.888888/"))
    expect(page.get_by_text("Điều kiện thứ 299.")).to_be_hidden()
    words = _words_of(_sheet(page))
    assert "Điềukiệnthứ0." in words
    assert "Điềukiệnthứ299." in words


def test_ticks_survive_a_reload_and_can_be_taken_off(served: Any, open_page: Callable[..., Page]) -> None:
    page, watch = open_page(390, 844, has_touch=True), Watch()
    watch.over(page)
    page.goto(served.url(PATH))
    birth = page.get_by_label("Giấy chứng sinh.")
    birth.check()
    expect(page.locator("[data-checks-state]")).to_have_text("Đã đánh dấu 1 trên 3.")
    page.reload()
    expect(birth).to_be_checked()
    expect(page.get_by_label("Tờ khai đăng ký khai sinh theo mẫu.")).not_to_be_checked()
    assert page.context.cookies() == []
    assert _barriers(page) == []
    page.get_by_role("button", name="Bỏ mọi dấu").click()
    page.reload()
    expect(birth).not_to_be_checked()
    assert watch.complaints == []


def test_one_procedures_ticks_are_not_anothers(served: Any, open_page: Callable[..., Page]) -> None:
    make_procedure("1.999999", "Thủ tục đăng ký lại khai sinh")
    page = open_page()
    page.goto(served.url(PATH))
    page.get_by_label("Giấy chứng sinh.").check()
    page.goto(served.url("/dich-vu-cong/1.999999/"))
    expect(page.get_by_label("Giấy chứng sinh.")).not_to_be_checked()


def test_without_javascript_boxes_tick_and_the_sheet_is_a_page(served: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(390, java_script_enabled=False)
    page.goto(served.url(PATH))
    page.get_by_label("Giấy chứng sinh.").check()
    expect(page.get_by_label("Giấy chứng sinh.")).to_be_checked()
    expect(page.get_by_role("button", name="Bỏ mọi dấu")).to_be_hidden()
    page.get_by_role("link", name="In danh mục giấy tờ").click()
    expect(page.get_by_text("Bấm nút In của trình duyệt")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_mistake_is_reported(served: Any, open_page: Callable[..., Page], scripts: bool) -> None:
    page, watch = open_page(390, java_script_enabled=scripts), Watch()
    watch.over(page)
    page.goto(served.url(PATH))
    page.get_by_role("link", name="Báo chỗ sai").click()
    page.get_by_label("Nơi nộp, giờ làm việc, điện thoại").check()
    page.get_by_label("Sai thế nào?").fill("Buổi chiều thứ Sáu ở đây đóng cửa.")
    if scripts:
        assert _barriers(page) == []
        assert _overflow(page) == 0
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận", timeout=30_000)
    (report,) = mistakes_of(served.cast.a)
    assert report.text == "Buổi chiều thứ Sáu ở đây đóng cửa."
    assert watch.complaints == []


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("suffix", ["", "in/", "lich-su/"])
def test_nothing_stands_in_the_way(served: Any, open_page: Callable[..., Page], width: int, suffix: str) -> None:
    page, watch = open_page(width), Watch()
    watch.over(page)
    page.goto(served.url(PATH + suffix))
    assert _barriers(page) == []
    assert _overflow(page) == 0
    assert watch.complaints == []
