"""Reading the register that stands on a unit's site: its own documents, and those the province shows in every register.

The province's rows are read in their own scope, only those with reach ALL; they stay the province's and link to its site. Own and
shared rows come from one walk of an index each and are merged here: one query over both units would sort all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from heapq import merge
from typing import Any, Final

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from news.enums.document_register import Origin
from news.enums.documents import Effect, FileRole
from news.models import Document, DocumentField, DocumentFile, DocumentType
from news.rules.document_register import COUNT_LIMIT, PAGE_SIZE, Asked, Place
from portal.core.pdf_signatures import signature_words
from portal.core.tenancy import unit_scope, units_scope
from units.chrome import province_of, site_url
from units.middleware import unit_of
from units.models import Unit

EFFECT_TAGS: Final = {
    Effect.IN_FORCE: "ok", Effect.COMING: "info", Effect.PARTLY: "warn", Effect.OVER: "over", Effect.UNSTATED: "plain",
}  # fmt: skip
CHOICES_KEPT: Final = 600
"""Seconds; types and fields are rows of the operators, who bump no unit's pages."""
_ROLE_ORDER: Final = {FileRole.MAIN: 0, FileRole.APPENDIX: 1, FileRole.EDITABLE: 2}


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file as a page offers it; ``url`` is absolute where it lies on the province's site."""

    title: str
    role: str
    url: str
    kind: str
    size: int
    pages: int | None
    signature: dict[str, Any]

    @property
    def is_signed(self) -> bool:
        """Whether a digital signature was found in the file when it was taken in."""
        return self.signature.get("is_signed") is True

    @property
    def signature_words(self) -> str:
        """Who signed, when, and whether the file is still as it was signed; "" for an unsigned file."""
        return signature_words(self.signature)

    @property
    def signature_tag(self) -> str:
        """The look of these words."""
        return {True: "ok", False: "bad"}.get(self.signature.get("is_intact"), "plain")  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the register; ``issued_by`` names the province where the document is not the unit's own."""

    document: Document
    url: str
    effect: Effect
    issued_by: str
    files: list[FileLine]

    @property
    def tag(self) -> str:
        """The look of the effect's tag."""
        return EFFECT_TAGS[self.effect]

    @property
    def more_files(self) -> int:
        """Files besides the first."""
        return len(self.files) - 1


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page: rows, how many there are in all (up to COUNT_LIMIT), and where the neighbouring pages begin."""

    rows: list[Row]
    total: int
    newer: Place | None
    older: Place | None

    @property
    def is_more(self) -> bool:
        """Whether there are more than were counted."""
        return self.total > COUNT_LIMIT


def _backwards(row: Document) -> tuple[int, int]:
    return -row.sort_on.toordinal(), -row.pk


def _forwards(row: Document) -> tuple[int, int]:
    return row.sort_on.toordinal(), row.pk


class Register:
    """The register of the unit a request speaks to, on the day of the request."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.unit = unit_of(request)
        province = province_of(request)
        self.province: Unit | None = province if province and province.pk != self.unit.pk else None
        self.today: date = timezone.localdate()

    @property
    def _units(self) -> list[Unit]:
        return [self.unit, self.province] if self.province else [self.unit]

    def _sources(self, origin: str) -> list[Unit]:
        """Whose rows are walked, each for itself."""
        return [unit for unit in self._units if not origin or (unit == self.unit) == (origin == Origin.OWN)]

    def total(self, asked: Asked) -> int:
        """How many documents answer, counted up to COUNT_LIMIT and one more; one query."""
        sources = self._sources(asked.origin)
        if not sources:
            return 0
        with units_scope(sources):
            rows = Document.objects.published().own_or_shared(self.unit.pk)
            return rows.matching(asked, self.today).counted()

    def page(
        self, asked: Asked, *, total: int | None = None, after: Place | None = None, before: Place | None = None
    ) -> Shelf:
        """One page behind ``after``, before ``before``, or the newest; four queries at most.

        ``total`` where it is known already; it is counted only where the page does not tell it by itself.
        """
        found = self._walk(asked, after=after, before=before)
        has_more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
        if total is None:
            total = self.total(asked) if has_more or after or before else len(found)
        if before:
            found.reverse()
        older = _place(found, -1) if (has_more or before) else None
        newer = _place(found, 0) if (after or (before and has_more)) else None
        return Shelf(self.rows(found), total, newer, older)

    def newest(self, asked: Asked, size: int) -> list[Document]:
        """The newest documents that answer, at most ``size``; for files that are taken away, without their files."""
        return self._walk(asked, size=size)[:size]

    def _walk(
        self, asked: Asked, *, after: Place | None = None, before: Place | None = None, size: int = PAGE_SIZE
    ) -> list[Document]:
        found: list[list[Document]] = []
        for unit in self._sources(asked.origin):
            with unit_scope(unit):
                rows = Document.objects.published().matching(asked, self.today)
                if unit != self.unit:
                    rows = rows.shared_down()
                found.append(rows.page_before(before, size) if before else rows.page_after(after, size))
        return list(merge(*found, key=_forwards if before else _backwards))[: size + 1]

    def choices(self) -> list[dict[str, Any]]:
        """What the filter offers: issuers that stand in the register, types, fields; one query.

        It reads an entry for each document there is, so it is kept until one of the two units publishes something.
        """
        key = "documents:choices:" + ":".join(f"{unit.pk}.{unit.generation}" for unit in self._units)
        known: list[dict[str, Any]] | None = cache.get(key)
        if known is None:
            with units_scope(self._units):
                rows = Document.objects.published().own_or_shared(self.unit.pk)
                known = rows.choices(DocumentType.objects.all(), DocumentField.objects.all())
            cache.set(key, known, CHOICES_KEPT)
        return known

    def rows(self, documents: Sequence[Document]) -> list[Row]:
        """Documents of the unit or shared by the province as lines, with their files; one query."""
        files = self.files_of(documents)
        return [
            Row(
                document=document,
                url=self.url_of(document),
                effect=document.effect(self.today),
                issued_by="" if document.unit_id == self.unit.pk else self._province_name(),
                files=files.get(document.pk, []),
            )
            for document in documents
        ]

    def _province_name(self) -> str:
        return self.province.name if self.province else ""

    def url_of(self, document: Document) -> str:
        """The document's page: here, or on the province's site."""
        return self._here_or_there(document.unit_id, document.get_absolute_url())

    def _here_or_there(self, unit_id: int, path: str) -> str:
        if unit_id == self.unit.pk or self.province is None:
            return path
        return site_url(self.request, self.province, path)

    def files_of(self, documents: Sequence[Document]) -> dict[int, list[FileLine]]:
        """Files by document, the document itself before appendices and Word files."""
        found: dict[int, list[FileLine]] = {}
        if not documents:
            return found
        with units_scope(self._units):
            links = list(DocumentFile.objects.all().of_documents([row.pk for row in documents]))
        for link in sorted(links, key=lambda link: (_ROLE_ORDER[FileRole(link.role)], link.order, link.pk)):
            file = link.attachment
            line = FileLine(
                title=file.title, role=link.get_role_display(), url=self._here_or_there(link.unit_id, file.url),
                kind=file.kind, size=file.size, pages=file.pages, signature=link.signature or {},
            )  # fmt: skip
            found.setdefault(link.document_id, []).append(line)
        return found

    def with_number(self, number: str) -> list[Document]:
        """Documents of exactly this number, whatever its spelling: the unit's own, else those the province shares down."""
        for unit in self._units:
            with unit_scope(unit):
                rows = Document.objects.published().with_number(number).for_list()
                if unit != self.unit:
                    rows = rows.shared_down()
                # Sorted here: asked for an order, SQLite would walk the whole register in it instead of the index of numbers.
                if found := sorted(rows.order_by()[:PAGE_SIZE], key=_backwards):
                    return found
        return []


def _place(rows: Sequence[Document], which: int) -> Place | None:
    return Place(rows[which].sort_on, rows[which].pk) if rows else None
