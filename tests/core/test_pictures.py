"""Uploads are judged by what they are: an SVG or HTML called .jpg is refused, nothing is stored, EXIF is gone."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image

from news.actions import add_picture, describe_picture
from news.models import Picture
from portal.core.pictures import prepare_picture, random_name
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.media import HEIC, PROGRAM, bomb_png, docx_bytes, mp4_bytes, pdf_bytes, photo_bytes
from tests.factories.pictures import jpeg_with_position, png_bytes
from tests.factories.visits import visit

pytestmark = pytest.mark.anywhere


def _files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


NO_PICTURES = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "php": b"GIF87a<?php system('id'); ?>",
    "pdf": b"%PDF-1.7\n",
    "empty": b"",
    "cut off": png_bytes(size=(300, 300))[:200],
    "noise": bytes(range(256)) * 20,
    "tiff": b"II*\x00" + b"\x00" * 64,
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
}


@pytest.mark.parametrize("name", NO_PICTURES)
def test_what_is_no_picture_is_refused_and_not_stored(cast: Cast, name: str) -> None:
    before = _files()
    with unit_scope(cast.a.unit):
        rows = Picture.objects.count()
        with pytest.raises(ValidationError, match="không phải ảnh"):
            add_picture(upload=io.BytesIO(NO_PICTURES[name]), alt_text="Ảnh")
        assert Picture.objects.count() == rows
    assert _files() == before


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    buffer = io.BytesIO()
    Image.new("1", (9000, 9000)).save(buffer, "PNG")
    assert len(buffer.getvalue()) < 100_000
    with pytest.raises(ValidationError, match="50 triệu"):
        prepare_picture(buffer)


def test_a_png_that_claims_a_hundred_million_points_is_refused_by_its_header() -> None:
    content = bomb_png()
    assert len(content) < 10_000
    with pytest.raises(ValidationError, match=r"Ảnh quá lớn .* Hãy thu nhỏ rồi tải lại"):
        prepare_picture(io.BytesIO(content))


STRANGERS = {
    "program": (PROGRAM, "chương trình mang tên khác. Không mở tệp này"),
    "script": (b"#!/bin/sh\nrm -rf /\n", "chương trình mang tên khác"),
    "iPhone": (HEIC, "Tương thích nhất"),
    "cut off": (photo_bytes()[:20_000], "phần cuối bị thiếu. Sao chép lại"),
    "pdf": (pdf_bytes(), "Tải lên ở mục Tệp đính kèm"),
    "word": (docx_bytes(), "Tải lên ở mục Tệp đính kèm"),
    "video": (mp4_bytes(), "Tải lên ở mục Video"),
    "html in a gif's clothes": (b"GIF89a/*<script>alert(1)</script>*/=1;", "không phải ảnh"),
}


@pytest.mark.parametrize("name", STRANGERS)
def test_what_clerks_send_by_mistake_is_answered_with_what_to_do(name: str) -> None:
    content, words = STRANGERS[name]
    with pytest.raises(ValidationError, match=words):
        prepare_picture(io.BytesIO(content))


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(ValidationError, match="12 MB"):
        prepare_picture(io.BytesIO(png_bytes()), size=13 * 1024 * 1024)


MODES = {
    "PNG": ("RGB", "L", "P", "RGBA", "1", "LA", "I;16"),
    "JPEG": ("RGB", "L", "CMYK", "1"),
    "GIF": ("RGB", "L", "P", "RGBA", "1"),
    "WEBP": ("RGB", "L", "P", "RGBA"),
}


@pytest.mark.parametrize(("kind", "mode"), [(kind, mode) for kind, modes in MODES.items() for mode in modes])
def test_every_usual_kind_becomes_webp(kind: str, mode: str) -> None:
    buffer = io.BytesIO()
    Image.new(mode, (2000, 1000)).save(buffer, kind)
    prepared = prepare_picture(buffer)
    assert (prepared.width, prepared.height) == (1600, 800)
    for data, width in ((prepared.large, 1600), (prepared.small, 640)):
        image = Image.open(io.BytesIO(data))
        assert (image.format, image.width) == ("WEBP", width)


def test_what_hangs_behind_the_picture_is_cut_off() -> None:
    prepared = prepare_picture(io.BytesIO(png_bytes() + b"<script>alert(1)</script>"))
    assert b"<script" not in prepared.large + prepared.small


def test_place_and_camera_are_removed_and_the_picture_stands_upright() -> None:
    raw = jpeg_with_position((80, 40))
    assert b"MayAnhBiMat" in raw
    prepared = prepare_picture(io.BytesIO(raw))
    assert (prepared.width, prepared.height) == (40, 80)
    for data in (prepared.large, prepared.small):
        assert b"MayAnhBiMat" not in data
        assert not Image.open(io.BytesIO(data)).getexif()


def test_names_carry_the_unit_and_cannot_be_guessed(cast: Cast) -> None:
    names = {random_name(7, "anh", ".webp") for _time in range(50)}
    assert len(names) == 50
    assert all(name.startswith("u7/anh/2026/11/") and len(name) > 35 for name in names)
    assert str(cast.a.picture.file.name).startswith(f"u{cast.a.unit.pk}/")


def test_a_picture_says_what_it_shows_or_that_it_is_decoration(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        for words in ("", "   "):
            with pytest.raises(ValidationError, match="mô tả"):
                add_picture(upload=io.BytesIO(png_bytes()), alt_text=words)
        assert add_picture(upload=io.BytesIO(png_bytes((9, 9, 9))), alt_text="", is_decorative=True).alt == ""
        with pytest.raises(ValidationError):
            describe_picture(picture=cast.a.picture, alt_text=" ", is_decorative=False, caption="")


def test_media_are_sent_as_pictures_and_nothing_else(cast: Cast) -> None:
    response = visit(cast.a.host, cast.a.picture.url)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "immutable" in response.headers["Cache-Control"]
    assert not response.cookies
    image: Any = Image.open(io.BytesIO(b"".join(response.streaming_content)))
    assert image.size == (64, 40)


@pytest.mark.parametrize("ending", ["html", "svg", "js", "webp.html", "php", ""])
def test_other_files_in_the_folder_are_not_sent(cast: Cast, ending: str) -> None:
    folder = Path(settings.MEDIA_ROOT) / f"u{cast.a.unit.pk}"
    (folder / f"x.{ending}").write_bytes(b"<script>alert(1)</script>")
    assert visit(cast.a.host, f"/media/u{cast.a.unit.pk}/x.{ending}").status_code == 404
    (folder / f"x.{ending}").unlink()


@pytest.mark.parametrize(
    "path",
    [
        "../db.sqlite3",
        "u1/../../db.sqlite3",
        "//etc/passwd",
        "u1//etc/x.webp",
        "u{}/../u{}/x.webp",
        "u{}x/a.webp",
        "%2e%2e/a.webp",
    ],
)
def test_paths_out_of_the_folder_lead_nowhere(cast: Cast, path: str) -> None:
    key = cast.a.unit.pk
    assert visit(cast.a.host, "/media/" + path.replace("{}", str(key))).status_code == 404


def test_behind_nginx_the_file_is_handed_over(cast: Cast, settings: Any) -> None:
    settings.MEDIA_ACCEL = "/_media/"
    response = visit(cast.a.host, cast.a.picture.url)
    assert response.headers["X-Accel-Redirect"] == f"/_media/{cast.a.picture.file.name}"
    assert response.content == b""
    assert "X-Accel-Redirect" not in visit(cast.b.host, cast.a.picture.url).headers
