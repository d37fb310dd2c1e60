"""Uploaded pictures: checked by content, turned upright, stripped of EXIF and location, re-encoded as WebP."""

import io
import secrets
from dataclasses import dataclass
from typing import IO, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from portal.core.signatures import refuse_known_strangers

ALLOWED_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
LARGE_WIDTH: Final = 1600
SMALL_WIDTH: Final = 640
RENDITION_WIDTHS: Final = (320, 640, 960, 1600)
MAX_PIXELS: Final = 50_000_000
QUALITY: Final = 80
AVIF_QUALITY: Final = 60


@dataclass(frozen=True, slots=True)
class PreparedPicture:
    """A picture ready to be stored: two WebP files and the large one's size in pixels."""

    large: bytes
    small: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Rendition:
    """One more file of a stored picture: ``kind`` is its ending, ``webp`` or ``avif``."""

    kind: str
    width: int
    data: bytes


def _resized(image: Image.Image, width: int) -> Image.Image:
    if image.width <= width:
        return image
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def _encode(image: Image.Image, width: int) -> tuple[bytes, tuple[int, int]]:
    copy = _resized(image, width)
    buffer = io.BytesIO()
    copy.save(buffer, "WEBP", quality=QUALITY, method=4)
    return buffer.getvalue(), copy.size


def _open(upload: IO[bytes]) -> Image.Image:
    upload.seek(0)
    too_large = ValidationError(_("Ảnh quá lớn (hơn 50 triệu điểm ảnh). Hãy thu nhỏ rồi tải lại."), code="too_large")
    try:
        image = Image.open(upload, formats=ALLOWED_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_large from error
    if image.width * image.height > MAX_PIXELS:
        raise too_large
    # A JPEG can be decoded at a half, quarter or eighth of its size: a phone's 48 million points cost a tenth of the memory.
    image.draft(None, (2 * LARGE_WIDTH, 2 * LARGE_WIDTH))
    image.load()
    return image


def _broken(error: Exception) -> ValidationError:
    """What went wrong while decoding, as a sentence for the clerk."""
    if "truncated" in str(error).lower():
        return ValidationError(
            _(
                "Tệp này không phải ảnh trọn vẹn: phần cuối bị thiếu. Sao chép lại từ máy ảnh hoặc điện thoại rồi tải lên."
            ),
            code="truncated",
        )
    return ValidationError(
        _("Tệp này không phải ảnh, hoặc ảnh bị hỏng. Dùng ảnh JPG, PNG, WebP hoặc GIF."), code="not_a_picture"
    )


def check_size(size: int | None) -> None:
    """Raise ValidationError when an upload has more bytes than the portal takes."""
    if size is not None and size > settings.UPLOAD_LIMIT_BYTES:
        limit = settings.UPLOAD_LIMIT_BYTES // (1024 * 1024)
        raise ValidationError(_("Tệp lớn hơn %(limit)d MB. Hãy chọn ảnh nhỏ hơn.") % {"limit": limit}, code="too_big")


def prepare_picture(upload: IO[bytes], *, size: int | None = None) -> PreparedPicture:
    """Check and re-encode one upload; ``size`` is its length in bytes where known.

    Raises ValidationError with a sentence for the clerk: too big, a program or document, not a picture (an SVG or HTML
    named .jpg), an iPhone's HEIC, cut off, broken. Whatever hangs behind a picture's end is not taken over.
    """
    check_size(size)
    refuse_known_strangers(upload)
    try:
        image = ImageOps.exif_transpose(_open(upload))
    except ValidationError:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise _broken(error) from error
    transparent = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    upright = image.convert("RGBA" if transparent else "RGB")
    large, (width, height) = _encode(upright, LARGE_WIDTH)
    small, _size = _encode(upright, SMALL_WIDTH)
    return PreparedPicture(large=large, small=small, width=width, height=height)


def make_renditions(stored: IO[bytes]) -> list[Rendition]:
    """Further files of a picture that we have stored: what its two WebP files leave out, and AVIF in every width."""
    image = Image.open(stored, formats=("WEBP",))
    image.load()
    widths = sorted({min(width, image.width) for width in RENDITION_WIDTHS})
    there = {image.width, min(SMALL_WIDTH, image.width)}
    made = [Rendition("webp", width, _encode(image, width)[0]) for width in widths if width not in there]
    for width in widths:
        buffer = io.BytesIO()
        _resized(image, width).save(buffer, "AVIF", quality=AVIF_QUALITY, speed=7)
        made.append(Rendition("avif", width, buffer.getvalue()))
    return made


def rendition_name(name: str, width: int, kind: str) -> str:
    """Where a rendition of the picture ``name`` lies: ``…/abc.webp`` → ``…/abc-640.avif``."""
    return f"{name.rsplit('.', 1)[0]}-{width}.{kind}"


def random_name(unit_id: int, kind: str, ending: str) -> str:
    """A path under MEDIA_ROOT that carries the unit and nothing of the upload's own name: ``u7/anh/2026/11/<random>``."""
    return f"u{unit_id}/{kind}/{timezone.localdate():%Y/%m}/{secrets.token_urlsafe(16)}{ending}"
