"""Where pictures are used: every place is named, and what is used is never deleted."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from news import actions
from news.models import Article, Page, Picture, PictureUse
from news.picture_places import places_of
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.media import make_album, make_video
from tests.factories.pictures import png_bytes
from tests.news.test_admin import Clerk, counts
from tests.news.test_library import newest_picture, picture_file, send_pictures
from units.enums import Role


def _labels(picture: Picture) -> list[str]:
    return [place.label for place in places_of(picture)]


def test_every_place_that_shows_a_picture_is_named_and_keeps_it(cast: Cast) -> None:
    house = cast.a
    with unit_scope(house.unit):
        picture = actions.add_picture(upload=io.BytesIO(png_bytes((3, 1, 4))), alt_text="Cầu Trường Tiền")
        assert places_of(picture) == []
        article = house.draft
        article.body = f'<p>Xem</p><p><img src="{picture.url}" alt="Cầu"></p>'
        actions.save_article(article=article, actor=house.admin)
        assert any(label.startswith("Trong bài") for label in _labels(picture))
        with pytest.raises(ValidationError, match="đang được dùng"):
            actions.delete_picture(picture=picture, actor=house.admin)
        article.body = "<p>Không còn ảnh</p>"
        actions.save_article(article=article, actor=house.admin)
        assert any(label.startswith("Trong bản cũ của bài") for label in _labels(picture))
        article.picture = picture
        actions.save_article(article=article, actor=house.admin)
        article.picture = None
        actions.save_article(article=article, actor=house.admin)
        assert any(label.startswith("Ảnh chính trong bản cũ") for label in _labels(picture))
        page = actions.save_page(page=Page(title="Bản đồ", body=f'<p><img src="{picture.small_url}" alt="x"></p>'))
        assert any(label.startswith("Trong trang") for label in _labels(picture))
        page.body = "<p>Chữ</p>"
        actions.save_page(page=page)
        assert not any(label.startswith("Trong trang") for label in _labels(picture))


def test_albums_covers_and_posters_keep_their_pictures(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        make_album(cast.a)
        make_video(cast.a)
        labels = " ".join(_labels(cast.a.picture))
    for words in ("Ảnh chính của bài", "Ảnh bìa của album", "Trong album", "Ảnh bìa của video"):
        assert words in labels


def test_the_screen_lists_where_a_picture_is_used_and_refuses_to_delete_it(cast: Cast) -> None:
    clerk = Clerk(cast.a, Role.UNIT_ADMIN)
    path = f"/quan-tri/news/picture/{cast.a.picture.pk}/"
    assert "Dùng ở đâu" in clerk.get(f"{path}change/").text
    assert cast.a.article.title in clerk.get(f"{path}change/").text
    assert "Chưa xóa được" in clerk.get(f"{path}delete/").text
    clerk.post(f"{path}delete/", {"post": "yes"})
    with unit_scope(cast.a.unit):
        assert Picture.objects.filter(pk=cast.a.picture.pk).exists()


def test_an_unused_picture_goes_with_all_its_files(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    clerk = Clerk(cast.a, Role.UNIT_ADMIN)
    before = counts(cast.a)
    send_pictures(clerk, picture_file("thua.png", png_bytes((30, 31, 32))))
    picture = newest_picture(cast.a)
    with django_capture_on_commit_callbacks(execute=True):
        response = clerk.post(f"/quan-tri/news/picture/{picture.pk}/delete/", {"post": "yes"})
    assert "Đã xóa" in response.text
    assert counts(cast.a) == before


def test_an_author_deletes_own_undescribed_uploads_only(cast: Cast) -> None:
    author, editor = Clerk(cast.a, Role.AUTHOR), Clerk(cast.a, Role.EDITOR)
    send_pictures(author, picture_file("nham.png", png_bytes((40, 41, 42))))
    path = f"/quan-tri/news/picture/{newest_picture(cast.a).pk}/delete/"
    assert editor.get(path).status_code == 403
    assert author.get(path).status_code == 200
    assert author.get(f"/quan-tri/news/picture/{cast.a.picture.pk}/delete/").status_code == 403


def test_bodies_written_in_bulk_are_noted_as_well(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        row = Article(
            category=cast.a.category, title="Nhập", summary="", status="PUBLISHED", source_ref="x:1",
            published_at=cast.a.article.published_at, body=f'<p><img src="{cast.a.picture.url}" alt="x"></p>',
        )  # fmt: skip
        actions.load_articles(articles=[row])
        assert PictureUse.objects.filter(picture=cast.a.picture, article__source_ref="x:1").exists()
