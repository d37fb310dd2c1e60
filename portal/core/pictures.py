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

ALLOWED_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
LARGE_WIDTH: Final = 1600
SMALL_WIDTH: Final = 640
MAX_PIXELS: Final = 50_000_000
QUALITY: Final = 80


@dataclass(frozen=True, slots=True)
class PreparedPicture:
    """A picture ready to be stored: two WebP files and the large one's size in pixels."""

    large: bytes
    small: bytes
    width: int
    height: int


def _encode(image: Image.Image, width: int) -> tuple[bytes, tuple[int, int]]:
    copy = image
    if image.width > width:
        copy = image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    copy.save(buffer, "WEBP", quality=QUALITY, method=4)
    return buffer.getvalue(), copy.size


def _open(upload: IO[bytes]) -> Image.Image:
    upload.seek(0)
    image = Image.open(upload, formats=ALLOWED_FORMATS)
    if image.width * image.height > MAX_PIXELS:
        raise ValidationError(_("Ảnh quá lớn (hơn 50 triệu điểm ảnh). Hãy thu nhỏ rồi tải lại."), code="too_large")
    image.load()
    return image


def prepare_picture(upload: IO[bytes], *, size: int | None = None) -> PreparedPicture:
    """Check and re-encode one upload; ``size`` is its length in bytes where known.

    Raises ValidationError with a sentence for the clerk: too big, not a picture (an SVG or HTML named .jpg), broken.
    """
    if size is not None and size > settings.UPLOAD_LIMIT_BYTES:
        limit = settings.UPLOAD_LIMIT_BYTES // (1024 * 1024)
        raise ValidationError(_("Tệp lớn hơn %(limit)d MB. Hãy chọn ảnh nhỏ hơn.") % {"limit": limit}, code="too_big")
    try:
        image = ImageOps.exif_transpose(_open(upload))
    except ValidationError:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(
            _("Tệp này không phải ảnh, hoặc ảnh bị hỏng. Dùng ảnh JPG, PNG, WebP hoặc GIF."), code="not_a_picture"
        ) from error
    transparent = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    upright = image.convert("RGBA" if transparent else "RGB")
    large, (width, height) = _encode(upright, LARGE_WIDTH)
    small, _size = _encode(upright, SMALL_WIDTH)
    return PreparedPicture(large=large, small=small, width=width, height=height)


def random_name(unit_id: int, kind: str, ending: str) -> str:
    """A path under MEDIA_ROOT that carries the unit and nothing of the upload's own name: ``u7/anh/2026/11/<random>``."""
    return f"u{unit_id}/{kind}/{timezone.localdate():%Y/%m}/{secrets.token_urlsafe(16)}{ending}"
