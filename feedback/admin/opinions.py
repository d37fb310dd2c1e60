"""Opinions on a draft for whoever writes the summary: one XLSX sheet."""

from typing import Any, Final

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feedback.enums import CommentStatus
from feedback.models import Comment
from portal.core.spreadsheets import INTEGER, MOMENT, Column, Table, xlsx_response
from portal.core.subjects import find_subject

ROWS_LIMIT: Final = 20_000


class OpinionScreens:
    """Mixed into CommentAdmin: the sheet of one draft, for moderators only."""

    admin_site: AdminSite

    def opinion_urls(self) -> list[URLPattern]:
        """Addresses below /quan-tri/feedback/comment/."""
        view = self.admin_site.admin_view
        return [path("y-kien/<str:kind>/<int:key>/", view(self.sheet_view), name="feedback_comment_opinions")]

    @method_decorator(require_safe)
    def sheet_view(self, request: HttpRequest, kind: str, key: int) -> HttpResponse:
        """Everything but spam, in the order it came; what was not shown is there too, and says why."""
        if not request.user.has_perm("feedback.view_comment"):
            raise PermissionDenied
        subject = find_subject(kind, key)
        if subject is None or not subject.asks_for_opinions:
            raise Http404
        rows = Comment.objects.about(kind, key).exclude(status=CommentStatus.SPAM).order_by("pk")[:ROWS_LIMIT]
        return xlsx_response(f"y-kien-{key}.xlsx", _sheet(subject.title, rows))


def _sheet(title: str, rows: Any) -> Table:
    return Table(
        tab=_("Ý kiến"),
        title=title,
        columns=[
            Column(_("Số"), 8, INTEGER), Column(_("Gửi lúc"), 18, MOMENT), Column(_("Về phần"), 28),
            Column(_("Người gửi"), 24), Column(_("Ý kiến"), 80), Column(_("Trạng thái"), 16), Column(_("Trả lời"), 40),
        ],
        rows=[
            [
                number, row.created_at, row.part_title or _("Cả dự thảo"), row.name, row.text,
                f"{row.get_status_display()} {row.get_refuse_reason_display()}".strip(), row.answer,
            ]
            for number, row in enumerate(rows, start=1)
        ],
    )  # fmt: skip
