"""Files of a document, and what the PDF files among them say about their digital signatures."""

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from news.actions.document_parts import FileDraft
from news.actions.document_rights import demand_change
from news.actions.document_sight import show_document
from news.enums.documents import DocumentStatus
from news.models import Attachment, Document, DocumentFile
from news.tasks.documents import read_signatures
from portal.core.audit import record
from portal.core.models import User
from portal.core.pdf_signatures import IN_REQUEST_BYTES, signature_facts
from portal.core.tasks import start_after_commit

FILE_LIMIT: Final = 30


@transaction.atomic
def set_files(*, document: Document, files: Sequence[FileDraft], actor: User | None) -> None:
    """Give a document exactly these files, in this order, each with its role; one file stands once.

    What a PDF says of its signatures is read here when it is small, else by a worker right after. Raises ValidationError
    when there are too many, PermissionDenied where the person may not change the document.
    """
    demand_change(document, actor)
    wanted = list({draft.attachment.pk: draft for draft in files}.values())
    if len(wanted) > FILE_LIMIT:
        raise ValidationError(_("Một văn bản có nhiều nhất %(limit)d tệp.") % {"limit": FILE_LIMIT})
    stored = Document.objects.select_for_update().get(pk=document.pk)
    known = {row.attachment_id: row for row in DocumentFile.objects.filter(document=stored)}
    rows = [
        DocumentFile(
            document=stored, attachment=draft.attachment, role=draft.role, order=order,
            signature=_facts(draft.attachment, known.get(draft.attachment.pk)),
        )
        for order, draft in enumerate(wanted)
    ]  # fmt: skip
    before = [(row.attachment_id, row.role) for row in sorted(known.values(), key=lambda row: (row.order, row.pk))]
    if before == [(row.attachment_id, row.role) for row in rows]:
        return
    DocumentFile.objects.filter(document=stored).delete()
    DocumentFile.objects.bulk_create(rows)
    record(verb="document.files", target=stored, actor=actor, detail={"files": [row.attachment_id for row in rows]})
    if any(row.attachment.extension == "pdf" and not row.signature for row in rows):
        start_after_commit(read_signatures, unit_id=stored.unit_id)
    if stored.status != DocumentStatus.DRAFT:
        show_document(stored)


def _facts(attachment: Attachment, known: DocumentFile | None) -> dict[str, Any]:
    """Known from before for the same bytes, read now for a small PDF, empty while a worker has yet to look."""
    if known is not None and known.signature:
        return dict(known.signature)
    if attachment.extension != "pdf" or attachment.size > IN_REQUEST_BYTES:
        return {}
    return _read(attachment)


def _read(attachment: Attachment) -> dict[str, Any]:
    try:
        with attachment.file.open("rb") as stream:
            return signature_facts(stream.read())
    except OSError:
        # The storage does not answer, or the file is gone: the sweep looks again.
        return {}


def read_waiting_signatures() -> int:
    """Read, in the unit in scope, the PDF files nobody has looked at yet; how many. Can be repeated; each is read once."""
    number = 0
    for row in DocumentFile.objects.unread()[:FILE_LIMIT]:
        facts = _read(row.attachment)
        with transaction.atomic():
            # Somebody may have taken the file off meanwhile, or another worker was faster.
            if facts and DocumentFile.objects.filter(pk=row.pk, signature={}).update(signature=facts):
                number += 1
                if row.document.status != DocumentStatus.DRAFT:
                    show_document(row.document)
    return number
