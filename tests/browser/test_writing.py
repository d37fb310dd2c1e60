"""Writing in a real browser: pasting, unsaved words, leaving, two people at one article, keyboard only, axe."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Dialog, Page, expect

from news.models import Article, DraftAutosave
from portal.core.tenancy import unit_scope
from tests.browser.conftest import Watch
from units.enums import Role

ADD = "/quan-tri/news/article/add/"
WORD = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><body><!--[if gte mso 9]><xml><w:View>Normal</w:View></xml>"
    "<![endif]--><h1>I. Mục đích<o:p></o:p></h1><p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Tàu thuyền</b>"
    "&nbsp;&nbsp; vào bờ.<o:p></o:p></p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]>"
    "<span style='mso-list:Ignore'>·&nbsp;</span><![endif]>Âu thuyền Phú Hải</p>"
    "<p><img src='data:image/png;base64,iVBORw0KGgo='></p><p><a href='javascript:alert(1)'>bấm</a></p></body></html>"
)
PASTE = """html => {
  const body = CKEDITOR.instances.id_body.document.$.body, clipboard = new DataTransfer();
  CKEDITOR.instances.id_body.focus();
  clipboard.setData('text/html', html);
  body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: clipboard, bubbles: true, cancelable: true}));
}"""
BODY = "CKEDITOR.instances.id_body.getData().replace(/\\n\\s*/g, '')"


def sign_in(page: Page, site: Any, role: Role) -> None:
    """A session of one of Thuận An's people, without typing a password."""
    client = Client()
    client.force_login(site.cast.a.people[role])
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": site.url("/")}])


def open_form(page: Page, site: Any, path: str) -> None:
    page.goto(site.url(path))
    expect(page.frame_locator("iframe.cke_wysiwyg_frame").locator("body[contenteditable=true]")).to_be_visible()
    page.wait_for_timeout(300)


@pytest.fixture
def write(site: Any, open_page: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """A page with a form open in it, as one of the unit's people."""
    pages: list[Page] = []

    def start(path: str = ADD, role: Role = Role.EDITOR, **options: Any) -> Page:
        page = open_page(**options)
        pages.append(page)
        sign_in(page, site, role)
        open_form(page, site, path)
        return page

    yield start
    # A page that is left says so to the server, which must have heard it before the database is emptied.
    for page in pages:
        for tab in page.context.pages:
            tab.close()
    time.sleep(0.5)


def change(site: Any) -> str:
    return f"/quan-tri/news/article/{site.cast.a.draft.pk}/change/"


def test_a_pasted_word_document_is_clean_at_once_and_says_what_was_left_out(write: Callable[..., Page]) -> None:
    page = write()
    page.evaluate(PASTE, WORD)
    expect(page.locator("[data-editor-note]")).to_contain_text("Đã bỏ 1 ảnh dán kèm")
    expect(page.locator("[data-editor-note]")).to_contain_text("Đã bỏ 1 liên kết")
    assert page.evaluate(BODY) == (
        "<h2>I. Mục đích</h2><p><strong>Tàu thuyền</strong> vào bờ.</p><ul><li>Âu thuyền Phú Hải</li></ul><p>bấm</p>"
    )


def test_what_was_typed_is_found_again_after_the_tab_was_closed(site: Any, write: Callable[..., Page]) -> None:
    page = write()
    page.fill("#id_title", "Bài viết dở")
    expect(page.locator("[data-autosave-status]")).to_contain_text("Đã tự lưu lúc", timeout=15_000)
    context = page.context
    page.close()
    page = context.new_page()
    open_form(page, site, ADD)
    page.get_by_role("link", name="Bài viết dở").click()
    expect(page.locator("#id_title")).to_have_value("Bài viết dở")
    expect(page.locator("main")).to_contain_text("Đây là bản tự lưu")


def test_without_a_network_the_words_stay_in_this_browser_and_are_offered_again(
    site: Any, write: Callable[..., Page]
) -> None:
    page = write(change(site))
    page.context.set_offline(True)
    page.fill("#id_title", "Gõ khi mất mạng")
    expect(page.locator("[data-autosave-status]")).to_contain_text("máy mất mạng", timeout=15_000)
    context = page.context
    page.close()
    context.set_offline(False)
    page = context.new_page()
    open_form(page, site, change(site))
    offer = page.locator("[data-local-copy]")
    expect(offer).to_be_visible()
    offer.get_by_role("button", name="Lấy lại chữ này").click()
    expect(page.locator("#id_title")).to_have_value("Gõ khi mất mạng")


def test_leaving_warns_only_when_something_changed_and_not_after_saving(site: Any, write: Callable[..., Page]) -> None:
    page = write(change(site))
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.locator("body").click(position={"x": 5, "y": 5})
    page.goto(site.url("/quan-tri/"))
    assert asked == []
    open_form(page, site, change(site))
    page.fill("#id_summary", "Đã đổi")
    page.goto(site.url("/quan-tri/"))
    assert asked == ["beforeunload"]
    open_form(page, site, change(site))
    page.fill("#id_summary", "Đổi rồi lưu")
    page.keyboard.press("Control+s")
    expect(page.locator("main")).to_contain_text("Đã lưu.")
    assert asked == ["beforeunload"]


def test_two_people_see_each_other_and_a_save_meanwhile(site: Any, write: Callable[..., Page]) -> None:
    author = write(change(site), Role.AUTHOR)
    editor = write(change(site), Role.EDITOR)
    expect(editor.locator("[data-presence]")).to_contain_text("đang mở bài này")
    editor.fill("#id_title", "Biên tập lưu trước")
    editor.keyboard.press("Control+s")
    expect(editor.locator("main")).to_contain_text("Đã lưu.")
    author.fill("#id_title", "Tác giả lưu sau")
    expect(author.locator("[data-presence]")).to_contain_text("vừa lưu bản", timeout=30_000)
    author.keyboard.press("Control+s")
    expect(author.locator("main")).to_contain_text("Hai người cùng sửa bài này")
    expect(author.locator("#id_title")).to_have_value("Tác giả lưu sau")
    author.get_by_role("button", name="Lưu đè sau khi đã xem").click()
    expect(author.locator("main")).to_contain_text("Đã lưu.")
    with unit_scope(site.cast.a.unit):
        assert Article.objects.get(pk=site.cast.a.draft.pk).title == "Tác giả lưu sau"


def test_with_the_keyboard_alone_a_remark_is_reached_and_mended(site: Any, write: Callable[..., Page]) -> None:
    page = write()
    page.fill("#id_title", "Lịch họp")
    page.evaluate("CKEDITOR.instances.id_body.setData('<p>Mở đầu.</p><h4>Chương trình</h4><p>Nội dung.</p>')")
    remark = page.locator(".finding", has_text="nhảy bậc")
    expect(remark).to_be_visible(timeout=15_000)
    remark.locator("[data-goto]").focus()
    page.keyboard.press("Enter")
    selected = "CKEDITOR.instances.id_body.getSelection().getSelectedText().trim()"
    assert page.evaluate(selected) == "Chương trình"
    remark.locator("[data-mend]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".finding", has_text="nhảy bậc")).to_have_count(0)
    assert "<h2>Chương trình</h2>" in page.evaluate(BODY)
    # The place of the list keeps the focus: whoever mends goes on from there.
    assert page.evaluate("document.activeElement.id") == "nen-xem-lai"


def test_the_address_is_shown_while_the_title_is_typed(write: Callable[..., Page]) -> None:
    page = write()
    page.select_option("#id_category", index=1)
    page.fill("#id_title", "Lễ hội Đền Huyền Trân")
    expect(page.locator("[data-address-words]")).to_contain_text("/le-hoi-den-huyen-tran-…/")
    page.get_by_text("Sửa phần cuối địa chỉ").click()
    page.fill("#id_slug", "hoi den 2026")
    expect(page.locator("[data-address-words]")).to_contain_text("/hoi-den-2026-…/")


def test_the_screen_works_without_a_script(site: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, site, Role.EDITOR)
    page.goto(site.url(change(site)))
    page.fill("#id_title", "Không có kịch bản")
    page.get_by_role("button", name="Lưu nháp").click()
    expect(page.locator("main")).to_contain_text("Đã lưu.")
    expect(page.locator("[data-mend]:visible")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 820, 390])
def test_the_screen_is_clean_for_axe_and_fits(site: Any, write: Callable[..., Page], width: int) -> None:
    with unit_scope(site.cast.a.unit):
        DraftAutosave.objects.create(
            user=site.cast.a.people[Role.EDITOR],
            form_key="new:a",
            data={"title": "Bài dở"},
            saved_at=site.cast.a.draft.edited_at,
        )
    page = write(width=width)
    watch = Watch()
    watch.over(page)
    page.evaluate("CKEDITOR.instances.id_body.setData('<h4>MỤC TOÀN CHỮ HOA</h4><p>a</p>')")
    expect(page.locator(".finding").first).to_be_visible(timeout=15_000)
    # CKEditor's own frame and hidden helpers are its makers'.
    results = Axe().run(page, context={"exclude": [[".cke"]]}, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]})
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert watch.complaints == []
