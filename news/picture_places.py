"""“Dùng ở đâu”: every place that shows a picture, with the screen where it can be changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from news.models import Album, AlbumPicture, Article, ArticleVersion, Picture, PictureUse, Video

PLACES_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Place:
    """One place: in words, and the admin's screen of it."""

    label: str
    url: str


def _line(words: str, name: object) -> str:
    return f"{words}: {name}"


def _articles(picture: Picture) -> Iterator[Place]:
    def place(words: str, article: Any) -> Place:
        return Place(_line(words, article.title), reverse("admin:news_article_change", args=[article.pk]))

    for article in Article.objects.filter(picture=picture).only("pk", "unit", "title")[:PLACES_SHOWN]:
        yield place(_("Ảnh chính của bài"), article)
    past = ArticleVersion.objects.filter(picture=picture).exclude(article__picture=picture)
    pairs = past.values_list("article_id", "article__title").order_by("-article_id").distinct()[:PLACES_SHOWN]
    for pk, title in pairs:
        url = reverse("admin:news_article_change", args=[pk])
        yield Place(_line(_("Ảnh chính trong bản cũ của bài"), title), url)
    for use in PictureUse.objects.of_picture(picture):
        if use.page:
            yield Place(_line(_("Trong trang"), use.page.title), reverse("admin:news_page_change", args=[use.page.pk]))
        elif use.article:
            yield place(_("Trong bài") if use.is_current else _("Trong bản cũ của bài"), use.article)


def _library(picture: Picture) -> Iterator[Place]:
    covers = Album.objects.filter(cover=picture)
    for album in covers[:PLACES_SHOWN]:
        yield Place(_line(_("Ảnh bìa của album"), album.title), reverse("admin:news_album_change", args=[album.pk]))
    entries = AlbumPicture.objects.filter(picture=picture).select_related("album")
    for entry in entries[:PLACES_SHOWN]:
        url = reverse("admin:news_album_change", args=[entry.album_id])
        yield Place(_line(_("Trong album"), entry.album.title), url)
    for video in Video.objects.filter(poster=picture).defer("transcript")[:PLACES_SHOWN]:
        yield Place(_line(_("Ảnh bìa của video"), video.title), reverse("admin:news_video_change", args=[video.pk]))


def places_of(picture: Picture) -> list[Place]:
    """Where a picture is used, bounded for each kind of place; a constant number of queries."""
    return [*_articles(picture), *_library(picture)]
