"""“Dùng vị trí của điện thoại”: decided in the browser, nothing sent; errors in plain words; all of it without JavaScript too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories.local_rows import counter_at, lay_out
from tests.factories.procedure_rows import BIRTH, make_procedure

PATH = f"/dich-vu-cong/{BIRTH}/noi-nop/"
PRESS = "Dùng vị trí của điện thoại"


@pytest.fixture
def place(site: Any) -> Any:
    """A procedure, two counters, and two squares that touch."""
    for house in (site.cast.a, site.cast.b):
        counter_at(house)
    lay_out(site.cast)
    make_procedure()
    return site


def start(place: Any, open_page: Callable[..., Page], latitude: float, longitude: float, accuracy: float = 20) -> Page:
    """The province's page in a phone that stands there and may say so."""
    where = {"latitude": latitude, "longitude": longitude, "accuracy": accuracy}
    page = open_page(390, 844, geolocation=where, permissions=["geolocation"])
    page.goto(place.url(PATH, place.cast.province.canonical_host))
    return page


def test_a_position_inside_leads_to_the_communes_counter_and_is_not_sent(
    place: Any, open_page: Callable[..., Page]
) -> None:
    page = start(place, open_page, 16.52, 107.62)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url} {request.post_data or ''}"))
    expect(page.get_by_text("không gửi đi đâu")).to_be_visible()
    page.get_by_role("button", name=PRESS).click()
    status = page.get_by_role("status").filter(has_text="Bạn đang ở")
    expect(status).to_contain_text("Bạn đang ở Phường Thuận An.")
    page.get_by_role("button", name=PRESS).click()
    expect(status).to_contain_text("Bạn đang ở Phường Thuận An.")
    assert [line for line in asked if "ranh-gioi.json" in line] == [
        f"GET {place.url('/dich-vu-cong/ranh-gioi.json', place.cast.province.canonical_host)} "
    ], "the outlines are fetched once"
    assert not [line for line in asked if "16.5" in line or "107.6" in line], "the position stays here"
    page.get_by_role("link", name="Xem nơi nộp ở Phường Thuận An").click()
    expect(page.get_by_text(f"Trung tâm một cửa {place.cast.a.marker}")).to_be_visible()
    assert page.url.endswith("?xa=thuan-an")


def test_across_the_border_it_is_the_other_commune(place: Any, open_page: Callable[..., Page]) -> None:
    page = start(place, open_page, 16.52, 107.66)
    page.get_by_role("button", name=PRESS).click()
    expect(page.get_by_text("Bạn đang ở Xã Phú Vinh.")).to_be_visible()
    expect(page.get_by_role("link", name="Xem nơi nộp ở Phường Thuận An")).to_have_count(0)


def test_beside_the_border_both_are_offered(place: Any, open_page: Callable[..., Page]) -> None:
    page = start(place, open_page, 16.52, 107.6395)
    page.get_by_role("button", name=PRESS).click()
    expect(page.get_by_text("Gần ranh giới, vị trí có thể lệch.")).to_be_visible()
    links = page.get_by_role("link", name="Xem nơi nộp ở")
    assert links.all_inner_texts() == ["Xem nơi nộp ở Phường Thuận An", "Xem nơi nộp ở Xã Phú Vinh"]


@pytest.mark.parametrize(
    ("latitude", "longitude", "accuracy", "words"),
    [
        (16.05, 108.2, 20, "Vị trí này ở ngoài Thành phố Huế."),
        (16.52, 107.62, 60_000, "Máy chỉ biết vị trí rất đại khái."),
    ],
)
def test_outside_and_vague_are_said(
    place: Any, open_page: Callable[..., Page], latitude: float, longitude: float, accuracy: float, words: str
) -> None:
    page = start(place, open_page, latitude, longitude, accuracy)
    page.get_by_role("button", name=PRESS).click()
    expect(page.get_by_text(words)).to_be_visible()


def test_a_refused_position_and_a_lost_network_are_said(place: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(390, 844)
    page.goto(place.url(PATH, place.cast.province.canonical_host))
    page.get_by_role("button", name=PRESS).click()
    expect(page.get_by_text("Trình duyệt không được phép xem vị trí.")).to_be_visible()
    page = start(place, open_page, 16.52, 107.62)
    page.route("**/ranh-gioi.json", lambda route: route.abort())
    page.get_by_role("button", name=PRESS).click()
    expect(page.get_by_text("Chưa tải được bản đồ.")).to_be_visible()
    page.unroute("**/ranh-gioi.json")
    page.get_by_role("button", name=PRESS).click()
    expect(page.get_by_text("Bạn đang ở Phường Thuận An.")).to_be_visible()


def test_without_javascript_a_name_and_the_list_do_the_same(place: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(390, 844, java_script_enabled=False)
    page.goto(place.url(PATH, place.cast.province.canonical_host))
    expect(page.get_by_role("button", name=PRESS)).to_be_hidden()
    page.get_by_label("Bạn ở phường, xã nào?").fill("xã phú thuận cũ")
    page.get_by_role("button", name="Tìm nơi nộp").click()
    expect(page.get_by_text("Xã Phú Thuận nay thuộc Phường Thuận An.")).to_be_visible()
    page.go_back()
    page.get_by_label("Hoặc chọn trong danh sách").select_option("phu-vinh")
    page.get_by_role("button", name="Xem nơi nộp").click()
    expect(page.get_by_text(f"Trung tâm một cửa {place.cast.b.marker}")).to_be_visible()


def test_the_keyboard_reaches_everything(place: Any, open_page: Callable[..., Page]) -> None:
    page = start(place, open_page, 16.52, 107.62)
    page.get_by_label("Bạn ở phường, xã nào?").focus()
    for _stop in range(4):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=PRESS)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Bạn đang ở Phường Thuận An.")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Xem nơi nộp ở Phường Thuận An")).to_be_focused()
