"""Reading articles from JSON lines (plain or gzipped), one by one, however large the file."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final, cast

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import escape

from news.rules import TITLE_LIMIT
from portal.core.text import nfc, one_line

LINE_LIMIT: Final = 5_000_000


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """One good line: the source's id, title, summary, body as HTML, and when it was published, if the line says."""

    reference: str
    title: str
    summary: str
    body_html: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class BadLine:
    """One line that can not be taken, with its number and the reason."""

    number: int
    reason: str


def open_lines(path: Path) -> IO[bytes]:
    """The file, unzipped where its name ends in .gz."""
    return cast("IO[bytes]", gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb"))


def count_lines(path: Path) -> int:
    """Number of lines, for the progress bar."""
    with open_lines(path) as file:
        return sum(1 for _line in file)


def paragraphs(text: str) -> str:
    """Plain text as HTML: a paragraph for every line, or for every run of two or more spaces where it has none."""
    parts = text.splitlines() if "\n" in text else text.split("  ")
    return "".join(f"<p>{escape(part.strip())}</p>" for part in parts if part.strip())


def _line(raw: bytes) -> ArticleLine:
    if len(raw) > LINE_LIMIT:
        raise ValueError("longer than 5 MB")
    data: Any = json.loads(raw)
    if not isinstance(data, dict):
        raise ValueError("not an object")  # noqa: TRY004 - every bad line is a ValueError here
    fields = {name: data.get(name) for name in ("id", "title", "body")}
    for name, value in fields.items():
        if not isinstance(value, str | int) or not str(value).strip():
            raise ValueError(f"{name} is missing")
    body = nfc(str(data["body"]))
    at = parse_datetime(str(data.get("published_at") or ""))
    return ArticleLine(
        reference=one_line(str(data["id"]))[:60],
        title=one_line(str(data["title"]))[:TITLE_LIMIT],
        summary=nfc(str(data.get("summary") or "")).strip() or one_line(body)[:300],
        body_html=body if body.lstrip().startswith("<") else paragraphs(body),
        published_at=timezone.make_aware(at) if at and timezone.is_naive(at) else at,
    )


def read_articles(path: Path) -> Iterator[tuple[int, ArticleLine | BadLine]]:
    """Every line with its number, good or bad; nothing in the file can stop the reading of the rest."""
    with open_lines(path) as file:
        for number, raw in enumerate(file, start=1):
            if not raw.strip():
                continue
            try:
                yield number, _line(raw)
            except (ValueError, RecursionError, OverflowError) as error:
                yield number, BadLine(number, str(error)[:200])
