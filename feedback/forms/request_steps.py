"""What an officer fills in on the screen of a request."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from feedback.models import Case
from feedback.rules import cases as rules

_REASON_ERRORS = {"required": gettext_lazy("Ghi lý do."), "max_length": gettext_lazy("Viết ngắn lại.")}


class ComplexForm(forms.Form):
    """Why a request takes the longer term."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Vì sao phức tạp"), max_length=rules.REASON_LIMIT, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Người yêu cầu đọc được. Ví dụ: Phải tìm trong kho lưu trữ, hỏi Sở Xây dựng."),
        error_messages=_REASON_ERRORS,
    )  # fmt: skip


class PersonForm(forms.Form):
    """Which cases of the person, and how the person is known; ``reason`` is needed for a copy, which shows everything."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    target_codes = forms.MultipleChoiceField(
        label=gettext_lazy("Chọn việc"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Chọn ít nhất một việc.")},
    )  # fmt: skip
    seen_in_person = forms.BooleanField(label=gettext_lazy("Đã gặp, đã xem căn cước"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Trao bản sao cho ai, bằng cách nào"), max_length=rules.REASON_LIMIT, required=False,
        help_text=gettext_lazy("Ghi vào nhật ký từng việc. Chỉ cần khi tải bản sao."), error_messages=_REASON_ERRORS,
    )  # fmt: skip

    def __init__(self, *args: Any, targets: Sequence[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["target_codes"]
        field.choices = [
            (case.code, f"{case.code_words} · {case.get_kind_display()} · {case.get_status_display()}: {case.title}")
            for case in targets
        ]
