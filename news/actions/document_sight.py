"""What must happen whenever citizens should see something new in the register."""

from typing import Final

from news.enums.documents import DocumentReach
from news.models import Document
from portal.core.page_cache import bump_every_generation, bump_generation
from portal.search.actions import mark_changed

DOCUMENT: Final = "news.Document"


def show_document(document: Document, *, everywhere: bool = False) -> None:
    """Forget cached pages and let the index look at the document again.

    ``everywhere`` says that it stood in every register until now (its reach was just made smaller).
    """
    if everywhere or document.reach == DocumentReach.ALL:
        bump_every_generation()
    else:
        bump_generation(document.unit_id)
    mark_changed(unit_id=document.unit_id, model_label=DOCUMENT, object_id=document.pk)
