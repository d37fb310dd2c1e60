"""The demo's register of documents: for the province, two communes and a department, through the actions that people use."""

import io
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from news.actions import take_attachment
from news.actions.documents import (
    FileDraft,
    RelationDraft,
    publish_document,
    save_document,
    set_files,
    set_relations,
)
from news.enums.documents import DocumentReach, FileRole
from news.models import Attachment, Document, DocumentField, DocumentType
from portal.core.tenancy import unit_scope
from portal.pages.demo.document_texts import COMMUNE, DEPARTMENT, INVENTED, PROVINCE, Paper
from portal.pages.demo.paper import plain_pdf, signed_pdf
from portal.pages.demo.wording import INVENTED_NAME
from units.enums import UnitKind
from units.models import Unit

SLUGS: Final = ("hue", "thuan-an", "phu-xuan", "stp")
PAPERS: Final = {UnitKind.PROVINCE: PROVINCE, UnitKind.COMMUNE: COMMUNE, UnitKind.DEPARTMENT: DEPARTMENT}
SIGNER: Final = "Trần Thị Mẫu"
_BODY: Final = (
    "Day la van ban minh hoa cua ban dung thu, khong co gia tri phap ly.",
    "So ky hieu, nguoi ky va noi dung trong van ban nay khong co that.",
)


def load_documents() -> int:
    """Write what is missing of the demo's documents; returns how many were added. Repeating it adds nothing."""
    added, shared = 0, dict[str, str]()
    for slug in SLUGS:
        unit = Unit.objects.filter(slug=slug, valid_to__isnull=True).first()
        papers = PAPERS.get(UnitKind(unit.kind), ()) if unit else ()
        if unit is None or not papers:
            continue
        with unit_scope(unit), transaction.atomic():
            added += _Writer(unit, shared).write(papers)
            if unit.kind == UnitKind.PROVINCE:
                rows = Document.objects.filter(source_ref__startswith="demo:").shared_down()
                shared = {row.source_ref.removeprefix("demo:"): row.number for row in rows}
    return added


class _Writer:
    """Writes one unit's papers."""

    def __init__(self, unit: Unit, shared: Mapping[str, str]) -> None:
        self.unit, self.shared, self.today = unit, shared, timezone.localdate()
        self.types = {row.slug: row for row in DocumentType.objects.all()}
        self.fields = {row.slug: row for row in DocumentField.objects.all()}
        self.written = {row.source_ref: row for row in Document.objects.filter(source_ref__startswith="demo:")}

    def write(self, papers: tuple[Paper, ...]) -> int:
        """All that are not there yet, the oldest first, as earlier ones must stand before they are amended."""
        added = 0
        for paper in sorted(papers, key=lambda row: -row.issued):
            if f"demo:{paper.key}" not in self.written:
                self.written[f"demo:{paper.key}"] = self._one(paper)
                added += 1
        return added

    def _one(self, paper: Paper) -> Document:
        issued = self.today - timedelta(days=paper.issued)
        name = self.unit.name[:1].lower() + self.unit.name[1:]
        kind = self.types[paper.type_slug]
        is_office = self.unit.kind == UnitKind.DEPARTMENT
        document = Document(
            type=kind, group=paper.group or kind.group, number=paper.number.format(y=issued.year),
            issuer=self.unit.name if is_office else f"Ủy ban nhân dân {name}",
            signer_name=f"{SIGNER} {INVENTED_NAME}", signer_post="Giám đốc" if is_office else "Chủ tịch",
            issued_on=issued, effective_from=None if paper.starts is None else issued + timedelta(days=paper.starts),
            own_end=None if paper.ends is None else issued + timedelta(days=paper.ends),
            field=self.fields[paper.field_slug], notes=paper.notes, is_demo=True, source_ref=f"demo:{paper.key}",
            abstract=f"{paper.abstract.format(unit=name, y=issued.year)} {INVENTED}",
            reach=DocumentReach.ALL if paper.everywhere else DocumentReach.OWN,
        )  # fmt: skip
        save_document(document=document, actor=None)
        set_files(document=document, files=self._files(paper, document), actor=None)
        set_relations(document=document, relations=self._relations(paper), actor=None)
        # A day after signing, in office hours: in time, as most are.
        at = timezone.make_aware(datetime.combine(min(issued + timedelta(days=1), self.today), time(9)))
        return publish_document(document=document, actor=None, secrecy_checked=True, at=at)

    def _files(self, paper: Paper, document: Document) -> list[FileDraft]:
        content = plain_pdf(f"{document.type.name} {document.number}", [document.abstract, *_BODY])
        if paper.is_signed:
            content = signed_pdf(content, name=document.signer_name, organisation=document.issuer)
        files = [
            FileDraft(self._kept(content, f"{document.type.name} {document.number.replace('/', '-')}"), FileRole.MAIN)
        ]
        if paper.has_appendix:
            content = plain_pdf(f"Phu luc {document.number}", [document.abstract, *_BODY])
            files.append(
                FileDraft(self._kept(content, f"Phụ lục {document.number.replace('/', '-')}"), FileRole.APPENDIX)
            )
        return files

    @staticmethod
    def _kept(content: bytes, name: str) -> Attachment:
        return take_attachment(upload=io.BytesIO(content), name=f"{name}.pdf", size=len(content), actor=None)[0]

    def _relations(self, paper: Paper) -> list[RelationDraft]:
        drafts = []
        for act in paper.acts:
            known = self.written.get(f"demo:{act.target}")
            number = known.number if known else self.shared.get(act.target.removeprefix("@"), act.target)
            if not number.startswith("@"):
                drafts.append(RelationDraft(act.kind, number, known, is_partial=act.is_partial, what=act.what))
        return drafts
