"""WordPress exports (WXR), read as a stream: memory does not grow with the file.

The file is read twice: once for its lists (authors, categories, attachments stand before or after the texts that use
them), which also finds a broken file before anything is written; then text by text.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, ParseError  # the parser below is defusedxml's

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from news.enums.imports import ImportKind
from news.importing.items import BODY_LIMIT, ImportRefusedError, Medium, Section, Skipped, SourceText, bare_host
from news.importing.rows import moment, open_lines
from news.importing.wordpress_html import convert
from news.rules import TITLE_LIMIT
from portal.core.richtext import plain_text
from portal.core.text import nfc, one_line, slugify_vi

ITEM_LIMIT: Final = 64 * 1024 * 1024
"""Bytes of XML between two items; more is no text that anybody wrote."""
_CONTROL: Final = bytes(set(range(32)) - {9, 10, 13})
_FURNITURE: Final = re.compile(r"^(nav_menu_item|wp_.*|custom_css|customize_changeset|oembed_cache|user_request)$")
_STATUS: Final = {"future": "future", "private": "private", "trash": "trash", "auto-draft": "revision"}
_DATED: Final = re.compile(r"^/(\d{4})/(\d{2})/(?:(\d{2})/)?")
_PREFIXES: Final = (
    ("excerpt/", "excerpt:"), ("wordpress.org/export", "wp:"), ("modules/content", "content:"), ("purl.org/dc", "dc:"),
)  # fmt: skip
SUMMARY_LENGTH: Final = 300


def short(tag: str) -> str:
    """``{http://wordpress.org/export/1.2/}post_id`` → ``wp:post_id``, whatever the export's version."""
    if not tag.startswith("{"):
        return tag
    space, _brace, name = tag[1:].partition("}")
    return next((prefix + name for part, prefix in _PREFIXES if part in space), name)


class _Stream:
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
class _Item:
    """One <item>: its simple fields, its terms and its custom fields."""

    fields: dict[str, str]
    terms: list[tuple[str, str, str]]
    meta: dict[str, str]
    comments: int

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "").strip()


@dataclass(slots=True)
class _Lists:
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


def _item(element: Element) -> _Item:
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
    return _Item(fields, terms, meta, comments)


def picture_path(url: str) -> str:
    """The path of a file's address, decoded, without the size that WordPress adds: ``anh-300x200.jpg`` → ``anh.jpg``."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return url
    return re.sub(r"-\d{2,5}x\d{2,5}(?=\.\w{3,5}$)|-scaled(?=\.\w{3,5}$)", "", nfc(path))


class Wordpress:
    """One WXR file."""

    def __init__(self, path: Path, *, category_base: str = "category", tag_base: str = "tag", drafts: bool = False) -> None:
        self.path = path
        self.bases = category_base.strip("/"), tag_base.strip("/")
        self.drafts = drafts
        self.lists = _Lists()
        self.comments = 0
        self.shortcodes: Counter[str] = Counter()
        for item in self._read(self.lists):
            self._survey(item)
        if not self.lists.hosts:
            raise ImportRefusedError(
                _("Tệp này không phải tệp xuất của WordPress. Ở trang cũ chọn Công cụ → Xuất → Toàn bộ nội dung.")
            )
        self.name = f"wp:{bare_host(self.lists.site)}"[:60]
        self.hosts = frozenset(self.lists.hosts)
        self.total = self.lists.number

    # --- reading ------------------------------------------------------------------------------------------------------

    def _read(self, lists: _Lists | None = None) -> Iterator[_Item]:
        """Every item; with ``lists``, the channel's own entries are kept there."""
        with open_lines(self.path) as file:
            stream = _Stream(file)
            try:
                yield from self._events(iterparse(stream, events=("start", "end"), forbid_dtd=True), stream, lists)
            except ParseError as error:
                line, column = error.position
                raise ImportRefusedError(
                    _("Tệp hỏng hoặc bị cắt ở dòng %(line)d, cột %(column)d. Xuất lại từ WordPress (Công cụ → Xuất), tải về trọn vẹn rồi nạp lại.")
                    % {"line": line, "column": column}
                ) from error
            except DefusedXmlException as error:
                raise ImportRefusedError(
                    _("Tệp có phần khai báo DTD hoặc ENTITY mà WordPress không bao giờ xuất ra, nên không nạp. Xuất lại từ trang cũ.")
                ) from error

    @staticmethod
    def _events(events: Any, stream: _Stream, lists: _Lists | None) -> Iterator[_Item]:
        depth, channel = 0, None
        for event, element in events:
            if event == "start":
                depth += 1
                if depth == 2:  # noqa: PLR2004 - below the root
                    channel = element
                continue
            depth -= 1
            if depth != 2:  # noqa: PLR2004 - only what stands directly in the channel
                continue
            if element.tag == "item":
                yield _item(element)
                stream.since_item = 0
            elif lists is not None:
                _note(lists, element)
            if channel is not None:
                channel.clear()

    def _survey(self, item: _Item) -> None:
        lists = self.lists
        lists.number += 1
        lists.formats |= {slug for domain, slug, _name in item.terms if domain == "post_format"}
        key, kind = item["wp:post_id"], item["wp:post_type"]
        if kind == "attachment":
            url = item["wp:attachment_url"] or item["guid"]
            words = one_line(strip_tags(item["excerpt:encoded"]))
            lists.media[key] = Medium(
                url, alt=one_line(item.meta.get("_wp_attachment_image_alt", "")), caption=words,
                title=one_line(item["title"]), key=key, link=item["link"], parent=item["wp:post_parent"],
            )  # fmt: skip
            lists.by_url[picture_path(url)] = key
            if item["wp:post_parent"] not in ("", "0"):
                lists.by_parent.setdefault(item["wp:post_parent"], []).append(key)
        elif kind == "post" and item["wp:status"] == "publish":
            dated = _DATED.match(urlsplit(item["link"]).path)
            if dated:
                parts = [part for part in dated.groups() if part]
                lists.dates |= {tuple(parts[:length]) for length in range(1, len(parts) + 1)}

    # --- texts --------------------------------------------------------------------------------------------------------

    def items(self) -> Iterator[SourceText | Skipped]:
        """Posts and pages; everything else with the reason why not."""
        for number, item in enumerate(self._read(), start=1):
            kind = item["wp:post_type"]
            if kind == "attachment":
                continue
            self.comments += item.comments
            title = one_line(strip_tags(item["title"]))[:TITLE_LIMIT]
            reason = self._reason(item, kind, title)
            yield Skipped(number, reason, title, kind) if reason else self._text(item, number, title)

    def _reason(self, item: _Item, kind: str, title: str) -> str:
        status = item["wp:status"]
        if kind == "revision":
            return "revision"
        if kind not in ("post", "page"):
            return "menu" if _FURNITURE.match(kind) else "other"
        if status in _STATUS:
            return _STATUS[status]
        if item["wp:post_password"]:
            return "password"
        if status != "publish" and not self.drafts:
            return "draft"
        if len(item["content:encoded"]) > BODY_LIMIT:
            return "too_big"
        return "" if title else "no_title"

    def _text(self, item: _Item, number: int, title: str) -> SourceText:
        key = item["wp:post_id"]
        done = convert(item["content:encoded"], find=self.medium, attached=lambda: self._attached(key))
        self.shortcodes += done.shortcodes
        section, others = self._section(item)
        tags = [unquote(name) for domain, _slug, name in item.terms if domain == "post_tag"]
        picture = self.medium(item.meta.get("_thumbnail_id", ""))
        return SourceText(
            key=key, number=number, title=title, body=done.html,
            kind=ImportKind.PAGE if item["wp:post_type"] == "page" else ImportKind.ARTICLE,
            slug=slugify_vi(unquote(item["wp:post_name"])) if item["wp:post_name"] else "",
            summary=self._summary(item, done.teaser, done.html), published_at=self._published(item),
            is_draft=item["wp:status"] != "publish", author=self.lists.authors.get(item["dc:creator"], item["dc:creator"]),
            section=section, tags=tags + others, picture=picture, old_urls=self._old_urls(item),
            parent_key=item["wp:post_parent"].strip("0") and item["wp:post_parent"],
            order=int(item["wp:menu_order"]) if item["wp:menu_order"].isdigit() else 0,
        )  # fmt: skip

    def _attached(self, key: str) -> list[Medium]:
        return [self.lists.media[child] for child in self.lists.by_parent.get(key, ())]

    @staticmethod
    def _summary(item: _Item, teaser: str, html: str) -> str:
        for words in (item["excerpt:encoded"], teaser):
            if found := plain_text(words):
                return found
        words = plain_text(html)
        return words if len(words) <= SUMMARY_LENGTH else words[:SUMMARY_LENGTH].rsplit(" ", 1)[0] + "…"

    @staticmethod
    def _published(item: _Item) -> datetime | None:
        if item["wp:post_date_gmt"] and not item["wp:post_date_gmt"].startswith("0000"):
            at = moment(item["wp:post_date_gmt"])
            return at.replace(tzinfo=UTC) if at else None
        return None if item["wp:post_date"].startswith("0000") else moment(item["wp:post_date"])

    def _section(self, item: _Item) -> tuple[Section | None, list[str]]:
        """The category an article stands in, and the names of its others, which become tags."""
        found = [(slug, name) for domain, slug, name in item.terms if domain == "category"]
        if not found:
            return None, []
        primary = item.meta.get("_yoast_wpseo_primary_category") or item.meta.get("rank_math_primary_category")
        ids = {slug: self.lists.categories.get(slug, ("", "", ""))[0] for slug, _name in found}
        found.sort(key=lambda pair: (ids[pair[0]] != primary, pair[0] in ("uncategorized", "chua-phan-loai")))
        slug, name = found[0]
        others = [other for _slug, other in found[1:] if _slug not in ("uncategorized", "chua-phan-loai")]
        return Section(slugify_vi(unquote(slug)), one_line(name), self._parents(slug), key=slug), others

    def _parents(self, slug: str) -> tuple[str, ...]:
        above: list[str] = []
        parent = self.lists.categories.get(slug, ("", "", ""))[2]
        while parent and parent not in above and parent != slug:
            above.insert(0, parent)
            parent = self.lists.categories.get(parent, ("", "", ""))[2]
        return tuple(above)

    def _old_urls(self, item: _Item) -> list[str]:
        key = item["wp:post_id"]
        found = [item["link"], f"/?p={key}"]
        if item["wp:post_type"] == "page":
            found.append(f"/?page_id={key}")
        # A guid is often another post's, copied with it; only one that names this post by its id is sure.
        if re.search(rf"[?&](?:p|page_id)={re.escape(key)}$", item["guid"]):
            found.append(item["guid"])
        if item.meta.get("_wp_old_slug") and item["wp:post_name"]:
            found.append(item["link"].replace(item["wp:post_name"], item.meta["_wp_old_slug"]))
        return [address for address in dict.fromkeys(found) if address]

    # --- media and lists ----------------------------------------------------------------------------------------------

    def medium(self, key: str) -> Medium | None:
        """An attachment by its id."""
        return self.lists.media.get(key)

    def medium_at(self, url: str) -> Medium | None:
        """An attachment by the address of its file in any size."""
        return self.lists.media.get(self.lists.by_url.get(picture_path(url), ""))

    def archives(self) -> Iterator[tuple[str, str, str]]:
        """Addresses of lists, feeds and attachment pages."""
        category_base, tag_base = self.bases
        for slug, (key, _name, _parent) in self.lists.categories.items():
            path = "/".join((category_base, *self._parents(slug), slug))
            for address in dict.fromkeys((f"/{path}/", f"/{category_base}/{slug}/", f"/?cat={key}")):
                yield address, "category", slug
                if "?" not in address:
                    yield f"{address}feed/", "category-feed", slug
        for slug, (_key, name) in self.lists.tags.items():
            yield f"/{tag_base}/{slug}/", "tag", name
            yield f"/?tag={slug}", "tag", name
        for login in self.lists.authors:
            yield f"/author/{login}/", "list", ""
        for key in self.lists.author_ids:
            yield f"/?author={key}", "list", ""
        for kind in self.lists.formats:
            yield f"/type/{kind.removeprefix('post-format-')}/", "list", ""
        for address in ("/feed/", "/feed/rss2/", "/?feed=rss2", "/?feed=rss", "/comments/feed/"):
            yield address, "feed", ""
        yield from (("/feed/atom/", "atom", ""), ("/?feed=atom", "atom", ""), ("/page/", "list", ""))
        yield from self._dates()
        for medium in self.lists.media.values():
            yield f"/?attachment_id={medium.key}", "medium", medium.key
            if medium.link:
                yield medium.link, "medium", medium.key

    def _dates(self) -> Iterator[tuple[str, str, str]]:
        kinds = {1: "list", 2: "month", 3: "day"}
        for parts in sorted(self.lists.dates):
            yield f"/{'/'.join(parts)}/", kinds[len(parts)], "-".join(parts)
            yield f"/?m={''.join(parts)}", kinds[len(parts)], "-".join(parts)


def _note(lists: _Lists, element: Element) -> None:
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
