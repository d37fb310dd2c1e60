"""What a reader says is wrong on a procedure's page, and what the office decides about it."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.core.text import nfc, one_line
from services.enums import MistakeStatus
from services.models import MistakeReport
from services.rules import mistakes as rules

DECISIONS = (MistakeStatus.MENDED, MistakeStatus.NO_MISTAKE)


class MistakeForm(forms.Form):
    """Where, and what is wrong. ``trang_web`` is a trap: people do not see it, machines fill it."""

    part = forms.ChoiceField(
        label=_("Chỗ sai"),
        choices=tuple(rules.PARTS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Chọn chỗ sai trong danh sách."),
            "invalid_choice": _("Chọn chỗ sai trong danh sách."),
        },
    )
    text = forms.CharField(
        label=_("Sai thế nào?"),
        min_length=rules.TEXT_MINIMUM,
        max_length=rules.TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Viết chỗ sai vào ô này rồi gửi lại."),
            "min_length": _("Cần ít nhất %(limit_value)d chữ cái để hiểu chỗ sai."),
            "max_length": _("Dài quá %(limit_value)d chữ cái. Rút ngắn rồi gửi lại."),
        },
    )
    trang_web = forms.CharField(required=False, max_length=200)
    altcha = forms.CharField(required=False, max_length=4_000, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """One spelling; something must be left when invisible characters are gone."""
        lines = (" ".join(line.split()) for line in nfc(str(self.cleaned_data["text"])).splitlines())
        text = "\n".join(line for line in lines if line)
        if len(text) < rules.TEXT_MINIMUM:
            raise ValidationError(
                _("Viết bằng chữ thường, ít nhất %(number)d chữ cái.") % {"number": rules.TEXT_MINIMUM}
            )
        return text

    @property
    def was_trapped(self) -> bool:
        """Whether the field that people do not see was filled."""
        return bool(self.cleaned_data["trang_web"])


class MistakeDecisionForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Mended, or no mistake and why."""

    decision = forms.ChoiceField(
        label=_("Kết quả"), choices=[(value.value, value.label) for value in DECISIONS], widget=forms.RadioSelect
    )

    class Meta:
        model = MistakeReport
        fields: ClassVar = ["decision_note"]
        widgets: ClassVar[dict[str, Any]] = {"decision_note": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar = {"decision_note": _("Đã sửa gì, hoặc vì sao không sai. Chỉ người của cơ quan đọc.")}

    def clean_decision_note(self) -> str:
        """One line."""
        return one_line(str(self.cleaned_data["decision_note"]))

    def clean(self) -> dict[str, Any]:
        """“Không sai” needs a reason: the next reader will see the same words."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == MistakeStatus.NO_MISTAKE and not data.get("decision_note"):
            self.add_error("decision_note", _("Ghi vì sao không sai."))
        return data
