"""Renditions: the page works without them, Celery makes them once, a killed worker loses nothing."""

from __future__ import annotations

import io
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from news import actions
from news.actions.media import render
from news.models import Article, Picture
from news.tasks.media import render_pictures, sweep_renditions
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.media import photo_bytes
from tests.factories.visits import visit


def _photo(seed: int = 1, size: tuple[int, int] = (2000, 1200)) -> Picture:
    return actions.add_picture(upload=io.BytesIO(photo_bytes(seed, size)), alt_text=f"Ảnh {seed}")


def test_the_page_works_before_the_renditions_exist_and_offers_them_after(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        picture = _photo()
        Article.objects.filter(pk=cast.a.article.pk).update(picture=picture)
    path = cast.a.article.get_absolute_url()
    before = visit(cast.a.host, path).text
    assert picture.url in before
    assert "image/avif" not in before
    with unit_scope(cast.a.unit):
        assert render(picture_id=picture.pk) is True
        picture.refresh_from_db()
    after = visit(cast.a.host, path).text
    assert 'type="image/avif"' in after
    for width in (320, 640, 960, 1600):
        assert f"-{width}.avif {width}w" in after
    assert "-320.webp 320w" in after
    assert 'sizes="' in after
    for name in picture.stored_names:
        file = visit(cast.a.host, f"/media/{name}")
        assert file.status_code == 200, name
        assert visit(cast.b.host, f"/media/{name}").status_code == 404
        with Image.open(io.BytesIO(b"".join(file.streaming_content))) as image:
            assert file.headers["Content-Type"] == f"image/{str(image.format).lower()}"


def test_a_small_picture_is_not_blown_up(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        picture = _photo(2, (500, 300))
        render(picture_id=picture.pk)
        picture.refresh_from_db()
    assert [width for width, _size in picture.renditions["avif"]] == [320, 500]
    assert [width for width, _size in picture.renditions["webp"]] == [320]


def test_making_them_twice_changes_nothing_and_a_living_claim_is_left_alone(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        picture = _photo(3, (700, 400))
        Picture.objects.filter(pk=picture.pk).update(render_claimed_at=timezone.now())
        assert render(picture_id=picture.pk) is False
        dead = timezone.now() - timedelta(minutes=11)
        Picture.objects.filter(pk=picture.pk).update(render_claimed_at=dead)
        # What the dead worker had half written.
        half = str(picture.file.name).replace(".webp", "-320.avif")
        default_storage.save(half, io.BytesIO(b"half"))
        assert render(picture_id=picture.pk) is True
        assert render(picture_id=picture.pk) is False
        with default_storage.open(half) as stored:
            assert Image.open(stored).format == "AVIF"


def test_the_sweep_finds_what_no_worker_finished(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        assert Picture.objects.unrendered().count() == 1
        assert render_pictures.run() == 1
        assert render_pictures.run() == 0
    with unit_scope(cast.b.unit):
        assert Picture.objects.unrendered().count() == 1


def test_the_beat_asks_each_unit_that_has_something_to_do(cast: Cast, monkeypatch: Any) -> None:
    asked: list[dict[str, Any]] = []
    monkeypatch.setattr(render_pictures, "apply_async", lambda kwargs: asked.append(kwargs))
    assert sweep_renditions.run() == 2
    assert sorted(call["unit_id"] for call in asked) == sorted([cast.a.unit.pk, cast.b.unit.pk])


def test_a_file_that_is_gone_is_given_up_after_a_few_attempts(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        default_storage.delete(str(cast.a.picture.file.name))
        for _attempt in range(6):
            render_pictures.run()
            Picture.objects.update(render_claimed_at=None)
        assert not Picture.objects.unrendered().exists()
    assert visit(cast.a.host, "/tin-tuc/").status_code == 200


def test_a_picture_deleted_meanwhile_leaves_no_files(cast: Cast, monkeypatch: Any) -> None:
    media = import_module("news.actions.media")
    with unit_scope(cast.a.unit):
        picture = _photo(4, (700, 400))
        made = media.make_renditions

        def deleted_meanwhile(stored: Any) -> Any:
            done = made(stored)
            Picture.objects.filter(pk=picture.pk).delete()
            return done

        monkeypatch.setattr(media, "make_renditions", deleted_meanwhile)
        assert render(picture_id=picture.pk) is False
    assert not default_storage.exists(str(picture.file.name).replace(".webp", "-320.avif"))


def test_pictures_in_a_body_get_size_renditions_and_their_caption(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        picture = _photo(5, (1000, 500))
        actions.describe_picture(
            picture=picture, alt_text="Cầu", is_decorative=False, caption="Cầu <Trường Tiền>", credit="Lê B"
        )
        render(picture_id=picture.pk)
        body = f'<p>Chữ</p><p><img src="{picture.url}" alt="Cầu &amp; sông"></p><p><img src="/media/u1/x.webp" alt="lạ"></p>'
        Article.objects.filter(pk=cast.a.article.pk).update(body=body)
    page = visit(cast.a.host, cast.a.article.get_absolute_url()).text
    assert "<figcaption>Cầu &lt;Trường Tiền&gt;. Lê B</figcaption>" in page
    assert 'alt="Cầu &amp; sông" width="1000" height="500" loading="lazy"' in page
    assert "-320.avif 320w" in page
    assert '<img src="/media/u1/x.webp" alt="lạ">' in page


def test_words_of_a_picture_never_become_markup(cast: Cast) -> None:
    evil = "x&quot; onerror=&quot;alert(1) &gt;&lt;script&gt;alert(2)&lt;/script&gt;"
    with unit_scope(cast.a.unit):
        body = f'<p><img src="{cast.a.picture.url}" alt="{evil}"></p>'
        Article.objects.filter(pk=cast.a.article.pk).update(body=body)
    page = visit(cast.a.host, cast.a.article.get_absolute_url()).text
    assert "srcset=" in page
    assert "<script>alert" not in page
    assert '" onerror' not in page


def test_another_units_picture_in_a_body_is_not_dressed(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        body = f'<p><img src="{cast.b.picture.url}" alt="của người"></p>'
        Article.objects.filter(pk=cast.a.article.pk).update(body=body)
    page = visit(cast.a.host, cast.a.article.get_absolute_url()).text
    assert cast.b.marker not in page


@pytest.mark.parametrize("number", [1, 3])
def test_bodies_cost_one_query_however_many_pictures(cast: Cast, number: int, django_assert_num_queries: Any) -> None:
    with unit_scope(cast.a.unit):
        pictures = [_photo(10 + place, (64, 48)) for place in range(number)]
        article = Article.objects.get(pk=cast.a.article.pk)
        article.body = "".join(f'<p><img src="{picture.url}" alt="x"></p>' for picture in pictures)
        with django_assert_num_queries(1):
            assert article.body_html.count("srcset=") == number
