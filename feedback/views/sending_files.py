"""Files of a report form that came without JavaScript: one part of the same multipart form."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from feedback.actions import uploads
from feedback.models import CaseDraft, CaseUpload

MOST_AT_ONCE = 12


def take_files(request: HttpRequest, draft: CaseDraft) -> list[str]:
    """Drop what was ticked, take in what was chosen; returns a sentence for each file that was refused."""
    try:
        wanted = request.POST.getlist("drop_file")[:MOST_AT_ONCE]
        for row in CaseUpload.objects.of_draft(draft).filter(key__in=wanted).select_related("draft"):
            uploads.drop_upload(upload=row)
        return _take(request, draft)
    except uploads.Gone:
        return []


def _take(request: HttpRequest, draft: CaseDraft) -> list[str]:
    errors = list[str]()
    for file in request.FILES.getlist("files")[:MOST_AT_ONCE]:
        try:
            uploads.take_upload(draft=draft, upload=file)
        except ValidationError as error:
            errors += [sentence for sentence in error.messages if sentence not in errors]
    return errors
