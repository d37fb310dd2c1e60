"""Making parts of a picture unreadable for good: a face, a number plate, a house number.

What is laid over a box is made of a few averaged, coarsened and shaken colours of it and of nothing else. A mosaic of fine
cells, or a blur alone, can be computed back for letters whose shape is known; from five cells along the longer side, each
up to 16 levels off by chance, nothing comes back.
"""

import io
import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final

from PIL import Image, ImageFilter

from portal.core.pictures import LARGE_WIDTH, MAX_PIXELS, QUALITY, SMALL_WIDTH

Box = tuple[int, int, int, int]
"""Left, top, width, height in thousandths of the picture's width and height."""
WHOLE: Final = 1000
SMALLEST: Final = 5
BOXES_LIMIT: Final = 20
_CELLS: Final = 5
_STEP: Final = 24
_SHAKE: Final = 16
_TINT: Final = 4
_CHANCE: Final = random.SystemRandom()


class BadBoxes(ValueError):
    """Not a list of boxes, too many of them, or one that does not lie in the picture."""


@dataclass(frozen=True, slots=True)
class BlurredPicture:
    """What may be shown: two WebP files without any metadata."""

    large: bytes
    small: bytes


def clean_boxes(raw: Iterable[Sequence[Any]]) -> list[Box]:
    """The boxes as whole numbers. Raises BadBoxes."""
    boxes: list[Box] = []
    for one in raw:
        try:
            left, top, width, height = (int(number) for number in one)
        except (TypeError, ValueError, OverflowError) as error:
            raise BadBoxes("four numbers make a box") from error
        inside = left >= 0 and top >= 0 and left + width <= WHOLE and top + height <= WHOLE
        if not inside or min(width, height) < SMALLEST:
            raise BadBoxes(f"outside the picture: {left}, {top}, {width}, {height}")
        boxes.append((left, top, width, height))
    if len(boxes) > BOXES_LIMIT:
        raise BadBoxes(f"more than {BOXES_LIMIT} boxes")
    return boxes


def _cells_of(part: Image.Image) -> Image.Image:
    """The part as at most five by five colours, none of which is exactly what was there."""
    longer = max(part.size)
    size = (max(1, round(_CELLS * part.width / longer)), max(1, round(_CELLS * part.height / longer)))
    cells = part.resize(size, Image.Resampling.BOX)
    for across in range(cells.width):
        for down in range(cells.height):
            colour: Any = cells.getpixel((across, down))
            lighter = _CHANCE.randint(-_SHAKE, _SHAKE)
            shaken = (round(value / _STEP) * _STEP + lighter + _CHANCE.randint(-_TINT, _TINT) for value in colour)
            cells.putpixel((across, down), tuple(min(255, max(0, value)) for value in shaken))
    return cells


def blur(image: Image.Image, boxes: Iterable[Box]) -> Image.Image:
    """A copy with the boxes made unreadable; pixels that a box touches only in part belong to it."""
    # A new picture: what hung at the old one (position, camera, colour profile) does not come along.
    copy = Image.new("RGB", image.size)
    copy.paste(image.convert("RGB"))
    for left, top, width, height in boxes:
        edges = (
            left * copy.width // WHOLE, top * copy.height // WHOLE,
            min(copy.width, math.ceil((left + width) * copy.width / WHOLE)),
            min(copy.height, math.ceil((top + height) * copy.height / WHOLE)),
        )  # fmt: skip
        part = copy.crop(edges)
        cells = _cells_of(part)
        mosaic = cells.resize(part.size, Image.Resampling.NEAREST)
        soft = mosaic.filter(ImageFilter.GaussianBlur(max(part.size) / _CELLS / 3))
        copy.paste(soft, edges[:2])
    return copy


def _webp(image: Image.Image, width: int) -> bytes:
    if image.width > width:
        height = max(1, round(image.height * width / image.width))
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=QUALITY, method=4)
    return buffer.getvalue()


def blurred_picture(stored: IO[bytes], boxes: Iterable[Box], *, small_only: bool = False) -> BlurredPicture:
    """Both public files of a picture that we have re-encoded before. Raises OSError where it is broken."""
    image = Image.open(stored, formats=("WEBP",))
    if image.width * image.height > MAX_PIXELS:
        raise OSError("larger than anything we have stored")
    image.load()
    made = blur(image, boxes)
    return BlurredPicture(large=b"" if small_only else _webp(made, LARGE_WIDTH), small=_webp(made, SMALL_WIDTH))
