"""What the register puts on “Việc hôm nay”."""

from datetime import timedelta
from typing import Any, Final

from django.http import HttpRequest
from django.utils import timezone

from news.models import Document
from news.querysets.document_desk import COUNTED_UP_TO

ROWS: Final = 6


def document_panel(request: HttpRequest) -> dict[str, Any]:
    """Drafts of documents that wait, the late ones and those due soon first; nothing where none waits. One query."""
    if not request.user.has_perm("news.view_document"):
        return {}
    today = timezone.localdate()
    waiting = list(Document.objects.drafts().for_register()[: COUNTED_UP_TO + 1])
    if not waiting:
        return {}
    return {
        "template": "admin/news/document/desk_panel.html",
        "count": len(waiting),
        "lines": [
            {
                "row": row,
                "is_late": row.due_on is not None and row.due_on < today,
                "is_today": row.due_on == today,
                "is_tomorrow": row.due_on == today + timedelta(days=1),
            }
            for row in waiting[:ROWS]
        ],
    }
