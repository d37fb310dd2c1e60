"""Pieces of a WordPress export: the stream, one item, the site's lists."""

import re
from dataclasses import dataclass, field
from typing import IO, Final
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element  # only its type; the parser is defusedxml's

from django.utils.translation import gettext as _

from news.importing.items import ImportRefusedError, Medium, bare_host
from portal.core.text import nfc, one_line

ITEM_LIMIT: Final = 64 * 1024 * 1024
"""Bytes of XML between two items; more is no text that anybody wrote."""
_CONTROL: Final = bytes(set(range(32)) - {9, 10, 13})
_PREFIXES: Final = (
    ("excerpt/", "excerpt:"), ("wordpress.org/export", "wp:"), ("modules/content", "content:"), ("purl.org/dc", "dc:"),
)  # fmt: skip


def short(tag: str) -> str:
    """``{http://wordpress.org/export/1.2/}post_id`` → ``wp:post_id``, whatever the export's version."""
    if not tag.startswith("{"):
        return tag
    space, _brace, name = tag[1:].partition("}")
    return next((prefix + name for part, prefix in _PREFIXES if part in space), name)


class Stream:
    """The file without control characters, which old systems leave in texts and no XML parser takes."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.since_item = 0

    def read(self, size: int = 65_536) -> bytes:
        """The next piece; raises ImportRefusedError where one item is endless."""
        piece = self.file.read(size)
        self.since_item += len(piece)
        if self.since_item > ITEM_LIMIT:
            raise ImportRefusedError(_("Trong tệp có một bài dài hơn 64 MB. Xóa bài đó ở trang cũ rồi xuất lại."))
        return piece.translate(None, _CONTROL)


@dataclass(slots=True)
class Item:
    """One <item>: its simple fields, its terms and its custom fields."""

    fields: dict[str, str]
    terms: list[tuple[str, str, str]]
    meta: dict[str, str]
    comments: int

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "").strip()


@dataclass(slots=True)
class Lists:
    """What the first reading finds."""

    site: str = ""
    hosts: set[str] = field(default_factory=set)
    authors: dict[str, str] = field(default_factory=dict)
    author_ids: list[str] = field(default_factory=list)
    categories: dict[str, tuple[str, str, str]] = field(default_factory=dict)  # slug → id, name, parent's slug
    tags: dict[str, tuple[str, str]] = field(default_factory=dict)  # slug → id, name
    media: dict[str, Medium] = field(default_factory=dict)
    by_url: dict[str, str] = field(default_factory=dict)
    by_parent: dict[str, list[str]] = field(default_factory=dict)
    dates: set[tuple[str, ...]] = field(default_factory=set)
    formats: set[str] = field(default_factory=set)
    number: int = 0

    def above(self, slug: str) -> tuple[str, ...]:
        """The categories above one, outermost first; a circle in the export ends it."""
        found: list[str] = []
        parent = self.categories.get(slug, ("", "", ""))[2]
        while parent and parent not in found and parent != slug:
            found.insert(0, parent)
            parent = self.categories.get(parent, ("", "", ""))[2]
        return tuple(found)


def read_item(element: Element) -> Item:
    """One <item> without its element, which the reader forgets."""
    fields: dict[str, str] = {}
    terms, meta, comments = [], {}, 0
    for child in element:
        name = short(child.tag)
        if name == "category":
            terms.append((child.get("domain", "category"), child.get("nicename", ""), (child.text or "").strip()))
        elif name == "wp:postmeta":
            pair = {short(part.tag): part.text or "" for part in child}
            meta[pair.get("wp:meta_key", "")] = pair.get("wp:meta_value", "")
        elif name == "wp:comment":
            comments += 1
        else:
            fields[name] = child.text or ""
    return Item(fields, terms, meta, comments)


def picture_path(url: str) -> str:
    """The path of a file's address, decoded, without the size that WordPress adds: ``anh-300x200.jpg`` → ``anh.jpg``."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return url
    return re.sub(r"-\d{2,5}x\d{2,5}(?=\.\w{3,5}$)|-scaled(?=\.\w{3,5}$)", "", nfc(path))


def note_entry(lists: Lists, element: Element) -> None:
    """Keep one entry of the channel."""
    name = short(element.tag)
    given = {short(part.tag): (part.text or "").strip() for part in element}
    if name in ("wp:base_site_url", "wp:base_blog_url"):
        lists.site = (element.text or "").strip() or lists.site
        lists.hosts.add(bare_host(lists.site))
    elif name == "wp:author":
        shown = one_line(given.get("wp:author_display_name", ""))
        lists.authors[given.get("wp:author_login", "")] = shown or given.get("wp:author_login", "")
        lists.author_ids.append(given.get("wp:author_id", ""))
    elif name == "wp:category":
        lists.categories[given.get("wp:category_nicename", "")] = (
            given.get("wp:term_id", ""), one_line(given.get("wp:cat_name", "")), given.get("wp:category_parent", ""),
        )  # fmt: skip
    elif name == "wp:tag":
        lists.tags[given.get("wp:tag_slug", "")] = (given.get("wp:term_id", ""), one_line(given.get("wp:tag_name", "")))
