"""Uploaded files, on the host of the unit they belong to and nowhere else; forms of the one catalogue on all hosts."""

import re
from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from feedback.models import CaseFile
from news.models import Attachment
from portal.core.documents import DOCUMENT_TYPES
from portal.core.ranges import send_range
from portal.core.text import slugify_vi
from portal.core.videos import VIDEO_TYPES
from services.models import ProcedureForm
from units.middleware import unit_of

# Nothing else is ever stored; a type that browsers run as a page must not slip in by its ending.
CONTENT_TYPES: Final = {"webp": "image/webp", "avif": "image/avif", "vtt": "text/vtt; charset=utf-8", **VIDEO_TYPES}
SHARED_FORMS: Final = "u0/mau/"
_OF_CASES: Final = re.compile(r"u\d{1,12}/phan-anh/")


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file of the unit; 404 for another unit's, for unknown types and for anything outside the folder.

    A document is sent as a download under its readable name, and only while the library has it.
    """
    unit = unit_of(request)
    ending = name.rsplit(".", 1)[-1]
    kind = CONTENT_TYPES.get(ending) or DOCUMENT_TYPES.get(ending)
    if kind is None or ".." in name:
        raise Http404
    if not name.startswith((f"u{unit.pk}/", SHARED_FORMS)) and not _is_of_a_case(name):
        raise Http404
    attachment = _document_of(name) if ending in DOCUMENT_TYPES else None
    if ending in DOCUMENT_TYPES and attachment is None:
        raise Http404
    response = _handed_over(name, kind) if settings.MEDIA_ACCEL else _sent(request, name, kind)
    if attachment:
        response.headers["Content-Disposition"] = _disposition(attachment)
        response.headers["X-Robots-Tag"] = "noindex"
    # The name is random and never reused, so a browser may keep it for good.
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _is_of_a_case(name: str) -> bool:
    """A picture that was let out of a case this unit has a part in: it lies with the unit whose moderator let it out."""
    return bool(_OF_CASES.match(name)) and CaseFile.objects.all().shown_as(name).exists()


def _document_of(name: str) -> Attachment | ProcedureForm | None:
    """The row that still has this document: the unit's own, or a form of the one catalogue, which every host gives."""
    if name.startswith(SHARED_FORMS):
        return ProcedureForm.objects.with_file(name)
    return Attachment.objects.with_file(name)


def _disposition(attachment: Attachment | ProcedureForm) -> str:
    """A download under a name that every browser understands, with marks where it can."""
    readable = quote(f"{attachment.title}.{attachment.extension}".replace("/", "-"), safe="")
    plain = f"{slugify_vi(attachment.title)}.{attachment.extension}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{readable}"


def _handed_over(name: str, kind: str) -> HttpResponseBase:
    response = HttpResponse(content_type=kind)
    response.headers["X-Accel-Redirect"] = f"{settings.MEDIA_ACCEL.rstrip('/')}/{name}"
    return response


def _sent(request: HttpRequest, name: str, kind: str) -> HttpResponseBase:
    try:
        stored = default_storage.open(name)
        size = default_storage.size(name)
    except (OSError, SuspiciousOperation) as error:
        raise Http404 from error
    return send_range(request, stored, size, kind)
