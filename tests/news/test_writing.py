"""The form while one writes: address, spelling, pasted pictures, texts without end, remarks."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from tests.factories.cast import Cast
from tests.factories.writers import Writer, autosave, change, draft_of, presence, text_of
from units.enums import Role


@pytest.fixture
def author(cast: Cast) -> Writer:
    return Writer(cast.a, Role.AUTHOR)


@pytest.fixture
def editor(cast: Cast) -> Writer:
    return Writer(cast.a, Role.EDITOR)


def test_the_address_follows_the_title_until_it_is_written_by_hand_or_published(cast: Cast, editor: Writer) -> None:
    article = draft_of(cast.a)
    editor.post(change(article), **text_of(article, title="Lễ hội Đền Huyền Trân"))
    assert draft_of(cast.a).slug == "le-hoi-den-huyen-tran"
    editor.post(change(article), **text_of(draft_of(cast.a), title="Tên khác", slug="Hội Đền/2026"))
    assert draft_of(cast.a).slug == "hoi-den-2026"
    page = editor.get(change(article))
    assert page.context["adminform"].form["slug"].value() == "hoi-den-2026"
    approver = Writer(cast.a, Role.APPROVER)
    form = approver.get(change(cast.a.article)).context["adminform"].form
    assert "slug" not in form.fields


def test_decomposed_letters_are_composed_on_saving(cast: Cast, editor: Writer) -> None:
    article = draft_of(cast.a)
    words = {name: unicodedata.normalize("NFD", text) for name, text in
             {"title": "Lễ hội đèn lồng Huế", "summary": "Tổ chức ở Thuận An", "body": "<p>Mời bà con</p>"}.items()}  # fmt: skip
    editor.post(change(article), **text_of(article, **words))
    saved = draft_of(cast.a)
    for text in (saved.title, saved.summary, saved.body):
        assert text == unicodedata.normalize("NFC", text)
    assert saved.slug == "le-hoi-den-long-hue"


def test_pasted_pictures_are_left_out_and_the_clerk_is_told_what_to_do(cast: Cast, editor: Writer) -> None:
    article = draft_of(cast.a)
    body = '<p>a</p><img src="data:image/png;base64,AAAA"><img src="file:///C:/a.png">'
    answer = editor.post(change(article), **text_of(article, body=body), follow=True)
    assert "Đã bỏ 2 ảnh dán kèm. Tải ảnh vào thư viện" in answer.text
    assert draft_of(cast.a).body == "<p>a</p>"


def test_a_text_without_end_is_refused_with_what_to_do_and_nothing_is_lost(cast: Cast, editor: Writer) -> None:
    article = draft_of(cast.a)
    answer = editor.post(change(article), **text_of(article, body=f"<p>{'chữ ' * 300_000}</p>"))
    assert "Nội dung dài 1.200.00" in answer.text
    assert "Chia thành nhiều bài" in answer.text
    assert draft_of(cast.a).body == cast.a.draft.body


def test_a_body_over_the_limit_of_the_server_gets_a_page_that_helps(cast: Cast, editor: Writer) -> None:
    article = draft_of(cast.a)
    editor.client.raise_request_exception = False
    answer = editor.post(change(article), **text_of(article, body="x" * (6 * 1024 * 1024)))
    assert answer.status_code == 413
    assert "Nội dung vừa gửi dài quá" in answer.text
    assert f'href="{change(article)}"' in answer.text


def test_remarks_stand_on_the_page_without_a_script_and_are_answered_to_the_script(cast: Cast, editor: Writer) -> None:
    article = draft_of(cast.a)
    body = '<h4>Mục</h4><p>Xem <a href="/x/">tại đây</a></p>'
    page = editor.post(change(article), **text_of(article, body=body), follow=True)
    assert "Tiêu đề mục nhảy bậc" in page.text
    assert "Liên kết chỉ ghi “tại đây”" in page.text
    answer = editor.post("/quan-tri/news/article/kiem-tra/", title="Tên", summary="Tóm tắt", body=body)
    assert "Tiêu đề mục nhảy bậc" in answer.json()["html"]
    mended = editor.post(
        "/quan-tri/news/article/sua-giup/", field="body", code="heading-level", number=0, excerpt="Mục", text=body
    )
    assert mended.json()["text"].startswith("<h2>Mục</h2>")
    stale = editor.post(
        "/quan-tri/news/article/sua-giup/", field="body", code="heading-level", number=0, text="<p>a</p>"
    )
    assert stale.status_code == 409
    assert "Chỗ này đã đổi" in stale.json()["error"]


def test_remarks_are_for_those_who_write_here(cast: Cast) -> None:
    guest = Writer(cast.b, Role.AUTHOR, host=cast.a)
    for path in ("kiem-tra", "sua-giup"):
        assert guest.post(f"/quan-tri/news/article/{path}/", body="<p>a</p>").status_code == 302
        assert Writer(cast.a, Role.AUTHOR).get(f"/quan-tri/news/article/{path}/").status_code == 405


def test_the_edit_screen_costs_a_bounded_number_of_queries(
    cast: Cast, editor: Writer, django_assert_max_num_queries: Any
) -> None:
    author = Writer(cast.a, Role.AUTHOR)
    author.post(presence(cast.a.draft))
    editor.post(autosave(cast.a.draft), **text_of(cast.a.draft))
    editor.get(change(cast.a.draft))
    with django_assert_max_num_queries(30):
        editor.get(change(cast.a.draft))
