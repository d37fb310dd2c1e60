"""What the field for pictures and videos says of itself."""

from typing import Final

from django import template
from django.conf import settings

from feedback.rules.uploads import PIECE_BYTES

register = template.Library()
_MEGABYTE: Final = 1024 * 1024


@register.simple_tag
def file_limits() -> dict[str, int]:
    """How many, how large, how long, and in which pieces: for the words on the page and for its script."""
    return {
        "number": settings.REPORT_PICTURES, "picture_bytes": settings.REPORT_PICTURE_BYTES,
        "video_bytes": settings.REPORT_VIDEO_BYTES, "video_seconds": settings.REPORT_VIDEO_SECONDS,
        "picture_megabytes": settings.REPORT_PICTURE_BYTES // _MEGABYTE,
        "video_megabytes": settings.REPORT_VIDEO_BYTES // _MEGABYTE, "piece": PIECE_BYTES,
    }  # fmt: skip
