"""Prepared texts: what an office says often, offered where it is said."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from feedback.actions.answer_templates import delete_template, save_template
from feedback.forms.answer_templates import AnswerTemplateForm
from feedback.models import AnswerTemplate
from portal.core.admin_base import TenantAdmin, person_at


@admin.register(AnswerTemplate)
class AnswerTemplateAdmin(TenantAdmin):
    """The unit's own texts."""

    form = AnswerTemplateForm
    purpose = gettext_lazy("Câu đơn vị hay viết. Khi trả lời, chọn mẫu rồi bấm “Chèn mẫu”, sửa lại cho đúng việc.")
    add_label = gettext_lazy("Thêm mẫu")
    list_display = ("title", "use", "beginning", "is_active")
    list_filter = ("use", "is_active")
    search_fields = ("title", "text")
    ordering = ("use", "order", "title")

    @admin.display(description=gettext_lazy("Nội dung"))
    def beginning(self, row: AnswerTemplate) -> str:
        """Enough to know it by."""
        return row.text if len(row.text) <= 80 else f"{row.text[:80].rsplit(' ', 1)[0]}…"  # noqa: PLR2004 - one line

    def save_model(self, request: HttpRequest, obj: AnswerTemplate, form: Any, change: bool) -> None:
        """Save through the action."""
        save_template(template=obj, actor=person_at(request))

    def delete_model(self, request: HttpRequest, obj: AnswerTemplate) -> None:
        """Delete through the action."""
        delete_template(template=obj, actor=person_at(request))
