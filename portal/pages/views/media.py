"""Uploaded files, on the host of the unit they belong to and nowhere else."""

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from units.middleware import unit_of

# Nothing else is ever stored; a type that browsers run as a page must not slip in by its ending.
CONTENT_TYPES = {"webp": "image/webp"}


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file of the unit; 404 for another unit's, for unknown types and for anything outside the folder."""
    unit = unit_of(request)
    kind = CONTENT_TYPES.get(name.rsplit(".", 1)[-1])
    if kind is None or not name.startswith(f"u{unit.pk}/") or ".." in name:
        raise Http404
    if settings.MEDIA_ACCEL:
        response: HttpResponseBase = HttpResponse(content_type=kind)
        response.headers["X-Accel-Redirect"] = f"{settings.MEDIA_ACCEL.rstrip('/')}/{name}"
    else:
        try:
            response = FileResponse(default_storage.open(name), content_type=kind)
        except (OSError, SuspiciousOperation) as error:
            raise Http404 from error
    # The name is random and never reused, so a browser may keep it for good.
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
