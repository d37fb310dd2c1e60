"""WordPress exports (WXR), read as a stream: memory does not grow with the file.

The file is read twice: once for its lists (authors, categories, attachments stand before or after the texts that use
them), which also finds a broken file before anything is written; then text by text.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import ParseError  # the parser below is defusedxml's

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from news.enums.imports import ImportKind
from news.importing.items import BODY_LIMIT, ImportRefusedError, Medium, Section, Skipped, SourceText, bare_host
from news.importing.rows import moment, open_lines
from news.importing.wordpress_html import convert
from news.importing.wxr_archives import archives_of
from news.importing.wxr_parts import Item, Lists, Stream, note_entry, picture_path, read_item
from news.rules import TITLE_LIMIT
from portal.core.richtext import plain_text
from portal.core.text import one_line, slugify_vi

_FURNITURE: Final = re.compile(r"^(nav_menu_item|wp_.*|custom_css|customize_changeset|oembed_cache|user_request)$")
_STATUS: Final = {"future": "future", "private": "private", "trash": "trash", "auto-draft": "revision"}
_DATED: Final = re.compile(r"^/(\d{4})/(\d{2})/(?:(\d{2})/)?")
SUMMARY_LENGTH: Final = 300


class Wordpress:
    """One WXR file."""

    def __init__(
        self, path: Path, *, category_base: str = "category", tag_base: str = "tag", drafts: bool = False
    ) -> None:
        self.path = path
        self.bases = category_base.strip("/"), tag_base.strip("/")
        self.drafts = drafts
        self.lists = Lists()
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

    def _read(self, lists: Lists | None = None) -> Iterator[Item]:
        """Every item; with ``lists``, the channel's own entries are kept there."""
        with open_lines(self.path) as file:
            stream = Stream(file)
            try:
                yield from self._events(iterparse(stream, events=("start", "end"), forbid_dtd=True), stream, lists)
            except ParseError as error:
                line, column = error.position
                raise ImportRefusedError(
                    _(
                        "Tệp hỏng hoặc bị cắt ở dòng %(line)d, cột %(column)d. Xuất lại từ WordPress (Công cụ → Xuất), tải về trọn vẹn rồi nạp lại."
                    )
                    % {"line": line, "column": column}
                ) from error
            except DefusedXmlException as error:
                raise ImportRefusedError(
                    _(
                        "Tệp có phần khai báo DTD hoặc ENTITY mà WordPress không bao giờ xuất ra, nên không nạp. Xuất lại từ trang cũ."
                    )
                ) from error

    @staticmethod
    def _events(events: Any, stream: Stream, lists: Lists | None) -> Iterator[Item]:
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
                yield read_item(element)
                stream.since_item = 0
            elif lists is not None:
                note_entry(lists, element)
            if channel is not None:
                channel.clear()

    def _survey(self, item: Item) -> None:
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

    def _reason(self, item: Item, kind: str, title: str) -> str:
        """Why an item is not taken; empty where it is."""
        if kind not in ("post", "page"):
            return "revision" if kind == "revision" else "menu" if _FURNITURE.match(kind) else "other"
        status = item["wp:status"]
        reasons = {
            _STATUS.get(status, ""): status in _STATUS,
            "password": bool(item["wp:post_password"]),
            "draft": status != "publish" and not self.drafts,
            "too_big": len(item["content:encoded"]) > BODY_LIMIT,
            "no_title": not title,
        }
        return next((reason for reason, applies in reasons.items() if applies), "")

    def _text(self, item: Item, number: int, title: str) -> SourceText:
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
    def _summary(item: Item, teaser: str, html: str) -> str:
        for words in (item["excerpt:encoded"], teaser):
            if found := plain_text(words):
                return found
        words = plain_text(html)
        return words if len(words) <= SUMMARY_LENGTH else words[:SUMMARY_LENGTH].rsplit(" ", 1)[0] + "…"

    @staticmethod
    def _published(item: Item) -> datetime | None:
        if item["wp:post_date_gmt"] and not item["wp:post_date_gmt"].startswith("0000"):
            at = moment(item["wp:post_date_gmt"])
            return at.replace(tzinfo=UTC) if at else None
        return None if item["wp:post_date"].startswith("0000") else moment(item["wp:post_date"])

    def _section(self, item: Item) -> tuple[Section | None, list[str]]:
        """The category an article stands in, and the names of its others, which become tags."""
        found = [(slug, name) for domain, slug, name in item.terms if domain == "category"]
        if not found:
            return None, []
        primary = item.meta.get("_yoast_wpseo_primary_category") or item.meta.get("rank_math_primary_category")
        ids = {slug: self.lists.categories.get(slug, ("", "", ""))[0] for slug, _name in found}
        found.sort(key=lambda pair: (ids[pair[0]] != primary, pair[0] in ("uncategorized", "chua-phan-loai")))
        slug, name = found[0]
        others = [other for _slug, other in found[1:] if _slug not in ("uncategorized", "chua-phan-loai")]
        return Section(slugify_vi(unquote(slug)), one_line(name), self.lists.above(slug), key=slug), others

    def _old_urls(self, item: Item) -> list[str]:
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
        return archives_of(self.lists, self.bases)
