"""Reading what other systems export; nothing here writes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from news.importing.items import ImportRefusedError, Medium, Skipped, Source, SourceText
from news.importing.report import ImportReport
from news.importing.rows import BROKEN_ARCHIVE, JsonLines, Table, open_lines
from news.importing.syndication import Feed
from news.importing.wxr import Wordpress

__all__ = ["FORMATS", "ImportRefusedError", "ImportReport", "Medium", "Skipped", "Source", "SourceText", "open_source"]

FORMATS: Final = ("wxr", "feed", "jsonl", "csv")
_HEAD: Final = 4096


def format_of(path: Path) -> str:
    """The format by the file's first characters, then by its name; raises ImportRefusedError for what is none."""
    with open_lines(path) as file:
        head = file.read(_HEAD).decode("utf-8", "replace").lstrip("\ufeff \r\n\t")
    if head.startswith("<"):
        return "wxr" if "wordpress.org/export" in head else "feed"
    if head.startswith("{"):
        return "jsonl"
    name = path.name.lower().removesuffix(".gz")
    if name.endswith((".jsonl", ".ndjson", ".json")):
        return "jsonl"
    if name.endswith((".csv", ".tsv", ".txt")):
        return "csv"
    raise ImportRefusedError(
        _(
            "Không nhận ra loại tệp. Máy đọc được: tệp xuất của WordPress (.xml), RSS, Atom, CSV UTF-8 và JSON từng dòng (.jsonl)."
        )
    )


def open_source(path: Path, *, options: Mapping[str, Any]) -> Source:
    """Open a file; raises ImportRefusedError with a sentence where it is broken, before anything is written."""
    try:
        kind = options.get("format") or format_of(path)
        if kind == "wxr":
            names = ("category_base", "tag_base", "drafts")
            return Wordpress(path, **{name: options[name] for name in names if options.get(name)})
        if kind == "feed":
            return Feed(path)
        return JsonLines(path) if kind == "jsonl" else Table(path)
    except BROKEN_ARCHIVE as error:
        raise ImportRefusedError(
            _("Không đọc được tệp (%(why)s). Kiểm tra tệp còn đó và tải về trọn vẹn.") % {"why": error}
        ) from error
