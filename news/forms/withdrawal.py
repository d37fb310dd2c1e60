"""Taking an article away: why, what citizens read, where they are led instead; and links for looking before publishing."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.actions.previews import PREVIEW_DAYS
from news.actions.withdrawal import NOTE_LIMIT
from news.enums import WithdrawalKind
from news.models import Article

_NUMBER_LIMIT: Final = 2**63 - 1


class WithdrawalForm(forms.Form):
    """One of three honest ways, with the words for citizens."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Vì sao gỡ?"),
        choices=[
            (WithdrawalKind.NOTICE, gettext_lazy("Nội dung không còn đúng")),
            (WithdrawalKind.MERGED, gettext_lazy("Đã nhập vào một bài khác")),
            (WithdrawalKind.ERROR, gettext_lazy("Đăng nhầm")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Chọn vì sao gỡ bài."),
            "invalid_choice": gettext_lazy("Chọn vì sao gỡ bài."),
        },
    )
    note = forms.CharField(
        label=gettext_lazy("Câu báo cho người đọc"),
        required=False,
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Ví dụ: Quy định này đã được thay từ ngày 01/12/2026. Mọi người đều đọc được câu này."),
    )
    merged_into = forms.IntegerField(
        required=False, min_value=1, max_value=_NUMBER_LIMIT, widget=forms.HiddenInput,
        error_messages={"invalid": gettext_lazy("Chọn một bài trong danh sách.")},
    )  # fmt: skip
    q = forms.CharField(label=gettext_lazy("Tìm bài mà bài này nhập vào"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """A notice needs its words, a merger its target: a published article of this unit."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("kind") == WithdrawalKind.NOTICE and not (data.get("note") or "").strip():
            self.add_error("note", _("Viết một câu để người đọc biết vì sao bài không còn đúng."))
        data["target"] = None
        if data.get("kind") == WithdrawalKind.MERGED and "merged_into" not in self.errors:
            data["target"] = Article.objects.published().filter(pk=data.get("merged_into")).first()
            if data["target"] is None:
                self.add_error("merged_into", ValidationError(_("Tìm và chọn bài mà bài này nhập vào.")))
        return data


class PreviewLinkForm(forms.Form):
    """For whom, and for how long."""

    label = forms.CharField(
        label=gettext_lazy("Gửi cho ai"),
        max_length=120,
        help_text=gettext_lazy("Để nhận ra liên kết khi cần thu hồi. Ví dụ: Phòng Văn hóa góp ý"),
        error_messages={"required": gettext_lazy("Ghi liên kết này gửi cho ai.")},
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Xem được trong"),
        coerce=int,
        choices=[(days, format_lazy(gettext_lazy("{days} ngày"), days=days)) for days in PREVIEW_DAYS],
        initial=3,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn thời hạn."), "invalid_choice": gettext_lazy("Chọn thời hạn.")},
    )
