"""What is refused before anything is looked up: too long, too large, not text."""

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from portal.core.upload_gates import upload_gate

# Without reading the rest of the upload the browser would see a broken connection instead of our page.
DRAIN_LIMIT: Final = 128 * 1024 * 1024
DRAIN_CHUNK: Final = 256 * 1024


def bare_error(template: str, status: int) -> HttpResponse:
    """An error page that needs no unit, no database and no session."""
    response = HttpResponse(render_to_string(template), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _drain(request: HttpRequest, length: int) -> None:
    left = min(length, DRAIN_LIMIT)
    while left > 0:
        chunk = request.read(min(DRAIN_CHUNK, left))
        if not chunk:
            return
        left -= len(chunk)


class RequestLimitMiddleware:
    """Refuses NUL bytes (400), endless addresses (414) and huge bodies (413) with a page of the right status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve one request; see the class."""
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path or "%00" in query or "\x00" in query:
            return bare_error("400.html", 400)
        if len(query) + len(request.path) > settings.QUERY_LIMIT_CHARACTERS:
            return bare_error("414.html", 414)
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            return bare_error("400.html", 400)
        large = _large_upload(request)
        limit = large[0] if large else settings.UPLOAD_LIMIT_BYTES
        if length > limit + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            _drain(request, length)
            return bare_error("413.html", 413)
        return self.get_response(request)


def _large_upload(request: HttpRequest) -> tuple[int, Callable[[HttpRequest], bool]] | None:
    """Bytes that an address of LARGE_UPLOADS or OPEN_UPLOADS takes, and who may send them; None for all other addresses."""
    for path, limit, permission in settings.LARGE_UPLOADS:
        if request.path.startswith(path):
            return limit, partial(_has_permission, permission=permission)
    for pattern, limit, gate in settings.OPEN_UPLOADS:
        if re.fullmatch(pattern, request.path):
            return limit, upload_gate(gate)
    return None


def _has_permission(request: HttpRequest, *, permission: str) -> bool:
    return request.user.has_perm(permission)


class LargeUploadMiddleware:
    """Lets a body above UPLOAD_LIMIT_BYTES through from people who may upload there; stands behind authentication.

    Of strangers, at the addresses of OPEN_UPLOADS, those whom the room's own gate lets in (portal.core.upload_gates).
    The form's token is looked for in the body, so without this a stranger's 200 MB would be read to the end first.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve one request; see the class."""
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if length > settings.UPLOAD_LIMIT_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            large = _large_upload(request)
            if large is None or not large[1](request):
                _drain(request, length)
                return bare_error("413.html", 413)
        return self.get_response(request)
