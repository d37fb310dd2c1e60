"""What the screens of care show: an old address, an import, a dead link."""

from __future__ import annotations

from news.models import DeadLink, ImportRun
from portal.core.text import slugify_vi
from units.models import Redirect


def make_care_rows(words: str) -> None:
    """One of each in the unit in scope, every text with ``words``."""
    Redirect.objects.create(old_path=f"/duong-dan-cu-{slugify_vi(words)}", target="/tin-tuc/")
    ImportRun.objects.create(file_name=f"trang-cu {words}.xml", file_digest="0" * 64, state="DONE", report={"added": 1})
    DeadLink.objects.create(
        url=f"https://mat.example/{slugify_vi(words)}", url_digest="1" * 32, found_kind="article", found_id=1,
        found_title=f"Bài có liên kết {words}", state="DEAD", fault="NOT_FOUND", status=404,
    )  # fmt: skip
