"""Articles from RSS and Atom files."""

import calendar
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from xml.sax import SAXException  # only its class; nothing is parsed with it here

import feedparser
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from news.importing.items import (
    BODY_LIMIT,
    ImportRefusedError,
    Medium,
    PlainSource,
    Section,
    Skipped,
    SourceText,
    bare_host,
)
from news.importing.rows import open_lines
from news.rules import TITLE_LIMIT
from portal.core.richtext import plain_text
from portal.core.text import one_line, slugify_vi

FILE_LIMIT: Final = 30_000_000
SUMMARY_LENGTH: Final = 300


class Feed(PlainSource):
    """One feed; feeds are small, so it is read as a whole."""

    def __init__(self, path: Path) -> None:
        with open_lines(path) as file:
            raw = file.read(FILE_LIMIT + 1)
        if len(raw) > FILE_LIMIT:
            raise ImportRefusedError(_("Tệp RSS lớn hơn 30 MB. Chia nhỏ, hoặc xuất bài ra JSONL."))
        if b"<!ENTITY" in raw:
            raise ImportRefusedError(_("Tệp có phần khai báo ENTITY lạ, nên không nạp. Tải lại tệp từ trang cũ."))
        # Whatever the feed says of itself is cleaned by us; relative addresses stay as they are.
        parsed: Any = feedparser.parse(raw, sanitize_html=False, resolve_relative_uris=False)
        broken = bool(parsed.bozo) and isinstance(parsed.bozo_exception, SAXException)
        if not parsed.version or broken:
            raise ImportRefusedError(_("Tệp này không phải RSS hay Atom, hoặc bị hỏng. Tải lại tệp từ trang cũ."))
        self.entries = list(parsed.entries)
        self.total = len(self.entries)
        site = str(parsed.feed.get("link") or next((entry.get("link", "") for entry in self.entries), ""))
        self.hosts = frozenset({bare_host(site)} - {""})
        self.name = f"feed:{bare_host(site) or 'tep'}"[:60]

    def items(self) -> Iterator[SourceText | Skipped]:
        """Every entry."""
        for number, entry in enumerate(self.entries, start=1):
            title = one_line(strip_tags(entry.get("title", "")))[:TITLE_LIMIT]
            link = str(entry.get("link", ""))
            key = str(entry.get("id") or link)
            body = next(
                (part.value for part in entry.get("content", ()) if part.get("value")), entry.get("summary", "")
            )
            if not title or not key:
                yield Skipped(number, "no_title", detail=link[:200])
            elif len(body) > BODY_LIMIT:
                yield Skipped(number, "too_big", title)
            else:
                yield self._text(entry, number, title, key, body)

    @staticmethod
    def _text(entry: Any, number: int, title: str, key: str, body: str) -> SourceText:
        at = entry.get("published_parsed") or entry.get("updated_parsed")
        terms = [one_line(term.get("label") or term.get("term") or "") for term in entry.get("tags", ())]
        terms = [term for term in terms if term]
        pictures = [
            Medium(str(part.get("href") or part.get("url")))
            for part in (
                *entry.get("enclosures", ()),
                *entry.get("media_content", ()),
                *entry.get("media_thumbnail", ()),
            )
            if str(part.get("type", "image/")).startswith("image/") and (part.get("href") or part.get("url"))
        ]
        return SourceText(
            key=hashlib.sha256(key.encode()).hexdigest()[:40], number=number, title=title, body=body,
            summary=plain_text(entry.get("summary", ""))[:1000] or plain_text(body)[:SUMMARY_LENGTH],
            published_at=datetime.fromtimestamp(calendar.timegm(at), tz=UTC) if at else None, author=one_line(entry.get("author", "")),
            section=Section(slugify_vi(terms[0]), terms[0]) if terms else None, tags=terms[1:],
            picture=pictures[0] if pictures else None, old_urls=[str(entry.link)] if entry.get("link") else [],
        )  # fmt: skip
