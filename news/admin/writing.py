"""What an editor's page asks about its text: remarks, one of them mended, a pasted piece cleaned. Nothing is stored."""

import re
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from news.forms.drafting import READ_LIMIT, too_long
from news.rules.quality import Finding, Severity, body_findings, quality_findings
from news.rules.quality_fixes import mend_body, mend_line
from portal.core.richtext import clean_html, pictures_left_out

_DEAD_LINK: Final = re.compile(r"<a\b[^<>]*\shref\s*=\s*[\"']?\s*(?:file|javascript|vbscript|data):", re.IGNORECASE)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)


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
    is_empty = not any(request.POST.get(name, "").strip() for name in ("title", "summary", "body"))
    context = {"findings": findings_of(request.POST), "is_empty": is_empty}
    html = render_to_string("admin/news/article/findings.html", context)
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


def clean_paste(request: HttpRequest) -> HttpResponse:
    """What was pasted, as the save would keep it, and in words what was left out and what to do instead."""
    refused = _refuse(request)
    if refused is not None:
        return refused
    pasted = request.POST.get("html", "")
    if len(pasted) > READ_LIMIT:
        return JsonResponse({"error": too_long(len(pasted), READ_LIMIT)}, status=413)
    return JsonResponse({"html": clean_html(pasted), "said": " ".join(_left_out(pasted))})


def _left_out(pasted: str) -> list[str]:
    pictures = pictures_left_out(pasted)
    links = len(_DEAD_LINK.findall(_COMMENT.sub("", pasted)))
    said = []
    if pictures:
        words = _("Đã bỏ %(number)d ảnh dán kèm. Chèn ảnh từ thư viện để có lời mô tả và không làm nặng trang.")
        said.append(words % {"number": pictures})
    if links:
        words = _("Đã bỏ %(number)d liên kết mà người đọc không mở được (tệp trên máy, mã lạ). Đính kèm tệp vào bài.")
        said.append(words % {"number": links})
    return said
