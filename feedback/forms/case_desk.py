"""Narrowing the list of cases; asking to see who sent one."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.enums.cases import CaseKind
from feedback.models import CaseCategory
from feedback.rules import cases as rules
from portal.core.models import User

REASON_MINIMUM: Final = 10


class UnmaskForm(forms.Form):
    """Why somebody needs to know who sent a case."""

    reason = forms.CharField(
        label=gettext_lazy("Vì sao cần xem"), min_length=REASON_MINIMUM, max_length=rules.REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Ví dụ: Gọi để hẹn giờ đến xem chỗ hỏng."),
        error_messages={
            "required": gettext_lazy("Ghi lý do rồi bấm lại."),
            "min_length": gettext_lazy("Lý do cần ít nhất %(limit_value)d chữ cái."),
        },
    )  # fmt: skip


class NarrowForm(forms.Form):
    """What the list is narrowed to; whatever does not fit is left out, never an error page."""

    q = forms.CharField(label=gettext_lazy("Tìm theo mã, chữ trong nội dung"), max_length=200, required=False)
    loai = forms.ChoiceField(label=gettext_lazy("Loại việc"), required=False)
    muc = forms.ChoiceField(label=gettext_lazy("Loại phản ánh"), required=False)
    nguoi = forms.ChoiceField(label=gettext_lazy("Người xử lý"), required=False)

    def __init__(self, data: Any, *, members: Sequence[User], categories: Sequence[CaseCategory]) -> None:
        super().__init__(data, auto_id="loc-%s", label_suffix="")
        choices: dict[str, list[tuple[Any, Any]]] = {
            "loai": [("", _("Mọi loại")), *CaseKind.choices],
            "muc": [("", _("Mọi loại")), *((str(row.pk), row.name) for row in categories)],
            "nguoi": [
                ("", _("Mọi người")), ("toi", _("Việc của tôi")), ("0", _("Chưa giao ai")),
                *((str(user.pk), str(user)) for user in members),
            ],
        }  # fmt: skip
        for name, offered in choices.items():
            field: Any = self.fields[name]
            field.choices = offered

    def value_of(self, name: str) -> str:
        """What was chosen; "" for nothing and for nonsense."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")
