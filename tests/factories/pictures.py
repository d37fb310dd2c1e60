"""Picture files made in memory: what a clerk would upload, and what an attacker would."""

from __future__ import annotations

import io

from PIL import Image


def png_bytes(colour: tuple[int, int, int] = (122, 18, 21), size: tuple[int, int] = (64, 40)) -> bytes:
    """A real PNG of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def jpeg_with_position(size: tuple[int, int] = (80, 40)) -> bytes:
    """A JPEG lying on its side (orientation 6) whose EXIF names a place and a camera."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "MayAnhBiMat"
    exif.get_ifd(0x8825)[2] = (16.0, 27.0, 48.0)
    buffer = io.BytesIO()
    Image.new("RGB", size, (10, 120, 90)).save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()
