"""Opinions on a draft for whoever writes the summary: one XLSX sheet, cells that no spreadsheet takes for a formula."""

import io
from typing import Any, Final

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import IllegalCharacterError

from feedback.enums import CommentStatus
from feedback.models import Comment
from portal.core.subjects import find_subject

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_LIMIT: Final = 20_000
WIDTHS: Final = {"A": 8, "B": 20, "C": 28, "D": 24, "E": 80, "F": 16, "G": 40}


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
        answer = HttpResponse(_sheet(subject.title, rows), content_type=XLSX)
        answer.headers["Content-Disposition"] = f'attachment; filename="y-kien-{key}.xlsx"'
        return answer


def _sheet(title: str, rows: Any) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Ý kiến"))
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A3"
    sheet.append([_cell(sheet, title, is_bold=True)])
    heads = (_("Số"), _("Gửi lúc"), _("Về phần"), _("Người gửi"), _("Ý kiến"), _("Trạng thái"), _("Trả lời"))
    sheet.append([_cell(sheet, head, is_bold=True) for head in heads])
    for number, row in enumerate(rows, start=1):
        state = f"{row.get_status_display()} {row.get_refuse_reason_display()}".strip()
        moment = f"{timezone.localtime(row.created_at):%d/%m/%Y %H:%M}"
        texts = (moment, row.part_title or _("Cả dự thảo"), row.name, row.text, state, row.answer)
        sheet.append([number, *[_cell(sheet, text) for text in texts]])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, text: str, *, is_bold: bool = False) -> Any:
    """A cell of text, never a formula; characters no sheet may hold are left out."""
    try:
        cell = WriteOnlyCell(sheet, value=text)
    except IllegalCharacterError:
        cell = WriteOnlyCell(sheet, value="".join(char for char in text if char.isprintable() or char == "\n"))
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if is_bold:
        cell.font = Font(bold=True)
    return cell
