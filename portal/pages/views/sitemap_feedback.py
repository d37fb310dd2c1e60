"""What citizens sent and were answered, for the site maps."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from feedback.enums.cases import CaseKind, CaseStatus
from feedback.models import CaseParty
from units.chrome import has_questions, has_reports
from units.middleware import site_of, unit_of


def _opened(request: HttpRequest) -> tuple[bool, bool]:
    unit, site = unit_of(request), site_of(request)
    return has_reports(unit, site), has_questions(unit, site)


def feedback_section(request: HttpRequest) -> list[dict[str, Any]]:
    """Reports, questions, polls and requests, as far as the unit takes them."""
    reports, questions = _opened(request)
    found = []
    if reports:
        rows = (
            *((_("Gửi phản ánh"), "report-new"), (_("Tra cứu bằng mã"), "case-lookup")),
            *((_("Kết quả xử lý"), "case-figures"), (_("Yêu cầu cung cấp thông tin"), "information")),
            (_("Dữ liệu cá nhân của bạn"), "personal"),
        )
        children = [{"title": title, "url": reverse(f"feedback:{name}")} for title, name in rows]
        found.append({"title": _("Phản ánh"), "url": reverse("feedback:reports"), "children": children})
    if questions:
        pairs = (
            (_("Đặt câu hỏi"), "question-new"),
            (_("Bình chọn"), "polls"),
            (_("Đối thoại trực tuyến"), "dialogues"),
        )
        children = [{"title": title, "url": reverse(f"feedback:{name}")} for title, name in pairs]
        found.append({"title": _("Hỏi đáp"), "url": reverse("feedback:questions"), "children": children})
    return found


def feedback_addresses(request: HttpRequest, limit: int) -> list[dict[str, Any]]:
    """The rooms' pages, then the newest ``limit`` public reports and answered questions; at most two queries."""
    reports, questions = _opened(request)
    names = [
        *(("reports", "report-new", "case-lookup", "case-figures", "information", "personal") if reports else ()),
        *(("questions", "question-new", "polls", "dialogues") if questions else ()),
    ]
    rows: list[dict[str, Any]] = [{"path": reverse(f"feedback:{name}"), "changed": None} for name in names]
    for is_open, kind, name in (
        (reports, CaseKind.REPORT, "feedback:report"), (questions, CaseKind.QUESTION, "feedback:question"),
    ):  # fmt: skip
        if is_open:
            listed = CaseParty.objects.all().listed(kind)
            if kind == CaseKind.QUESTION:
                listed = listed.filter(status__in=(CaseStatus.ANSWERED, CaseStatus.SOLVED))
            pairs = listed.values_list("case__code", "published_at")[:limit]
            rows += [{"path": reverse(name, args=[code]), "changed": at} for code, at in pairs]
    return rows
