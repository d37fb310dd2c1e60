"""/thu-vien/: albums and videos. All but the embedded player the same for everybody and cached."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.models import Album, AlbumPicture, Video
from news.rules import Cursor
from news.structured_data import breadcrumbs_json_ld
from news.views.lists import cursor_of
from portal.core.page_cache import public_page

FRONT_SHELF = 6


def _crumbs(*more: tuple[str, str | None]) -> list[dict[str, Any]]:
    rows: list[tuple[str, str | None]] = [(_("Trang chủ"), "/"), (_("Thư viện"), reverse("news:library")), *more]
    crumbs: list[dict[str, Any]] = [{"label": label, "url": url} for label, url in rows]
    crumbs[-1]["url"] = None
    return crumbs


def _older(request: HttpRequest, rows: list[Any], *, has_older: bool) -> str | None:
    """Address of the next page behind the last row."""
    if not has_older:
        return None
    last = rows[-1]
    return f"{request.path}?{urlencode({'truoc': Cursor(last.published_at, last.pk).text})}"


@require_safe
@public_page
def library(request: HttpRequest) -> HttpResponse:
    """The newest albums and videos; two queries."""
    albums, more_albums = Album.objects.shelf()
    videos, more_videos = Video.objects.shelf()
    crumbs = _crumbs()
    context = {
        "albums": albums[:FRONT_SHELF], "videos": videos[:FRONT_SHELF], "breadcrumbs": crumbs,
        "albums_url": reverse("news:album-list") if more_albums or len(albums) > FRONT_SHELF else None,
        "videos_url": reverse("news:video-list") if more_videos or len(videos) > FRONT_SHELF else None,
        "json_ld": breadcrumbs_json_ld(request, crumbs),
    }  # fmt: skip
    return render(request, "news/library.html", context)


@require_safe
@public_page
def album_list(request: HttpRequest) -> HttpResponse:
    """All albums, newest first, by “Cũ hơn”."""
    before = cursor_of(request.GET.get("truoc", ""))
    rows, has_older = Album.objects.shelf(before)
    return _shelf(request, _("Album ảnh"), before, albums=rows, older_url=_older(request, rows, has_older=has_older))


@require_safe
@public_page
def video_list(request: HttpRequest) -> HttpResponse:
    """All videos, newest first, by “Cũ hơn”."""
    before = cursor_of(request.GET.get("truoc", ""))
    rows, has_older = Video.objects.shelf(before)
    return _shelf(request, _("Video"), before, videos=rows, older_url=_older(request, rows, has_older=has_older))


def _shelf(request: HttpRequest, heading: str, before: Cursor | None, **rows: Any) -> HttpResponse:
    if before and not (rows.get("albums") or rows.get("videos")):
        raise Http404
    crumbs = _crumbs((heading, None))
    context = {
        "heading": heading, "breadcrumbs": crumbs, "newest_url": request.path if before else None,
        "json_ld": breadcrumbs_json_ld(request, crumbs), **rows,
    }  # fmt: skip
    return render(request, "news/library_list.html", context)


@require_safe
@public_page
def album_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One album as figures with captions; an outdated title in the address redirects to the lasting one."""
    album = get_object_or_404(Album.objects.published().select_related("cover"), pk=pk)
    if request.path != album.get_absolute_url():
        return HttpResponsePermanentRedirect(album.get_absolute_url())
    crumbs = _crumbs((_("Album ảnh"), reverse("news:album-list")), (album.title, None))
    context = {
        "album": album, "entries": list(AlbumPicture.objects.of_album(album)), "breadcrumbs": crumbs,
        "json_ld": breadcrumbs_json_ld(request, crumbs),
    }  # fmt: skip
    return render(request, "news/album_detail.html", context)


@require_safe
@public_page
def video_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One video with captions and transcript; an outdated title in the address redirects to the lasting one.

    A video on another server of the province is loaded only when somebody asks for it (``?phat=1``): until then that server
    learns nothing of the reader.
    """
    video = get_object_or_404(Video.objects.published().select_related("poster"), pk=pk)
    if request.path != video.get_absolute_url():
        return HttpResponsePermanentRedirect(video.get_absolute_url())
    host = urlsplit(video.embed_url).netloc
    may_embed = bool(host) and host in settings.VIDEO_EMBED_HOSTS
    plays = may_embed and request.GET.get("phat") == "1"
    crumbs = _crumbs((_("Video"), reverse("news:video-list")), (video.title, None))
    context = {
        "video": video, "may_embed": may_embed, "plays": plays, "embed_host": host, "breadcrumbs": crumbs,
        "json_ld": breadcrumbs_json_ld(request, crumbs),
    }  # fmt: skip
    response = render(request, "news/video_detail.html", context)
    if plays:
        response._csp_update = {"frame-src": [f"https://{host}"]}  # type: ignore[attr-defined]  # django-csp's own channel
    return response
