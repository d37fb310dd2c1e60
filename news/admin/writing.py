"""What an editor's page asks about its text: remarks, and one of them mended. Nothing is stored."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from news.rules.quality import Finding, Severity, body_findings, quality_findings
from news.rules.quality_fixes import mend_body, mend_line


def _refuse(request: HttpRequest) -> HttpResponse | None:
    """Only who writes articles or pages asks, and only by POST."""
    user = request.user
    if not (user.has_perm("news.change_article") or user.has_perm("news.change_page")):
        raise PermissionDenied
    return None if request.method == "POST" else HttpResponseNotAllowed(["POST"])


def findings_of(data: Any) -> list[Finding]:
    """The remarks on what was posted; a page has no summary and asks for its text only."""
    if "summary" not in data:
        return body_findings(data.get("body", ""))
    found = quality_findings(title=data.get("title", ""), summary=data["summary"], body=data.get("body", ""))
    return [finding for finding in found if finding.severity != Severity.NEED]


def check_text(request: HttpRequest) -> HttpResponse:
    """The remarks as the page shows them."""
    refused = _refuse(request)
    if refused is not None:
        return refused
    html = render_to_string("admin/news/article/findings.html", {"findings": findings_of(request.POST)})
    return JsonResponse({"html": html.strip()})


def mend_text(request: HttpRequest) -> HttpResponse:
    """The field with one remark mended; says so where the text is another one by now."""
    refused = _refuse(request)
    if refused is not None:
        return refused
    data = request.POST
    field, code, words = data.get("field", ""), data.get("code", ""), data.get("text", "")
    mended: str | None = mend_line(code, words)
    if field == "body":
        number = data.get("number", "")
        mended = mend_body(
            words, code=code, excerpt=data.get("excerpt", ""), number=int(number[:6]) if number.isdecimal() else 0
        )
    if mended is None:
        return JsonResponse({"error": _("Chỗ này đã đổi. Xem lại danh sách bên cạnh.")}, status=409)
    return JsonResponse({"text": mended})
