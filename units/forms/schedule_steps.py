"""Small forms of the schedule: a reason, the week's remark, reasons for overlaps, ticked proposals."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.text import one_line


class ReasonForm(forms.Form):
    """A sentence that must be said: why put off, why taken off, why sent back."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Viết một câu lý do.")},
    )

    def __init__(self, *args: Any, label: str = "", help_text: str = "", required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.label, field.help_text, field.required = label or field.label, help_text, required


class NoteForm(forms.Form):
    """The public remark above a week's table."""

    note = forms.CharField(
        label=gettext_lazy("Ghi chú chung, in trên lịch"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Người dân đọc được. Ví dụ: Trực cơ quan Thứ Bảy, Chủ nhật: Văn phòng."),
    )


class OverridesForm(forms.Form):
    """One reason for each entry that collides: ``ly_do_<entry>``; whatever else was sent is not read."""

    PREFIX = "ly_do_"

    def __init__(self, data: Any, keys: list[int]) -> None:
        super().__init__(data)
        for key in keys:
            self.fields[f"{self.PREFIX}{key}"] = forms.CharField(
                label=_("Lý do vẫn để trùng"), required=False, max_length=300
            )

    def reasons(self) -> dict[int, str]:
        """Entry → reason; the form must be clean."""
        return {int(name.removeprefix(self.PREFIX)): text for name, text in self.cleaned_data.items() if one_line(text)}


class PickForm(forms.Form):
    """Proposals that were ticked."""

    pk = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": gettext_lazy("Đánh dấu ít nhất một đề xuất.")}
    )

    def __init__(self, data: Any, keys: list[int]) -> None:
        super().__init__(data)
        field: Any = self.fields["pk"]
        field.choices = [(key, key) for key in keys]
