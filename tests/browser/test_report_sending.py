"""A report from a phone, in a real browser: with JavaScript and without, on the map by keyboard, with the phone's position."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

from feedback.models import Case, CaseCategory
from portal.core.tenancy import unit_scope
from tests.factories.cases import make_public_case
from units.models import Unit, UnitArea

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NEW = "/phan-anh/gui/"
TEXT = "Nắp cống vỡ trước số 12 Hoàng Sa từ thứ Sáu, nước tràn vào nhà mỗi khi mưa lớn."
HERE = {"latitude": 16.55, "longitude": 107.65, "accuracy": 20}


def _barriers(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    result = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
    )
    return [f"{found['id']}: {node['target']}" for found in result["violations"] for node in found["nodes"][:3]]


def _is_fine(page: Page) -> None:
    assert _barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


@pytest.fixture
def sending_site(site: Any, settings: Any, tmp_path: Path) -> Any:
    """With a category (a test that commits leaves none of those that migrations wrote) and two communes on the map."""
    settings.PRIVATE_ROOT = tmp_path / "private"
    CaseCategory.objects.get_or_create(
        slug="cong-ngap-nuoc", defaults={"name": "Cống, ngập nước", "icon": "waves", "valid_from": date(2026, 1, 1)}
    )
    Unit.objects.filter(pk=site.cast.province.pk).update(boundary="0 0 600 500")
    a, b = site.cast.a.unit, site.cast.b.unit
    Unit.objects.filter(pk=a.pk).update(boundary="M10,10 200,10 200,200 10,200Z")
    Unit.objects.filter(pk=b.pk).update(boundary="M210,10 400,10 400,200 210,200Z")
    # A square of 0,2 degrees around the place, as units.boundaries keeps it.
    UnitArea.objects.create(unit=b, rings=[[1075500, 164500, 2000, 0, 0, 2000, -2000, 0]])
    return site


def _what(page: Page) -> None:
    page.get_by_label("Cống, ngập nước").check()
    page.get_by_label("Số nhà, tên đường").fill("Trước số 12 Hoàng Sa")


def _on(page: Page) -> None:
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_load_state()


def _sent(site: Any) -> Case:
    with unit_scope(site.cast.a.unit):
        return Case.objects.order_by("-pk")[0]


def test_the_way_through_on_a_phone(sending_site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(390)
    page.goto(sending_site.url(NEW))
    _is_fine(page)
    _on(page)
    expect(page.locator("[data-summary]")).to_be_focused()
    _is_fine(page)
    _what(page)
    _on(page)
    page.locator("#id_text").fill(f"{TEXT} Căn cước 046012345678.")
    expect(page.locator("[data-live]")).to_contain_text("046012345678")
    page.locator("[data-live-out]").click()
    expect(page.locator("[data-live]")).to_be_hidden()
    _is_fine(page)
    _on(page)
    page.locator("#id_phone").fill("0905 123 45")
    page.get_by_role("button", name="Gửi phản ánh").click()
    expect(page.locator("[data-summary]")).to_contain_text("10 chữ số")
    _is_fine(page)
    page.locator("#id_phone").fill("0905 123 456")
    page.get_by_label("Đồng ý để đơn vị tiếp nhận").check()
    page.get_by_role("button", name="Gửi phản ánh").click()
    page.wait_for_url("**/da-nhan/")
    _is_fine(page)
    case = _sent(sending_site)
    expect(page.locator(".rgot__code")).to_contain_text(case.code_words)
    assert "NO_PROOF" not in case.marks


def test_the_same_without_javascript(sending_site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(390, java_script_enabled=False)
    page.goto(sending_site.url(NEW))
    expect(page.locator("[data-map]")).to_be_hidden()
    _what(page)
    page.get_by_label("Hoặc gõ tên phường, xã").fill("Phú Thuận cũ")
    page.get_by_role("button", name="Tìm nơi mới").click()
    expect(page.locator("#id_commune")).to_have_value("thuan-an")
    _on(page)
    page.locator("#id_text").fill(TEXT)
    _on(page)
    page.get_by_role("button", name="Gửi phản ánh").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận phản ánh")
    assert _sent(sending_site).place_text == "Trước số 12 Hoàng Sa"


def test_the_map_by_keyboard(sending_site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(1280)
    page.goto(sending_site.url(NEW))
    page.locator("[data-map] summary").click()
    page.keyboard.press("Tab")
    expect(page.locator('[data-slug="thuan-an"]')).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.locator("#id_commune")).to_have_value("phu-vinh")
    expect(page.locator("[data-map-name]")).to_contain_text("Xã Phú Vinh")
    page.locator("#id_commune").select_option("thuan-an")
    expect(page.locator('[data-slug="thuan-an"]')).to_have_attribute("aria-checked", "true")
    _is_fine(page)


def test_the_position_goes_along_only_where_it_is_ticked(sending_site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(390)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(HERE)  # type: ignore[arg-type]  # a dict of what it takes
    page.goto(sending_site.url(NEW))
    _what(page)
    page.get_by_role("button", name="Dùng vị trí của điện thoại").click()
    expect(page.locator("#id_commune")).to_have_value("phu-vinh")
    tick = page.get_by_label("Gửi kèm vị trí này")
    expect(tick).not_to_be_checked()
    _is_fine(page)
    _on(page)
    page.locator("#id_text").fill(TEXT)
    _on(page)
    expect(page.locator(".rsum")).not_to_contain_text("Kèm vị trí")
    page.locator(".rsum a").first.click()
    page.get_by_role("button", name="Dùng vị trí của điện thoại").click()
    tick.check()
    _on(page)
    expect(page.locator(".rsum")).to_contain_text("Kèm vị trí 16.55000,107.65000")


def test_joining_instead(sending_site: Any, open_page: Callable[..., Page]) -> None:
    house = sending_site.cast.a
    case = make_public_case(house, text=TEXT, category=CaseCategory.objects.get(slug="cong-ngap-nuoc"))
    page = open_page(390)
    page.goto(sending_site.url(NEW))
    _what(page)
    _on(page)
    page.locator("#id_text").fill(TEXT)
    _on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Có phải cùng vấn đề này?")
    _is_fine(page)
    page.get_by_role("link", name="Tôi cũng gặp việc này").click()
    _is_fine(page)
    page.get_by_role("button", name="Ghi thêm tôi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã ghi thêm")
    _is_fine(page)
    case.refresh_from_db(from_queryset=Case.everywhere.all())
    assert case.joins == 1
