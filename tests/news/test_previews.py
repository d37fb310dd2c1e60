"""Looking at a text before citizens do: beside the form, and by a link for somebody without an account."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from news.models import Article, ArticleVersion, DraftAutosave, Picture, Tag
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.pictures import png_bytes
from tests.factories.sweeps import assert_nothing_of
from tests.news.test_admin import Clerk
from units.enums import Role

pytestmark = pytest.mark.anywhere

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"


def _frames(text: str) -> list[str]:
    return [html.unescape(found) for found in re.findall(r'srcdoc="([^"]*)"', text)]


@pytest.fixture
def editor(cast: Cast) -> Clerk:
    return Clerk(cast.a, Role.EDITOR)


def test_the_saved_text_is_shown_as_citizens_will_see_it_in_two_widths(editor: Clerk) -> None:
    draft = editor.house.draft
    response = editor.get(f"/quan-tri/news/article/{draft.pk}/xem-truoc/")
    frames = _frames(response.text)
    assert len(frames) == 2
    assert frames[0] == frames[1]
    assert 'width="390"' in response.text
    assert 'width="1280"' in response.text
    assert f"<h1>{draft.title}</h1>" in frames[0]
    assert "Bản xem trước, chưa đăng" in frames[0]
    assert "noindex" in frames[0]
    assert '<base target="_blank">' in frames[0], "a link opens beside the preview, not as a refusal inside it"
    assert "css/news.css" in frames[0], "with the public pages' own styles"
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Frame-Options"] == "DENY", "the frames need no address of their own"
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_what_stands_in_the_form_is_shown_and_nothing_of_it_is_kept(editor: Clerk) -> None:
    house = editor.house

    def state() -> list[Any]:
        with unit_scope(house.unit):
            return [
                list(Article.objects.order_by("pk").values()), ArticleVersion.objects.count(), Picture.objects.count(),
                Tag.objects.count(), DraftAutosave.objects.count(), AuditEntry.objects.count(),
            ]  # fmt: skip

    before = state()
    upload = SimpleUploadedFile("anh.png", png_bytes((1, 2, 3)), content_type="image/png")
    data = editor.article(
        title="Tiêu đề chưa lưu", body="<h1>Mục lớn</h1><p>Chưa lưu.</p>", tag_names="thẻ chưa lưu", upload=upload,
        alt_text="Ảnh chưa lưu",
    )  # fmt: skip
    for path in (f"/quan-tri/news/article/{house.draft.pk}/xem-truoc/", "/quan-tri/news/article/xem-truoc/"):
        upload.seek(0)
        response = editor.client.post(path, data, headers={"host": house.host})
        page = _frames(response.text)[0]
        for words in ("<h1>Tiêu đề chưa lưu</h1>", "<h2>Mục lớn</h2>", "thẻ chưa lưu", 'alt="Ảnh chưa lưu"'):
            assert words in page, (path, words)
        assert "data:image/webp;base64," in page
        assert house.draft.title not in page
        assert state() == before


def test_an_unfinished_form_is_shown_as_far_as_it_goes(editor: Clerk) -> None:
    for data in ({}, {"title": "", "category": "999999", "upload": "x"}, {"body": "<p>Chỉ có chữ.</p>"}):
        for path in (f"/quan-tri/news/article/{editor.house.draft.pk}/xem-truoc/", "/quan-tri/news/article/xem-truoc/"):
            response = editor.client.post(path, data, headers={"host": editor.house.host})
            assert response.status_code == 200, (path, data)
            assert data.get("body", "") in _frames(response.text)[0]


@pytest.mark.parametrize("field", ["title", "summary", "body", "author_name", "source_name", "tag_names", "caption"])
def test_hostile_input_stays_words_in_the_frame_and_never_leaves_it(editor: Clerk, field: str) -> None:
    data = editor.article(**{field: HOSTILE})
    response = editor.client.post("/quan-tri/news/article/xem-truoc/", data, headers={"host": editor.house.host})
    assert response.status_code == 200
    assert "<script>alert" not in response.text
    assert "<img src=x" not in response.text
    page = _frames(response.text)[0]
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_five_megabytes_are_shown_or_refused_with_a_page(editor: Clerk) -> None:
    data = editor.article(body="<p>" + "dài " * 700_000 + "</p>")
    response = editor.client.post("/quan-tri/news/article/xem-truoc/", data, headers={"host": editor.house.host})
    assert response.status_code in {200, 400, 413}


def test_only_who_may_change_the_text_previews_a_form_over_it(cast: Cast) -> None:
    author = Clerk(cast.a, Role.AUTHOR)
    path = f"/quan-tri/news/article/{cast.a.article.pk}/xem-truoc/"
    assert author.get(path).status_code == 200
    assert author.client.post(path, author.article(), headers={"host": cast.a.host}).status_code == 403
    path = f"/quan-tri/news/article/{cast.b.draft.pk}/xem-truoc/"
    for response in (author.get(path), author.client.post(path, author.article(), headers={"host": cast.a.host})):
        assert response.status_code == 404
        assert_nothing_of(cast.b, response, path)
    stranger = Client()
    answer = stranger.get("/quan-tri/news/article/xem-truoc/", headers={"host": cast.a.host})
    assert answer.status_code == 302
    assert "/login/" in answer.headers["Location"]


def test_a_preview_needs_the_forms_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.a.admin)
    answer = client.post("/quan-tri/news/article/xem-truoc/", {"title": "x"}, headers={"host": cast.a.host})
    assert answer.status_code == 403


def test_the_form_has_the_button_and_it_works_without_a_script(editor: Clerk) -> None:
    text = editor.get(f"/quan-tri/news/article/{editor.house.draft.pk}/change/").text
    assert f'formaction="/quan-tri/news/article/{editor.house.draft.pk}/xem-truoc/" formtarget="_blank"' in text
    assert "thẻ mới" in text
    assert 'formaction="/quan-tri/news/article/xem-truoc/"' in editor.get("/quan-tri/news/article/add/").text
