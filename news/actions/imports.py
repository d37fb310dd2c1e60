"""Taking articles and pages of another system over: batch by batch, each thing once, killed at any moment and gone on with."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.actions.articles import load_articles
from news.actions.import_addresses import AddressKeeper, inner_links
from news.actions.import_media import MediaTaker
from news.actions.import_mending import mend_article
from news.actions.import_terms import ImportOptions, digest_of, reference_of, tags_named
from news.actions.sections import save_category, save_page
from news.enums import ArticleStatus
from news.enums.imports import ImportedState, ImportKind
from news.importing import ImportReport, Skipped, Source, SourceText
from news.importing.items import bare_host
from news.importing.report import REASONS
from news.models import Article, Category, ImportedItem, ImportRun, Page, Picture
from portal.core.models import User
from portal.core.text import one_line, slugify_vi

BATCH: Final = 50
LARGE_BATCH: Final = 200
"""For files without media: nothing slow happens between two of their texts."""
RESERVED: Final = frozenset({"ngay", "the", "rss", "atom"})
_UNSAFE_LINK: Final = re.compile(r"href\s*=\s*[\"']?\s*(?:javascript|vbscript|data)\s*:", re.IGNORECASE)


@dataclass(slots=True)
class Importer:
    """One import of one opened file into the unit in scope. A preview runs the same way and writes nothing."""

    source: Source
    options: ImportOptions
    run: ImportRun | None = None
    actor: User | None = None
    progress: Callable[[int, int], None] | None = None
    report: ImportReport = field(default_factory=ImportReport)
    media: MediaTaker = field(init=False)
    addresses: AddressKeeper = field(init=False)
    seen: set[tuple[str, str]] = field(default_factory=set)
    sections: dict[str, Category] = field(default_factory=dict)
    lacking: list[tuple[SourceText, ImportedItem]] = field(default_factory=list)
    incomplete: set[tuple[str, str]] = field(default_factory=set)
    began: datetime = field(default_factory=timezone.now)

    def __post_init__(self) -> None:
        """The helpers share the report."""
        self.report.source = self.source.name
        self.media = MediaTaker(
            self.source, self.report, self.options.media_folder, self.options.fetch_media, self.options.is_preview,
            self.run, self.actor,
        )  # fmt: skip
        self.addresses = AddressKeeper(self.source, self.report, self.options.is_preview, self.actor)
        self.sections = {category.slug: category for category in Category.objects.in_order()}

    def __call__(self) -> ImportReport:
        """Take everything over; a crash in between loses at most the batch at hand, and the next call goes on."""
        size = BATCH if self.source.hosts else LARGE_BATCH
        batch: list[SourceText] = []
        number = 0
        for thing in self.source.items():
            number = thing.number
            if isinstance(thing, Skipped):
                self._skip(thing)
            elif (thing.kind, thing.key) in self.seen:
                self.report.skip("twice")
            else:
                self.seen.add((thing.kind, thing.key))
                batch.append(thing)
            if len(batch) >= size:
                self._take(batch)
                batch.clear()
                self._tell(number)
            if self.options.limit and len(self.seen) >= self.options.limit:
                break
        self._take(batch)
        self.addresses.finish(self.sections)
        self.report.comments += getattr(self.source, "comments", 0)
        self.report.shortcodes = dict(getattr(self.source, "shortcodes", {}))
        self._tell(self.source.total)
        return self.report

    def _tell(self, number: int) -> None:
        if self.progress:
            self.progress(number, self.source.total)

    def _skip(self, thing: Skipped) -> None:
        self.report.skip(thing.reason)
        if thing.is_bad:
            self.report.bad += 1
            self.report.note(
                self.report.notes, _("Dòng %(line)d: %(why)s") % {"line": thing.number, "why": thing.detail}
            )
        elif thing.reason in ("too_big", "no_title", "password", "future"):
            name = f"“{thing.title}”" if thing.title else _("Mục thứ %(number)d") % {"number": thing.number}
            self.report.note(self.report.notes, f"{name}: {REASONS[thing.reason]}")

    # --- one batch ----------------------------------------------------------------------------------------------------

    def _take(self, batch: list[SourceText]) -> None:
        fresh = self._unknown(batch)
        self._mend()
        # Media first and outside the transaction: a slow server must not keep the database waiting.
        ready = [(text, *self._with_media(text)) for text in fresh]
        if self.options.is_preview:
            self._count(ready)
            return
        with transaction.atomic():
            pairs = self._write_articles([entry for entry in ready if entry[0].kind == ImportKind.ARTICLE])
            pairs += self._write_pages([entry for entry in ready if entry[0].kind == ImportKind.PAGE])
            self.addresses.keep([*pairs, *self.media.moved])
        self.media.moved.clear()

    def _unknown(self, batch: list[SourceText]) -> list[SourceText]:
        """Those that no earlier import brought; the others are compared with what they were."""
        known: dict[tuple[str, str], str] = {}
        for kind in (ImportKind.ARTICLE, ImportKind.PAGE):
            keys = [text.key for text in batch if text.kind == kind]
            if keys:
                rows = ImportedItem.objects.known(self.source.name, kind, keys)
                self._left_open(rows, batch)
                known |= {(kind, key): row.digest for key, row in rows.items()}
        references = {self._reference(text): text for text in batch}
        # Articles that came before imports were written down.
        for reference in Article.objects.filter(source_ref__in=references).values_list("source_ref", flat=True):
            known.setdefault((references[reference].kind, references[reference].key), "")
        fresh = []
        for text in batch:
            before = known.get((text.kind, text.key))
            if before is None:
                fresh.append(text)
            elif before and before != digest_of(text):
                self.report.changed += 1
            else:
                self.report.known += 1
        return fresh

    def _left_open(self, rows: Mapping[str, ImportedItem], batch: list[SourceText]) -> None:
        """Pages of a killed import whose place was left for its end, and articles that lack a picture."""
        for text in batch:
            row = rows.get(text.key)
            if row is None or row.kind != text.kind:
                continue
            if text.parent_key and row.state == ImportedState.LINKS:
                self.addresses.parents[row.object_id] = text.parent_key
            if row.lacks_media and row.digest == digest_of(text):
                self.lacking.append((text, row))

    def _mend(self) -> None:
        """Try again what an earlier import could not get."""
        for text, item in self.lacking:
            missed = self.media.missed
            body, picture = self._with_media(text)
            if not self.options.is_preview:
                self.report.mended += mend_article(
                    item=item, body=body, picture_id=picture, missing=self.media.missed - missed,
                    hosts=self.addresses.hosts,
                )  # fmt: skip
                self.addresses.keep(self.media.moved)
            self.media.moved.clear()
        self.lacking.clear()

    def _with_media(self, text: SourceText) -> tuple[str, int | None]:
        missed = self.media.missed
        body = self.media.place(text.body, text.title)
        if unsafe := len(_UNSAFE_LINK.findall(body)):
            line = _(
                "“%(title)s”: bỏ %(number)d liên kết không an toàn (javascript:). Mở bài, gắn lại địa chỉ nếu cần."
            )
            self.report.note(self.report.notes, line % {"title": text.title, "number": unsafe})
        taken = self.media.take(text.picture, text.title) if text.picture else None
        if self.media.missed > missed:
            self.incomplete.add((text.kind, text.key))
        return body, taken.pk if taken else None

    def _count(self, ready: list[tuple[SourceText, str, int | None]]) -> None:
        """What a preview says of a batch."""
        for text, body, _picture in ready:
            text.body = body
            self.report.added += text.kind == ImportKind.ARTICLE
            self.report.pages_added += text.kind == ImportKind.PAGE
            self.report.drafts_added += text.is_draft
            if text.kind == ImportKind.ARTICLE:
                self._category(text)
        self.addresses.preview([text for text, _body, _picture in ready], self.media.moved)
        self.media.moved.clear()

    # --- articles -----------------------------------------------------------------------------------------------------

    def _reference(self, text: SourceText) -> str:
        return reference_of(self.source.name, text.key)

    def _write_articles(self, ready: list[tuple[SourceText, str, int | None]]) -> list[tuple[str, str]]:
        pictures = Picture.objects.in_bulk([key for _text, _body, key in ready if key])
        rows = [(text, self._article(text, body, pictures.get(key or 0))) for text, body, key in ready]
        if not rows:
            return []
        self.report.added += load_articles(articles=[article for _text, article in rows])
        self.report.drafts_added += sum(text.is_draft for text, _article in rows)
        for text, article in rows:
            if text.tags:
                article.tags.add(*tags_named(text.tags))
        self._remember((text, article.pk, article.body) for text, article in rows)
        return [
            (address, article.get_absolute_url())
            for text, article in rows
            if not text.is_draft
            for address in text.old_urls
        ]

    def _article(self, text: SourceText, body: str, picture: Picture | None) -> Article:
        fallback = self.began - timedelta(minutes=text.number)
        return Article(
            category=self._category(text), title=text.title, slug=text.slug, summary=text.summary, body=body,
            author_name=self.options.authors.get(text.author, text.author)[:120], picture=picture,
            status=ArticleStatus.DRAFT if text.is_draft else ArticleStatus.PUBLISHED,
            published_at=None if text.is_draft else text.published_at or fallback,
            source_ref=self._reference(text), created_by=self.actor,
        )  # fmt: skip

    def _category(self, text: SourceText) -> Category:
        """Where an article belongs: mapped, of the same address part, or made."""
        section = text.section
        name = section.name if section else ""
        wanted = section.slug if section else self.options.category
        mapping = self.options.categories
        slug = mapping.get(section.key or wanted, mapping.get(name, wanted)) if section else wanted
        slug = slugify_vi(slug) + ("-muc" if slug in RESERVED else "")
        category = self.sections.get(slug) or Category.objects.filter(slug=slug).first()
        if category is None:
            shown = one_line(name)[:80] or ("Tin nhập" if slug == "tin-nhap" else slug)
            category = Category(name=shown, slug=slug, order=90)
            self.report.categories += 1
            if not self.options.is_preview:
                category = save_category(category=category, actor=self.actor)
        self.sections[slug] = category
        if section:
            self.addresses.sections[section.key or section.slug] = category
        return category

    # --- pages --------------------------------------------------------------------------------------------------------

    def _write_pages(self, ready: list[tuple[SourceText, str, int | None]]) -> list[tuple[str, str]]:
        pairs = []
        for text, body, _picture in ready:
            parent = self.addresses.page_of(text.parent_key) if text.parent_key else None
            page = save_page(
                page=Page(
                    title=text.title[:160], slug=self._free_page_slug(text), body=body, parent=parent,
                    order=min(text.order, 32_000), is_published=not text.is_draft,
                ),
                actor=self.actor,
            )  # fmt: skip
            self.report.pages_added += 1
            self.report.drafts_added += text.is_draft
            waiting = bool(text.parent_key) and parent is None
            self._remember([(text, page.pk, page.body)], waiting=waiting)
            if waiting:
                self.addresses.parents[page.pk] = text.parent_key
            pairs += [(address, page.get_absolute_url()) for address in text.old_urls if not text.is_draft]
        return pairs

    @staticmethod
    def _free_page_slug(text: SourceText) -> str:
        wanted = text.slug or slugify_vi(text.title)
        taken = set(Page.objects.filter(slug__startswith=wanted[:70]).values_list("slug", flat=True))
        number, slug = 2, wanted
        while slug in taken:
            slug, number = f"{wanted[:70]}-{number}", number + 1
        return slug

    # --- remembering --------------------------------------------------------------------------------------------------

    def _remember(self, rows: Iterable[tuple[SourceText, int, str]], *, waiting: bool = False) -> None:
        items = []
        for text, key, body in rows:
            self.addresses.hosts |= {bare_host(address) for address in text.old_urls} - {""}
            linked = waiting or bool(inner_links(body, self.addresses.hosts))
            state = ImportedState.LINKS if linked else ImportedState.DONE
            items.append(
                ImportedItem(
                    source=self.source.name,
                    kind=text.kind,
                    key=text.key,
                    object_id=key,
                    run=self.run,
                    state=state,
                    digest=digest_of(text),
                    lacks_media=text.kind == ImportKind.ARTICLE and (text.kind, text.key) in self.incomplete,
                )
            )
        ImportedItem.objects.bulk_create(items, ignore_conflicts=True)
