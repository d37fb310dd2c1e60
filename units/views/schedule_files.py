"""The week as XLSX and DOCX for citizens."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def week_xlsx(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """XLSX."""
    raise Http404


def week_docx(request: HttpRequest, **_keys: Any) -> HttpResponse:
    """DOCX."""
    raise Http404
