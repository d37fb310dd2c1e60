"""Rows of the register, with each house's marks where a house is given."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from news.enums.documents import DocumentStatus, FileRole, RelationKind
from news.models import Attachment, Document, DocumentField, DocumentFile, DocumentRelation, DocumentType
from portal.core.tenancy import unit_scope
from tests.factories.cast import House
from units.models import Unit

ISSUED = date(2026, 11, 2)
SIGNED = {
    "is_signed": True,
    "is_intact": True,
    "signers": [{"name": "Trần Thị Mẫu", "organisation": "UBND phường Mẫu", "at": "2026-11-02T09:00:00+07:00"}],
}


def _type(slug: str) -> DocumentType:
    """The seeded type; a test whose database was emptied makes it anew."""
    words = slug.replace("-", " ").capitalize()
    return DocumentType.objects.get_or_create(slug=slug, defaults={"name": words})[0]


def make_document(
    number: str = "54/2026/QĐ-UBND", abstract: str = "Quy định mẫu", *, type_slug: str = "quyet-dinh", **more: Any
) -> Document:
    """One document of the unit in scope, published unless said otherwise, without an audit row or an index change."""
    status = more.setdefault("status", DocumentStatus.PUBLISHED)
    more.setdefault("issued_on", ISSUED)
    more.setdefault("issuer", "Ủy ban nhân dân phường Mẫu")
    if status != DocumentStatus.DRAFT:
        more.setdefault("published_at", timezone.now() - timedelta(days=1))
    more.setdefault("expires_on", more.get("own_end"))
    document = Document(type=_type(type_slug), number=number, abstract=abstract, **more)
    document.save()
    return document


def make_documents(number: int, *, start: int = 0, **more: Any) -> list[Document]:
    """Many published documents of the unit in scope at once, a few for each day, newest first."""
    kind = _type("quyet-dinh")
    at = timezone.now()
    rows = []
    for place in range(start, start + number):
        row = Document(
            type=kind, number=f"{place + 1}/QĐ-UBND", abstract=f"Quyết định thứ {place + 1} về cây xanh",
            issuer=f"Cơ quan {place % 7}", status=DocumentStatus.PUBLISHED, published_at=at,
            issued_on=ISSUED - timedelta(days=place // 3), **more,
        )  # fmt: skip
        row.normalise()
        rows.append(row)
    return Document.objects.bulk_create(rows, batch_size=500)


def make_relation(document: Document, kind: RelationKind, earlier: Document | str, **more: Any) -> DocumentRelation:
    """What ``document`` does to an earlier one, a row or only its number."""
    row = earlier if isinstance(earlier, Document) else None
    number = earlier.number if isinstance(earlier, Document) else earlier
    return DocumentRelation.objects.create(document=document, kind=kind, earlier=row, earlier_number=number, **more)


def make_document_file(document: Document, title: str = "Quyết định", **more: Any) -> DocumentFile:
    """A PDF of a document, of a few bytes: pages only link to it."""
    place = Attachment.objects.count()
    name = default_storage.save(f"u{document.unit_id}/tep/{place}.pdf", ContentFile(b"%PDF-1.4\n%%EOF\n"))
    attachment = Attachment.objects.create(
        file=name, title=title, extension="pdf", size=348_160, pages=3,
        sha256=f"{place:064d}",
    )  # fmt: skip
    return DocumentFile.objects.create(document=document, attachment=attachment, role=FileRole.MAIN, **more)


def document_of(house: House) -> Document:
    """The house's document with its marks in every text, made when it is asked for first; it amends another of the house."""
    words = f"{house.marker} {house.word}"
    with unit_scope(house.unit):
        if known := Document.objects.filter(source_ref="test:cast").first():
            return known
        earlier = make_document(
            f"7/2024/QĐ-{house.marker}", f"Quy định gốc {words}", issued_on=date(2024, 3, 1), slug="goc"
        )
        document = make_document(
            f"54/2026/QĐ-{house.marker}", f"Sửa đổi quy định chợ {words}", issuer=f"Ủy ban {words}",
            signer_name=f"Người ký {words}", notes=f"Nói ngắn {words}", effective_from=date(2026, 11, 12),
            source_ref="test:cast",
            # Without the house's words: an error page says the address back.
            slug="sua-doi-quy-dinh-cho",
        )  # fmt: skip
        make_document_file(document, f"Tệp {words}", signature=SIGNED)
        make_relation(document, RelationKind.AMENDS, earlier, is_partial=True, what=f"Điều 2 {words}")
        return document


def make_shelf(unit: Unit) -> Unit:
    """Documents that differ in everything a filter asks for."""
    with unit_scope(unit):
        land = DocumentField.objects.get_or_create(slug="dat-dai", defaults={"name": "Đất đai"})[0]
        make_document(
            "54/2023/QĐ-UBND", "Quy định về nhuận bút, thù lao", issued_on=date(2023, 9, 30), group="NORMATIVE"
        )
        make_document("54/2024/QĐ-UBND", "Giá đất", issued_on=date(2024, 5, 1), field=land)
        make_document("54/KH-UBND", "Trồng cây", type_slug="ke-hoach", issued_on=date(2023, 2, 1), group="PLAN")
        make_document("154/2023/QĐ-UBND", "Sửa Quyết định 54/2023/QĐ-UBND", issued_on=date(2023, 12, 1))
        make_document("54/2023/QĐ-HĐND", "Bầu tổ trưởng", issuer="Hội đồng nhân dân", issued_on=date(2023, 4, 1))
    return unit
