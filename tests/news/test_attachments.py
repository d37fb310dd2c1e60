"""Attachments: checked by content, named for readers, in the editor's order, sent as downloads, gone when deleted."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news import actions
from news.models import Article, ArticleAttachment, Attachment
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.media import PROGRAM, docx_bytes, make_attachment, pdf_bytes
from tests.factories.visits import body_of, visit
from tests.news.test_admin import Clerk
from units.enums import Role

ADD = "/quan-tri/news/attachment/add/"
ARTICLE_ADD = "/quan-tri/news/article/add/"


def _file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


@pytest.fixture
def editor(cast: Cast) -> Clerk:
    return Clerk(cast.a, Role.EDITOR)


def test_an_article_names_its_files_with_type_pages_and_size(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        row = make_attachment(cast.a)
    page = visit(cast.a.host, cast.a.article.get_absolute_url()).text
    assert "Tệp đính kèm" in page
    assert row.title in page
    assert "(PDF, 3 trang, " in page
    assert row.url in page
    assert "Tệp đính kèm" not in visit(cast.a.host, cast.a.articles[1].get_absolute_url()).text


def test_a_file_is_a_download_under_a_readable_name(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        row = make_attachment(cast.a, title='Kế hoạch "số 5"')
    response = visit(cast.a.host, row.url)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="ke-hoach-so-5.pdf"; '
        "filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch%20%22s%E1%BB%91%205%22.pdf"
    )
    assert visit(cast.b.host, row.url).status_code == 404
    assert "Kế hoạch" not in row.url


def test_behind_nginx_the_file_is_handed_over_with_its_name(cast: Cast, settings: Any) -> None:
    settings.MEDIA_ACCEL = "/_media/"
    with unit_scope(cast.a.unit):
        row = make_attachment(cast.a)
    response = visit(cast.a.host, row.url)
    assert response.headers["X-Accel-Redirect"].endswith(".pdf")
    assert response.headers["Content-Disposition"].startswith("attachment;")


def test_a_deleted_file_is_not_found_any_more(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    clerk = Clerk(cast.a, Role.UNIT_ADMIN)
    with unit_scope(cast.a.unit):
        row = make_attachment(cast.a)
    path = f"/quan-tri/news/attachment/{row.pk}/delete/"
    assert "Chưa xóa được" in clerk.get(path).text
    clerk.post(path, {"post": "yes"})
    assert visit(cast.a.host, row.url).status_code == 200
    with unit_scope(cast.a.unit):
        with pytest.raises(ValidationError, match="đang ở trong bài"):
            actions.delete_attachment(attachment=row, actor=None)
        actions.set_attachments(article=cast.a.article, attachments=[], actor=None)
    with django_capture_on_commit_callbacks(execute=True):
        clerk.post(path, {"post": "yes"})
    assert visit(cast.a.host, row.url).status_code == 404


def test_several_files_at_once_are_each_taken_or_refused(editor: Clerk) -> None:
    content = pdf_bytes(2, words="lan dau")
    files = [
        _file("Quyet_dinh.pdf", content), _file("bang-luong.docx", PROGRAM), _file("lai.pdf", content),
        _file("co-macro.docx", docx_bytes(more={"word/vbaProject.bin": b"x"})),
    ]  # fmt: skip
    response = editor.client.post(ADD, {"files": files}, headers={"host": editor.house.host})
    for words in ("Đã tải lên.", "một chương trình mang tên khác", "Đã có trong thư viện", "Tệp này có macro"):
        assert words in response.text
    with unit_scope(editor.house.unit):
        assert [row.title for row in Attachment.objects.all()] == ["Quyet dinh"]


def _written(clerk: Clerk, **more: Any) -> Article:
    clerk.post(ARTICLE_ADD, clerk.article(_save="1", **more))
    with unit_scope(clerk.house.unit):
        return Article.objects.latest("pk")


def _titles(clerk: Clerk, article: Article) -> list[str]:
    with unit_scope(clerk.house.unit):
        return [link.attachment.title for link in ArticleAttachment.objects.of_article(article)]


def test_files_come_with_the_article_change_their_order_and_go(editor: Clerk) -> None:
    one, two = _file("Một.pdf", pdf_bytes(1, words="1")), _file("Hai.docx", docx_bytes("2"))
    article = _written(editor, new_files=[one, two], attachments_shown="1")
    assert _titles(editor, article) == ["Một", "Hai"]
    with unit_scope(editor.house.unit):
        first, second = (link.attachment_id for link in ArticleAttachment.objects.of_article(article))
    path = f"/quan-tri/news/article/{article.pk}/change/"
    page = editor.get(path).text
    assert f'name="attachments_order_{first}" value="1"' in page
    order = {f"attachments_order_{first}": "2", f"attachments_order_{second}": "1", "attachments_shown": "1"}
    current = {"base_version": "1"}
    editor.post(path, editor.article(_save="1", attachments=[first, second], **order, **current))
    assert _titles(editor, article) == ["Hai", "Một"]
    editor.post(path, editor.article(_save="1", attachments=[second], attachments_shown="1", base_version="2"))
    assert _titles(editor, article) == ["Hai"]
    editor.post(path, editor.article(_save="1", base_version="3"))
    assert _titles(editor, article) == ["Hai"], "a form that does not show the list leaves it"


def test_a_refused_file_stores_nothing_and_says_which_one(editor: Clerk) -> None:
    files = [_file("tot.pdf", pdf_bytes(1)), _file("xau.pdf", pdf_bytes(running="script"))]
    response = editor.post(ARTICLE_ADD, editor.article(_save="1", new_files=files))
    assert "xau.pdf: PDF này có phần tự chạy" in response.text
    with unit_scope(editor.house.unit):
        assert not Attachment.objects.exists()


def test_another_units_file_is_refused_in_the_form(cast: Cast, editor: Clerk) -> None:
    with unit_scope(cast.b.unit):
        theirs = make_attachment(cast.b)
    response = editor.post(ARTICLE_ADD, editor.article(_save="1", attachments=[theirs.pk], attachments_shown="1"))
    assert "không còn trong thư viện" in response.text
    assert cast.b.marker not in body_of(response)


def test_readers_see_the_name_that_editors_give(editor: Clerk) -> None:
    with unit_scope(editor.house.unit):
        row = make_attachment(editor.house)
    visit(editor.house.host, editor.house.article.get_absolute_url())
    editor.post(f"/quan-tri/news/attachment/{row.pk}/change/", {"title": "Biểu mẫu mới"})
    assert "Biểu mẫu mới" in visit(editor.house.host, editor.house.article.get_absolute_url()).text


def test_an_article_costs_the_same_with_one_file_and_with_three(cast: Cast) -> None:
    def queries() -> int:
        from django.core.cache import caches

        caches["pages"].clear()
        with CaptureQueriesContext(connection) as captured:
            visit(cast.a.host, cast.a.article.get_absolute_url())
        return len(captured)

    with unit_scope(cast.a.unit):
        rows = [
            actions.take_attachment(upload=io.BytesIO(data), name=f"{n}.pdf", size=len(data), actor=None)[0]
            for n in range(3)
            if (data := pdf_bytes(1, words=str(n)))
        ]
        actions.set_attachments(article=cast.a.article, attachments=rows[:1], actor=None)
    queries()
    one = queries()
    with unit_scope(cast.a.unit):
        actions.set_attachments(article=cast.a.article, attachments=rows, actor=None)
    assert queries() <= one
