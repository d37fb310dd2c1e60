"""The board in the lobby over hours, the printed week as a real PDF, and the schedule's pages without barriers."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import axe_playwright_python
import pypdf
import pytest
from playwright.sync_api import Page, expect

from portal.core.tenancy import unit_scope
from tests.browser.conftest import Site
from tests.factories.cast import NOW
from tests.factories.schedule import MONDAY, leader_of, make_entry, publish
from units.models import ScheduleEntry

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
BOARD = "/lich-cong-tac/bang/"
WEEK = "/lich-cong-tac/2026/W48/"
MORNING = NOW.replace(day=23, hour=8, minute=40)
A4_ACROSS = (842, 595)  # points
# Nothing of a shown line may lie behind the edge of the screen.
CUT = """() => {
    const edge = document.querySelector('[data-board-main]').getBoundingClientRect().bottom;
    return [...document.querySelectorAll('.bline')].filter(
        (line) => !line.hidden && line.offsetHeight && line.getBoundingClientRect().bottom > edge + 1).length;
}"""


def _barriers(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    result = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
    )
    return [f"{found['id']}: {node['target']}" for found in result["violations"] for node in found["nodes"][:3]]


@pytest.fixture
def busy(site: Site, clock: Any) -> Site:
    """Sixty entries in the week, twelve a day."""
    a = site.cast.a
    chair = leader_of(a)
    for number in range(60):
        day, turn = divmod(number, 12)
        make_entry(
            a, title=f"Việc số {number + 1} về vốn đầu tư công",
            day=MONDAY + timedelta(days=day), starts_at=time(7 + turn), ends_at=time(7 + turn, 50),
            chair=chair, place="Hội trường", attendees_text="Các phòng, ban",
        )  # fmt: skip
    publish(a)
    clock.move_to(MORNING)
    return site


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768)])
def test_a_full_day_is_shown_in_pages(busy: Site, open_page: Callable[..., Page], width: int, height: int) -> None:
    page = open_page(width, height)
    page.clock.install()
    page.goto(busy.url(BOARD))
    number = page.locator("[data-board-pages]")
    expect(number).to_have_text(re.compile(r"Trang 1/\d"))
    expect(page.locator(".bline.is-now")).to_have_count(1)
    expect(page.locator(".bline.is-next")).to_have_count(1)
    assert page.evaluate(CUT) == 0
    page.clock.run_for(15_500)
    expect(number).to_have_text(re.compile(r"Trang 2/\d"))
    assert page.evaluate(CUT) == 0
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert not page.context.cookies()


def test_the_board_takes_changes_and_survives_the_network(busy: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(1920, 1080)
    page.clock.install()
    page.goto(busy.url(BOARD))
    lost = page.locator("[data-board-lost]")
    with unit_scope(busy.cast.a.unit):
        ScheduleEntry.objects.filter(title__startswith="Việc số 1 ").update(title="Họp khẩn về mưa lũ")
    page.clock.run_for(61_000)
    expect(page.get_by_text("Họp khẩn về mưa lũ")).to_have_count(1)
    expect(lost).to_be_empty()
    page.context.set_offline(True)
    page.clock.run_for(61_000)
    expect(lost).to_contain_text("Mất kết nối mạng từ 8:4")
    expect(page.get_by_text("Họp khẩn về mưa lũ")).to_have_count(1)
    page.context.set_offline(False)
    page.clock.run_for(61_000)
    expect(lost).to_be_empty()


def test_the_board_without_a_script(busy: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(1366, 768, java_script_enabled=False)
    page.goto(busy.url(BOARD))
    expect(page.get_by_text("Đang diễn ra")).to_have_count(1)
    expect(page.locator(".bline")).to_have_count(24)


@pytest.mark.parametrize("kind", ["", "?kieu=lanh-dao"])
def test_sixty_entries_are_printed_on_two_sheets_across(busy: Site, open_page: Callable[..., Page], kind: str) -> None:
    page = open_page()
    page.goto(busy.url(f"{WEEK}in/{kind}"))
    sheet = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(sheet.pages) <= 2 + bool(kind)
    for leaf in sheet.pages:
        assert (round(leaf.mediabox.width), round(leaf.mediabox.height)) == pytest.approx(A4_ACROSS, abs=2)


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_of_the_schedule_has_barriers(busy: Site, open_page: Callable[..., Page], width: int) -> None:
    chair = leader_of(busy.cast.a)
    page = open_page(width)
    for path in (
        *("/lich-cong-tac/", WEEK, f"{WEEK}in/", f"{WEEK}in/?kieu=lanh-dao", BOARD, "/lich-cong-tac/luu-tru/"),
        *("/lich-cong-tac/ngay/2026/11/23/", "/lich-cong-tac/thang/2026/11/", "/lich-cong-tac/2026/W52/"),
        f"/lich-cong-tac/cua/{chair.slug}-{chair.pk}/?tuan=2026-W48",
    ):
        page.goto(busy.url(path))
        assert _barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
