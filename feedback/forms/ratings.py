"""The three-level question and why not."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback import rules
from feedback.enums import RatingReason, Satisfaction


class ReasonForm(forms.Form):
    """Why a page did not help."""

    reason = forms.ChoiceField(
        label=_("Vì sao chưa hài lòng?"),
        choices=RatingReason.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn một lý do rồi gửi lại.")},
    )
    text = forms.CharField(
        label=_("Cần sửa gì? (không bắt buộc)"),
        max_length=rules.RATING_TEXT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Viết trong %(limit_value)d chữ cái.")},
    )

    def clean(self) -> dict[str, Any]:
        """Words without a reason are a reason of their own."""
        data = super().clean() or {}
        if data.get("text") and not data.get("reason"):
            data["reason"] = RatingReason.OTHER
        return data


class RatingForm(ReasonForm):
    """The mark itself, with the reason below it for pages without script."""

    level = forms.ChoiceField(
        label=_("Mức hài lòng"),
        choices=Satisfaction.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn một trong ba mức rồi gửi.")},
    )
    field_order = ("level", "reason", "text")

    def clean(self) -> dict[str, Any]:
        """A reason belongs to the lowest level only; given with another one it is left out."""
        data = super().clean()
        if data.get("level") != Satisfaction.UNSATISFIED:
            data["reason"], data["text"] = "", ""
        return data
