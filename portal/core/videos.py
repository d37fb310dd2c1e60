"""Uploaded videos: MP4 and WebM by their boxes, in codecs that citizens' phones play; nothing is converted."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.core.signatures import first_bytes, refuse_program

VIDEO_TYPES: Final = {"mp4": "video/mp4", "webm": "video/webm"}
_MOOV_LIMIT: Final = 32 * 1024 * 1024
_BOX_LIMIT: Final = 10_000
_WIDE_BOX: Final = 16
_HEADER: Final = 8


@dataclass(frozen=True, slots=True)
class CheckedVideo:
    """What a video file is: its ending by content, and its length in seconds where the file says so."""

    extension: str
    duration: int | None


def _refused(words: str, code: str) -> ValidationError:
    return ValidationError(words, code=code)


def check_video(upload: IO[bytes], *, size: int) -> CheckedVideo:
    """Say what an upload is; raises ValidationError with a sentence for the clerk when phones could not play it."""
    if size > settings.VIDEO_LIMIT_BYTES:
        limit = settings.VIDEO_LIMIT_BYTES // (1024 * 1024)
        raise _refused(
            _("Video lớn hơn %(limit)d MB. Cắt ngắn, hoặc lưu ở cỡ 720p rồi tải lại.") % {"limit": limit}, "too_big"
        )
    head = first_bytes(upload)
    refuse_program(head)
    if head[4:8] == b"ftyp":
        return _mp4(upload, size)
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]:
        return CheckedVideo("webm", None)
    raise _refused(_("Tệp này không phải video MP4 hay WebM. Lưu lại thành MP4 (H.264) rồi tải lên."), "not_a_video")


def _boxes(upload: IO[bytes], size: int) -> Iterator[tuple[bytes, int, int]]:
    """Top-level boxes: name, start of content, length of content; raises ValidationError where the file is cut off."""
    place = 0
    for _number in range(_BOX_LIMIT):
        if place >= size:
            return
        upload.seek(place)
        head = upload.read(_WIDE_BOX)
        if len(head) < _HEADER:
            break
        length, name = struct.unpack(">L4s", head[:_HEADER])
        start = _HEADER
        if length == 1 and len(head) == _WIDE_BOX:
            length, start = struct.unpack(">Q", head[_HEADER:])[0], _WIDE_BOX
        elif length == 0:
            length = size - place
        if length < start or place + length > size:
            break
        yield name, place + start, length - start
        place += length
    raise _refused(_("Video bị thiếu phần cuối. Sao chép lại từ điện thoại hoặc máy quay rồi tải lên."), "truncated")


def _mp4(upload: IO[bytes], size: int) -> CheckedVideo:
    found = {name: (start, length) for name, start, length in _boxes(upload, size)}
    if b"moov" not in found or b"mdat" not in found or found[b"moov"][1] > _MOOV_LIMIT:
        raise _refused(_("Tệp này không phải video trọn vẹn. Lưu lại thành MP4 (H.264) rồi tải lên."), "not_a_video")
    upload.seek(found[b"moov"][0])
    moov = upload.read(found[b"moov"][1])
    upload.seek(0)
    if b"hvc1" in moov or b"hev1" in moov:
        raise _refused(
            _(
                "Video dùng chuẩn HEVC, nhiều máy không mở được. Trên iPhone, vào Cài đặt, Camera, Định dạng, chọn "
                "“Tương thích nhất” rồi quay lại; hoặc lưu thành MP4 (H.264)."
            ),
            "hevc",
        )
    if not any(codec in moov for codec in (b"avc1", b"avc3", b"av01", b"vp09", b"vp08")):
        raise _refused(_("Máy người xem không mở được loại video này. Lưu lại thành MP4 (H.264) rồi tải lên."), "codec")
    return CheckedVideo("mp4", _duration(moov))


def _duration(moov: bytes) -> int | None:
    """Seconds from the movie header."""
    at = moov.find(b"mvhd")
    head = moov[at + 4 : at + 36]
    if at < 0 or len(head) < 32:  # noqa: PLR2004 - the longer of the two forms
        return None
    if head[0] == 1:
        scale, length = struct.unpack(">LQ", head[20:32])
    else:
        scale, length = struct.unpack(">LL", head[12:20])
    return round(length / scale) if scale else None
