"""Background work of the register: signatures of large files, deadlines after a changed rule or holiday."""

from celery import shared_task

from portal.core.tasks import TenantTask, fan_out, unit_ids_with


@shared_task(base=TenantTask, name="news.read_signatures")
def read_signatures() -> int:
    """Read what the unit's large PDF files say about their signatures."""
    from news.actions.document_files import read_waiting_signatures

    return read_waiting_signatures()


@shared_task(base=TenantTask, name="news.measure_documents")
def measure_documents() -> int:
    """Put the unit's deadlines right after a rule or a holiday was changed."""
    from news.actions.document_terms import remeasure_documents

    return remeasure_documents()


@shared_task(name="news.dispatch_documents")
def dispatch_documents() -> int:
    """Once a night: files whose signatures a killed worker left unread, deadlines that a new rule or holiday moved."""
    from news.models import Document, DocumentFile

    unread = unit_ids_with(DocumentFile.objects.unread)
    measured = unit_ids_with(Document.objects.with_deadline)
    return fan_out(read_signatures, unread) + fan_out(measure_documents, measured)
