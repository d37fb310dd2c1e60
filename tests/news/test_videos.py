"""/thu-vien/: albums and videos for citizens, their screens for clerks, and players that jump."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news import actions
from news.models import Album, AlbumPicture, Video
from portal.core.tenancy import unit_scope
from portal.core.videos import check_video
from tests.factories.cast import Cast
from tests.factories.media import PROGRAM, make_album, make_video, mp4_bytes
from tests.factories.pictures import png_bytes
from tests.factories.visits import visit
from tests.news.test_admin import Clerk
from units.enums import Role

ALBUM_ADD = "/quan-tri/news/album/add/"
VIDEO_ADD = "/quan-tri/news/video/add/"
PEERTUBE = "video.hue.gov.vn"


@pytest.fixture
def approver(cast: Cast) -> Clerk:
    return Clerk(cast.a, Role.APPROVER)


# --- what a film is ---------------------------------------------------------------------------------------------------


def test_an_mp4_is_known_by_its_boxes_with_its_length() -> None:
    content = mp4_bytes(seconds=187)
    checked = check_video(io.BytesIO(content), size=len(content))
    assert (checked.extension, checked.duration) == ("mp4", 187)
    webm = b"\x1a\x45\xdf\xa3\x01\x00\x00\x00\x00\x00\x00\x1f\x42\x82\x84webm" + b"\0" * 50
    assert check_video(io.BytesIO(webm), size=len(webm)).extension == "webm"


REFUSED = {
    "program": (PROGRAM, "chương trình"),
    "cut off": (mp4_bytes()[:-200], "thiếu phần cuối"),
    "iPhone": (mp4_bytes(codec=b"hvc1"), "Tương thích nhất"),
    "unknown codec": (mp4_bytes(codec=b"mp4v"), r"Lưu lại thành MP4"),
    "only a head": (mp4_bytes()[:24], "không phải video trọn vẹn"),
    "picture": (png_bytes(), "không phải video"),
    "html": (b"<html>ftyp</html>", "không phải video"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_phones_can_not_play_is_refused_with_what_to_do(name: str) -> None:
    content, words = REFUSED[name]
    with pytest.raises(ValidationError, match=words):
        check_video(io.BytesIO(content), size=len(content))


# --- what citizens see ------------------------------------------------------------------------------------------------


def test_the_library_shows_published_albums_and_videos_only(cast: Cast) -> None:
    assert "Thư viện chưa có ảnh hay video" in visit(cast.a.host, "/thu-vien/").text
    with unit_scope(cast.a.unit):
        album, hidden = make_album(cast.a), make_album(cast.a, is_published=False, title="Album còn giấu")
        video = make_video(cast.a)
        secret = make_video(cast.a, is_published=False, title="Video còn giấu", payload=b"x")
    page = visit(cast.a.host, "/thu-vien/").text
    assert album.title in page
    assert video.title in page
    assert "3:07" in page
    assert "còn giấu" not in page
    for row in (hidden, secret):
        assert visit(cast.a.host, row.get_absolute_url()).status_code == 404
    assert "/thu-vien/" in visit(cast.a.host, "/so-do-trang/").text
    assert album.get_absolute_url() in visit(cast.a.host, "/sitemap-0.xml").text


def test_an_album_shows_its_pictures_in_order_with_their_words(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        second = actions.add_picture(
            upload=io.BytesIO(png_bytes((5, 5, 6))), alt_text="Cổng làng", caption="Cổng", credit="A B"
        )
        album = Album(title="Hội làng", is_published=True)
        actions.save_album(album=album, entries=[actions.Entry(second), actions.Entry(cast.a.picture, "Đêm hội")])
    page = visit(cast.a.host, album.get_absolute_url()).text
    assert page.index("Cổng làng") < page.index("Đêm hội")
    assert "Ảnh: A B" in page
    assert f'href="{second.url}"' in page
    moved = visit(cast.a.host, f"/thu-vien/anh/ten-cu-{album.pk}/")
    assert (moved.status_code, moved.headers["Location"]) == (301, album.get_absolute_url())


def test_a_video_has_controls_captions_and_its_words_and_loads_nothing_by_itself(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        video = make_video(cast.a)
    page = visit(cast.a.host, video.get_absolute_url()).text
    assert '<video controls preload="none"' in page
    assert 'kind="captions"' in page
    assert "Lời thuyết minh" in page
    captions = visit(cast.a.host, video.captions.url)
    assert captions.headers["Content-Type"].startswith("text/vtt")


def test_a_player_may_jump(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        video = make_video(cast.a)
    whole = visit(cast.a.host, video.file.url)
    content = b"".join(whole.streaming_content)
    assert (whole.status_code, whole.headers["Accept-Ranges"]) == (200, "bytes")
    size = len(content)

    def part(asked: str) -> Any:
        return visit(cast.a.host, video.file.url, headers={"range": asked})

    for asked, first, last in (
        (f"bytes=100-{size - 50}", 100, size - 50),
        ("bytes=300-", 300, size - 1),
        ("bytes=-20", size - 20, size - 1),
    ):
        answer = part(asked)
        assert answer.status_code == 206
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{size}"
        assert answer.headers["Content-Type"] == "video/mp4"
        assert b"".join(answer.streaming_content) == content[first : last + 1]
    assert part(f"bytes={size}-").status_code == 416
    assert part("bytes=9-3").status_code == 416
    assert part("bytes=-0").status_code == 416
    for odd in ("bytes=", "lines=1-2", "bytes=1-2,5-6", "bytes=x-"):
        assert part(odd).status_code == 200
    assert visit(cast.b.host, video.file.url, headers={"range": "bytes=0-9"}).status_code == 404


def test_a_video_elsewhere_is_loaded_only_when_asked_for_and_only_from_named_servers(cast: Cast, settings: Any) -> None:
    settings.VIDEO_EMBED_HOSTS = [PEERTUBE]
    with unit_scope(cast.a.unit):
        video = Video(
            title="Hội nghị", embed_url=f"https://{PEERTUBE}/videos/embed/abcd1234", transcript="Lời", is_published=True
        )
        actions.save_video(video=video)
    path = video.get_absolute_url()
    before = visit(cast.a.host, path)
    assert "<iframe" not in before.text
    assert PEERTUBE not in before.headers["Content-Security-Policy"]
    playing = visit(cast.a.host, f"{path}?phat=1")
    assert f'<iframe src="https://{PEERTUBE}/videos/embed/abcd1234"' in playing.text
    assert f"frame-src https://{PEERTUBE}" in playing.headers["Content-Security-Policy"]
    settings.VIDEO_EMBED_HOSTS = []
    assert "<iframe" not in visit(cast.a.host, f"{path}?phat=1").text


@pytest.mark.parametrize("path", ["/thu-vien/", "/thu-vien/anh/", "/thu-vien/video/"])
def test_shelves_cost_the_same_at_one_and_at_three(cast: Cast, path: str) -> None:
    from django.core.cache import caches

    def queries() -> int:
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as captured:
            assert visit(cast.a.host, path).status_code == 200
        return len(captured)

    def add(number: int) -> None:
        with unit_scope(cast.a.unit):
            make_album(cast.a, title=f"Album {number}")
            make_video(cast.a, title=f"Video {number}", payload=str(number).encode())

    add(1)
    queries()
    one = queries()
    add(2)
    add(3)
    assert queries() <= one


def test_older_albums_are_reached_by_key(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        for number in range(14):
            make_album(cast.a, title=f"Hội số {number:02d}")
    page = visit(cast.a.host, "/thu-vien/anh/").text
    assert "Hội số 13" in page
    assert "Hội số 01" not in page
    older = page.split('rel="next" href="')[1].split('"')[0]
    assert "Hội số 01" in visit(cast.a.host, older).text
    assert visit(cast.a.host, "/thu-vien/anh/?truoc=sai").status_code == 404


# --- the screens ------------------------------------------------------------------------------------------------------


def test_an_album_is_made_ordered_and_published_on_its_screen(approver: Clerk) -> None:
    house = approver.house
    with unit_scope(house.unit):
        second = actions.add_picture(upload=io.BytesIO(png_bytes((5, 6, 5))), alt_text="Cổng")
    assert "Album chưa có ảnh nào" in approver.post(ALBUM_ADD, {"title": "Hội", "is_published": "on"}).text
    approver.post(
        ALBUM_ADD,
        {
            "title": "Hội", "is_published": "on", "entries": [house.picture.pk, second.pk],
            f"entries_order_{house.picture.pk}": "2", f"entries_order_{second.pk}": "1",
            f"entries_caption_{second.pk}": "Cổng làng", "entries_cover": str(house.picture.pk),
        },
    )  # fmt: skip
    with unit_scope(house.unit):
        album = Album.objects.get()
        rows = list(AlbumPicture.objects.of_album(album))
        assert [(row.picture_id, row.caption) for row in rows] == [(second.pk, "Cổng làng"), (house.picture.pk, "")]
        assert (album.cover_id, album.published_at is not None) == (house.picture.pk, True)
    assert album.title in visit(house.host, "/thu-vien/").text


def test_an_editor_prepares_and_only_who_may_publish_shows(cast: Cast) -> None:
    editor = Clerk(cast.a, Role.EDITOR)
    editor.post(ALBUM_ADD, {"title": "Nháp", "entries": [cast.a.picture.pk], "is_published": "on"})
    with unit_scope(cast.a.unit):
        album = Album.objects.get()
        assert not album.is_published
        album.is_published = True
        actions.save_album(album=album)
    response = editor.post(f"/quan-tri/news/album/{album.pk}/change/", {"title": "Đổi"})
    assert response.status_code == 403
    assert Clerk(cast.a, Role.AUTHOR).get(ALBUM_ADD).status_code == 403


def _upload(**more: Any) -> dict[str, Any]:
    film = SimpleUploadedFile("hoi.mp4", mp4_bytes(), content_type="video/mp4")
    return {"title": "Đua thuyền", "upload": film, "transcript": "", **more}


def test_a_video_is_published_with_words_for_who_does_not_hear(approver: Clerk) -> None:
    response = approver.post(VIDEO_ADD, _upload(is_published="on"))
    assert "cho người không nghe được, rồi đăng" in response.text
    srt = SimpleUploadedFile("loi.srt", "1\n00:00:01,000 --> 00:00:02,500\nXin chào\n".encode())
    approver.post(VIDEO_ADD, _upload(is_published="on", captions_file=srt))
    with unit_scope(approver.house.unit):
        video = Video.objects.get()
        assert (video.duration, video.size) == (187, len(mp4_bytes()))
        with video.captions.open() as stored:
            text = stored.read().decode()
    assert text.startswith("WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.500")
    again = approver.post(VIDEO_ADD, _upload(title="Bản nữa"))
    assert "đã có trong thư viện" in again.text


def test_a_screen_without_a_film_or_with_a_strangers_server_is_refused(approver: Clerk, settings: Any) -> None:
    assert "Chọn tệp video." in approver.post(VIDEO_ADD, {"title": "Không có gì"}).text
    settings.VIDEO_EMBED_HOSTS = [PEERTUBE]
    for address in (
        "https://www.youtube.com/watch?v=1",
        f"http://{PEERTUBE}/w/abcd1234",
        f"https://{PEERTUBE}.evil.vn/w/abcd1234",
    ):
        response = approver.post(VIDEO_ADD, {"title": "Nhúng", "embed_url": address})
        assert f"Chỉ nhúng video từ {PEERTUBE}" in response.text
    approver.post(VIDEO_ADD, {"title": "Nhúng", "embed_url": f"https://{PEERTUBE}/w/abcd1234"})
    with unit_scope(approver.house.unit):
        assert Video.objects.get().embed_url == f"https://{PEERTUBE}/videos/embed/abcd1234"


def test_a_replaced_film_and_a_deleted_video_leave_no_files(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    from tests.news.test_admin import counts

    before = counts(cast.a)
    with django_capture_on_commit_callbacks(execute=True), unit_scope(cast.a.unit):
        video = make_video(cast.a)
        film = SimpleUploadedFile("moi.mp4", mp4_bytes(payload=b"new"), content_type="video/mp4")
        old = video.file.url
        actions.save_video(video=video, upload=film, captions="")
    assert visit(cast.a.host, old).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        Clerk(cast.a, Role.UNIT_ADMIN).post(f"/quan-tri/news/video/{video.pk}/delete/", {"post": "yes"})
    assert counts(cast.a) == before


def test_a_large_film_comes_through_for_who_may_upload_and_for_nobody_else(cast: Cast, settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 100_000
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000
    settings.VIDEO_LIMIT_BYTES = 1_000_000
    settings.LARGE_UPLOADS = [("/quan-tri/news/video/", 1_000_000, "news.add_video")]

    def film(size: int) -> SimpleUploadedFile:
        return SimpleUploadedFile("f.mp4", mp4_bytes(payload=b"\0" * size), content_type="video/mp4")

    assert Clerk(cast.a, Role.AUTHOR).post(VIDEO_ADD, {"title": "x", "upload": film(500_000)}).status_code == 413
    approver = Clerk(cast.a, Role.APPROVER)
    assert approver.post(VIDEO_ADD, {"title": "Phim", "upload": film(500_000)}).status_code == 200
    assert approver.post(VIDEO_ADD, {"title": "Phim", "upload": film(1_500_000)}).status_code == 413
    assert approver.post("/quan-tri/news/category/add/", {"name": "x", "file": film(500_000)}).status_code == 413
    with unit_scope(cast.a.unit):
        assert Video.objects.get().title == "Phim"
