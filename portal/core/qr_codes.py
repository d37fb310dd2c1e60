"""QR codes as drawings of our own: no picture file, no inline style."""

from dataclasses import dataclass
from itertools import groupby
from typing import Final

import segno

_QUIET_ZONE: Final = 2


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code as one path of an SVG drawing, ``size`` modules wide with its quiet zone."""

    path: str
    size: int


def qr_of(text: str) -> QrCode:
    """``text`` as a QR code that survives a fold or a stain (error correction M)."""
    matrix = segno.make(text, error="m", micro=False).matrix
    runs = []
    for y, row in enumerate(matrix, start=_QUIET_ZONE):
        x = _QUIET_ZONE
        for dark, modules in groupby(row):
            width = len(list(modules))
            if dark:
                runs.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width
    return QrCode("".join(runs), len(matrix) + 2 * _QUIET_ZONE)
