"""The library as a clerk uses it: pictures dropped, described, chosen with the keyboard; albums ordered by buttons."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from news import actions
from news.models import Album, AlbumPicture, Article, Picture
from portal.core.tenancy import unit_scope
from tests.browser.conftest import Watch
from tests.factories.media import PROGRAM, make_album
from tests.factories.pictures import png_bytes
from units.enums import Role

LIST = "/quan-tri/news/picture/"


def _enter(page: Page, site: Any, role: Role = Role.APPROVER) -> None:
    client = Client()
    client.force_login(site.cast.a.people[role])
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": site.url("/")}])


def _drop(page: Page, files: list[tuple[str, str, bytes]]) -> None:
    """Let go of files over the drop area, as a mouse does."""
    given = [{"name": name, "type": kind, "data": base64.b64encode(data).decode()} for name, kind, data in files]
    transfer = page.evaluate_handle(
        """(files) => {
          const transfer = new DataTransfer();
          for (const { name, type, data } of files) {
            const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
            transfer.items.add(new File([bytes], name, { type }));
          }
          return transfer;
        }""",
        given,
    )
    page.dispatch_event("[data-drop]", "dragenter", {"dataTransfer": transfer})
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": transfer})


def test_pictures_are_dropped_judged_one_by_one_and_described(site: Any, open_page: Callable[..., Page]) -> None:
    page, watch = open_page(), Watch()
    watch.over(page)
    _enter(page, site)
    page.goto(site.url(LIST))
    good = png_bytes((11, 12, 13), (300, 200))
    _drop(page, [("cho.png", "image/png", good), ("may.jpg", "image/jpeg", PROGRAM), ("lai.png", "image/png", good)])
    expect(page.locator("[data-drop-status]")).to_have_text("Xong: nhận 2/3 tệp.")
    lines = page.locator(".results__line")
    expect(lines.nth(0)).to_contain_text("Đã tải lên.")
    expect(lines.nth(1)).to_contain_text("một chương trình mang tên khác")
    expect(lines.nth(2)).to_contain_text("Đã có trong thư viện")
    page.get_by_role("link", name="Mô tả các ảnh mới").click()
    page.get_by_label("Mô tả ảnh").fill("Chợ Đông Ba buổi sáng")
    page.get_by_role("button", name="Lưu lời mô tả").click()
    expect(page.get_by_text("Đã mô tả 1 ảnh.")).to_be_visible()
    expect(page.get_by_text("Chợ Đông Ba buổi sáng")).to_be_visible()
    assert watch.complaints == []


def test_the_focal_point_follows_a_click_and_the_numbers(site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page()
    _enter(page, site)
    page.goto(site.url(f"{LIST}{site.cast.a.picture.pk}/change/"))
    box = page.locator("[data-focal]").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.9, box["y"] + box["height"] * 0.1)
    assert abs(int(page.locator("#id_focal_x").input_value()) - 90) <= 1
    assert abs(int(page.locator("#id_focal_y").input_value()) - 10) <= 1
    page.locator("#id_focal_x").fill("20")
    assert page.locator(".focal-mark").evaluate("mark => mark.style.left") == "20%"


def _begin(page: Page, site: Any, title: str) -> None:
    page.goto(site.url("/quan-tri/news/article/add/"))
    page.get_by_label("Tiêu đề", exact=True).fill(title)
    page.locator("#id_category").select_option(index=1)


def test_a_picture_is_chosen_for_an_article_with_the_keyboard_alone(site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page()
    _enter(page, site)
    with unit_scope(site.cast.a.unit):
        actions.add_picture(upload=io.BytesIO(png_bytes((1, 90, 1))), alt_text="Cầu Trường Tiền", caption="Cầu")
    _begin(page, site, "Bài chọn ảnh bằng bàn phím")
    opener = page.locator("[data-pick-open]")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Chọn ảnh trong thư viện")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("truong tien")
    page.keyboard.press("Enter")
    expect(dialog.locator("li")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator("[data-pick-chosen]")).to_contain_text("Cầu Trường Tiền")
    expect(page.locator("#id_alt_text")).to_have_value("Cầu Trường Tiền")
    page.get_by_role("button", name="Lưu nháp").click()
    page.wait_for_url("**/change/**")
    with unit_scope(site.cast.a.unit):
        article = Article.objects.select_related("picture").latest("pk")
        assert article.picture is not None
        assert article.picture.alt_text == "Cầu Trường Tiền"


def test_a_picture_from_the_library_goes_into_the_text(site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page()
    _enter(page, site)
    _begin(page, site, "Bài có ảnh trong chữ")
    page.locator(".cke_button__conglibrary").click()
    page.get_by_role("dialog", name="Chọn ảnh trong thư viện").locator("li button").first.click()
    picture = page.frame_locator("iframe.cke_wysiwyg_frame").locator("figure img")
    expect(picture).to_have_attribute("alt", site.cast.a.picture.alt_text)
    page.get_by_role("button", name="Lưu nháp").click()
    page.wait_for_url("**/change/**")
    with unit_scope(site.cast.a.unit):
        body = Article.objects.latest("pk").body
    assert f'src="{site.cast.a.picture.url}"' in body
    assert "<figcaption>" in body


def test_an_albums_order_is_changed_by_buttons_that_the_keyboard_reaches(
    site: Any, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    _enter(page, site)
    with unit_scope(site.cast.a.unit):
        second = actions.add_picture(upload=io.BytesIO(png_bytes((90, 1, 1))), alt_text="Cổng làng")
        album = make_album(site.cast.a)
    page.goto(site.url(f"/quan-tri/news/album/{album.pk}/change/"))
    page.get_by_role("button", name="Thêm ảnh từ thư viện").click()
    page.get_by_role("dialog").get_by_role("button", name="Cổng làng").click()
    added = page.locator(f'[data-album-line="{second.pk}"]')
    expect(added).to_be_visible()
    added.locator("[data-album-up]").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.wait_for_url("**/quan-tri/news/album/")
    with unit_scope(site.cast.a.unit):
        rows = AlbumPicture.objects.of_album(Album.objects.get(pk=album.pk))
        assert [row.picture_id for row in rows] == [second.pk, site.cast.a.picture.pk]


@pytest.mark.parametrize("width", [1280, 820])
def test_the_librarys_screens_fit_their_windows(site: Any, open_page: Callable[..., Page], width: int) -> None:
    page, watch = open_page(width=width), Watch()
    watch.over(page)
    _enter(page, site)
    with unit_scope(site.cast.a.unit):
        album = make_album(site.cast.a)
        key = Picture.objects.latest("pk").pk
    for path in (LIST, f"{LIST}add/", f"{LIST}mo-ta/", f"{LIST}{key}/change/", f"/quan-tri/news/album/{album.pk}/change/",
                 "/quan-tri/news/video/add/", "/quan-tri/news/attachment/add/"):  # fmt: skip
        page.goto(site.url(path))
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path
    assert watch.complaints == []
