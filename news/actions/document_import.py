"""A list of documents into one unit's register, by the verbs that people use; repeating it changes only what differs."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from news.actions.document_relations import adopt_relations, refresh_effects
from news.actions.document_sight import DOCUMENT
from news.actions.documents import save_document
from news.enums.documents import DocumentReach, DocumentStatus
from news.importing.documents import BadRow, DocumentRow
from news.models import Document, DocumentRelation, DocumentType
from news.rules.documents import number_key
from portal.core.audit import record
from portal.core.page_cache import bump_every_generation, bump_generation
from portal.core.tenancy import current_unit_id
from portal.core.text import folded
from portal.search.actions import mark_many_changed
from units.models import Unit

BATCH: Final = 200


@dataclass(slots=True)
class DocumentImportReport:
    """What an import did, or would do."""

    added: int = 0
    changed: int = 0
    same: int = 0
    kept: int = 0
    """Documents that the office had entered itself: left as they are."""
    bad: list[BadRow] = field(default_factory=list)


class _Import:
    """One run: what is known by now, and how a row is taken."""

    def __init__(self, *, everywhere: bool) -> None:
        self.report = DocumentImportReport()
        self.everywhere = everywhere
        self.types = {folded(row.name): row for row in DocumentType.objects.all()}
        self.by_abbreviation = {number_key(row.abbreviation): row for row in self.types.values() if row.abbreviation}
        self.lines: dict[str, int] = {}
        self.fresh: list[Document] = []
        self.today = timezone.localdate()
        name = folded(Unit.objects.only("name").get(pk=current_unit_id()).name)
        self.own_names = {name, f"ubnd {name}", f"uy ban nhan dan {name}", f"hdnd {name}", f"hoi dong nhan dan {name}"}

    def take(self, row: DocumentRow, known: dict[str, Document], own: set[tuple[str, str]]) -> None:
        """Add, change or leave one row; raises ValidationError where it can not stand in a register."""
        wanted = self._wanted(row)
        reference = reference_of(row)
        if (first := self.lines.setdefault(reference, row.line)) != row.line:
            raise ValidationError(f"{row.number} of {row.issuer} stood on line {first} already")
        document = known.get(reference)
        if document is None and (number_key(row.number), folded(row.issuer)) in own:
            self.report.kept += 1
        elif document is None:
            reach = DocumentReach.ALL if self.everywhere else DocumentReach.OWN
            self.fresh.append(Document(**wanted, source_ref=reference, group=self._type(row).group, reach=reach))
            self.report.added += 1
        elif any(getattr(document, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(document, name, value)
            save_document(document=document, actor=None)
            self.report.changed += 1
        else:
            self.report.same += 1

    def _wanted(self, row: DocumentRow) -> dict[str, object]:
        if row.issued_on and row.issued_on > self.today:
            raise ValidationError(f"{row.number}: the day of issue {row.issued_on} is after today")
        if row.year > self.today.year:
            raise ValidationError(f"{row.number}: the year {row.year} is after this one")
        return {
            "type": self._type(row), "number": row.number, "issuer": row.issuer, "issued_on": row.issued_on,
            "is_own": folded(row.issuer) in self.own_names, "year": row.year, "abstract": row.abstract,
            "signer_name": row.signer, "source_url": row.source_url,
        }  # fmt: skip

    def _type(self, row: DocumentRow) -> DocumentType:
        """The type by name; a row that names none has it in its number. Types are rows of the operators: none is made."""
        if row.type_name:
            found = self.types.get(folded(row.type_name))
        else:
            parts = number_key(row.number).split(".")
            found = next((self.by_abbreviation[part] for part in parts if part in self.by_abbreviation), None)
        if found is None:
            raise ValidationError(
                f"{row.number}: unknown type “{row.type_name[:60]}”; add the type first, or correct it"
            )
        return found


def reference_of(row: DocumentRow) -> str:
    """What a row is known by when the list comes again: its number in one spelling, and who issued it."""
    issuer = hashlib.sha256(folded(row.issuer).encode()).hexdigest()[:12]
    return f"list:{number_key(row.number)}:{issuer}"


def import_documents(
    *,
    rows: Iterable[DocumentRow | BadRow],
    is_preview: bool,
    everywhere: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> DocumentImportReport:
    """Bring a list into the register of the unit in scope; ``everywhere`` lets it stand in every register of the province.

    The list is the master of type, number, issuer, signer, day, year, abstract and source of what it brought; field, group,
    days of effect, notes, files and relations are the office's and stay. A document that the office entered itself is left
    alone. A preview writes nothing. Rows that can not be taken are in the report, by line.
    """
    waiting = list(rows)
    run = _Import(everywhere=everywhere)
    for start in range(0, len(waiting), BATCH):
        batch = waiting[start : start + BATCH]
        with transaction.atomic():
            _take_batch(run, batch)
            transaction.set_rollback(is_preview)
        if progress:
            progress(min(start + BATCH, len(waiting)), len(waiting), "")
    if not is_preview and (run.report.added or run.report.changed):
        unit = Unit.objects.get(pk=current_unit_id())
        detail = {"added": run.report.added, "changed": run.report.changed, "bad": len(run.report.bad)}
        record(verb="document.import", target=unit, actor=None, detail=detail)
    return run.report


def _take_batch(run: _Import, batch: list[DocumentRow | BadRow]) -> None:
    good = [row for row in batch if isinstance(row, DocumentRow)]
    stored = Document.objects.filter(source_ref__in=[reference_of(row) for row in good]).select_related("type")
    known = {row.source_ref: row for row in stored}
    numbers = {number_key(row.number) for row in good}
    others = Document.objects.filter(key__in=numbers).exclude(source_ref__in=known).only("key", "issuer", "unit")
    own = {(row.key, folded(row.issuer)) for row in others}
    for row in batch:
        if isinstance(row, BadRow):
            run.report.bad.append(row)
            continue
        try:
            run.take(row, known, own)
        except ValidationError as error:
            run.report.bad.append(BadRow(row.line, " ".join(error.messages)))
    load_documents(documents=run.fresh)
    run.fresh = []


def load_documents(*, documents: Sequence[Document]) -> None:
    """Insert many documents that are public already, at once: what save_document and publish_document do, without a deadline.

    Earlier relations that named one of their numbers are tied to them. The one audit row is the import's.
    """
    if not documents:
        return
    now = timezone.now()
    for document in documents:
        document.status, document.published_at, document.expires_on = DocumentStatus.PUBLISHED, now, document.own_end
        document.normalise()
    rows = Document.objects.bulk_create(documents, batch_size=BATCH)
    keys = {row.key for row in rows}
    waiting = DocumentRelation.objects.filter(earlier__isnull=True, earlier_key__in=keys)
    named = set(waiting.values_list("earlier_key", flat=True))
    tied = [row for row in rows if row.key in named]
    for row in tied:
        adopt_relations(row)
    refresh_effects(row.pk for row in tied)
    if any(row.reach == DocumentReach.ALL for row in rows):
        bump_every_generation()
    else:
        bump_generation(rows[0].unit_id)
    mark_many_changed(rows[0].unit_id, DOCUMENT, [row.pk for row in rows])
