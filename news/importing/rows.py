"""Articles as JSON lines (plain or gzipped) or as a CSV table, one by one, however large the file."""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final, cast

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.html import escape
from django.utils.translation import gettext as _

from news.importing.items import BODY_LIMIT, ImportRefusedError, Medium, PlainSource, Section, Skipped, SourceText
from news.rules import TITLE_LIMIT
from portal.core.richtext import plain_text
from portal.core.text import nfc, one_line, slugify_vi

LINE_LIMIT: Final = BODY_LIMIT
KEY_LIMIT: Final = 60
SUMMARY_LENGTH: Final = 300
# Words that tables made by hand have above their columns.
COLUMNS: Final = {
    "mã": "id", "ma": "id", "tiêu đề": "title", "tieu de": "title", "tóm tắt": "summary", "tom tat": "summary",
    "nội dung": "body", "noi dung": "body", "chuyên mục": "category", "chuyen muc": "category", "tác giả": "author",
    "tac gia": "author", "thẻ": "tags", "the": "tags", "ngày đăng": "published_at", "ngay dang": "published_at",
    "địa chỉ cũ": "old_url", "dia chi cu": "old_url", "ảnh": "picture", "anh": "picture", "content": "body",
    "date": "published_at", "url": "old_url", "link": "old_url", "excerpt": "summary", "description": "summary",
}  # fmt: skip


def open_lines(path: Path) -> IO[bytes]:
    """The file, unzipped where it is gzipped."""
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
    return cast("IO[bytes]", gzip.open(path, "rb") if zipped else path.open("rb"))


def bounded_lines(file: IO[bytes]) -> Iterator[bytes]:
    """Every line; of one that is longer than LINE_LIMIT only so much that its length shows, whatever it unzips to."""
    while raw := file.readline(LINE_LIMIT + 1):
        yield raw
        while len(raw) > LINE_LIMIT and not raw.endswith(b"\n"):
            raw = file.readline(LINE_LIMIT + 1)
            if not raw:
                return


def paragraphs(text: str) -> str:
    """Plain text as HTML: a paragraph for every line, or for every run of two or more spaces where it has none."""
    parts = text.splitlines() if "\n" in text else text.split("  ")
    return "".join(f"<p>{escape(part.strip())}</p>" for part in parts if part.strip())


def moment(raw: Any) -> datetime | None:
    """A moment as other systems write it; days alone begin at midnight, moments without zone are Vietnam's."""
    text = str(raw or "").strip()
    try:
        at = parse_datetime(text.replace("/", "-"))
        if at is None and (day := parse_date(text)):
            at = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - made aware below
    except ValueError:
        return None
    return timezone.make_aware(at) if at and timezone.is_naive(at) else at


def _words(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(part) for part in value if isinstance(part, str | int)]
    return [part.strip() for part in str(value or "").replace(";", ",").split(",") if part.strip()]


def _addresses(data: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for name in ("old_url", "old_urls"):
        value = data.get(name) or []
        found += [value] if isinstance(value, str) and name == "old_url" else []
        found += [str(part) for part in value] if isinstance(value, list) else []
        found += value.split() if isinstance(value, str) and name == "old_urls" else []
    return [address.strip() for address in found if address.strip()]


def text_of_row(data: dict[str, Any], number: int) -> SourceText:
    """One row as an article; raises ValueError naming what is missing."""
    fields = {name: data.get(name) for name in ("id", "title", "body")}
    for name, value in fields.items():
        if not isinstance(value, str | int) or not str(value).strip():
            raise ValueError(f"{name} is missing")
    body = nfc(str(data["body"]))
    is_html = body.lstrip().startswith("<")
    section = one_line(str(data.get("category") or ""))
    picture = str(data.get("picture") or "").strip()
    return SourceText(
        key=one_line(str(data["id"]))[:KEY_LIMIT],
        number=number,
        title=one_line(str(data["title"]))[:TITLE_LIMIT],
        slug=slugify_vi(str(data["slug"])) if data.get("slug") else "",
        summary=nfc(str(data.get("summary") or "")).strip()
        or one_line(plain_text(body) if is_html else body)[:SUMMARY_LENGTH],
        body=body if is_html else paragraphs(body),
        published_at=moment(data.get("published_at")),
        is_draft=str(data.get("status") or "").lower() == "draft",
        author=one_line(str(data.get("author") or "")),
        section=Section(slugify_vi(section), section) if section else None,
        tags=_words(data.get("tags")),
        picture=Medium(picture, alt=str(data.get("picture_alt") or "")) if picture else None,
        old_urls=_addresses(data),
    )


class JsonLines(PlainSource):
    """One JSON object a line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with open_lines(path) as file:
            self.total = sum(1 for _line in bounded_lines(file))

    def items(self) -> Iterator[SourceText | Skipped]:
        """Every line, good or bad; nothing in the file can stop the reading of the rest."""
        with open_lines(self.path) as file:
            for number, raw in enumerate(bounded_lines(file), start=1):
                if not raw.strip():
                    continue
                try:
                    yield self._line(raw, number)
                except (ValueError, RecursionError, OverflowError) as error:
                    yield Skipped(number, "bad", detail=str(error)[:200], is_bad=True)

    @staticmethod
    def _line(raw: bytes, number: int) -> SourceText:
        if len(raw) > LINE_LIMIT:
            raise ValueError("longer than 5 MB")
        data: Any = json.loads(raw)
        if not isinstance(data, dict):
            raise ValueError("not an object")  # noqa: TRY004 - every bad line is a ValueError here
        return text_of_row(data, number)


class Table(PlainSource):
    """A CSV table; the first line names the columns, in English or Vietnamese."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.total = sum(1 for _row in self._rows())

    def _open(self) -> IO[str]:
        return io.TextIOWrapper(open_lines(self.path), encoding="utf-8-sig", newline="")

    def _rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        csv.field_size_limit(LINE_LIMIT * 4)
        try:
            with self._open() as file:
                first = file.readline()
                marks = {mark: first.count(mark) for mark in ",;\t"}
                file.seek(0)
                reader = csv.reader(file, delimiter=max(marks, key=lambda mark: marks[mark]))
                names = [COLUMNS.get(one_line(name).lower(), one_line(name).lower()) for name in next(reader, [])]
                if not {"id", "title", "body"} <= set(names):
                    raise ImportRefusedError(
                        _("Dòng đầu của tệp CSV phải có các cột id, title, body (hoặc: mã, tiêu đề, nội dung).")
                    )
                for cells in reader:
                    if any(cells):
                        yield reader.line_num, dict(zip(names, cells, strict=False))
        except UnicodeDecodeError as error:
            raise ImportRefusedError(
                _("Tệp CSV không phải UTF-8. Mở bằng Excel, chọn Lưu thành “CSV UTF-8” rồi nạp lại.")
            ) from error
        except csv.Error as error:
            raise ImportRefusedError(_("Tệp CSV hỏng: %(why)s. Lưu lại thành CSV UTF-8.") % {"why": error}) from error

    def items(self) -> Iterator[SourceText | Skipped]:
        """Every row, good or bad."""
        for number, data in self._rows():
            try:
                if len(str(data.get("body"))) > BODY_LIMIT:
                    yield Skipped(number, "too_big", title=one_line(str(data.get("title")))[:120])
                    continue
                yield text_of_row(data, number)
            except ValueError as error:
                yield Skipped(number, "bad", detail=str(error)[:200], is_bad=True)


BROKEN_ARCHIVE: Final = (OSError, EOFError, zlib.error)
