"""“Dùng vị trí của điện thoại”: decided in the browser, nothing sent; errors in plain words; all of it without JavaScript too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_pages import _violations
from tests.factories.local_rows import answer_at, counter_at, lay_out, old_unit
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


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_no_barrier_where_one_chooses(place: Any, open_page: Callable[..., Page], width: int) -> None:
    old_unit(place.cast, "Xã Phú Vinh", [place.cast.third], code="20074", above="Huyện A Lưới")
    counter_at(place.cast.a, "Bàn một", is_main=True, loads={"1-am": "BUSY", "2-pm": "QUIET", "3-am": "NORMAL"})
    # Reduced motion: colours that fade in are not measured half-way.
    page = open_page(width, 844, reduced_motion="reduce", bypass_csp=True)
    host = place.cast.province.canonical_host
    for query in ("", "?ten=phu+vinh", "?ten=khongcogi", "?xa=thuan-an&cu=phu-thuan"):
        for contrast in ("", "high"):
            page.goto(place.url(PATH + query, host))
            page.evaluate("wish => { document.documentElement.dataset.contrast = wish; }", contrast)
            if page.locator(".loads summary").count():
                page.locator(".loads summary").click()
            assert _violations(page) == [], (query, contrast)
            assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, query


def test_axe_finds_no_barrier_on_the_clerks_screens(place: Any, open_page: Callable[..., Page]) -> None:
    from django.test import Client

    from services.models import Procedure

    make_procedure("1.000656", "Thủ tục đăng ký khai tử", often_order=1)
    answer = answer_at(place.cast.a, Procedure.objects.get(code=BIRTH))
    client = Client()
    client.force_login(place.cast.a.admin)
    page = open_page(1280, 900, reduced_motion="reduce", bypass_csp=True)
    cookie: Any = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": place.url("/")}
    page.context.add_cookies([cookie])
    for path in (
        "localanswer/o-day/",
        f"localanswer/{answer.pk}/chep/",
        "localanswer/add/?thu_tuc=1.000656",
        "counter/add/",
    ):
        page.goto(place.url(f"/quan-tri/services/{path}"))
        expect(page.locator("h1")).to_be_visible()
        assert _violations(page) == [], path
