"""Documents of the register, as actions leave them, for tests of the administration."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from news import actions
from news.actions.documents import FileDraft, publish_document, save_document, set_files
from news.enums.documents import DocumentStatus
from news.models import Attachment, Document, DocumentType
from tests.factories.signed_pdfs import plain_pdf


def type_of(abbreviation: str = "QĐ") -> DocumentType:
    """A seeded type by its abbreviation; a test with transactions of its own finds the seeds gone, and gets a new one."""
    found = DocumentType.objects.filter(abbreviation=abbreviation).first()
    return found or DocumentType.objects.create(name=f"Loại {abbreviation}", abbreviation=abbreviation)


def make_document(number: str = "12/QĐ-UBND", abstract: str = "Về việc thử", **more: Any) -> Document:
    """A draft of the unit in scope, saved by the system; signed on Monday 16/11/2026 unless said otherwise."""
    values: dict[str, Any] = {
        "type": type_of(), "group": "STEERING", "issuer": "Ủy ban nhân dân phường Thử", "issued_on": date(2026, 11, 16),
        **more,
    }  # fmt: skip
    return save_document(document=Document(number=number, abstract=abstract, **values), actor=None)


def make_file(name: str = "van-ban.pdf", content: bytes | None = None) -> Attachment:
    """A PDF in the library of the unit in scope."""
    raw = content or plain_pdf()
    return actions.take_attachment(upload=io.BytesIO(raw), name=name, size=len(raw), actor=None)[0]


def published_document(number: str = "12/QĐ-UBND", abstract: str = "Về việc thử", **more: Any) -> Document:
    """A document before citizens, with one file."""
    document = make_document(number, abstract, **more)
    set_files(document=document, files=[FileDraft(make_file())], actor=None)
    publish_document(document=document, actor=None, secrecy_checked=True)
    assert document.status == DocumentStatus.PUBLISHED
    return document


def make_register_rows(words: str) -> None:
    """A draft with the house's words, so that sweeps have another unit's document to look for; citizens never see it."""
    make_document(
        "99/QĐ-UBND", f"Nội dung văn bản nháp {words}", issuer=f"Cơ quan {words}", signer_name=f"Người ký {words}",
        notes=f"Nói ngắn {words}",
    )  # fmt: skip


def stored(document: Document) -> Document:
    """The row as the database holds it."""
    return Document.objects.get(pk=document.pk)
