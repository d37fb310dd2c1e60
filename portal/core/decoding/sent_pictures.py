"""Pictures as citizens send them: what phones make is taken, HEIC included; all else is refused with a sentence.

A telephone's JPEG is re-encoded here. Whatever is unusual (HEIC, AVIF, more than 13 million points) is read in a process of
its own first. Never more than two at once in one of ours: strangers' pictures must not take every thread that serves pages.
"""

import tempfile
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from portal.core.decoding.confined import PICTURE_LIMITS, NotDecoded, run_confined
from portal.core.pictures import ALLOWED_FORMATS, LARGE_WIDTH, MAX_PIXELS, PreparedPicture, prepare_picture
from portal.core.signatures import HEAD_LENGTH, is_program

_AT_HOME_PIXELS: Final = 13_000_000
_AT_ONCE: Final = BoundedSemaphore(2)
_STARTS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
_HEIF: Final = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis", b"mif2", b"miaf"}
)
_MATROSKA: Final = b"\x1a\x45\xdf\xa3"


def is_heif(head: bytes) -> bool:
    """An iPhone's picture, or AVIF."""
    return head[4:8] == b"ftyp" and head[8:12] in _HEIF


def is_picture(head: bytes) -> bool:
    """Whether it begins as a picture that we read."""
    return head.startswith(_STARTS) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or is_heif(head)


def is_video(head: bytes) -> bool:
    """Whether it begins as a telephone's video: MP4, MOV, 3GP, WebM."""
    return (head[4:8] == b"ftyp" and not is_heif(head)) or head.startswith(_MATROSKA)


def head_of(path: Path) -> bytes:
    """The first bytes of a file."""
    with path.open("rb") as file:
        return file.read(HEAD_LENGTH)


def _too_large() -> ValidationError:
    return ValidationError(_("Ảnh có hơn 50 triệu điểm ảnh. Chụp lại ở cỡ nhỏ hơn rồi chọn lại."), code="too_large")


def _broken() -> ValidationError:
    return ValidationError(_("Tệp này hỏng hoặc không phải ảnh. Chọn ảnh khác."), code="not_a_picture")


class AllBusy(Exception):
    """As many pictures as we read at once are being read."""


def prepare_sent_picture(path: Path, *, patience: float | None = None) -> PreparedPicture:
    """Re-encode a picture that a citizen sent, without EXIF and place. Raises ValidationError with a sentence for them.

    ``patience``: seconds to wait for one's turn, then AllBusy; a worker has all the time.
    """
    head = head_of(path)
    if is_program(head) or not is_picture(head):
        raise _stranger(head)
    if not _AT_ONCE.acquire(timeout=patience):
        raise AllBusy
    try:
        if not is_heif(head) and _points(path) <= _AT_HOME_PIXELS:
            return _prepared(path)
        return _through_child(path)
    finally:
        _AT_ONCE.release()


def _stranger(head: bytes) -> ValidationError:
    if is_video(head):
        return ValidationError(_("Tệp này là video, không phải ảnh. Chọn lại tệp này một mình."), code="video")
    return ValidationError(
        _("Tệp này không phải ảnh. Chọn ảnh chụp bằng điện thoại, hoặc tệp JPG, PNG, HEIC."), code="not_a_picture"
    )


def _points(path: Path) -> int:
    """Pixels as the file's head says; nothing is decoded."""
    try:
        with Image.open(path, formats=ALLOWED_FORMATS) as image:
            points = image.width * image.height
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise _broken() from error
    if points > MAX_PIXELS:
        raise _too_large()
    return points


def _prepared(path: Path) -> PreparedPicture:
    with path.open("rb") as file:
        return prepare_picture(file)


def _through_child(path: Path) -> PreparedPicture:
    with tempfile.TemporaryDirectory(prefix="cong-") as folder:
        plain = Path(folder) / "plain"
        try:
            run_confined(
                "picture_program.py", [str(path), str(plain), str(2 * LARGE_WIDTH), str(MAX_PIXELS)], PICTURE_LIMITS
            )
        except NotDecoded as error:
            raise (_too_large() if error.too_large else _broken()) from error
        return _prepared(plain)
