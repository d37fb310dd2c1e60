"""What a reader sends, in a real browser: comments with proof of work and without JavaScript, marks, subscriptions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

from feedback.enums import CommentMark, CommentStatus, Satisfaction
from feedback.models import PageRating
from portal.core.tenancy import unit_scope
from tests.browser.conftest import Watch
from tests.factories.readers import comments_of, make_comment, open_comments
from tests.factories.subscribers import subscribers_of

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def _barriers(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    result = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
    )
    return [f"{found['id']}: {node['target']}" for found in result["violations"] for node in found["nodes"][:3]]


def _overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.fixture
def open_site(site: Any) -> Any:
    open_comments(site.cast.a, site.cast.b)
    return site


def _article(site: Any) -> str:
    return str(site.url(site.cast.a.article.get_absolute_url()))


@pytest.mark.parametrize("width", [1280, 390])
def test_a_comment_in_place_with_proof_of_work(open_site: Any, open_page: Callable[..., Page], width: int) -> None:
    make_comment(open_site.cast.a, "Đã hiện từ trước", status=CommentStatus.SHOWN, answer="Đã sửa.")
    page, watch = open_page(width), Watch()
    watch.over(page)
    page.goto(_article(open_site))
    assert page.context.cookies() == [], "reading sets no cookie"
    page.get_by_role("link", name="Gửi góp ý").click()
    expect(page.locator("textarea[name=text]")).to_be_focused()
    assert _barriers(page) == []
    assert _overflow(page) == 0
    page.locator("textarea[name=text]").fill("Đề nghị trồng thêm cây ở tổ 4, số tôi 0905 123 456.")
    page.locator("input[name=name]").fill("Bà Bưởi")
    page.wait_for_timeout(4_100)
    page.get_by_role("button", name="Gửi góp ý").click()
    thanks = page.locator("[data-thanks]")
    expect(thanks).to_contain_text("Đã nhận. Ban biên tập xem trước khi hiện.", timeout=30_000)
    expect(thanks).to_be_focused()
    row = comments_of(open_site.cast.a)[-1]
    assert (row.name, row.status) == ("Bà Bưởi", CommentStatus.HELD)
    assert row.marks == [CommentMark.MASKED], "proved, not hasty"
    assert _barriers(page) == []
    page.reload()
    assert "trồng thêm cây" not in page.content()
    assert watch.complaints == []


def test_mistakes_are_shown_in_place_and_nothing_is_lost(open_site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(390)
    page.goto(_article(open_site))
    page.get_by_role("link", name="Gửi góp ý").click()
    page.locator("input[name=name]").fill("Ông Ba")
    page.get_by_role("button", name="Gửi góp ý").click()
    summary = page.locator("[data-summary]")
    expect(summary).to_be_focused(timeout=30_000)
    expect(page.locator("input[name=name]")).to_have_value("Ông Ba")
    assert _barriers(page) == []
    page.locator("textarea[name=text]").fill("Viết lại cho đủ chữ.")
    page.get_by_role("button", name="Gửi góp ý").click()
    expect(page.locator("[data-thanks]")).to_be_visible(timeout=30_000)
    assert CommentMark.NO_PROOF not in comments_of(open_site.cast.a)[0].marks


def test_a_comment_with_the_keyboard_alone(open_site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(_article(open_site))
    page.get_by_role("link", name="Gửi góp ý").focus()
    page.keyboard.press("Enter")
    expect(page.locator("textarea[name=text]")).to_be_focused()
    page.keyboard.type("Chi bang ban phim.")
    for _stop in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    assert page.evaluate("document.activeElement.name") != "trang_web"
    page.keyboard.press("Enter")
    expect(page.locator("[data-thanks]")).to_be_focused(timeout=30_000)
    assert len(comments_of(open_site.cast.a)) == 1


def test_a_comment_without_javascript(open_site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(390, java_script_enabled=False)
    page.goto(_article(open_site))
    page.get_by_role("link", name="Gửi góp ý").click()
    assert "/gop-y/news.article/" in page.url
    page.locator("textarea[name=text]").fill("Máy cũ không chạy JavaScript.")
    page.get_by_role("button", name="Gửi góp ý").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận góp ý")
    (row,) = comments_of(open_site.cast.a)
    assert CommentMark.NO_PROOF in row.marks


def test_a_browser_that_cannot_prove_sends_all_the_same(open_site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.route("**/kiem-tra-may/**", lambda route: route.abort())
    page.goto(open_site.url(f"/gop-y/news.article/{open_site.cast.a.article.pk}/"))
    page.locator("textarea[name=text]").fill("Mạng chặn bài kiểm tra.")
    page.get_by_role("button", name="Gửi góp ý").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận góp ý", timeout=30_000)
    assert CommentMark.NO_PROOF in comments_of(open_site.cast.a)[0].marks


def test_one_press_rates_and_the_lowest_asks_why(site: Any, open_page: Callable[..., Page]) -> None:
    page, watch = open_page(390), Watch()
    watch.over(page)
    page.goto(_article(site))
    page.get_by_role("link", name="Hài lòng", exact=True).click()
    expect(page.locator("[data-thanks]")).to_contain_text("Đã ghi nhận")
    page.get_by_role("link", name="Chưa hài lòng").click()
    expect(page.locator("[data-reason]")).to_be_visible()
    assert _barriers(page) == []
    assert _overflow(page) == 0
    page.get_by_label("Thông tin cũ").check()
    page.get_by_label("Cần sửa gì?").fill("Giờ tiếp dân đã đổi.")
    page.get_by_role("button", name="Gửi lý do").click()
    expect(page.locator("[data-thanks]")).to_contain_text("Cảm ơn bạn")
    with unit_scope(site.cast.a.unit):
        row = PageRating.objects.get()
    assert (row.level, row.reason, row.text) == (Satisfaction.UNSATISFIED, "OUTDATED", "Giờ tiếp dân đã đổi.")
    assert watch.complaints == []


def test_rating_without_javascript(site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(site.url(site.cast.a.page.get_absolute_url()))
    page.get_by_role("link", name="Rất hài lòng").click()
    expect(page.get_by_label("Rất hài lòng")).to_be_checked()
    page.get_by_role("button", name="Gửi đánh giá").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận đánh giá")
    with unit_scope(site.cast.a.unit):
        assert PageRating.objects.get().level == Satisfaction.VERY


@pytest.mark.parametrize("width", [1280, 390])
def test_subscribing(site: Any, open_page: Callable[..., Page], width: int) -> None:
    page, watch = open_page(width), Watch()
    watch.over(page)
    page.goto(site.url("/tin-tuc/thong-bao/"))
    page.locator("main").get_by_role("link", name="Nhận tin qua thư").click()
    assert _barriers(page) == []
    assert _overflow(page) == 0
    page.get_by_label("Địa chỉ thư điện tử").fill("ba.buoi@example.vn")
    page.get_by_label("Tôi đồng ý").check()
    page.get_by_role("button", name="Đăng ký nhận tin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận. Còn một bước", timeout=30_000)
    (row,) = subscribers_of(site.cast.a)
    assert [category.slug for category in row.categories.all()] == ["thong-bao"]
    assert watch.complaints == []


@pytest.mark.parametrize(
    "path", ["/gop-y/{}/", "/gop-y/{}/da-nhan/", "/gop-y/{}/tat-ca/", "/danh-gia/{}/", "/danh-gia/{}/da-nhan/"]
)
def test_axe_finds_no_barrier_on_the_small_pages(open_site: Any, open_page: Callable[..., Page], path: str) -> None:
    make_comment(open_site.cast.a, "Đã hiện", status=CommentStatus.SHOWN, answer="Trả lời.")
    page = open_page(320)
    page.goto(open_site.url(path.format(f"news.article/{open_site.cast.a.article.pk}")))
    assert _barriers(page) == []
    assert _overflow(page) == 0
