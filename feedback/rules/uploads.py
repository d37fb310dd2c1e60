"""How files of a report arrive: in which pieces, how many, from whom."""

from typing import Final

FOLDER: Final = "phan-anh"
"""Where they lie under PRIVATE_ROOT, below the unit and above the month."""
PICTURE: Final = ".webp"
SMALL: Final = "-nho.webp"
VIDEO: Final = ".mp4"
MADE: Final = (PICTURE, SMALL, VIDEO)
"""Endings of what is made of one raw file."""

PIECE_BYTES: Final = 256 * 1024
"""What the page sends at once; on a bad line it sends less."""
PIECE_LIMIT_BYTES: Final = 1024 * 1024
PIECE_MINIMUM_BYTES: Final = 16 * 1024
"""Every piece is made safe on the disk before it is confirmed, so nobody may send a file byte by byte; the last may be short."""

FILES_PER_HOUR: Final = 60
VIDEOS_PER_HOUR: Final = 6
# All senders of a unit together: a flood from many addresses fills neither the disk nor the evening.
FILES_UNIT_PER_HOUR: Final = 6_000
VIDEOS_UNIT_PER_HOUR: Final = 200
# Forms with files and without JavaScript: each may carry as much as all pictures together.
LARGE_FORMS_PER_HOUR: Final = 12
LARGE_FORMS_UNIT_PER_HOUR: Final = 600

MARK_LIMIT: Final = 64
ORPHAN_HOURS: Final = 24
"""A file that no row names is deleted when it was last written longer ago."""
