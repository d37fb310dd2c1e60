"""A citizen's short video, made into an MP4 that every phone plays; read and written in a process of its own."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.core.decoding.confined import VIDEO_LIMITS, NotDecoded, run_confined

SHORTER_SIDE = 720


@dataclass(frozen=True, slots=True)
class MadeVideo:
    """What was written: size in pixels and length."""

    width: int
    height: int
    seconds: int


def make_video(source: Path, target: Path, poster: Path) -> MadeVideo:
    """Write ``target`` (MP4, at most 720p, no metadata, cut after REPORT_VIDEO_SECONDS) and ``poster`` (PNG).

    Takes up to seven minutes: for workers only. Raises ValidationError with a sentence for the sender.
    """
    try:
        facts = run_confined(
            "video_program.py",
            [str(source), str(target), str(poster), str(settings.REPORT_VIDEO_SECONDS), str(SHORTER_SIDE)],
            VIDEO_LIMITS,
        )
    except NotDecoded as error:
        if error.too_large:
            raise ValidationError(
                _("Video có khung hình lớn hơn 4K. Quay lại ở cỡ 1080p."), code="too_large"
            ) from error
        raise ValidationError(
            _("Không đọc được video này. Gửi video khác, hoặc gửi ảnh."), code="not_a_video"
        ) from error
    return MadeVideo(int(facts["width"]), int(facts["height"]), int(facts["seconds"]))
