"""Old addresses of what was imported: kept as redirects, and links between old texts turned into links between new ones."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from news.actions.sections import save_page
from news.enums.imports import ImportedState, ImportKind
from news.importing import ImportReport, Source, SourceText
from news.importing.items import bare_host
from news.models import Article, Category, ImportedItem, Page, Picture, Tag
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.text import slugify_vi
from units.actions import keep_addresses, unknown_addresses
from units.addresses import AddressKey, address_key
from units.enums import RedirectReason
from units.models import Redirect

BATCH: Final = 50
ARCHIVE_BATCH: Final = 200
_HREF: Final = re.compile(r"(<a\b[^>]*?\bhref=\")([^\"]*)(\")", re.IGNORECASE)


def inner_links(html: str, hosts: Iterable[str]) -> list[str]:
    """Addresses in ``html`` that lead to the old site itself, as they are written."""
    own = set(hosts)
    return [match[2] for match in _HREF.finditer(html) if own and _is_inner(match[2].replace("&amp;", "&"), own)]


def _is_inner(address: str, hosts: set[str]) -> bool:
    if address.startswith(("/media/", "#", "mailto:", "tel:")):
        return False
    host = bare_host(address)
    return host in hosts if host else not urlsplit(address).scheme


def _key(address: str) -> AddressKey | None:
    """The old address as the redirects spell it; relative ones from the old site's front page."""
    try:
        return address_key(urljoin("http://x/", address.replace("&amp;", "&")))
    except ValueError:
        return None


@dataclass(slots=True)
class AddressKeeper:
    """Keeps the addresses of one import."""

    source: Source
    report: ImportReport
    is_preview: bool = False
    actor: User | None = None
    hosts: set[str] = field(default_factory=set)
    sections: dict[str, Category] = field(default_factory=dict)
    parents: dict[int, str] = field(default_factory=dict)
    # Of a preview: addresses that would be kept, and links that would be looked for.
    seen: set[AddressKey] = field(default_factory=set)
    links: list[AddressKey] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Links to the old site are known by its hosts."""
        self.hosts = set(self.source.hosts)

    def keep(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Let old addresses lead to what they stand for now."""
        # The old front page is ours already, and so is an address that has not changed.
        wanted = [(old, new) for old, new in pairs if _key(old) not in (None, AddressKey("/"), _key(new))]
        result = keep_addresses(pairs=wanted, reason=RedirectReason.IMPORT, actor=self.actor)
        self.report.redirects += result.added
        self.report.redirects_known += result.unchanged
        for old, why in result.refused:
            self.report.note(self.report.refused_redirects, f"{old[:200]}: {why}")

    def preview(self, texts: Sequence[SourceText], moved: Sequence[tuple[str, str]]) -> None:
        """Count what ``keep`` would do with these texts."""
        for text in texts:
            self.hosts |= {bare_host(address) for address in text.old_urls} - {""}
            self.links += [key for link in inner_links(text.body, self.hosts) if (key := _key(link))]
        addresses = [
            address
            for text in texts
            if not text.is_draft
            for address in text.old_urls
            if text.kind == ImportKind.ARTICLE
            or _key(address) != _key(reverse("news:page-detail", args=[text.slug or "-"]))
        ]
        self._count([*addresses, *(old for old, _new in moved)])

    def _count(self, addresses: Iterable[str]) -> None:
        fresh = unknown_addresses(addresses) - self.seen
        self.seen |= fresh
        self.report.redirects += len(fresh)

    # --- after all texts ----------------------------------------------------------------------------------------------

    def finish(self, sections: dict[str, Category]) -> None:
        """Addresses of lists and files, pages below pages, links between texts."""
        for slug, category in sections.items():
            self.sections.setdefault(slug, category)
        if self.is_preview:
            self._count(address for address, _kind, _key in self.source.archives())
            known = {AddressKey(row.old_path, row.old_query) for row in Redirect.objects.at(self.links)} | self.seen
            self.report.links_joined += sum(key in known for key in self.links)
            return
        waiting: list[tuple[str, str, str]] = []
        for entry in self.source.archives():
            waiting.append(entry)
            if len(waiting) >= ARCHIVE_BATCH:
                self._keep_archives(waiting)
                waiting.clear()
        self._keep_archives(waiting)
        self._join_pages()
        while self._join_links():
            pass

    def _keep_archives(self, entries: Sequence[tuple[str, str, str]]) -> None:
        media = self._media_targets([key for _address, kind, key in entries if kind == "medium"])
        tags = {slugify_vi(key) for _address, kind, key in entries if kind == "tag"}
        known = set(Tag.objects.filter(slug__in=tags).values_list("slug", flat=True))
        pairs = []
        for address, kind, key in entries:
            if kind == "medium":
                target = media.get(key)
            elif kind == "tag":
                target = reverse("news:tag", args=[slugify_vi(key)]) if slugify_vi(key) in known else _news()
            else:
                target = self._list_target(kind, key)
            if target:
                pairs.append((address, target))
        self.keep(pairs)

    def _list_target(self, kind: str, key: str) -> str:
        section = self.sections.get(key) or self.sections.get(slugify_vi(key))
        if kind == "category" and section:
            return section.get_absolute_url()
        if kind == "category-feed" and section:
            return reverse("news:category-feed", args=[section.slug])
        if kind in ("month", "day"):
            return reverse(f"news:article-{kind}", args=[int(part) for part in key.split("-")])
        if kind in ("feed", "category-feed", "atom"):
            return reverse("news:atom" if kind == "atom" else "news:feed")
        return _news()

    def _media_targets(self, keys: Sequence[str]) -> dict[str, str]:
        """Where pages of attachments lead: to the text they belong to, else to the picture itself, else to the news."""
        media = [medium for key in keys if (medium := self.source.medium(key))]
        parents = self._urls([medium.parent for medium in media])
        rows = ImportedItem.objects.known(self.source.name, ImportKind.PICTURE, [medium.key for medium in media])
        pictures = Picture.objects.in_bulk([row.object_id for row in rows.values()])
        files = {key: pictures[row.object_id].url for key, row in rows.items() if row.object_id in pictures}
        return {medium.key: parents.get(medium.parent) or files.get(medium.key) or _news() for medium in media}

    def _urls(self, keys: Sequence[str]) -> dict[str, str]:
        wanted = [key for key in keys if key not in ("", "0")]
        found: dict[str, str] = {}
        articles = ImportedItem.objects.known(self.source.name, ImportKind.ARTICLE, wanted)
        rows = (
            Article.objects.published().select_related("category").in_bulk([row.object_id for row in articles.values()])
        )
        found |= {key: rows[row.object_id].get_absolute_url() for key, row in articles.items() if row.object_id in rows}
        pages = ImportedItem.objects.known(self.source.name, ImportKind.PAGE, wanted)
        there = Page.objects.published().in_bulk([row.object_id for row in pages.values()])
        found |= {key: there[row.object_id].get_absolute_url() for key, row in pages.items() if row.object_id in there}
        return found

    def page_of(self, key: str) -> Page | None:
        """The page that a page of the old site became."""
        row = ImportedItem.objects.known(self.source.name, ImportKind.PAGE, [key]).get(key)
        return Page.objects.filter(pk=row.object_id).first() if row else None

    def _join_pages(self) -> None:
        """Pages that came before the page they stand below."""
        for pk, key in self.parents.items():
            page, parent = Page.objects.filter(pk=pk, parent=None).first(), self.page_of(key)
            if page and parent and parent.pk != pk:
                page.parent = parent
                save_page(page=page, actor=self.actor)

    # --- links between texts ------------------------------------------------------------------------------------------

    @transaction.atomic
    def _join_links(self) -> bool:
        """One batch of texts whose links are still those of the old site; False when none is left."""
        items = list(ImportedItem.objects.with_open_links(self.source.name)[:BATCH])
        if not items:
            return False
        texts: list[Article | Page] = [
            *Article.objects.filter(pk__in=[item.object_id for item in items if item.kind == ImportKind.ARTICLE]),
            *Page.objects.filter(pk__in=[item.object_id for item in items if item.kind == ImportKind.PAGE]),
        ]
        keys = {key for text in texts for link in inner_links(text.body, self.hosts) if (key := _key(link))}
        targets = {AddressKey(row.old_path, row.old_query): row.target for row in Redirect.objects.at(keys)}
        for text in texts:
            self._join(text, targets)
        ImportedItem.objects.filter(pk__in=[item.pk for item in items]).update(state=ImportedState.DONE)
        bump_generation(items[0].unit_id)
        return True

    def _join(self, text: Article | Page, targets: dict[AddressKey, str]) -> None:
        own = self.hosts

        def joined(match: re.Match[str]) -> str:
            address = match[2]
            if not _is_inner(address.replace("&amp;", "&"), own):
                return match[0]
            key = _key(address)
            target = targets.get(key) if key else None
            if target is None and key == AddressKey("/"):
                target = "/"
            if target is None:
                line = _("“%(title)s”: liên kết tới %(address)s của trang cũ chưa có bài tương ứng ở đây")
                self.report.note(self.report.notes, line % {"title": text, "address": address[:150]})
                return match[0]
            self.report.links_joined += 1
            whole = f"https:{target}" if target.startswith("//") else target
            return f"{match[1]}{escape(whole)}{match[3]}"

        body = _HREF.sub(joined, text.body)
        if body == text.body:
            return
        # Somebody may have saved the text since: their words stay as they are.
        if isinstance(text, Article):
            Article.objects.filter(pk=text.pk, version_number=text.version_number).update(body=body)
        else:
            Page.objects.filter(pk=text.pk, revised_at=text.revised_at).update(body=body)


def _news() -> str:
    return reverse("news:article-list")
