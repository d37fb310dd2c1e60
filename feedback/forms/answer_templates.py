"""The form of a prepared text."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.models import AnswerTemplate
from portal.core.text import one_line


class AnswerTemplateForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Two texts for one place do not bear one name: nobody could tell them apart in the list."""

    class Meta:
        model = AnswerTemplate
        fields = ("use", "title", "text", "order", "is_active")
        help_texts: ClassVar = {
            "text": gettext_lazy("Ba chỗ tự điền: {ma} là mã tra cứu, {don_vi} là tên đơn vị, {han} là hạn trả lời."),
            "order": gettext_lazy("Số nhỏ đứng trước."),
        }

    def clean(self) -> dict[str, Any]:
        """The name is still free in the unit in scope."""
        data = super().clean() or {}
        title = one_line(data.get("title", ""))
        same = AnswerTemplate.objects.filter(use=data.get("use", ""), title=title).exclude(pk=self.instance.pk)
        if title and same.exists():
            self.add_error("title", _("Đã có mẫu mang tên này. Đặt tên khác."))
        return data
