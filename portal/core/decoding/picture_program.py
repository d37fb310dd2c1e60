"""Makes a plain picture of what a phone or a stranger sent (HEIC, AVIF, very large ones); runs in a process of its own.

``SOURCE TARGET WIDTH MAXIMUM``: at most WIDTH pixels on its longer side, upright, first frame only, without any metadata.
More than MAXIMUM pixels ends with 4, what is no picture with 3.
"""

import sys

import pillow_heif
from PIL import Image, ImageOps

UNREADABLE, TOO_LARGE = 3, 4
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF")


def main() -> int:
    """Read, shrink, write."""
    source, target, width, maximum = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    Image.MAX_IMAGE_PIXELS = maximum
    try:
        image = Image.open(source, formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return TOO_LARGE
    if image.width * image.height > maximum:
        return TOO_LARGE
    image.draft(None, (width, width))
    image.load()
    transparent = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    image.thumbnail((width, width), Image.Resampling.LANCZOS, reducing_gap=2.0)
    upright = ImageOps.exif_transpose(image).convert("RGBA" if transparent else "RGB")
    plain = Image.new(upright.mode, upright.size)
    plain.paste(upright)
    if transparent:
        plain.save(target, "PNG", compress_level=1)
    else:
        plain.save(target, "JPEG", quality=95)
    return 0


if __name__ == "__main__":
    try:
        code = main()
    except (OSError, ValueError, SyntaxError, MemoryError, EOFError, RuntimeError) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}")
        code = UNREADABLE
    sys.exit(code)
