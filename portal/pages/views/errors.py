"""Error pages: the right status, a way on, never a trace."""

import logging

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from portal.core.middleware import bare_error

logger = logging.getLogger(__name__)


def _on_site(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """An error page inside the unit's own frame; the bare one where no unit is spoken for or the frame fails."""
    if getattr(request, "unit", None) is None:
        return bare_error("unknown_host.html" if status == 404 else f"{status}.html", status)  # noqa: PLR2004
    response = render(request, template, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent something that is not a request of ours; 413 when only its text was too long."""
    if isinstance(exception, RequestDataTooBig):
        back = request.path if request.path.startswith("/quan-tri/") else ""
        response = HttpResponse(render_to_string("413_text.html", {"back": back}), status=413)
        response.headers["Cache-Control"] = "no-store"
        return response
    return bare_error("400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: known who it is, not allowed here."""
    return _on_site(request, "403.html", 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: with search and ways home."""
    return _on_site(request, "404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: no database, no context; the trace is in the log only."""
    return bare_error("500.html", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old."""
    logger.info("csrf refused: %s", reason)
    return _on_site(request, "403.html", 403)
