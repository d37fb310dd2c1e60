"""The whole way of one article through the browser, with a real editor, a real broker and everybody at their own desk.

An author writes with a pasted piece of Word and a picture, the editor sends it back, the author mends it, the approver
schedules it, the clock publishes it, a citizen reads it, the editor corrects it, the approver withdraws it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from news.enums import ArticleStatus
from news.models import Article, ArticleTransition, ArticleVersion
from news.tasks.publishing import turn_clocks
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW
from tests.factories.pictures import png_bytes
from tests.factories.worker import forget_messages, work_off
from units.enums import Role

pytestmark = pytest.mark.slow

TITLE = "Mở lớp dạy nghề đan lưới"
WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><!--[if gte mso 9]><xml><o:p></o:p></xml><![endif]-->'
    "<style>p.MsoNormal{margin:0}</style></head><body><!--StartFragment-->"
    '<p class="MsoNormal" style="font-family:Times"><b><span style="font-size:14pt">Lớp học</span></b> mở ở nhà sinh hoạt '
    "cộng đồng.<o:p></o:p></p>"
    '<p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">-<span>&nbsp; </span></span>'
    "Học viên từ 18 tuổi</p>"
    '<p class="MsoNormal"><a href="javascript:alert(1)">Đăng ký</a> tại bộ phận một cửa.</p>'
    '<p class="MsoNormal"><img src="data:image/png;base64,iVBORw0KGgo="></p><!--EndFragment--></body></html>'
)
PASTE = """html => {
  const editor = CKEDITOR.instances.id_body;
  editor.focus();
  const transfer = new CKEDITOR.plugins.clipboard.dataTransfer();
  transfer.setData("text/html", html);
  editor.fire("paste", {type: "auto", method: "paste", dataValue: html, dataTransfer: transfer});
}"""
REMARK = "Ghi rõ ngày khai giảng."
CORRECTION = "Sửa số buổi học: 24 buổi, không phải 20."
MENDED = "Khai giảng ngày 01/12/2026, học 20 buổi tối."


@pytest.fixture
def at_desk(site: Any, open_page: Callable[..., Page]) -> Callable[[Role], Page]:
    """Open the administration of Thuận An as somebody of its board."""

    def sit_down(role: Role) -> Page:
        page = open_page()
        client = Client()
        client.force_login(site.cast.a.people[role])
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.url("/")}
        page.context.add_cookies([cookie])  # type: ignore[list-item]  # a dict of the right keys
        return page

    return sit_down


def _article(site: Any) -> Article:
    with unit_scope(site.cast.a.unit):
        return Article.objects.select_related("category", "picture").latest("pk")


def _change_url(site: Any, article: Article) -> str:
    return site.url(f"/quan-tri/news/article/{article.pk}/change/")


def _until(page: Page, expression: str) -> None:
    """Wait for an expression to become true; `wait_for_function` needs eval, which the page's own policy refuses."""
    for _attempt in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never true: {expression}")


def _editor_ready(page: Page) -> None:
    _until(page, "window.CKEDITOR?.instances?.id_body?.status === 'ready'")


def _write(page: Page, site: Any) -> None:
    page.goto(site.url("/quan-tri/news/article/add/"))
    _editor_ready(page)
    page.fill("#id_title", TITLE)
    page.fill("#id_summary", "Phường mở lớp miễn phí cho người lao động vùng phá.")
    page.evaluate(PASTE, WORD)
    _until(page, "CKEDITOR.instances.id_body.getData().includes('Học viên từ 18 tuổi')")
    page.select_option("#id_category", str(site.cast.a.notices.pk))
    page.set_input_files("#id_upload", {"name": "IMG_0001.png", "mimeType": "image/png", "buffer": png_bytes()})
    page.fill("#id_alt_text", "Hai người đan lưới bên phá")
    page.click("button.btn[name=_submit]")
    expect(page.locator("h1 .tag")).to_have_text("Chờ duyệt")


def _written(site: Any, author: Page) -> Article:
    _write(author, site)
    article = _article(site)
    assert "<strong>Lớp học</strong>" in article.body
    assert "<li>Học viên từ 18 tuổi</li>" in article.body
    assert not re.search(r"mso|Mso|javascript|base64|style=|<o:p>", article.body)
    assert article.picture is not None
    assert "IMG_0001" not in str(article.picture.file.name)
    return article


def _sent_back(site: Any, article: Article, editor: Page, author: Page) -> None:
    """With a remark that the author sees on the desk and above the text."""
    editor.goto(site.url(f"/quan-tri/news/article/{article.pk}/duyet/"))
    editor.fill("#id_reason", REMARK)
    editor.click("#review_form button[type=submit]")
    author.goto(site.url("/quan-tri/"))
    expect(author.locator("main")).to_contain_text(TITLE)
    author.goto(_change_url(site, article))
    expect(author.locator("main")).to_contain_text(REMARK)


def _mended(author: Page) -> None:
    _editor_ready(author)
    author.evaluate(
        "words => CKEDITOR.instances.id_body.setData(CKEDITOR.instances.id_body.getData() + `<p>${words}</p>`)", MENDED
    )
    _until(author, "CKEDITOR.instances.id_body.getData().includes('Khai giảng')")
    author.click("button.btn[name=_submit]")
    expect(author.locator("h1 .tag")).to_have_text("Chờ duyệt")


def _scheduled(site: Any, article: Article, approver: Page) -> None:
    """Without the secrecy check nothing happens."""
    approver.goto(site.url(f"/quan-tri/news/article/{article.pk}/duyet/"))
    approver.check("input[name=decision][value=schedule]")
    approver.fill("#id_at", "2026-11-24T08:00")
    approver.click("#review_form button[type=submit]")
    expect(approver.locator("main")).to_contain_text("đánh dấu đã kiểm tra bí mật nhà nước")
    approver.check("#id_secrecy")
    approver.click("#review_form button[type=submit]")
    assert _article(site).status == ArticleStatus.SCHEDULED


def _read(site: Any, article: Article, citizen: Page) -> None:
    assert _status(citizen, site.url(article.get_absolute_url())) == 200
    expect(citizen.locator("h1")).to_have_text(TITLE)
    expect(citizen.locator("article.article")).to_contain_text(MENDED)
    assert citizen.locator("article.article figure img").first.get_attribute("alt") == "Hai người đan lưới bên phá"
    citizen.goto(site.url("/"))
    expect(citizen.locator("main")).to_contain_text(TITLE)


def _corrected(site: Any, article: Article, editor: Page, citizen: Page) -> None:
    editor.goto(_change_url(site, article))
    _editor_ready(editor)
    editor.evaluate(
        "CKEDITOR.instances.id_body.setData(CKEDITOR.instances.id_body.getData().replace('20 buổi', '24 buổi'))"
    )
    _until(editor, "CKEDITOR.instances.id_body.getData().includes('24 buổi')")
    editor.fill("#id_public_note", CORRECTION)
    editor.check("input[name=note_kind][value=CORRECTION]")
    editor.click("button.btn[name=_save]")
    expect(editor.locator("main")).to_contain_text("Đã lưu")
    citizen.goto(site.url(article.get_absolute_url()))
    expect(citizen.locator("article.article")).to_contain_text("24 buổi")
    expect(citizen.locator("main")).to_contain_text(CORRECTION)


def _withdrawn(site: Any, article: Article, approver: Page, citizen: Page) -> None:
    """The page stays and says why; the lists forget it."""
    approver.goto(site.url(f"/quan-tri/news/article/{article.pk}/go/"))
    approver.check("input[name=kind][value=NOTICE]")
    approver.fill("#id_note", "Lớp đã đủ người.")
    approver.locator("main form button.btn--danger").click()
    assert _article(site).status == ArticleStatus.WITHDRAWN
    assert _status(citizen, site.url(article.get_absolute_url())) == 200
    expect(citizen.locator("main")).to_contain_text("Lớp đã đủ người.")
    citizen.goto(site.url("/tin-tuc/"))
    expect(citizen.locator("main")).not_to_contain_text(TITLE)


def _status(page: Page, address: str) -> int:
    answer = page.goto(address)
    assert answer is not None
    return answer.status


def test_the_whole_way_of_an_article(
    site: Any, at_desk: Callable[[Role], Page], open_page: Callable[..., Page], clock: Any
) -> None:
    forget_messages()
    author, citizen = at_desk(Role.AUTHOR), open_page(390)
    article = _written(site, author)
    _sent_back(site, article, at_desk(Role.EDITOR), author)
    _mended(author)
    _scheduled(site, article, at_desk(Role.APPROVER))
    assert _status(citizen, site.url(article.get_absolute_url())) == 404
    clock.move_to(NOW + timedelta(days=2, minutes=31))
    turn_clocks()
    assert "news.turn_clock" in work_off()
    _read(site, article, citizen)
    _corrected(site, article, at_desk(Role.EDITOR), citizen)
    _withdrawn(site, article, at_desk(Role.APPROVER), citizen)
    _the_way_is_written_down(site, article)


def _the_way_is_written_down(site: Any, article: Article) -> None:
    """Who, when, from where to where, why: nothing is missing, nothing stands twice."""
    people = site.cast.a.people
    with unit_scope(site.cast.a.unit):
        steps = list(ArticleTransition.objects.filter(article=article).order_by("pk").select_related("actor"))
        told = [(step.from_status, step.to_status, step.actor) for step in steps if step.from_status != step.to_status]
        assert told == [
            ("DRAFT", "SUBMITTED", people[Role.AUTHOR]),
            ("SUBMITTED", "RETURNED", people[Role.EDITOR]),
            ("RETURNED", "SUBMITTED", people[Role.AUTHOR]),
            ("SUBMITTED", "APPROVED", people[Role.APPROVER]),
            ("APPROVED", "SCHEDULED", people[Role.APPROVER]),
            ("SCHEDULED", "PUBLISHED", None),
            ("PUBLISHED", "WITHDRAWN", people[Role.APPROVER]),
        ]
        assert REMARK in {step.reason for step in steps}
        numbers = list(
            ArticleVersion.objects.filter(article=article).order_by("number").values_list("number", flat=True)
        )
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) == 3, "written, mended, corrected"
        verbs = set(AuditEntry.objects.about(article).values_list("verb", flat=True))
        assert {"article.create", "article.change", "article.withdraw"} <= verbs
